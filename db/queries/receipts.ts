import { and, desc, eq } from 'drizzle-orm'
import type { Paper } from '#lib/readers/paper.ts'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'

export type Receipt = Schema['receipt']['$inferSelect']

/** Binds what was printed to its receipt (SEC-2). */
export const receiptContext = (code: string) => `receipt:${code}`

/** What a receipt froze. */
export interface Printed {
  readonly paper: Paper
  /** Whose paper it is, as they were called then. */
  readonly name: string
  /** Which of several it is of: the case of a registration (EXM-3); absent of what a person has one of. */
  readonly about?: string
  /** The same in words, as it was called then. */
  readonly subject?: string
  /** What the digest is of, so that it can be made again under another key; receipts from before it was kept have none. */
  readonly content?: string
}

export const openPrinted = (keys: Keyring, { code, paperSealed }: Receipt): Printed =>
  JSON.parse(keys.unseal(paperSealed, receiptContext(code)))

export async function receiptByCode(q: Q, t: Schema, code: string): Promise<Receipt | null> {
  const [row] = await q.select().from(t.receipt).where(eq(t.receipt.code, code)).limit(1)
  return row ?? null
}

/** Receipts of a person, newest first, of all kinds or of one. */
export const receiptsOf = (
  q: Q,
  t: Schema,
  personId: string,
  { kind, limit }: { readonly kind?: Receipt['kind']; readonly limit: number },
): Promise<Receipt[]> =>
  q
    .select()
    .from(t.receipt)
    .where(and(eq(t.receipt.personId, personId), kind ? eq(t.receipt.kind, kind) : undefined))
    .orderBy(desc(t.receipt.issuedAt), desc(t.receipt.code))
    .limit(limit)
