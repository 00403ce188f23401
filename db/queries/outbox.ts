import { and, asc, isNull, lte } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

/** Binds a sealed message to its row. */
export const outboxContext = (id: string) => `outbox:${id}`

/** What is due now, the longest waiting first. */
export const dueMessages = (q: Q, t: Schema, now: Date, limit: number) =>
  q
    .select()
    .from(t.outbox)
    .where(and(isNull(t.outbox.sentAt), isNull(t.outbox.deadAt), lte(t.outbox.nextAt, now)))
    .orderBy(asc(t.outbox.nextAt), asc(t.outbox.id))
    .limit(limit)
