import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { type Account, grantsOf } from '#db/queries/accounts.ts'
import { type Department, departmentById, successorOf } from '#db/queries/departments.ts'
import { provinceRules } from '#db/queries/provinces.ts'
import { peopleOfRoster, type Roster } from '#db/queries/rosters.ts'
import type { Q, Schema } from '#db/store.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { creditsFor } from '#lib/domain/credits.ts'
import type { RosterLine } from '#lib/domain/rosters.ts'
import { newId } from '#lib/ids.ts'
import { enqueueJob } from './support/jobs.ts'
import { lockAccount } from './support/lock-account.ts'
import { notify } from './support/notify.ts'
import { judgeLines, logRoster, openBody, ownsOf, rosterJob, sealBody } from './support/rosters.ts'

/** Of so many people in one transaction: others wait for their turn to write. */
const peopleAtOnce = 50

/**
 * Enters the lines of some people of a confirmed list, judged once more, tells each person, and asks to be run again until none is
 * left; then the list is empty (CRE-1). Lines and ledger change in one transaction, so a run that dies is done again
 * without anything being entered twice. Nothing happens to a list that is not being entered. Gives how many were entered.
 */
export async function enterRoster(
  deps: Deps,
  { rosterId, by }: { readonly rosterId: string /** Who confirmed it. */; readonly by: string },
): Promise<number> {
  const { store } = deps
  const { roster: table } = store.t
  return store.tx(async (q) => {
    const [roster] = await q
      .update(table)
      .set({ version: sql`${table.version} + 1` })
      .where(and(eq(table.id, rosterId), eq(table.state, 'checked'), isNotNull(table.endedAt)))
      .returning()
    if (!roster) return 0
    const department = await departmentById(q, store.t, roster.departmentId)
    if (!department) throw new Error('a list of a department that is not there')
    const { good, faults } = openBody(deps, roster)
    const { some, rest } = nextPeople(good)
    const actor = {
      kind: 'staff',
      id: by,
      sessionId: '',
      grants: await grantsOf(q, store.t, by, deps.clock.now()),
    } as const
    // Its people may be on their way to the one that took over.
    const into = await successorOf(q, store.t, department)
    const paths = [...new Set([department, into ?? department].map(({ path }) => path))]
    const owns = await ownsOf(deps, q, actor, paths)
    const judge = (lines: readonly RosterLine[]) =>
      judgeLines(deps, q, { paths, owns, seen: new Set() }, lines)
    const found = await judge(some)
    await lockAll(deps, q, found.good)
    const judged = await judge(found.good.map(({ line }) => line))
    const entered = await enter(deps, q, { roster, department, by }, judged.good)
    const all = roster.entered + entered
    const isDone = rest.length === 0
    await update(
      q,
      table,
      { id: roster.id },
      isDone
        ? { state: 'entered', linesSealed: '', entered: all }
        : { linesSealed: sealBody(deps, roster.id, { good: rest, faults }), entered: all },
    )
    if (isDone) await logRoster(deps, q, 'roster.entered', null, roster, { entered: all })
    else await enqueueJob(deps, q, { kind: rosterJob, data: { roster: roster.id, by } })
    return entered
  })
}

/** One after another in one order, so that no two lists wait for each other: the same thing may come to them by a claim this moment. */
async function lockAll(
  deps: Deps,
  q: Q,
  good: readonly { readonly account: Pick<Account, 'id'> }[],
): Promise<void> {
  for (const id of [...new Set(good.map(({ account }) => account.id))].sort()) await lockAccount(deps, q, id)
}

/** Everything the list says of its next people, so that each is told once. */
function nextPeople(lines: readonly RosterLine[]) {
  const taken = new Set([...new Set(lines.map(({ number }) => number))].slice(0, peopleAtOnce))
  return {
    some: lines.filter(({ number }) => taken.has(number)),
    rest: lines.filter(({ number }) => !taken.has(number)),
  }
}

interface Entering {
  readonly roster: Roster
  readonly department: Department
  readonly by: string
}
type Entry = Schema['creditEntry']['$inferInsert']

async function enter(
  deps: Deps,
  q: Q,
  { roster, department, by }: Entering,
  good: readonly { readonly line: RosterLine; readonly account: Account }[],
): Promise<number> {
  if (good.length === 0) return 0
  const { clock, store } = deps
  const { creditEntry } = store.t
  const at = clock.now()
  const rules = await provinceRules(q, store.t, department.path)
  const people = new Map(good.map(({ account }) => [account.id, account]))
  const told = await peopleOfRoster(q, store.t, roster.id, [...people.keys()])
  const made = await q
    .insert(creditEntry)
    .values(
      good.map(
        ({ line, account }): Entry => ({
          id: newId(at),
          personId: account.id,
          year: Number(line.obtained.slice(0, 4)),
          form: line.form,
          title: line.title,
          quantity: line.quantity,
          credits: creditsFor(line.form, line.quantity, rules),
          subject: line.subject,
          obtained: line.obtained,
          rosterId: roster.id,
          departmentId: department.id,
          at,
        }),
      ),
    )
    // The person's own claim may have been approved this very moment.
    .onConflictDoNothing()
    .returning({ personId: creditEntry.personId, credits: creditEntry.credits })
  for (const [personId, account] of people) {
    const own = made.filter((one) => one.personId === personId)
    if (own.length === 0) continue
    const data = { entries: own.length, credits: own.reduce((sum, one) => sum + one.credits, 0) }
    await record(q, store.t, {
      id: newId(at),
      kind: 'credits.entered',
      actorId: by,
      personId,
      data: { roster: roster.id, department: department.id, ...data },
      at,
    })
    if (!told.has(personId))
      await notify(deps, q, account, {
        kind: 'credits-entered',
        data: { place: 'credits', department: department.fullName, ...data },
      })
  }
  return made.length
}
