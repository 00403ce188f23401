import { and, asc, desc, eq, gte, inArray, isNotNull, lt, notInArray, or } from 'drizzle-orm'
import { caseStates, isUnderReview } from '#lib/domain/case-states.ts'
import { kindsOfOffice } from '#lib/domain/conduct.ts'
import type { OwnIdentity } from '#lib/domain/own-identity.ts'
import type { AnswerSection } from '#lib/readers/answers.ts'
import type { Fact } from '#lib/readers/facts.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import type { Row } from '#lib/sections/define.ts'
import type { Keyring } from '../crypto.ts'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { ownColumns, ownIdentity } from './accounts.ts'

export type ServiceCase = Schema['serviceCase']['$inferSelect']
export type CaseSectionRow = Schema['caseSection']['$inferSelect']

export interface Proposal {
  readonly rows: readonly Row[]
  readonly editedFor: number
  readonly version: number
}
export interface PlacedFile {
  readonly attachmentId: string
  readonly section: string
  readonly rowId: string
  readonly slot: string
  readonly fileId: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly name: string
}
export interface FoundFault {
  readonly id: string
  readonly round: number
  readonly section: string
  readonly rowId: string
  readonly target: string
  readonly reason: string
  readonly note: string
  /** It was there to be seen before (一次性告知): for reviewers and managers, never for the applicant. */
  readonly late: boolean
  /** Null where no person found it but a register did (CHK-4). */
  readonly by: string | null
}

export interface StagePass {
  readonly stage: number
  readonly by: string
  /** Whose cases are their own, where the office has named it: one person may have two accounts. */
  readonly own: OwnIdentity
  readonly at: Date
}

const stagePassesQuery = prepared((q, t, { caseId, round }: Given<{ caseId: string; round: number }>) =>
  q
    .select({ ...ownColumns(t), stage: t.stagePass.stage, at: t.stagePass.at })
    .from(t.stagePass)
    .innerJoin(t.account, eq(t.account.id, t.stagePass.by))
    .where(and(eq(t.stagePass.caseId, caseId), eq(t.stagePass.round, round)))
    .orderBy(asc(t.stagePass.stage)),
)

/** Who let this round pass which stage, in order. */
export async function stagePassesOf(
  q: Q,
  t: Schema,
  keys: Keyring,
  caseId: string,
  round: number,
): Promise<StagePass[]> {
  const rows = await stagePassesQuery(q, t, { caseId, round })
  return rows.map(({ stage, at, ...row }) => ({ stage, by: row.id, own: ownIdentity(keys, row), at }))
}

export const sectionContext = (caseId: string, section: string) => `case:${caseId}:section:${section}`
export const roundContext = (caseId: string, round: number) => `case:${caseId}:round:${round}`
export const findingContext = (id: string) => `finding:${id}:note`
export const fileNameContext = (id: string) => `file:${id}:name`
export const roundNoteContext = (caseId: string, round: number) => `case:${caseId}:round:${round}:note`
export const roundBaseContext = (caseId: string, round: number) => `case:${caseId}:round:${round}:base`
export const roundFactsContext = (caseId: string, round: number) => `case:${caseId}:round:${round}:facts`

export async function caseById(q: Q, t: Schema, id: string): Promise<ServiceCase | null> {
  const [row] = await q.select().from(t.serviceCase).where(eq(t.serviceCase.id, id)).limit(1)
  return row ?? null
}

const underReviewQuery = prepared((q, t, { personId }: Given<{ personId: string }>) => {
  const { id, kind, state, personId: owner } = t.serviceCase
  return q
    .select({ id, kind })
    .from(t.serviceCase)
    .where(and(eq(owner, personId), inArray(state, caseStates.filter(isUnderReview))))
})

/** The kinds of this person's cases that are under review, but for one case. */
export async function kindsUnderReview(
  q: Q,
  t: Schema,
  personId: string,
  except: string | null,
): Promise<ServiceCase['kind'][]> {
  const found = await underReviewQuery(q, t, { personId })
  return found.filter(({ id }) => id !== except).map(({ kind }) => kind)
}

