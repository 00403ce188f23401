/** What every command on a case does first and last: load, authorise, write back under the version it read. */
import { record } from '#db/events.ts'
import { ownIdentitiesOf, reviewerFacts } from '#db/queries/accounts.ts'
import { type CaseFile, caseFacts, caseFile } from '#db/queries/case-file.ts'
import { sectionContext } from '#db/queries/cases.ts'
import type { Q, Schema } from '#db/store.ts'
import { insertNew, lock, remove, update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import { type Actor, actsFor, type Staff } from '#lib/domain/actor.ts'
import { type CaseAction, decide } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { isAway } from '#lib/domain/leave.ts'
import type { OwnIdentity } from '#lib/domain/own-identity.ts'
import { newId } from '#lib/ids.ts'
import { authorise, type Verb } from '#lib/policy/case-policy.ts'
import { isSamePerson, passersSeenBy } from '#lib/readers/own-case.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { addFigures, caseChanges } from './figures.ts'

/** The case, if the actor may do `verb` to it; `not-found` or `refused` otherwise. To change it, `openCase`. */
export async function seeCase(deps: Deps, q: Q, actor: Actor, verb: Verb, caseId: string): Promise<CaseFile> {
  const file = await caseFile(q, deps.store.t, deps.keys, caseId)
  if (!file) throw notFound()
  const person = actor.kind === 'staff' ? await staffFacts(deps, q, actor, file) : {}
  authorise(actor, verb, { ...caseFacts(file), ...person }, deps.clock.now())
  return file
}

/** What a case has to do with a member of staff: whose department it went to, and the person behind whichever account they use. */
async function staffFacts(deps: Deps, q: Q, actor: Staff, file: CaseFile) {
  // Its applicant may point elsewhere while mending: that is not told to anybody there.
  const departmentPath = file.standsAt?.path ?? null
  const { own, ...person } = await facingPerson(deps, q, actor, file.account, departmentPath ?? '')
  return {
    departmentPath,
    ...person,
    passedBy: passersSeenBy(actor.id, own, file.passes),
    enteredBy: passersSeenBy(actor.id, own, file.entryPeople),
  }
}

/** Whether a member of staff is this person, by whichever account, or acts for them; and whether they are away. `path` is where they act. */
export async function facingPerson(
  { keys, store, clock }: Deps,
  q: Q,
  actor: Staff,
  account: CaseFile['account'],
  path: string,
) {
  const { own, awayUntil } = await reviewerFacts(q, store.t, keys, actor.id)
  const today = dayOf(clock.now())
  // Who acts for the applicant alone judges as the applicant would.
  const isThem = (one: OwnIdentity) =>
    isSamePerson(one, account, (key) => keys.blinds('identity', key), today)
  const isSelf = isThem(own)
  return {
    own,
    isSelf,
    isOwn: isSelf || (await ownIdentitiesOf(q, store.t, keys, actsFor(actor, path))).some(isThem),
    isAway: isAway(awayUntil, today),
  }
}

/**
 * `seeCase` in a transaction that will change the case: waits for whoever is changing it and reads it afterwards.
 * Else PostgreSQL would let a save slip past the submission that freezes the answers (SUB-2).
 */
export async function openCase(
  deps: Deps,
  q: Q,
  actor: Actor,
  verb: Verb,
  caseId: string,
): Promise<CaseFile> {
  await lockCase(deps, q, caseId)
  return seeCase(deps, q, actor, verb, caseId)
}

/** An update that changes nothing locks the row, on either engine. */
async function lockCase(deps: Deps, q: Q, caseId: string): Promise<void> {
  const { serviceCase } = deps.store.t
  await lock(q, serviceCase, caseId)
}

/** `openCase` for what no person does: the service itself goes on with it. Null where there is no such case. */
export async function openCaseForService(deps: Deps, q: Q, caseId: string): Promise<CaseFile | null> {
  await lockCase(deps, q, caseId)
  return caseFile(q, deps.store.t, deps.keys, caseId)
}

/** `not-found` where this kind of case has no such section. */
export function requireSection(file: CaseFile, section: SectionId): void {
  if (!caseKinds[file.case.kind].sections.includes(section)) throw notFound()
}

/** Takes the pictures of rows that are gone out of the draft; rounds that froze them keep them. */
export async function detachRows(
  deps: Deps,
  q: Q,
  file: CaseFile,
  section: SectionId,
  rowIds: readonly string[],
): Promise<void> {
  if (rowIds.length === 0) return
  const { attachment } = deps.store.t
  await remove(q, attachment, { caseId: file.case.id, section, rowId: rowIds })
}

/** Changes the case row if nobody did since it was read; `stale` otherwise (SQLite alone would hide a missing check). */
export async function changeCase(
  deps: Deps,
  q: Q,
  file: CaseFile,
  change: Partial<Schema['serviceCase']['$inferInsert']>,
): Promise<void> {
  const { id, version, kind } = file.case
  const found = await update(
    q,
    deps.store.t.serviceCase,
    { id, version },
    { ...change, version: version + 1, updatedAt: deps.clock.now() },
  )
  if (found === 0) throw stale()
  const { state = file.case.state, sentTo = file.case.sentTo, dueOn = file.case.dueOn } = change
  await addFigures(deps, q, caseChanges(file.case, { kind, state, sentTo, dueOn }))
}

/** The state these actions lead to, one after another; `refused` where a state does not allow one. */
export function nextState(file: CaseFile, ...actions: readonly CaseAction[]) {
  let state = file.case.state
  for (const action of actions) {
    const next = decide(state, action)
    if (!next.ok) throw refused(...next.issues)
    state = next.value
  }
  return state
}

/** The case was worked on: its life as a draft begins anew. Its version stays, so that two sections save side by side. */
async function touchCase(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  const { id, version } = file.case
  const found = await update(q, deps.store.t.serviceCase, { id, version }, { updatedAt: deps.clock.now() })
  if (found === 0) throw stale()
}

/** Writes a section's rows under the version they were read at; `stale` too where the case has moved on meanwhile. */
export async function writeSection(
  deps: Deps,
  q: Q,
  file: CaseFile,
  section: SectionId,
  rows: readonly Row[],
): Promise<void> {
  const { caseSection } = deps.store.t
  await touchCase(deps, q, file)
  const known = file.proposals.get(section)
  const values = {
    rowsSealed: deps.keys.seal(JSON.stringify(rows), sectionContext(file.case.id, section)),
    editedFor: file.case.round + 1,
    updatedAt: deps.clock.now(),
  }
  const place = { caseId: file.case.id, section }
  const written = known
    ? await update(
        q,
        caseSection,
        { ...place, version: known.version },
        { ...values, version: known.version + 1 },
      )
    : await insertNew(q, caseSection, { ...place, version: 1, ...values })
  if (written === 0) throw stale()
}

export const log = (
  deps: Deps,
  q: Q,
  file: CaseFile,
  /** Null where nobody did it. */
  actor: Actor | null,
  kind: string,
  data: Record<string, string | number | boolean> = {},
) => {
  const at = deps.clock.now()
  return record(q, deps.store.t, {
    id: newId(at),
    kind,
    ...(actor === null ? {} : { actorId: actor.id }),
    personId: file.case.personId,
    caseId: file.case.id,
    data,
    at,
  })
}
