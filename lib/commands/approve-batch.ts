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
import { requirePresent, takeLease } from './support/lease.ts'
import { openForReview } from './support/review-work.ts'

export type BatchFate = 'approved' | 'held-back' | 'unfit' | 'gone'

/** Of the cases as they were seen, by id (REV-2). */
type Versions = ReadonlyMap<string, number>

/**
 * 批量通过 (REV-5): each case by itself and in its own transaction, as if the actor had claimed it and passed every section. Only where
 * every machine check agrees (`unfit` otherwise); a sample nobody can foresee is held back for a look by itself. `gone` = somebody
 * was faster, it is not as it was seen any more, or it is none of the actor's business. Refused with `batch-empty`, `batch-too-many` {limit} and `on-leave`.
 */
export async function approveBatch(
  deps: Deps,
  actor: Staff,
  { caseIds, versions }: { readonly caseIds: readonly string[]; readonly versions?: Versions },
): Promise<ReadonlyMap<string, BatchFate>> {
  const limit = deps.env.limits.batchCases
  const ids = [...new Set(caseIds)]
  if (ids.length === 0) throw refused(issue(null, 'batch-empty'))
  if (ids.length > limit) throw refused(issue(null, 'batch-too-many', { limit }))
  await requirePresent(deps, actor)
  const fates = new Map<string, BatchFate>()
  for (const caseId of ids)
    fates.set(caseId, await fateOf(deps, actor, { caseId, ...versionOf(caseId, versions) }))
  return fates
}

interface Seen {
  readonly caseId: string
  readonly version?: number
}

const versionOf = (caseId: string, versions?: Versions) => {
  const version = versions?.get(caseId)
  return version === undefined ? {} : { version }
}

async function fateOf(deps: Deps, actor: Staff, seen: Seen): Promise<BatchFate> {
  try {
    return await deps.store.tx((q) => judgeOne(deps, q, actor, seen))
  } catch (error) {
    const lost =
      isUnique(error) || (['refused', 'stale', 'not-found'] as const).some((code) => isFault(error, code))
    if (lost) return 'gone'
    throw error
  }
}

async function judgeOne(deps: Deps, q: Q, actor: Staff, seen: Seen): Promise<BatchFate> {
  const { caseId } = seen
  const file = await openForReview(deps, q, actor, 'claim', seen)
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
