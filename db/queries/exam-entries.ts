/** Registrations for exams, with the session and the 报考点 they are for (EXM-3). */
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { aside, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

export type ExamEntry = Schema['examEntry']['$inferSelect']

const entries = (q: Q, { examEntry, examSession, examSite, serviceCase }: Schema) =>
  q
    .select({ entry: examEntry, session: examSession, site: examSite, case: serviceCase })
    .from(examEntry)
    .innerJoin(examSession, eq(examSession.id, examEntry.sessionId))
    .innerJoin(examSite, eq(examSite.id, examEntry.siteId))
    .innerJoin(serviceCase, eq(serviceCase.id, examEntry.caseId))

export type FoundEntry = Awaited<ReturnType<typeof entries>>[number]

/** Of a person, newest first, at most `limit`. */
export const entriesOf = (q: Q, t: Schema, personId: string, limit = 50): Promise<FoundEntry[]> =>
  entries(q, t)
    .where(eq(t.examEntry.personId, personId))
    .orderBy(desc(t.examEntry.createdAt), desc(t.examEntry.caseId))
    .limit(limit)

/** The newest of a person for a session; null where they never registered. */
export async function latestEntry(
  q: Q,
  t: Schema,
  personId: string,
  sessionId: string,
): Promise<FoundEntry | null> {
  const { examEntry } = t
  const [found] = await entries(q, t)
    .where(and(eq(examEntry.personId, personId), eq(examEntry.sessionId, sessionId)))
    .orderBy(desc(examEntry.createdAt), desc(examEntry.caseId))
    .limit(1)
  return found ?? null
}

/** The registration beside a case; null where it is of another kind. */
export async function entryOfCase(q: Q, t: Schema, caseId: string): Promise<ExamEntry | null> {
  const [found] = await q.select().from(t.examEntry).where(eq(t.examEntry.caseId, caseId)).limit(1)
  return found ?? null
}

/** The registration that holds a seat under this key; null where there is none. */
export async function heldEntry(q: Q, t: Schema, holdKey: string) {
  const [found] = await q
    .select({ entry: t.examEntry, number: t.serviceCase.number })
    .from(t.examEntry)
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.examEntry.caseId))
    .where(eq(t.examEntry.holdKey, holdKey))
    .limit(1)
  return found ?? null
}

/** Seats of a session that are held under closed accounts of people born on this day: what was paid for stays. */
export const seatsOfClosed = prepared(
  (q, t, { birth, sessionId }: Given<{ birth: string; sessionId: string }>) =>
    q
      .select({ account: t.account, number: t.serviceCase.number })
      .from(t.account)
      .crossJoin(t.examEntry)
      .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.examEntry.caseId))
      .where(
        and(
          eq(t.account.birth, birth),
          // Spelled out: the index is of closed accounts alone.
          sql`${t.account.status} = 'closed'`,
          eq(t.examEntry.personId, t.account.id),
          // Of one person a few, of a session hundreds of thousands: by no index of sessions.
          eq(aside(t.examEntry.sessionId), sessionId),
          isNotNull(t.examEntry.holdKey),
        ),
      ),
)
