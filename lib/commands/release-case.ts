import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { endLease } from './support/lease.ts'
import { openForReview } from './support/review-work.ts'

/** 释放: the case waits again for anybody in scope; opinions saved so far stay (REV-2). */
export async function releaseCase(deps: Deps, actor: Staff, input: { caseId: string }): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'release', input)
    await endLease(deps, q, actor, file)
  })
}
