import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { takeLease } from './support/lease.ts'
import { openForReview } from './support/review-work.ts'

/**
 * 领取: a lease that ends by itself (REV-2). Claiming again extends it; one that ended may be taken by anyone in scope.
 * Of many at once exactly one wins, the others are `refused` with `claimed-by-other`.
 */
export async function claimCase(deps: Deps, actor: Staff, input: { caseId: string }): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'claim', input)
    await takeLease(deps, q, actor, file)
  })
}
