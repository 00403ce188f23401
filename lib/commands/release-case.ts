import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { stale } from '#lib/domain/errors.ts'
import { endLease } from './support/lease.ts'
import { openForReview } from './support/review-work.ts'

export interface Release {
  readonly caseId: string
  /** Of the case as it was seen; for what another holds. */
  readonly version?: number
}

/**
 * 释放: the case waits again for anybody in scope; opinions saved so far stay (REV-2). A manager takes it out of another's hands as
 * they saw it there: `stale` where that has changed. Who holds it gives it back however it stands.
 */
export async function releaseCase(deps: Deps, actor: Staff, { caseId, version }: Release): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'release', { caseId })
    if (file.case.claimedBy !== actor.id && file.case.version !== version) throw stale()
    await endLease(deps, q, actor, file)
  })
}
