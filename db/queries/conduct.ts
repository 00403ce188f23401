import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { OwnIdentity } from '#lib/domain/own-identity.ts'
import type { Keyring } from '../crypto.ts'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { ownColumns, ownIdentity } from './accounts.ts'
import { departmentsWithin } from './review.ts'

export type ConductEntry = Schema['conduct']['$inferSelect']

/** Somebody of the office who had a part in an entry. */
export interface EntryPerson {
  readonly by: string
  /** Whose cases are their own, where the office has named it: one person may have two accounts. */
  readonly own: OwnIdentity
}

/** Who entered an entry and who decided on it. */
export async function peopleOfEntry(q: Q, t: Schema, keys: Keyring, entryId: string): Promise<EntryPerson[]> {
  const { account, caseRound, conduct, stagePass } = t
  const person = ownColumns(t)
  const passed = await q
    .select(person)
    .from(conduct)
    .innerJoin(stagePass, eq(stagePass.caseId, conduct.caseId))
    .innerJoin(account, eq(account.id, stagePass.by))
    .where(eq(conduct.id, entryId))
  const decided = await q
    .select(person)
    .from(conduct)
    .innerJoin(caseRound, eq(caseRound.caseId, conduct.caseId))
    .innerJoin(account, eq(account.id, caseRound.decidedBy))
    .where(and(eq(conduct.id, entryId), eq(caseRound.outcome, 'approved')))
  return [...passed, ...decided].map((row) => ({ by: row.id, own: ownIdentity(keys, row) }))
}

/** An entry with the name of its department. */
const entries = (q: Q, t: Schema) =>
  q
    .select({ entry: t.conduct, department: t.department.fullName, path: t.department.path })
    .from(t.conduct)
    .innerJoin(t.department, eq(t.department.id, t.conduct.departmentId))

export async function entryById(q: Q, t: Schema, id: string) {
  const [row] = await entries(q, t).where(eq(t.conduct.id, id)).limit(1)
  return row ?? null
}

/** What stands, or stood, of a person, newest decision first. */
export const entriesOf = (q: Q, t: Schema, personId: string) =>
  entries(q, t).where(eq(t.conduct.personId, personId)).orderBy(desc(t.conduct.decidedOn), desc(t.conduct.id))

/** Whether this very penalty of a person stands already. */
export async function isEntered(
  q: Q,
  t: Schema,
  { personId, nature, documentNo }: Pick<ConductEntry, 'personId' | 'nature' | 'documentNo'>,
): Promise<boolean> {
  const { conduct } = t
  const [row] = await q
    .select({ id: conduct.id })
    .from(conduct)
    .where(
      and(
        eq(conduct.personId, personId),
        eq(conduct.kind, 'penalty'),
        eq(conduct.nature, nature),
        eq(conduct.documentNo, documentNo),
        isNull(conduct.revokedAt),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** Closed accounts of people born on this day that penalties stand on, each once for every penalty. */
export const closedWithPenalties = prepared((q, t, { birth }: Given<{ birth: string }>) =>
  q
    .select({ entry: t.conduct, account: t.account })
    .from(t.account)
    .crossJoin(t.conduct)
    .where(
      and(
        eq(t.account.birth, birth),
        // Spelled out: the index is of closed accounts alone.
        sql`${t.account.status} = 'closed'`,
        eq(t.conduct.personId, t.account.id),
        eq(t.conduct.kind, 'penalty'),
      ),
    ),
)

export interface EntryFilter {
  /** Subtrees. */
  readonly paths: readonly string[]
  readonly kind?: ConductEntry['kind']
  /** The id the page before ended with: ids sort by their time. */
  readonly after: string
  readonly limit: number
}

/** One page of the entries of some subtrees with whom they are about, newest first. */
export const entriesWithin = (q: Q, t: Schema, { paths, kind, after, limit }: EntryFilter) =>
  q
    .select({
      entry: t.conduct,
      department: t.department.fullName,
      path: t.department.path,
      nameSealed: t.account.nameSealed,
      number: t.serviceCase.number,
    })
    .from(t.conduct)
    .innerJoin(t.department, eq(t.department.id, t.conduct.departmentId))
    .innerJoin(t.account, eq(t.account.id, t.conduct.personId))
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.conduct.caseId))
    .where(
      and(
        inArray(t.conduct.departmentId, departmentsWithin(q, t, paths)),
        kind ? eq(t.conduct.kind, kind) : undefined,
        after === '' ? undefined : lt(t.conduct.id, after),
      ),
    )
    .orderBy(desc(t.conduct.id))
    .limit(limit)

/**
 * One page of the awards that are public, newest entry first; `path` is the subtree, '' the country. Of an account that was
 * closed or handed over nothing is public any more.
 */
export const publishedAwards = (
  q: Q,
  t: Schema,
  { path, after, limit }: { readonly path: string; readonly after: string; readonly limit: number },
) =>
  q
    .select({
      entry: t.conduct,
      department: t.department.fullName,
      nameSealed: t.account.nameSealed,
    })
    .from(t.conduct)
    .innerJoin(t.department, eq(t.department.id, t.conduct.departmentId))
    .innerJoin(t.account, eq(t.account.id, t.conduct.personId))
    .where(
      and(
        eq(t.conduct.published, true),
        eq(t.conduct.kind, 'award'),
        isNull(t.conduct.revokedAt),
        eq(t.account.status, 'active'),
        path === '' ? undefined : inArray(t.conduct.departmentId, departmentsWithin(q, t, [path])),
        after === '' ? undefined : lt(t.conduct.id, after),
      ),
    )
    .orderBy(desc(t.conduct.id))
    .limit(limit)

/** The entry, until the transaction is over nobody else's to change: an update that changes nothing locks the row, on either engine. */
export async function lockEntry(q: Q, t: Schema, id: string): Promise<ConductEntry | null> {
  const [row] = await q
    .update(t.conduct)
    .set({ version: sql`${t.conduct.version}` })
    .where(eq(t.conduct.id, id))
    .returning()
  return row ?? null
}
