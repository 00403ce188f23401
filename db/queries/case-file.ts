import { and, desc, eq } from 'drizzle-orm'
import { changedSection } from '#lib/domain/changes.ts'
import type { Keyring } from '../crypto.ts'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { type Account, openAccount } from './accounts.ts'
import {
  type FoundFault,
  findingsOf,
  type PlacedFile,
  type Proposal,
  placedFiles,
  proposalsOf,
  type ServiceCase,
  type StagePass,
  stagePassesOf,
} from './cases.ts'
import { type Claim, claimsOf } from './claims.ts'
import { type EntryPerson, peopleOfEntry } from './conduct.ts'
import { type Department, departmentById, isSelectable } from './departments.ts'
import { type OpenRecord, openRecord } from './records.ts'

/** A case with all that its rules and pages look at. */
export interface CaseFile {
  readonly case: ServiceCase
  readonly account: Account
  readonly department:
    | (Omit<Department, 'acceptedProofs'> & {
        readonly acceptedProofs: readonly string[]
        readonly selectable: boolean
      })
    | null
  /** Where it stands now: whose turn it is. The department above is where it is to end, or what its applicant chose meanwhile. */
  readonly standsAt: Omit<Department, 'acceptedProofs'> | null
  readonly proposals: ReadonlyMap<string, Proposal>
  readonly files: readonly PlacedFile[]
  readonly findings: readonly FoundFault[]
  /** What registers were asked, of every round. */
  readonly claims: readonly Claim[]
  /** Who let the present round pass the stages before this one, in order. */
  readonly passes: readonly StagePass[]
  /** Of a 异议: who entered and decided the entry it is about. */
  readonly entryPeople: readonly EntryPerson[]
  /** Of a 信息变更: the record as it is, whose other pages its rules read. */
  readonly record: OpenRecord | null
}

export async function departmentFacts(q: Q, t: Schema, id: string | null) {
  const node = id === null ? null : await departmentById(q, t, id)
  if (!node) return null
  const acceptedProofs = node.acceptedProofs.split(' ').filter((kind) => kind !== '')
  return { ...node, acceptedProofs, selectable: await isSelectable(q, t, node) }
}

interface CaseRow {
  readonly case: ServiceCase
  readonly account: Schema['account']['$inferSelect']
}

const caseQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q
    .select({ case: t.serviceCase, account: t.account })
    .from(t.serviceCase)
    .innerJoin(t.account, eq(t.account.id, t.serviceCase.personId))
    .where(eq(t.serviceCase.id, caseId))
    .limit(1),
)

/** Loads a case whole; null when there is none. Who may see it is the caller's question. */
export async function caseFile(q: Q, t: Schema, keys: Keyring, caseId: string): Promise<CaseFile | null> {
  const [row] = await caseQuery(q, t, { caseId })
  return row ? loaded(q, t, keys, row) : null
}

const newestQuery = prepared((q, t, { personId, kind }: Given<{ personId: string; kind: string }>) =>
  q
    .select({ case: t.serviceCase, account: t.account })
    .from(t.serviceCase)
    .innerJoin(t.account, eq(t.account.id, t.serviceCase.personId))
    .where(and(eq(t.serviceCase.personId, personId), eq(t.serviceCase.kind, kind)))
    .orderBy(desc(t.serviceCase.createdAt))
    .limit(1),
)

/** The person's newest case of a kind, whatever its state, to be loaded whole where its state makes that worth while; null when there is none. */
export async function newestCase(
  q: Q,
  t: Schema,
  keys: Keyring,
  personId: string,
  kind: ServiceCase['kind'],
): Promise<{ readonly case: ServiceCase; readonly load: () => Promise<CaseFile> } | null> {
  const [row] = await newestQuery(q, t, { personId, kind })
  return row ? { case: row.case, load: () => loaded(q, t, keys, row) } : null
}

async function loaded(q: Q, t: Schema, keys: Keyring, row: CaseRow): Promise<CaseFile> {
  const caseId = row.case.id
  const changed = changedSection(row.case.kind)
  const record = changed === null ? null : await openRecord(q, t, keys, row.case.personId)
  const { sentTo, departmentId } = row.case
  const [own, placed, findings, claims, passes, entryPeople, department, elsewhere] = [
    await proposalsOf(q, t, keys, caseId),
    await placedFiles(q, t, keys, caseId),
    row.case.round > 0 ? await findingsOf(q, t, keys, caseId) : [],
    row.case.round > 0 ? await claimsOf(q, t, keys, caseId) : [],
    row.case.stage > 1 ? await stagePassesOf(q, t, keys, caseId, row.case.round) : [],
    row.case.about === null ? [] : await peopleOfEntry(q, t, keys, row.case.about),
    await departmentFacts(q, t, departmentId),
    sentTo === null || sentTo === departmentId ? null : await departmentById(q, t, sentTo),
  ]
  return {
    case: row.case,
    account: openAccount(keys, row.account),
    department,
    standsAt: elsewhere ?? department,
    proposals: record ? new Map([...record.proposals, ...own]) : own,
    files: record ? [...record.files.filter(({ section }) => section !== changed), ...placed] : placed,
    findings,
    claims,
    passes,
    entryPeople,
    record,
  }
}

/** What the policy judges by. */
export const caseFacts = (file: Pick<CaseFile, 'case' | 'department' | 'passes' | 'entryPeople'>) => ({
  kind: file.case.kind,
  personId: file.case.personId,
  state: file.case.state,
  departmentPath: file.department?.path ?? null,
  claimedBy: file.case.claimedBy,
  claimedUntil: file.case.claimedUntil,
  passedBy: file.passes.map(({ by }) => by),
  enteredBy: file.entryPeople.map(({ by }) => by),
})
