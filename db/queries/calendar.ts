import { and, asc, eq, gt, gte, inArray } from 'drizzle-orm'
import { caseStates, isUnderReview } from '#lib/domain/case-states.ts'
import type { Day } from '#lib/domain/days.ts'
import type { ImportedCalendar } from '#lib/domain/working-days.ts'
import type { Q, Schema } from '../store.ts'

/** All that operators brought in, in one statement: a year is never seen without its days. */
export async function importedCalendar(q: Q, t: Schema): Promise<ImportedCalendar> {
  const rows = await q
    .select({ year: t.calendarYear.year, day: t.calendarDay.day, working: t.calendarDay.working })
    .from(t.calendarYear)
    .leftJoin(t.calendarDay, eq(t.calendarDay.year, t.calendarYear.year))
  return {
    years: new Set(rows.map(({ year }) => year)),
    days: new Map(
      rows.flatMap(({ day, working }): [Day, boolean][] =>
        day === null || working === null ? [] : [[day, working]],
      ),
    ),
  }
}

const underReview = caseStates.filter(isUnderReview)

/** Cases whose clock runs, to a day on or after `from`. */
export const isRunningTo = ({ serviceCase }: Schema, from: Day) =>
  and(inArray(serviceCase.state, underReview), gte(serviceCase.dueOn, from))

/** Up to `limit` ids of those, in the order of ids, `after` the last one seen. */
export async function casesRunningTo(
  q: Q,
  t: Schema,
  from: Day,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await q
    .select({ id: t.serviceCase.id })
    .from(t.serviceCase)
    .where(and(isRunningTo(t, from), gt(t.serviceCase.id, after)))
    .orderBy(asc(t.serviceCase.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** What happened to these cases, oldest first. */
export const eventsOfCases = (q: Q, t: Schema, ids: readonly string[]) =>
  q
    .select({ caseId: t.event.caseId, kind: t.event.kind, at: t.event.at, data: t.event.data })
    .from(t.event)
    .where(inArray(t.event.caseId, [...ids]))
    .orderBy(asc(t.event.id))
