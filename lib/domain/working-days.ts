import { addDays, type Day } from './days.ts'

export interface WorkCalendar {
  isWorkday(day: Day): boolean
  /** True while the official calendar of that year is unknown, so that only weekends are left out. */
  isProvisional(year: number): boolean
}

/** Years that operators brought in, and their days that are not what the weekday says: true = worked. */
export interface ImportedCalendar {
  /** `YYYY` */
  readonly years: ReadonlySet<string>
  readonly days: ReadonlyMap<Day, boolean>
}

/** Saturday or Sunday. */
export const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** Imported years win over `base` whole, and single days over either: a notice may move days of the December before. */
export const withImported = ({ years, days }: ImportedCalendar, base: WorkCalendar): WorkCalendar => ({
  isWorkday: (day) => days.get(day) ?? (years.has(day.slice(0, 4)) ? !isWeekend(day) : base.isWorkday(day)),
  isProvisional: (year) => !years.has(String(year)) && base.isProvisional(year),
})

/** Working days a review may take where a department has set no others; the column's default is the same. */
export const defaultReviewDays = 5

/** No run of holidays comes near this; a calendar without working days must not loop forever. */
const longestBreakDays = 60

/**
 * The n-th working day after `from` (SUB-3): counting starts on the day after, whatever day `from` is.
 * n = 0 gives `from` itself. Throws RangeError for a negative or broken n and for a calendar without working days.
 */
export function addWorkingDays(from: Day, n: number, calendar: Pick<WorkCalendar, 'isWorkday'>): Day {
  if (!Number.isInteger(n) || n < 0) throw new RangeError('working days must be a whole number, 0 or more')
  let day = from
  for (let counted = 0; counted < n; counted++) day = nextWorkday(day, calendar)
  return day
}

/** Working days after `from` up to `to`, counted to `most` at the longest; 0 where `to` is not later. */
export function workingDaysBetween(
  from: Day,
  to: Day,
  calendar: Pick<WorkCalendar, 'isWorkday'>,
  most: number,
): number {
  let counted = 0
  // Days of the calendar that hold `most` working days, whatever the holidays.
  for (let day = from, left = 2 * most + longestBreakDays; day < to && counted < most && left > 0; left--) {
    day = addDays(day, 1)
    if (calendar.isWorkday(day)) counted += 1
  }
  return counted
}

function nextWorkday(after: Day, calendar: Pick<WorkCalendar, 'isWorkday'>): Day {
  for (let step = 1; step <= longestBreakDays; step++) {
    const day = addDays(after, step)
    if (calendar.isWorkday(day)) return day
  }
  throw new RangeError('the calendar has no working day')
}
