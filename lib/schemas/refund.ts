import { z } from 'zod'
import type { Day } from '#lib/domain/days.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { readDay, typed } from './account.ts'
import { normaliseCode } from './normalise.ts'

const form = z.object({ ref: typed(200), day: typed(40) })

/** A refund as staff enter it, every issue at once: `refund-ref`; `refund-day-invalid`, `refund-day-future`, `refund-day-early` {paidOn}. */
export function checkRefund(
  raw: unknown,
  { paidOn, today }: { readonly paidOn: Day; readonly today: Day },
): Result<{ readonly ref: string; readonly day: Day }> {
  const typedIn = form.parse(raw)
  const ref = normaliseCode(typedIn.ref)
  const day = readDay(typedIn.day)
  const issues: Issue[] = []
  if (!/^[A-Za-z0-9-]{6,64}$/.test(ref)) issues.push(issue('ref', 'refund-ref'))
  if (day === '') issues.push(issue('day', 'refund-day-invalid'))
  else if (day > today) issues.push(issue('day', 'refund-day-future'))
  else if (day < paidOn) issues.push(issue('day', 'refund-day-early', { paidOn }))
  return issues.length > 0 ? refuse(...issues) : ok({ ref, day })
}
