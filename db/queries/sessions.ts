import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

/** Sessions of an account that are not over, seen last first; one that was idle too long is among them. */
export const openSessionsOf = (q: Q, t: Schema, accountId: string, now: Date) =>
  q
    .select()
    .from(t.session)
    .where(and(eq(t.session.accountId, accountId), isNull(t.session.endedAt), gt(t.session.endsAt, now)))
    .orderBy(desc(t.session.lastSeenAt), desc(t.session.id))

/** Every session of an account that is still on record, newest first. */
export const sessionsOf = (q: Q, t: Schema, accountId: string) =>
  q.select().from(t.session).where(eq(t.session.accountId, accountId)).orderBy(desc(t.session.createdAt))

/** Attempts at an account's door, newest first, those before the one of this id; ids sort by their time. */
export const signInsOf = (q: Q, t: Schema, accountId: string, { before = '', limit = 50 } = {}) =>
  q
    .select()
    .from(t.signInRecord)
    .where(
      and(eq(t.signInRecord.accountId, accountId), before === '' ? undefined : lt(t.signInRecord.id, before)),
    )
    .orderBy(desc(t.signInRecord.id))
    .limit(limit)
