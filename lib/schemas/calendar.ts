/** The statutory calendar of a year as an operator hands it over (SUB-3), line by line. */
import { addDays, type Day, isDay } from '#lib/domain/days.ts'
import { isWeekend } from '#lib/domain/working-days.ts'
import { writtenDate } from '#lib/domain/written-dates.ts'

export interface CalendarLine {
  /** From 1, in the file. */
  readonly line: number
  readonly day: string
  /** True = worked, false = free, null = the word says neither. */
  readonly working: boolean | null
  /** The word itself. */
  readonly type: string
  readonly name: string
}

export interface CalendarDay {
  readonly day: Day
  readonly working: boolean
  readonly name: string
}

export type CalendarFault =
  | 'empty'
  | 'day-invalid'
  | 'day-of-other-year'
  | 'day-twice'
  | 'type-unknown'
  | 'name-too-long'
  | 'holiday-missing'
export type CalendarWarning = 'works-anyway' | 'rests-anyway'

/** Something to tell of a line; `line` 0 = of the whole file. `value` is what the line says, or the day that is missing. */
export interface LineNote<Code> {
  readonly line: number
  readonly code: Code
  readonly value: string
}

export interface CalendarRead {
  readonly days: readonly CalendarDay[]
  /** One of them, and nothing of the file holds. */
  readonly faults: readonly LineNote<CalendarFault>[]
  readonly warnings: readonly LineNote<CalendarWarning>[]
}

/** Free in every year (全国年节及纪念日放假办法): a file that has one of them worked is not whole. */
const fixedHolidays = ['01-01', '05-01', '10-01', '10-02', '10-03'] as const
const longestName = 40

/** The notice for a year may move days at the end of the December before, and has (2018-12-29). */
export const firstDayOf = (year: string): Day => `${Number(year) - 1}-12-25`

export function checkCalendar(year: string, lines: readonly CalendarLine[]): CalendarRead {
  const faults: LineNote<CalendarFault>[] = []
  const found = new Map<Day, CalendarDay & { readonly line: number }>()
  for (const { line, day: typed, working, type, name } of lines) {
    const fault = (code: CalendarFault, value: string) => faults.push({ line, code, value })
    const day = writtenDate(typed)?.day ?? typed
    const same = found.get(day)
    if (!isDay(day)) fault('day-invalid', typed)
    else if (day < firstDayOf(year) || day > `${year}-12-31`) fault('day-of-other-year', day)
    else if (same) fault('day-twice', day)
    if (working === null) fault('type-unknown', type)
    if (name.length > longestName) fault('name-too-long', name.slice(0, longestName))
    if (!same) found.set(day, { day, working: working ?? false, name, line })
  }
  const works = (day: Day) => found.get(day)?.working ?? !isWeekend(day)
  if (lines.length === 0) faults.push({ line: 0, code: 'empty', value: '' })
  else if (faults.length === 0)
    for (const holiday of fixedHolidays) {
      const day = `${year}-${holiday}`
      if (works(day)) faults.push({ line: found.get(day)?.line ?? 0, code: 'holiday-missing', value: day })
    }
  if (faults.length > 0) return { days: [], faults, warnings: [] }
  return { days: [...found.values()].map(({ line: _, ...one }) => one), faults, warnings: oddities(found) }
}

/** What changes nothing and is likely a slip. The weekend within a holiday is none: notices name it too. */
function oddities(
  found: ReadonlyMap<Day, CalendarDay & { readonly line: number }>,
): LineNote<CalendarWarning>[] {
  const isFree = (day: Day) => found.get(day)?.working === false
  const reaches = (from: Day, step: 1 | -1) => {
    for (let day = from; isFree(day); day = addDays(day, step)) if (!isWeekend(day)) return true
    return false
  }
  return [...found.values()].flatMap(({ day, working, line }): LineNote<CalendarWarning>[] => {
    if (working) return isWeekend(day) ? [] : [{ line, code: 'works-anyway', value: day }]
    const ofHoliday = !isWeekend(day) || reaches(day, 1) || reaches(day, -1)
    return ofHoliday ? [] : [{ line, code: 'rests-anyway', value: day }]
  })
}
