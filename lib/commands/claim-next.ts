import { rushDepartments } from '#db/queries/exam-rush.ts'
import {
  type Cursor,
  departmentIdsWithin,
  freeCases,
  freeParts,
  lastDeedOf,
  passedAmong,
} from '#db/queries/review.ts'
import type { Q } from '#db/store.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isFault, notFound } from '#lib/domain/errors.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { requirePresent, takeLease } from './support/lease.ts'
import { lockAccount } from './support/lock-account.ts'
import { openForReview } from './support/review-work.ts'

/** So many are looked up at once: cases that are not for the actor, or are being taken this moment, are passed over. */
const firstPage = 10
const furtherPages = 100
/** Pressed again within this, it is the same press: nobody has judged anything since. */
const samePress = 10_000

interface Wish {
  readonly kind?: CaseKindId
}

/**
 * 领取下一件: of what waits in the actor's departments, the longest waiting that is for them, while an exam is near of what comes first then (EXM-3). Gives its id, null where nothing
 * waits for them; pressed twice it gives the same. `not-found` for who reviews nothing, `refused` with `on-leave` for who is away.
 */
export async function claimNext(deps: Deps, actor: Staff, wish: Wish): Promise<string | null> {
  const paths = reviewedPaths(actor)
  if (paths.length === 0) throw notFound()
  await requirePresent(deps, actor)
  const { read, t } = deps.store
  const now = deps.clock.now()
  const departments = await departmentIdsWithin(read, t, paths)
  const scope = { departments, now, rush: await rushDepartments(read, t, now, paths, departments) }
  for (const only of freeParts(scope, wish.kind)) {
    let after: Cursor | null = null
    for (;;) {
      const limit = after === null ? firstPage : furtherPages
      const found: Cursor[] = await freeCases(read, t, scope, { kind: wish.kind, only, after, limit })
      const ids = found.map(({ id }) => id)
      const passed = await passedAmong(read, t, ids, actor.id)
      for (const id of ids) {
        const taken = passed.has(id) ? null : await take(deps, actor, id, wish)
        if (taken !== null) return taken
      }
      after = found.at(-1) ?? null
      if (found.length < limit) break
    }
  }
  // The first of two presses may have taken the last there was.
  return justTaken(deps, read, actor, wish)
}

/** The case in hand: this one, or what an earlier press has taken. Null where it is not for the actor, or somebody was faster. */
async function take(deps: Deps, actor: Staff, caseId: string, wish: Wish): Promise<string | null> {
  try {
    return await deps.store.tx(async (q) => {
      await lockAccount(deps, q, actor.id)
      const before = await justTaken(deps, q, actor, wish)
      if (before !== null) return before
      const file = await openForReview(deps, q, actor, 'claim', { caseId })
      await takeLease(deps, q, actor, file, { next: true })
      return caseId
    })
  } catch (error) {
    if (isFault(error, 'refused') || isFault(error, 'stale') || isFault(error, 'not-found')) return null
    throw error
  }
}

/** What the actor did last, where that was to press the same button a moment ago, and the case is in their hands still. */
async function justTaken({ store, clock }: Deps, q: Q, actor: Staff, wish: Wish): Promise<string | null> {
  const last = await lastDeedOf(q, store.t, actor.id)
  if (last?.what !== 'case.claimed' || last.data.next !== true) return null
  const isHeld = last.state === 'in_review' && last.claimedBy === actor.id
  const isMeant = wish.kind === undefined || wish.kind === last.kind
  const isRecent = clock.now().getTime() - last.at.getTime() < samePress
  return isHeld && isMeant && isRecent ? last.caseId : null
}
