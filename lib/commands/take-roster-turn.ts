import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { day, limitKey, spend } from '#lib/limits.ts'
import { rosterDepartment } from './support/rosters.ts'

/**
 * One list of the day's, taken before a byte of it is read: what a list says of its people must not be asked without end. Refused:
 * `rosters-per-day` {limit, until}; `not-found` for who enters none there (CRE-1, SEC-1).
 */
export async function takeRosterTurn(
  deps: Deps,
  actor: Actor,
  { departmentId }: { readonly departmentId: string },
): Promise<void> {
  const { store, clock, env } = deps
  await rosterDepartment(deps, store.read, actor, departmentId)
  const limit = env.limits.rostersPerDay
  const perDay = { limit, windowMs: day }
  const turn = await store.tx((q) =>
    spend(q, store.t, limitKey(deps, 'roster', actor.id), perDay, clock.now()),
  )
  if (!turn.within)
    throw refused(issue('file', 'rosters-per-day', { limit, until: turn.resetAt.toISOString() }))
}
