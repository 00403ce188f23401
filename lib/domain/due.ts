import { addDays, type Day, dayOf } from './days.ts'
import { addWorkingDays, defaultReviewDays, type WorkCalendar } from './working-days.ts'

/** What the log of a case says about its clock, in order. */
export interface ClockMark {
  readonly kind: string
  readonly on: Day
  /** Working days allowed from here, 1 or more, where it starts. */
  readonly days?: number
}

/** Events of a case, oldest first, as its clock reads them. */
export const clockMarks = (
  events: readonly {
    readonly kind: string
    readonly at: Date
    readonly data: Readonly<Record<string, string | number | boolean>>
  }[],
): ClockMark[] =>
  events.map(({ kind, at, data }) => ({
    kind,
    on: dayOf(at),
    ...(typeof data.days === 'number' ? { days: data.days } : {}),
  }))

/** Which events move the clock of a review; all others leave it alone. */
const moves: Readonly<Record<string, 'start' | 'pause' | 'resume' | 'stop'>> = {
  'case.submitted': 'start',
  'case.advanced': 'start',
  'case.forwarded': 'start',
  'clock.paused': 'pause',
  'clock.resumed': 'resume',
  'case.returned': 'stop',
  'case.returned-by-check': 'stop',
  'case.withdrawn': 'stop',
  'case.approved': 'stop',
  'case.refused': 'stop',
  'case.cancelled': 'stop',
}

const moveOf = (kind: string) => (Object.hasOwn(moves, kind) ? moves[kind] : undefined)

/** Whether the log says how long each review may take; the oldest logs do not, and nothing can be computed from them. */
export const isCountable = (marks: readonly ClockMark[]): boolean =>
  marks.every(({ kind, days }) => moveOf(kind) !== 'start' || days !== undefined)

type Workdays = Pick<WorkCalendar, 'isWorkday'>

/** Working days after `from` up to and with `until`; 0 where `until` is not later. */
function workingDaysBetween(from: Day, until: Day, calendar: Workdays): number {
  let count = 0
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1))
    if (calendar.isWorkday(day)) count += 1
  return count
}

/** A last day on which nobody works moves on to the next working day (民法典第二百零三条). */
const lastDay = (day: Day, calendar: Workdays): Day =>
  calendar.isWorkday(day) ? day : addWorkingDays(day, 1, calendar)

/**
 * The day by which a review ends (SUB-3), from the log alone: '' while the clock stands still or does not run. A pause keeps
 * the working days that were left, so that it moves the day on by as many as it lasted (CHK-1); one that began on the last
 * day leaves the day it ends. A clock that had already run out stays run out.
 */
export function dueOf(marks: readonly ClockMark[], calendar: Workdays): Day | '' {
  let due: Day | '' = ''
  let left: number | null = null
  for (const { kind, on, days } of marks) {
    const move = moveOf(kind)
    if (move === 'start') {
      due = addWorkingDays(on, days ?? defaultReviewDays, calendar)
      left = null
    } else if (move === 'stop') {
      due = ''
      left = null
    } else if (move === 'pause' && due !== '' && due >= on) {
      left = workingDaysBetween(on, due, calendar)
      due = ''
    } else if (move === 'resume' && left !== null) {
      due = left === 0 ? lastDay(on, calendar) : addWorkingDays(on, left, calendar)
      left = null
    }
  }
  return due
}
