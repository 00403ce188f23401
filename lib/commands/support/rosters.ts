/** What the commands on lists of trainees share (CRE-1): who acts, their lines in the light of the record, and the log. */

import { record } from '#db/events.ts'
import { ownIdentitiesOf } from '#db/queries/accounts.ts'
import { type Department, departmentById } from '#db/queries/departments.ts'
import {
  entriesOfPeople,
  type Recorded,
  type Roster,
  recordedPeople,
  rosterById,
} from '#db/queries/rosters.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { type Actor, actsFor, type Staff } from '#lib/domain/actor.ts'
import { titleKey } from '#lib/domain/credits.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isWithinPath } from '#lib/domain/department-paths.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { OwnIdentity } from '#lib/domain/own-identity.ts'
import {
  type RecordFault,
  type RosterBody,
  type RosterColumn,
  type RosterFault,
  type RosterLine,
  rosterContext,
} from '#lib/domain/rosters.ts'
import { newId } from '#lib/ids.ts'
import { mayKeepRosters } from '#lib/policy/roster-policy.ts'
import { isSamePerson } from '#lib/readers/own-case.ts'
import { identityKeysOf } from '#lib/schemas/account.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { actingStaff } from './staff-work.ts'

/** The kind of job that enters one. */
export const rosterJob = 'enter-roster'

/** The department if the actor may enter lists for it; `not-found` otherwise. */
export async function rosterDepartment({ store }: Deps, q: Q, actor: Actor, id: string): Promise<Department> {
  const node = await departmentById(q, store.t, id)
  if (!node?.active || !mayKeepRosters(actor, node.path)) throw notFound()
  return node
}

/** A list if who acts may confirm or drop it, as they stand at this moment; `not-found` otherwise. */
export async function openRoster(deps: Deps, q: Q, actor: Actor, rosterId: string) {
  const acting = await actingStaff(deps, q, actor)
  const found = await rosterById(q, deps.store.t, rosterId)
  if (!found || ![actor, acting].every((one) => mayKeepRosters(one, found.department.path))) throw notFound()
  return { ...found, acting }
}

export function openBody(
  { keys }: Deps,
  { id, linesSealed }: Pick<Roster, 'id' | 'linesSealed'>,
): RosterBody {
  const body: RosterBody = JSON.parse(keys.unseal(linesSealed, rosterContext(id)))
  return body
}

export const sealBody = ({ keys }: Deps, id: string, body: RosterBody): string =>
  keys.seal(JSON.stringify(body), rosterContext(id))

/** Whose lines are the actor's own (REV-2): theirs, and of those they act for alone. */
export const ownsOf = (
  { store, keys }: Deps,
  q: Q,
  actor: Staff,
  paths: readonly string[],
): Promise<readonly OwnIdentity[]> =>
  ownIdentitiesOf(q, store.t, keys, [actor.id, ...paths.flatMap((path) => actsFor(actor, path))])

export interface RosterScene {
  /** The subtrees the list is for. */
  readonly paths: readonly string[]
  /** Of `ownsOf`. */
  readonly owns: readonly OwnIdentity[]
  /** Keys of what stood in the list before; what is good is added. */
  readonly seen: Set<string>
}

interface Judged {
  /** To be entered, for this person. */
  readonly good: readonly { readonly line: RosterLine; readonly account: Recorded['account'] }[]
  readonly faults: readonly RosterFault[]
}

const sameThing = (
  personId: string,
  { form, obtained, title }: Pick<RosterLine, 'obtained' | 'title'> & { form: string },
) => [personId, form, obtained, titleKey(title)].join('|')

const isCalled = (name: string, { account }: Recorded) =>
  nameKey(account.name) === nameKey(name) ||
  nameKey(account.name.normalize('NFKC')) === nameKey(name.normalize('NFKC'))

/**
 * Whom a line is about, or why not. That somebody is on the record elsewhere is told only to who knows number and name
 * of them; who knows the number alone learns nothing.
 */
function personOf(
  { name }: RosterLine,
  held: readonly Recorded[],
  paths: readonly string[],
): Recorded | { readonly column: RosterColumn; readonly why: RecordFault } {
  const here = held.filter((one) => paths.some((root) => isWithinPath(one.path, root)))
  const named = here.find((one) => isCalled(name, one))
  if (named) return named
  if (held.some((one) => isCalled(name, one))) return { column: 'number', why: 'not-here' }
  return here.length > 0 ? { column: 'name', why: 'name-differs' } : { column: 'number', why: 'unknown' }
}

/** Lines in the light of the record as it is now, in the order of the file. A hundred or so at once. */
export async function judgeLines(
  deps: Deps,
  q: Q,
  { paths, owns, seen }: RosterScene,
  lines: readonly RosterLine[],
): Promise<Judged> {
  const { keys, clock, store } = deps
  const today = dayOf(clock.now())
  const indexed = lines.map((line) => ({
    line,
    numbers: keys.blinds('number', line.number),
    identities: identityKeysOf(line.number, today).flatMap((key) => keys.blinds('identity', key)),
  }))
  const people = await recordedPeople(q, store.t, keys, {
    numbers: indexed.flatMap(({ numbers }) => numbers),
    identities: indexed.flatMap(({ identities }) => identities),
  })
  const months = [...new Set(lines.map(({ obtained }) => obtained))]
  const ids = people.map(({ account }) => account.id)
  const counted = new Set(
    (await entriesOfPeople(q, store.t, ids, months)).map((entry) => sameThing(entry.personId, entry)),
  )
  const isOwn = (account: Recorded['account']) =>
    owns.some((own) => isSamePerson(own, account, (key) => keys.blinds('identity', key), today))
  const good: { line: RosterLine; account: Recorded['account'] }[] = []
  const faults: RosterFault[] = []
  for (const { line, numbers, identities } of indexed) {
    const leave = (column: RosterColumn | null, why: RecordFault) =>
      void faults.push({ line: line.line, column, why })
    const held = people.filter(
      ({ account: { numberIndex, identityIndex } }) =>
        (numberIndex !== null && numbers.includes(numberIndex)) ||
        (identityIndex !== null && identities.includes(identityIndex)),
    )
    const found = personOf(line, held, paths)
    if ('why' in found) {
      leave(found.column, found.why)
      continue
    }
    const { account } = found
    const key = sameThing(account.id, line)
    if (isOwn(account)) leave('number', 'own')
    else if (counted.has(key)) leave('title', 'counted')
    else if (seen.has(key)) leave(null, 'twice')
    else {
      seen.add(key)
      good.push({ line, account })
    }
  }
  return { good, faults }
}

/** What happened to a list, by whom: never who stands in it. */
export const logRoster = (
  { store, clock }: Deps,
  q: Q,
  kind: string,
  /** Null where the service itself did it. */
  actorId: string | null,
  { id, departmentId }: Pick<Roster, 'id' | 'departmentId'>,
  more: Readonly<Record<string, number>> = {},
) =>
  record(q, store.t, {
    id: newId(clock.now()),
    kind,
    ...(actorId === null ? {} : { actorId }),
    data: { roster: id, department: departmentId, ...more },
    at: clock.now(),
  })
