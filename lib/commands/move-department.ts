import { and, eq, inArray, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import {
  type Department,
  departmentById,
  openCasesAt,
  peopleAt,
  successorOf,
} from '#db/queries/departments.ts'
import { transfersBetween } from '#db/queries/transfers.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { isOpen } from '#lib/domain/case-states.ts'
import { changesBetween } from '#lib/domain/figures.ts'
import { newId } from '#lib/ids.ts'
import { openCaseForService } from './support/case-work.ts'
import { logDepartment } from './support/department-work.ts'
import { addFigures, asCounts } from './support/figures.ts'
import { enqueueJob } from './support/jobs.ts'
import { isNeedless, moveCase, moveJob } from './support/move-work.ts'

/** So many people in one transaction, others wait for their turn to write; a case takes some twenty statements and one of its own. */
const peopleAtOnce = 500
const casesAtOnce = 50

/**
 * Moves some of the people and open cases of a closed department to the one that took over, and asks to be run again until
 * there is nobody left (ADM-1). Nothing happens to one that is open, or open again. Gives how many were moved.
 */
export async function moveDepartment(
  deps: Deps,
  { departmentId }: { departmentId: string },
): Promise<number> {
  const { store } = deps
  const { t } = store
  const closed = await departmentById(store.read, t, departmentId)
  if (!closed || closed.active) return 0
  // People last: a case that is decided there this moment puts its person there, and is waited for.
  const { moved: cases, fault } = await moveCases(deps, closed)
  const people = await store.tx(async (q) => {
    const target = await stillClosed(deps, q, closed.id)
    return target ? movePeople(deps, q, closed.id, target.id) : 0
  })
  if (people + cases > 0)
    await store.tx(async (q) => {
      const into = (await successorOf(q, t, closed))?.id ?? ''
      await enqueueJob(deps, q, { kind: moveJob, data: { department: closed.id } })
      await logDepartment(deps, q, 'department.moved', null, { department: closed.id, into, people, cases })
    })
  // Those that cannot be moved now are tried again later; they hold up nobody else.
  else if (fault !== undefined) throw fault
  return people + cases
}

/** Whoever took over, locked; null where it is open again, or nobody did. */
async function stillClosed(deps: Deps, q: Q, departmentId: string): Promise<Department | null> {
  const closed = await departmentById(q, deps.store.t, departmentId)
  return closed && !closed.active ? heldSuccessor(deps, q, closed) : null
}

/** The node that took over, locked: it may not close before those who move there are seen by its own move. */
async function heldSuccessor({ store }: Deps, q: Q, closed: Department): Promise<Department | null> {
  const { department } = store.t
  for (;;) {
    const found = await successorOf(q, store.t, closed)
    if (!found) return null
    const [held] = await q
      .update(department)
      .set({ version: sql`${department.version}` })
      .where(and(eq(department.id, found.id), eq(department.active, true)))
      .returning()
    if (held) return held
  }
}

async function movePeople(deps: Deps, q: Q, from: string, to: string): Promise<number> {
  const { store, clock } = deps
  const { t } = store
  const ids = await peopleAt(q, t, from, peopleAtOnce)
  if (ids.length === 0) return 0
  const moved = await q
    .update(t.person)
    .set({ departmentId: to, version: sql`${t.person.version} + 1` })
    .where(and(inArray(t.person.id, ids), eq(t.person.departmentId, from)))
    .returning({ id: t.person.id, counted: t.person.counted })
  await addFigures(
    deps,
    q,
    moved.flatMap(({ counted }) => {
      const counts = asCounts(counted)
      return changesBetween({ at: from, counts }, { at: to, counts })
    }),
  )
  const at = clock.now()
  for (const { id } of moved) {
    const data = { from, department: to }
    await record(q, t, { id: newId(at), kind: 'person.department-merged', personId: id, data, at })
  }
  return moved.length
}

/** Each in a transaction of its own: one that cannot be read stays behind alone. */
async function moveCases(deps: Deps, closed: Department): Promise<{ moved: number; fault: unknown }> {
  const { store } = deps
  const from = closed.id
  let moved = 0
  let fault: unknown
  for (const id of await casesOf(deps, closed)) {
    try {
      moved += await store.tx((q) => moveOne(deps, q, id, from))
    } catch (error) {
      fault ??= error
    }
  }
  return { moved, fault }
}

/** What stands there or is to end there, and 调转 from there to the one that took over: they lead nowhere any more (TRF-1). */
async function casesOf({ store: { read, t } }: Deps, closed: Department): Promise<string[]> {
  const into = await successorOf(read, t, closed)
  const [there, needless] = [
    await openCasesAt(read, t, closed.id, casesAtOnce),
    into ? await transfersBetween(read, t, { from: closed.id, into: into.id, limit: casesAtOnce }) : [],
  ]
  return [...new Set([...there, ...needless.map(({ id }) => id)])]
}

async function moveOne(deps: Deps, q: Q, id: string, from: string): Promise<number> {
  const target = await stillClosed(deps, q, from)
  const file = target && (await openCaseForService(deps, q, id))
  // Decided, or sent elsewhere, while this waited for it.
  if (!file || !isOpen(file.case.state)) return 0
  const isThere = file.case.departmentId === from || file.case.sentTo === from
  if (!isThere && !(await isNeedless(deps, q, file.case, from, target))) return 0
  await moveCase(deps, q, file, from, target)
  return 1
}
