import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

/** Binds a sealed message to its row. */
export const outboxContext = (id: string) => `outbox:${id}`

/** What is due now: first what expires (codes), then the longest waiting. */
export const dueMessages = (q: Q, t: Schema, now: Date, limit: number) =>
  q
    .select()
    .from(t.outbox)
    .where(and(isNull(t.outbox.sentAt), isNull(t.outbox.deadAt), lte(t.outbox.nextAt, now)))
    .orderBy(sql`${t.outbox.expiresAt} is null`, asc(t.outbox.nextAt), asc(t.outbox.id))
    .limit(limit)

/** `refused` = it will never be sent, whoever said so. */
export type SmsFate = 'sent' | 'refused' | 'waiting'

/** What became of a message; one that is not there any more was done with long ago. */
export async function fateOf(q: Q, t: Schema, id: string): Promise<SmsFate> {
  const [row] = await q
    .select({ sentAt: t.outbox.sentAt, deadAt: t.outbox.deadAt })
    .from(t.outbox)
    .where(eq(t.outbox.id, id))
    .limit(1)
  if (!row || row.sentAt !== null) return 'sent'
  return row.deadAt === null ? 'waiting' : 'refused'
}
