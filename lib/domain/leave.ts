/** Being on leave (请假): who is does no reviewing, and keeps every right they have (ADM-1). */
import { addDays, type Day } from './days.ts'

/** The longest leave, in days after today. */
const mostLeaveDays = 90

/** Whether `awayUntil`, a last day or '' for none, has not passed. */
export const isAway = (awayUntil: Day | '', today: Day): boolean => awayUntil >= today

/** The last day a leave that begins or is changed today may have. */
export const lastLeaveDay = (today: Day): Day => addDays(today, mostLeaveDays)
