/** Where registration for an exam is open or near: what people there wait for is judged first (EXM-3). */
import { and } from 'drizzle-orm'
import { dayOf } from '#lib/domain/days.ts'
import { isNear } from '#lib/domain/exam-readiness.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { publishedSessions } from './exams.ts'
import { departmentIdsWithin } from './review.ts'

const windowsQuery = prepared(
  (q, t, given: Given<{ sessionIds: readonly string[]; provinceIds: readonly string[] }>) =>
    q
      .select()
      .from(t.examWindow)
      .where(
        and(
          among(t, t.examWindow.sessionId, given.sessionIds),
          among(t, t.examWindow.departmentId, given.provinceIds),
        ),
      ),
)

/** Those of these first-level nodes that have such a window, their own or the national one. */
async function nearProvinces(
  q: Q,
  t: Schema,
  now: Date,
  provinceIds: readonly string[],
): Promise<Set<string>> {
  // A province's window lies inside the national one: where that is not near, none is.
  const sessions = (await publishedSessions(q, t, dayOf(now))).filter((session) => isNear(session, now))
  if (sessions.length === 0 || provinceIds.length === 0) return new Set()
  const own = await windowsQuery(q, t, { sessionIds: sessions.map(({ id }) => id), provinceIds })
  return new Set(
    provinceIds.filter((provinceId) =>
      sessions.some((session) => {
        const row = own.find((one) => one.sessionId === session.id && one.departmentId === provinceId)
        return isNear(row ?? session, now)
      }),
    ),
  )
}

/** Of the departments beneath these paths those in such a province; none for most of the year. `all` are the departments beneath the paths. */
export async function rushDepartments(
  q: Q,
  t: Schema,
  now: Date,
  paths: readonly string[],
  all: readonly string[],
): Promise<readonly string[]> {
  const near = await nearProvinces(q, t, now, [...new Set(paths.map(provinceOf))])
  const there = paths.filter((path) => near.has(provinceOf(path)))
  if (there.length === 0 || there.length === paths.length) return there.length === 0 ? [] : all
  return departmentIdsWithin(q, t, there)
}
