import { caseById } from '#db/queries/cases.ts'
import { passedAmong } from '#db/queries/review.ts'
import { isUnique } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { isFault, stale } from '#lib/domain/errors.ts'
import { approveOpened, type Passed } from './support/approval.ts'
import { type Judgement, openForReview } from './support/review-work.ts'

/**
 * 审核通过: every section passed; what approval does to the record happens in the same transaction (REV-4). Where a
 * further stage follows, the case waits for somebody else instead, who judges it anew: `advanced`, or `handed-on` where that is
 * in another department.
 */
export async function approveCase(deps: Deps, actor: Staff, input: Judgement): Promise<Passed> {
  try {
    return await deps.store.tx(async (q) => {
      const file = await openForReview(deps, q, actor, 'decide', input)
      return approveOpened(deps, q, actor, file, input.opinions)
    })
  } catch (error) {
    // A number or phone that was free at the look was taken before the write: to be looked at once more.
    if (isUnique(error)) throw stale()
    if (isFault(error, 'not-found') && (await isHandedOn(deps, actor, input.caseId))) return 'handed-on'
    throw error
  }
}

/** The second of two clicks: this actor confirmed it, and it waits in another department, out of their sight (TRF-3). */
async function isHandedOn({ store }: Deps, actor: Staff, caseId: string): Promise<boolean> {
  const { read, t } = store
  const found = await caseById(read, t, caseId)
  if (found?.kind !== 'transfer' || !isUnderReview(found.state)) return false
  return (await passedAmong(read, t, [caseId], actor.id)).size > 0
}
