/** 奖惩 (AWD-1): rules of 《会计奖惩信息归集管理办法（试行）》. */
import type { CaseState } from './case-states.ts'
import { isDay } from './days.ts'
import { addWorkingDays, type WorkCalendar } from './working-days.ts'

/** A decision is entered within so many working days. */
const conductDays = 10

/** Until when a penalty keeps somebody from accounting work: a day, `forever`, or null where it does not. */
export function banUntil({ nature, decidedOn }: { nature: string; decidedOn: string }): string | null {
  if (nature === 'ban_permanent') return 'forever'
  if (nature !== 'ban_5y') return null
  const until = `${Number(decidedOn.slice(0, 4)) + 5}${decidedOn.slice(4)}`
  // Of 29 February: where that year has none, the last of its month.
  return isDay(until) ? until : `${until.slice(0, 8)}28`
}

/** Whether the last day of `banUntil` is behind; `today` is a day. */
export const isBanOver = (until: string, today: string): boolean => until !== 'forever' && until < today

/** The last day on which a decision of this day is entered in time; days are `YYYY-MM-DD`. */
export const entryDue = (decidedOn: string, calendar: Pick<WorkCalendar, 'isWorkday'>): string =>
  addWorkingDays(decidedOn, conductDays, calendar)

/** Kinds of case that the office files about somebody, not they themselves. */
export const kindsOfOffice = ['penalty'] as const
export const isOfOffice = (kind: string): boolean => kindsOfOffice.some((one) => one === kind)

/** Whether a case exists for the person it is about: what the office files does once it was decided and took effect. */
export const isKnownToPerson = ({ kind, state }: { kind: string; state: CaseState }): boolean =>
  !isOfOffice(kind) || state === 'approved'
