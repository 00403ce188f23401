import { reviewerFacts } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { isAway } from '#lib/domain/leave.ts'
import { issue } from '#lib/domain/result.ts'
import { changeCase, log, nextState } from './case-work.ts'
import { releasedLease } from './review-work.ts'

const minute = 60_000

/** Puts a case opened for claiming into the actor's hands (REV-2); one they hold already is extended. `how` goes into the log. */
export async function takeLease(
  deps: Deps,
  q: Q,
  actor: Staff,
  file: CaseFile,
  how: Record<string, boolean> = {},
): Promise<void> {
  const now = deps.clock.now()
  const { state, claimedBy, claimedAt, claimedUntil } = file.case
  const extending =
    state === 'in_review' && claimedBy === actor.id && claimedUntil !== null && claimedUntil > now
  const until = new Date(now.getTime() + deps.env.limits.leaseMinutes * minute)
  await changeCase(deps, q, file, {
    state: state === 'in_review' ? state : nextState(file, 'claim'),
    claimedBy: actor.id,
    claimedAt: extending ? claimedAt : now,
    // What was assigned for longer stays so.
    claimedUntil: extending && claimedUntil > until ? claimedUntil : until,
  })
  await log(deps, q, file, actor, extending ? 'case.lease-extended' : 'case.claimed', {
    round: file.case.round,
    ...how,
  })
}

/** The case waits again for anybody in scope; opinions saved so far stay (REV-2). */
export async function endLease(
  deps: Deps,
  q: Q,
  /** Null where time did it. */
  actor: Actor | null,
  file: CaseFile,
  why: Record<string, string> = {},
): Promise<void> {
  await changeCase(deps, q, file, { state: nextState(file, 'release'), ...releasedLease })
  await log(deps, q, file, actor, 'case.released', { round: file.case.round, ...why })
}

/** Refused with `on-leave`, before many cases are looked at one by one: each would be refused all the same (ADM-1). */
export async function requirePresent({ store, keys, clock }: Deps, actor: Staff): Promise<void> {
  const { awayUntil } = await reviewerFacts(store.read, store.t, keys, actor.id)
  if (isAway(awayUntil, dayOf(clock.now()))) throw refused(issue(null, 'on-leave'))
}
