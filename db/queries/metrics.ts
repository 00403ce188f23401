/** What is asked at every scrape: by indexes and keys alone, and of a backlog no more than its beginning. Queries that are not run yet let a test read their plans. */
import { and, asc, count, desc, eq, gt, isNull, lt, max, min, sql } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

/** Beyond so many rows nobody counts on: it is an alarm long before. */
export const mostCounted = 10_000

/** Jobs that are not done, those due longest first, counted by kind: waiting ones, and those given up within the last week. */
export function openJobs(q: Q, t: Schema) {
  const some = q
    .select({
      kind: t.job.kind,
      dead: sql<number>`case when ${t.job.deadAt} is null then 0 else 1 end`.as('dead'),
    })
    .from(t.job)
    .where(isNull(t.job.doneAt))
    .orderBy(asc(t.job.runAt))
    .limit(mostCounted)
    .as('some_jobs')
  return q
    .select({ kind: some.kind, dead: some.dead, found: count() })
    .from(some)
    .groupBy(some.kind, sql`${some.dead}`)
}

/** SMS that were neither sent nor given up, and when the oldest of them was written. */
export function unsentMessages(q: Q, t: Schema) {
  const some = q
    .select({ createdAt: t.outbox.createdAt })
    .from(t.outbox)
    .where(and(isNull(t.outbox.sentAt), isNull(t.outbox.deadAt)))
    .orderBy(asc(t.outbox.nextAt))
    .limit(mostCounted)
    .as('some_messages')
  return q.select({ found: count(), oldest: min(some.createdAt) }).from(some)
}

/** The first row of the logs that is not in the audit chain; null where there is none. */
export const firstPending = (q: Q, t: Schema) =>
  q.select({ first: min(t.auditPending.id) }).from(t.auditPending)

/** Changes of the figures that are not added up yet. */
export function unfoldedFigures(q: Q, t: Schema) {
  const some = q.select({ id: t.figureDelta.id }).from(t.figureDelta).limit(mostCounted).as('some_deltas')
  return q.select({ found: count() }).from(some)
}

/** Orders that are open although their time is over, and since when the oldest is. */
export const lateOrders = (q: Q, t: Schema, now: Date) =>
  q
    .select({ found: count(), oldest: min(t.payOrder.expiresAt) })
    .from(t.payOrder)
    .where(and(eq(t.payOrder.state, 'open'), lt(t.payOrder.expiresAt, now)))

/** Orders whose money has to go back. */
export const refundsNeeded = (q: Q, t: Schema) =>
  q.select({ found: count() }).from(t.payOrder).where(eq(t.payOrder.state, 'refund-needed'))

/** The newest event of a finished backup after an id, among the newest that are about nobody. */
export function newestBackup(q: Q, t: Schema, after: string) {
  const some = q
    .select({ id: t.event.id, kind: t.event.kind })
    .from(t.event)
    .where(and(isNull(t.event.personId), gt(t.event.id, after)))
    // Named although it is the same in all: PostgreSQL then goes by the index that begins with it.
    .orderBy(desc(t.event.personId), desc(t.event.id))
    .limit(mostCounted)
    .as('some_events')
  return q
    .select({ id: max(some.id) })
    .from(some)
    .where(eq(some.kind, 'backup.written'))
}
