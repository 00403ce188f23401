/** Sessions of exams, their windows and their 报考点 (EXM-1). */
import { and, asc, count, desc, eq, gte, inArray, isNotNull, sum } from 'drizzle-orm'
import type { Day } from '#lib/domain/days.ts'
import type { ExamWindow } from '#lib/domain/exams.ts'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

export type ExamSession = Schema['examSession']['$inferSelect']
export type ExamSite = Schema['examSite']['$inferSelect']

/** When a session can be registered for somewhere, and what a subject costs there, in 分. */
export interface ExamTerms extends ExamWindow {
  readonly fee: number
  /** The province has set them for itself. */
  readonly isOwn: boolean
}
/** The terms of a province beside the national ones they were overlaid on; `version` 0 where it has no row. */
export interface ProvinceTerms extends ExamTerms {
  readonly version: number
}

/** Any session, published or not; null where there is none. */
export async function examSessionById(q: Q, t: Schema, id: string): Promise<ExamSession | null> {
  const [row] = await q.select().from(t.examSession).where(eq(t.examSession.id, id)).limit(1)
  return row ?? null
}

/** A session people may see; null for one that is not published. */
export async function publishedSession(q: Q, t: Schema, id: string): Promise<ExamSession | null> {
  const row = await examSessionById(q, t, id)
  return row?.publishedAt ? row : null
}

const publishedQuery = prepared((q, t, { year, today }: Given<{ year: number; today: Day }>) =>
  q
    .select()
    .from(t.examSession)
    .where(
      and(
        gte(t.examSession.year, year),
        isNotNull(t.examSession.publishedAt),
        gte(t.examSession.examTo, today),
      ),
    )
    .orderBy(asc(t.examSession.year), asc(t.examSession.examFrom), asc(t.examSession.id)),
)

/** What people see: published sessions whose exam is not over on `today`, by year and level. */
export const publishedSessions = (q: Q, t: Schema, today: Day) =>
  publishedQuery(q, t, { year: Number(today.slice(0, 4)), today })

/** Every session, newest year first, at most `limit`. */
export const allSessions = (q: Q, t: Schema, limit: number): Promise<ExamSession[]> =>
  q.select().from(t.examSession).orderBy(desc(t.examSession.year), asc(t.examSession.level)).limit(limit)

/** The terms a session has of itself, which hold wherever a province has set none. */
export const nationalTerms = ({ opensAt, collectBy, closesAt, payBy, fee }: ExamSession): ProvinceTerms => ({
  opensAt,
  collectBy,
  closesAt,
  payBy,
  fee,
  isOwn: false,
  version: 0,
})

/** The terms of these sessions in one province, by session. */
export async function termsOf(
  q: Q,
  t: Schema,
  sessions: readonly ExamSession[],
  provinceId: string | null,
): Promise<Map<string, ProvinceTerms>> {
  const own =
    provinceId === null || sessions.length === 0
      ? []
      : await q
          .select()
          .from(t.examWindow)
          .where(
            and(
              inArray(
                t.examWindow.sessionId,
                sessions.map(({ id }) => id),
              ),
              eq(t.examWindow.departmentId, provinceId),
            ),
          )
  const bySession = new Map(own.map((row) => [row.sessionId, row]))
  return new Map(
    sessions.map((session) => {
      const row = bySession.get(session.id)
      return [session.id, row ? { ...nationalTerms(session), ...ownTerms(row) } : nationalTerms(session)]
    }),
  )
}

/** The national window of a session overlaid with the province's own, and the fee there; null where there is no such session. */
export async function windowOf(
  q: Q,
  t: Schema,
  sessionId: string,
  provinceId: string,
): Promise<ProvinceTerms | null> {
  const session = await examSessionById(q, t, sessionId)
  if (!session) return null
  return (await termsOf(q, t, [session], provinceId)).get(sessionId) ?? null
}

const ownTerms = ({
  opensAt,
  collectBy,
  closesAt,
  payBy,
  fee,
  version,
}: Schema['examWindow']['$inferSelect']): ProvinceTerms => ({
  opensAt,
  collectBy,
  closesAt,
  payBy,
  fee,
  isOwn: true,
  version,
})

/** Every province that set terms of its own for a session, by department. */
export async function ownTermsOf(q: Q, t: Schema, sessionId: string): Promise<Map<string, ProvinceTerms>> {
  const rows = await q.select().from(t.examWindow).where(eq(t.examWindow.sessionId, sessionId))
  return new Map(rows.map((row) => [row.departmentId, ownTerms(row)]))
}

/** The 报考点 of a session in a province, by city and name. */
export const sitesOf = (q: Q, t: Schema, sessionId: string, provinceId: string): Promise<ExamSite[]> =>
  q
    .select()
    .from(t.examSite)
    .where(and(eq(t.examSite.sessionId, sessionId), eq(t.examSite.departmentId, provinceId)))
    .orderBy(asc(t.examSite.city), asc(t.examSite.name))

export async function examSiteById(q: Q, t: Schema, id: string): Promise<ExamSite | null> {
  const [row] = await q.select().from(t.examSite).where(eq(t.examSite.id, id)).limit(1)
  return row ?? null
}

/** The session of a level and year, published or not. */
export async function sessionOfYear(
  q: Q,
  t: Schema,
  { level, year }: Pick<ExamSession, 'level' | 'year'>,
): Promise<ExamSession | null> {
  const [row] = await q
    .select()
    .from(t.examSession)
    .where(and(eq(t.examSession.year, year), eq(t.examSession.level, level)))
    .limit(1)
  return row ?? null
}

/** Whether any registration, of whatever state, names this 报考点. */
export async function wasChosen(
  q: Q,
  { examEntry }: Schema,
  site: Pick<ExamSite, 'id' | 'sessionId' | 'departmentId'>,
): Promise<boolean> {
  const [row] = await q
    .select({ id: examEntry.caseId })
    .from(examEntry)
    .where(
      and(
        eq(examEntry.sessionId, site.sessionId),
        eq(examEntry.departmentId, site.departmentId),
        eq(examEntry.siteId, site.id),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** How many 报考点 each province has for a session, with their seats, by department. */
export async function seatsOf(q: Q, { examSite }: Schema, sessionId: string) {
  const rows = await q
    .select({
      departmentId: examSite.departmentId,
      sites: count(),
      capacity: sum(examSite.capacity).mapWith(Number),
      taken: sum(examSite.taken).mapWith(Number),
    })
    .from(examSite)
    .where(eq(examSite.sessionId, sessionId))
    .groupBy(examSite.departmentId)
  return new Map(rows.map(({ departmentId, ...seats }) => [departmentId, seats]))
}

/** Every province that set terms of its own for these sessions, in official order, by session. */
export async function ownTermsBySession(q: Q, t: Schema, sessions: readonly ExamSession[]) {
  const found = new Map<string, { departmentId: string; name: string; terms: ProvinceTerms }[]>()
  if (sessions.length === 0) return found
  const rows = await q
    .select({ window: t.examWindow, name: t.department.fullName })
    .from(t.examWindow)
    .innerJoin(t.department, eq(t.department.id, t.examWindow.departmentId))
    .where(
      and(
        inArray(
          t.examWindow.sessionId,
          sessions.map(({ id }) => id),
        ),
        eq(t.department.active, true),
      ),
    )
    .orderBy(asc(t.department.sort))
  for (const { window, name } of rows) {
    const one = { departmentId: window.departmentId, name, terms: ownTerms(window) }
    found.set(window.sessionId, [...(found.get(window.sessionId) ?? []), one])
  }
  return found
}
