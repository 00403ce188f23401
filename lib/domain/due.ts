import { addDays, type Day } from './days.ts'
import { addWorkingDays, type WorkCalendar } from './working-days.ts'

/** What the log of a case says about its clock, in order. */
export interface ClockMark {
  readonly kind: string
  readonly on: Day
  /** Working days allowed from here, where it starts. */
  readonly days?: number
}

/** Which events move the clock of a review; all others leave it alone. */
const moves: Readonly<Record<string, 'start' | 'pause' | 'resume' | 'stop'>> = {
  'case.submitted': 'start',
  'case.advanced': 'start',
  'clock.paused': 'pause',
  'clock.resumed': 'resume',
  'case.returned': 'stop',
  'case.returned-by-check': 'stop',
  'case.withdrawn': 'stop',
  'case.approved': 'stop',
  'case.refused': 'stop',
  'case.cancelled': 'stop',
}

type Workdays = Pick<WorkCalendar, 'isWorkday'>

/** Working days after `from` up to and with `until`; 0 where `until` is not later. */
export function workingDaysBetween(from: Day, until: Day, calendar: Workdays): number {
  let count = 0
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1))
    if (calendar.isWorkday(day)) count += 1
  return count
}

/**
 * The day by which a review ends (SUB-3), from the log alone: '' while the clock stands still or does not run. A pause keeps
 * the working days that were left (CHK-1); a clock that had already run out stays run out.
 */
export function dueOf(marks: readonly ClockMark[], calendar: Workdays): Day | '' {
  let due: Day | '' = ''
  let left: number | null = null
  for (const { kind, on, days } of marks) {
    const move = Object.hasOwn(moves, kind) ? moves[kind] : undefined
    if (move === 'start') {
      due = addWorkingDays(on, days ?? 0, calendar)
      left = null
    } else if (move === 'stop') {
      due = ''
      left = null
    } else if (move === 'pause' && due !== '' && due >= on) {
      left = workingDaysBetween(on, due, calendar)
      due = ''
    } else if (move === 'resume' && left !== null) {
      due = addWorkingDays(on, left, calendar)
      left = null
    }
  }
  return due
}
