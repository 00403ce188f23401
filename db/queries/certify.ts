import { and, desc, eq } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

export type CertifyOrder = Schema['certifyOrder']['$inferSelect']

/** The order, if it is this person's. */
export async function certifyOrderOf(
  q: Q,
  t: Schema,
  accountId: string,
  id: string,
): Promise<CertifyOrder | null> {
  const [row] = await q
    .select()
    .from(t.certifyOrder)
    .where(and(eq(t.certifyOrder.id, id), eq(t.certifyOrder.accountId, accountId)))
    .limit(1)
  return row ?? null
}

/** Whosever order it is: for what the provider itself asks about. */
export async function certifyOrderById(q: Q, t: Schema, id: string): Promise<CertifyOrder | null> {
  const [row] = await q.select().from(t.certifyOrder).where(eq(t.certifyOrder.id, id)).limit(1)
  return row ?? null
}

/** The newest order of a person. */
export async function latestCertifyOrder(q: Q, t: Schema, accountId: string): Promise<CertifyOrder | null> {
  const [row] = await q
    .select()
    .from(t.certifyOrder)
    .where(eq(t.certifyOrder.accountId, accountId))
    .orderBy(desc(t.certifyOrder.createdAt), desc(t.certifyOrder.id))
    .limit(1)
  return row ?? null
}
