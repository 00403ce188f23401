import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { hour, limitKey, spend } from '#lib/limits.ts'

const perHour = { limit: 20, windowMs: hour }

/** One PDF of a person's hour, whatever it is of. Refused: `print-too-many` {until}. */
export async function spendPrintTurn(deps: Deps, q: Q, accountId: string): Promise<void> {
  const { store, clock } = deps
  const key = limitKey(deps, 'print', accountId)
  const { within, resetAt } = await spend(q, store.t, key, perHour, clock.now())
  if (!within) throw refused(issue(null, 'print-too-many', { until: resetAt.toISOString() }))
}
