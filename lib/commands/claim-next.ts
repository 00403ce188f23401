import { type Cursor, departmentIdsWithin, freeCases } from '#db/queries/review.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isFault, notFound } from '#lib/domain/errors.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { requirePresent, takeLease } from './support/lease.ts'
import { openForReview } from './support/review-work.ts'

/** So many are looked up at once, and so many times: cases that are not for the actor, or are being taken this moment, are passed over. */
const atOnce = 10
const mostTurns = 50

/**
 * 领取下一件: of what waits in the actor's departments, the longest waiting that is for them. Gives its id, null where nothing
 * waits for them; `not-found` for who reviews nothing, `refused` with `on-leave` for who is away.
 */
export async function claimNext(
  deps: Deps,
  actor: Staff,
  { kind }: { readonly kind?: CaseKindId },
): Promise<string | null> {
  const paths = reviewedPaths(actor)
  if (paths.length === 0) throw notFound()
  await requirePresent(deps, actor)
  const { read, t } = deps.store
  const scope = { departments: await departmentIdsWithin(read, t, paths), now: deps.clock.now() }
  let after: Cursor | null = null
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const found: Cursor[] = await freeCases(read, t, scope, { kind, after, limit: atOnce })
    for (const { id } of found) if (await taken(deps, actor, id)) return id
    after = found.at(-1) ?? null
    if (found.length < atOnce) return null
  }
  return null
}

/** False where it is not for the actor, or somebody was faster. */
async function taken(deps: Deps, actor: Staff, caseId: string): Promise<boolean> {
  try {
    await deps.store.tx(async (q) => {
      const file = await openForReview(deps, q, actor, 'claim', { caseId })
      await takeLease(deps, q, actor, file)
    })
    return true
  } catch (error) {
    if (isFault(error, 'refused') || isFault(error, 'stale') || isFault(error, 'not-found')) return false
    throw error
  }
}
