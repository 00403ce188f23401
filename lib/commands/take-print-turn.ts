import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { hour, limitKey, spend } from '#lib/limits.ts'

const perHour = { limit: 20, windowMs: hour }

/** One PDF of the hour's allowance, taken before it is made; refused: `print-too-many` {until}. */
export async function takePrintTurn(deps: Deps, actor: Applicant): Promise<void> {
  const { store, clock } = deps
  const { within, resetAt } = await store.tx((q) =>
    spend(q, store.t, limitKey(deps, 'print', actor.id), perHour, clock.now()),
  )
  if (!within) throw refused(issue(null, 'print-too-many', { until: resetAt.toISOString() }))
}