const latestQuery = prepared((q, t, { personId, kind }: Given<{ personId: string; kind: string }>) =>
  q
    .select()
    .from(t.serviceCase)
    .where(and(eq(t.serviceCase.personId, personId), eq(t.serviceCase.kind, kind)))
    .orderBy(desc(t.serviceCase.createdAt))
    .limit(1),
)

/** The person's newest case of a kind, whatever its state. */
export async function latestCase(
  q: Q,
  t: Schema,
  personId: string,
  kind: ServiceCase['kind'],
): Promise<ServiceCase | null> {
  const [row] = await latestQuery(q, t, { personId, kind })
  return row ?? null
}

/** The cases that exist for the person they are about: in SQL what `isKnownToPerson` says. */
const casesQuery = prepared((q, { serviceCase }, { personId }: Given<{ personId: string }>) =>
  q
    .select()
    .from(serviceCase)
    .where(
      and(
        eq(serviceCase.personId, personId),
        or(notInArray(serviceCase.kind, [...kindsOfOffice]), eq(serviceCase.state, 'approved')),
      ),
    )
    .orderBy(asc(serviceCase.createdAt)),
)

/** Every case of a person that they know of, oldest first. */
export const casesOf = (q: Q, t: Schema, personId: string): Promise<ServiceCase[]> =>
  casesQuery(q, t, { personId })

/** The newest case of every kind that a person knows of, in one query. */
export async function latestCases(
  q: Q,
  t: Schema,
  personId: string,
): Promise<ReadonlyMap<ServiceCase['kind'], ServiceCase>> {
  const rows = await casesQuery(q, t, { personId })
  return new Map(rows.map((row) => [row.kind, row]))
}

function openProposal(keys: Keyring, row: CaseSectionRow): Proposal {
  const rows: Row[] = JSON.parse(keys.unseal(row.rowsSealed, sectionContext(row.caseId, row.section)))
  return { rows, editedFor: row.editedFor, version: row.version }
}

const proposalsQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q.select().from(t.caseSection).where(eq(t.caseSection.caseId, caseId)),
)

/** Rows as typed of every section that has any. */
export async function proposalsOf(
  q: Q,
  t: Schema,
  keys: Keyring,
  caseId: string,
): Promise<Map<string, Proposal>> {
  const rows = await proposalsQuery(q, t, { caseId })
  return new Map(rows.map((row) => [row.section, openProposal(keys, row)]))
}

const placedQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q
    .select({ attachment: t.attachment, file: t.storedFile })
    .from(t.attachment)
    .innerJoin(t.storedFile, eq(t.storedFile.id, t.attachment.fileId))
    .where(eq(t.attachment.caseId, caseId))
    .orderBy(asc(t.attachment.id)),
)

/** Pictures placed in a case, oldest first. */
export async function placedFiles(q: Q, t: Schema, keys: Keyring, caseId: string): Promise<PlacedFile[]> {
  const rows = await placedQuery(q, t, { caseId })
  return rows.map(({ attachment, file }) => ({
    attachmentId: attachment.id,
    section: attachment.section,
    rowId: attachment.rowId,
    slot: attachment.slot,
    fileId: file.id,
    width: file.width,
    height: file.height,
    bytes: file.bytes,
    name: keys.unseal(file.nameSealed, fileNameContext(file.id)),
  }))
}

const findingsQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q.select().from(t.finding).where(eq(t.finding.caseId, caseId)).orderBy(asc(t.finding.id)),
)

/** Everything reviewers found in any round of a case, in order. */
export async function findingsOf(q: Q, t: Schema, keys: Keyring, caseId: string): Promise<FoundFault[]> {
  const rows = await findingsQuery(q, t, { caseId })
  return rows.map(({ id, round, section, rowId, target, reason, noteSealed, late, by }) => ({
    id,
    round,
    section,
    rowId,
    target,
    reason,
    note: noteSealed === '' ? '' : keys.unseal(noteSealed, findingContext(id)),
    late,
    by,
  }))
}

const roundsQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q.select().from(t.caseRound).where(eq(t.caseRound.caseId, caseId)).orderBy(asc(t.caseRound.round)),
)

/** Rounds of a case, oldest first, snapshots still sealed. */
export const roundsOf = (q: Q, t: Schema, caseId: string) => roundsQuery(q, t, { caseId })

