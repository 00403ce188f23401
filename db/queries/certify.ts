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

/** What the demo provider remembers of an order; null when it never heard of it. */
export async function certifyProviderState(q: Q, t: Schema, id: string) {
  const [row] = await q
    .select({ state: t.certifyOrder.providerState })
    .from(t.certifyOrder)
    .where(eq(t.certifyOrder.id, id))
    .limit(1)
  return row?.state ?? null
}
