import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { changeCase, log, nextState } from './case-work.ts'

const minute = 60_000

/** Puts a case opened for claiming into the actor's hands (REV-2); one they hold already is extended. */
export async function takeLease(deps: Deps, q: Q, actor: Staff, file: CaseFile): Promise<void> {
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
  })
}
