import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { changeCase, log, nextState } from './support/case-work.ts'
import { openForReview } from './support/review-work.ts'

const minute = 60_000

/**
 * 领取: a lease that ends by itself (REV-2). Claiming again extends it; one that ended may be taken by anyone in scope.
 * Of many at once exactly one wins, the others are `refused` with `claimed-by-other`.
 */
export async function claimCase(deps: Deps, actor: Staff, input: { caseId: string }): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'claim', input)
    const now = deps.clock.now()
    const { state, claimedBy, claimedAt, claimedUntil } = file.case
    const extending =
      state === 'in_review' && claimedBy === actor.id && claimedUntil !== null && claimedUntil > now
    await changeCase(deps, q, file, {
      state: state === 'in_review' ? state : nextState(file, 'claim'),
      claimedBy: actor.id,
      claimedAt: extending ? claimedAt : now,
      claimedUntil: new Date(now.getTime() + deps.env.limits.leaseMinutes * minute),
    })
    await log(deps, q, file, actor, extending ? 'case.lease-extended' : 'case.claimed', {
      round: file.case.round,
    })
  })
}