/** The last round before this one that a person returned, snapshot still sealed; what registers returned nobody had seen. */
export async function lastReturnByPerson(q: Q, t: Schema, caseId: string, round: number) {
  const { caseRound } = t
  const [row] = await q
    .select()
    .from(caseRound)
    .where(
      and(
        eq(caseRound.caseId, caseId),
        lt(caseRound.round, round),
        eq(caseRound.outcome, 'returned'),
        isNotNull(caseRound.decidedBy),
      ),
    )
    .orderBy(desc(caseRound.round))
    .limit(1)
  return row ?? null
}

/** Whether the case went on to another department after this moment. */
export async function hasMovedSince(q: Q, t: Schema, caseId: string, since: Date): Promise<boolean> {
  const { event } = t
  const [row] = await q
    .select({ id: event.id })
    .from(event)
    .where(
      and(
        eq(event.caseId, caseId),
        inArray(event.kind, ['case.forwarded', 'case.department-merged']),
        gte(event.at, since),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** What a round froze (SUB-2). */
export function openSnapshot(
  keys: Keyring,
  row: Pick<Schema['caseRound']['$inferSelect'], 'caseId' | 'round' | 'snapshotSealed'>,
): Snapshot {
  return JSON.parse(keys.unseal(row.snapshotSealed, roundContext(row.caseId, row.round)))
}

const roundQuery = prepared((q, t, { caseId, round }: Given<{ caseId: string; round: number }>) =>
  q
    .select()
    .from(t.caseRound)
    .where(and(eq(t.caseRound.caseId, caseId), eq(t.caseRound.round, round))),
)

/** One round as it was frozen, snapshot still sealed. */
export async function roundAt(q: Q, t: Schema, caseId: string, round: number) {
  const [row] = await roundQuery(q, t, { caseId, round })
  return row ?? null
}

/** The page of the record that a 信息变更 was made from, as it was when the round was submitted; null for other kinds. */
export const openBase = (
  keys: Keyring,
  { caseId, round, baseSealed }: Pick<Schema['caseRound']['$inferSelect'], 'caseId' | 'round' | 'baseSealed'>,
): AnswerSection | null =>
  baseSealed === '' ? null : JSON.parse(keys.unseal(baseSealed, roundBaseContext(caseId, round)))

/** What was computed when the round was submitted (CHK-3); nothing of rounds before that was done. */
export const openFacts = (
  keys: Keyring,
  {
    caseId,
    round,
    factsSealed,
  }: Pick<Schema['caseRound']['$inferSelect'], 'caseId' | 'round' | 'factsSealed'>,
): readonly Fact[] =>
  factsSealed === '' ? [] : JSON.parse(keys.unseal(factsSealed, roundFactsContext(caseId, round)))

const verdictsQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q.select().from(t.verdict).where(eq(t.verdict.caseId, caseId)).orderBy(asc(t.verdict.round)),
)
export const verdictsOf = (q: Q, t: Schema, caseId: string) => verdictsQuery(q, t, { caseId })

const eventsQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q.select().from(t.event).where(eq(t.event.caseId, caseId)).orderBy(asc(t.event.id)),
)
export const eventsOfCase = (q: Q, t: Schema, caseId: string) => eventsQuery(q, t, { caseId })

const newestEventsQuery = prepared(
  (q, t, { caseId, kinds, limit }: Given<{ caseId: string; kinds: readonly string[]; limit: number }>) =>
    q
      .select()
      .from(t.event)
      .where(and(eq(t.event.caseId, caseId), among(t, t.event.kind, kinds)))
      .orderBy(desc(t.event.id))
      .limit(limit),
)
/** What happened to a case, of these kinds, newest first. */
export const newestEvents = (
  q: Q,
  t: Schema,
  caseId: string,
  { kinds, limit }: { readonly kinds: readonly string[]; readonly limit: number },
) => newestEventsQuery(q, t, { caseId, kinds, limit })

const namesQuery = prepared((q, t, { ids }: Given<{ ids: readonly string[] }>) =>
  q
    .select({ id: t.account.id, nameSealed: t.account.nameSealed })
    .from(t.account)
    .where(among(t, t.account.id, ids)),
)
export const namesOfAccounts = (q: Q, t: Schema, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : namesQuery(q, t, { ids })
