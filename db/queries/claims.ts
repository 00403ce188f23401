import { asc, eq } from 'drizzle-orm'
import { type ClaimKind, type Facts, isClaimKind } from '#lib/domain/claims.ts'
import type { Keyring } from '../crypto.ts'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

type ClaimRow = Schema['claimCheck']['$inferSelect']

/** A claim with its subject opened and its lists as lists. */
export interface Claim extends Omit<ClaimRow, 'kind' | 'fields' | 'notes' | 'subjectSealed'> {
  readonly kind: ClaimKind
  readonly fields: readonly string[]
  readonly notes: readonly string[]
  readonly subject: Facts
}

/** Binds a claim's subject to its row. */
export const claimContext = (id: string) => `claim:${id}:subject`

const listOf = (joined: string) => joined.split(' ').filter((one) => one !== '')

/** Nothing for a claim of a kind that is no more. */
function openClaim(keys: Keyring, { subjectSealed, ...row }: ClaimRow): Claim | null {
  const { id, kind, fields, notes } = row
  if (!isClaimKind(kind)) return null
  const subject = subjectSealed === '' ? {} : JSON.parse(keys.unseal(subjectSealed, claimContext(id)))
  return { ...row, kind, fields: listOf(fields), notes: listOf(notes), subject }
}

const claimsQuery = prepared((q, t, { caseId }: Given<{ caseId: string }>) =>
  q
    .select()
    .from(t.claimCheck)
    .where(eq(t.claimCheck.caseId, caseId))
    .orderBy(asc(t.claimCheck.round), asc(t.claimCheck.id)),
)

/** Every claim of a case, of all its rounds, oldest first. */
export async function claimsOf(q: Q, t: Schema, keys: Keyring, caseId: string): Promise<Claim[]> {
  const rows = await claimsQuery(q, t, { caseId })
  return rows.flatMap((row) => openClaim(keys, row) ?? [])
}

export async function claimById(q: Q, t: Schema, keys: Keyring, id: string): Promise<Claim | null> {
  const [row] = await q.select().from(t.claimCheck).where(eq(t.claimCheck.id, id)).limit(1)
  return row ? openClaim(keys, row) : null
}
