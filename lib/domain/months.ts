/** Months as `YYYY-MM` strings and the arithmetic of periods measured in them (EDU-2, WRK-2, WRK-5). */

/** `YYYY-MM` */
export type Month = string

/** The end of a period that has none yet: its own value, never null. */
export const ongoing = 'ongoing'

/** From the first day of `start` to the last day of `end`. */
export interface Period {
  readonly start: Month
  readonly end: Month | typeof ongoing
}

const monthPattern = /^(19\d\d|2\d\d\d)-(0[1-9]|1[0-2])$/

/** True for `1900-01` to `2999-12`. */
export const isMonth = (text: string): boolean => monthPattern.test(text)

/** Months since year 0, so that neighbours differ by one; NaN for what is no month (drafts hold anything). */
export function monthIndex(month: Month): number {
  const [, year, ordinal] = monthPattern.exec(month) ?? []
  return Number(year) * 12 + Number(ordinal) - 1
}

/** The month a `YYYY-MM-DD` day lies in. */
export const monthOf = (day: string): Month => day.slice(0, 7)

/** Negative, zero or positive as `a` is before, equal to or after `b`. */
export const compareMonths = (a: Month, b: Month): number => monthIndex(a) - monthIndex(b)

/** The month `count` months later (earlier when negative). */
export const addMonths = (month: Month, count: number): Month => monthAt(monthIndex(month) + count)

const monthAt = (index: number): Month =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`

/** An ongoing period has no last month, so two ongoing ones always cross, whatever day it is (WRK-5). */
const lastIndex = (period: Period): number =>
  period.end === ongoing ? Number.POSITIVE_INFINITY : monthIndex(period.end)

const isWhole = (period: Period): boolean => monthIndex(period.start) <= lastIndex(period)

/**
 * EDU-2: two periods cross when they share a month, except where the only shared month is the last of one and
 * the first of the other (they touch). Identical periods cross, also when one month long.
 * A period that is no period (not months, or end before start) crosses nothing: another rule names that fault.
 */
export function crosses(a: Period, b: Period): boolean {
  if (!isWhole(a) || !isWhole(b)) return false
  if (a.start === b.start && a.end === b.end) return true
  const firstShared = Math.max(monthIndex(a.start), monthIndex(b.start))
  const lastShared = Math.min(lastIndex(a), lastIndex(b))
  if (firstShared !== lastShared) return firstShared < lastShared
  const aEndsWhereBStarts = lastIndex(a) === firstShared && monthIndex(b.start) === firstShared
  const bEndsWhereAStarts = lastIndex(b) === firstShared && monthIndex(a.start) === firstShared
  return !aEndsWhereBStarts && !bEndsWhereAStarts
}

/** Index pairs `[i, j]`, `i < j`, of the periods that cross each other. */
export const crossings = (periods: readonly Period[]): [number, number][] =>
  periods.flatMap((period, i) =>
    periods
      .slice(i + 1)
      .flatMap((later, offset): [number, number][] => (crosses(period, later) ? [[i, i + 1 + offset]] : [])),
  )

/**
 * Number of distinct months the periods cover, both end months counted (WRK-2, EXM-2). Nothing after `until`
 * counts and an ongoing period ends there; `from` leaves out what is earlier, `except` what lies inside these.
 */
export function unionMonths(
  periods: readonly Period[],
  until: Month,
  { from, except = [] }: { from?: Month; except?: readonly Period[] } = {},
): number {
  const bounds = { first: from === undefined ? 0 : monthIndex(from), last: monthIndex(until) }
  const covered = monthsWithin(periods, bounds)
  for (const index of monthsWithin(except, bounds)) covered.delete(index)
  return covered.size
}

function monthsWithin(
  periods: readonly Period[],
  { first, last }: { first: number; last: number },
): Set<number> {
  const covered = new Set<number>()
  for (const period of periods) {
    const end = Math.min(lastIndex(period), last)
    for (let index = Math.max(monthIndex(period.start), first); index <= end; index++) covered.add(index)
  }
  return covered
}
