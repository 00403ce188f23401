import { machineWordsOf } from '#db/queries/review.ts'
import { isUnique, type Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isFitForBatch } from '#lib/domain/batch-fit.ts'
import { isFault, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { isHeldBack } from '#lib/domain/second-look.ts'
import { approveOpened } from './support/approval.ts'
import { changeCase, log } from './support/case-work.ts'
import { takeLease } from './support/lease.ts'
import { openForReview } from './support/review-work.ts'

export type BatchFate = 'approved' | 'held-back' | 'unfit' | 'gone'

/**
 * 批量通过 (REV-5): each case by itself and in its own transaction, as if the actor had claimed it and passed every section. Only where
 * every machine check agrees (`unfit` otherwise); a sample nobody can foresee is held back for a look by itself. `gone` = somebody
 * was faster, or it is none of the actor's business. Refused with `batch-empty` and `batch-too-many` {limit}.
 */
export async function approveBatch(
  deps: Deps,
  actor: Staff,
  { caseIds }: { readonly caseIds: readonly string[] },
): Promise<ReadonlyMap<string, BatchFate>> {
  const limit = deps.env.limits.batchCases
  const ids = [...new Set(caseIds)]
  if (ids.length === 0) throw refused(issue(null, 'batch-empty'))
  if (ids.length > limit) throw refused(issue(null, 'batch-too-many', { limit }))
  const fates = new Map<string, BatchFate>()
  for (const caseId of ids) fates.set(caseId, await fateOf(deps, actor, caseId))
  return fates
}

async function fateOf(deps: Deps, actor: Staff, caseId: string): Promise<BatchFate> {
  try {
    return await deps.store.tx((q) => judgeOne(deps, q, actor, caseId))
  } catch (error) {
    const lost =
      isUnique(error) || (['refused', 'stale', 'not-found'] as const).some((code) => isFault(error, code))
    if (lost) return 'gone'
    throw error
  }
}

async function judgeOne(deps: Deps, q: Q, actor: Staff, caseId: string): Promise<BatchFate> {
  const file = await openForReview(deps, q, actor, 'claim', { caseId })
  const word = (await machineWordsOf(q, deps.store.t, deps.keys, [caseId])).get(caseId)
  if (!word || !isFitForBatch(word)) return 'unfit'
  const { round, kind } = file.case
  const at = deps.clock.now()
  const lot = deps.keys.digest('second-look', Buffer.from(`${caseId}/${round}`))
  if (isHeldBack(lot, deps.env.limits.secondLookPercent)) {
    await changeCase(deps, q, file, { secondLookAt: at })
    await log(deps, q, file, actor, 'case.held-back', { round })
    return 'held-back'
  }
  await takeLease(deps, q, actor, file)
  const held = await openForReview(deps, q, actor, 'decide', { caseId })
  const verdicts = Object.fromEntries(caseKinds[kind].sections.map((section) => [section, 'pass']))
  await log(deps, q, held, actor, 'case.batch', { round })
  await approveOpened(deps, q, actor, held, { verdicts, findings: [] })
  return 'approved'
}
