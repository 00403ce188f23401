/** Who still has something to do before they can register for an exam, and by when (EXM-3). Pure. */
import { changeKinds } from './changes.ts'
import { addDays, type Day, dayOf } from './days.ts'
import { type ExamWindow, phaseOf } from './exams.ts'
import type { WorkCalendar } from './working-days.ts'

/** So long before a window opens people are told, and what they wait for is judged first. */
const nearDays = 14
const day = 86_400_000

/** Registration is open, or will be within `nearDays`. */
export function isNear(window: ExamWindow, now: Date): boolean {
  const phase = phaseOf(window, now)
  return (
    phase === 'open' || (phase === 'before' && window.opensAt.getTime() - now.getTime() <= nearDays * day)
  )
}

/** The last day that is over when this instant comes; a window that ends a minute before midnight ends with its day. */
export const lastWholeDay = (until: Date): Day => addDays(dayOf(new Date(until.getTime() + 60_000)), -1)

/** What people without a record, or with one that lacks something, wait for. */
export const rushKinds: readonly string[] = ['collection', ...changeKinds]

/** No run of holidays comes near this; a calendar without working days must not loop forever. */
const mostDays = 400

/** The last day to submit on, so that a review of so many working days ends before `until`. */
export function submitBy(until: Date, reviewDays: number, calendar: Pick<WorkCalendar, 'isWorkday'>): Day {
  let found = lastWholeDay(until)
  for (let left = reviewDays, looked = 0; left > 0 && looked < mostDays; looked += 1) {
    if (calendar.isWorkday(found)) left -= 1
    found = addDays(found, -1)
  }
  return found
}

/** How a submission of today stands to its deadline: `tight` where the review may end too late. */
export type Timing = 'in-time' | 'tight' | 'late'
export const timingOf = (now: Date, until: Date, by: Day): Timing =>
  now >= until ? 'late' : dayOf(now) <= by ? 'in-time' : 'tight'

/** What keeps somebody from registering. */
export const blocks = [
  'identity',
  'identity-waiting',
  'collection',
  'collection-draft',
  'collection-returned',
  'collection-waiting',
  'transfer',
  'record',
  'change-waiting',
] as const
export type Block = (typeof blocks)[number]
