import { addDays, type Day } from '#lib/domain/days.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { readDay } from './account.ts'

/** How many days may be asked for at once, and how many are where nobody says. */
const auditDays = { most: 366, usual: 30 } as const

export interface AuditPeriod {
  readonly from: Day
  /** Inclusive. */
  readonly to: Day
}

/** A period as typed; what is left empty is the last thirty days. Issues: `audit-day`, `audit-order` at `to`, `audit-long` at `from`. */
export function checkAuditPeriod(
  typed: { readonly from: string; readonly to: string },
  today: Day,
): Result<AuditPeriod> {
  const to = typed.to.trim() === '' ? today : readDay(typed.to)
  const from = typed.from.trim() === '' ? addDays(to || today, 1 - auditDays.usual) : readDay(typed.from)
  const issues: Issue[] = []
  if (from === '') issues.push(issue('from', 'audit-day'))
  if (to === '') issues.push(issue('to', 'audit-day'))
  if (from === '' || to === '') return refuse(...issues)
  if (from > to) return refuse(issue('to', 'audit-order'))
  if (addDays(from, auditDays.most) <= to)
    return refuse(issue('from', 'audit-long', { limit: auditDays.most }))
  return ok({ from, to })
}
