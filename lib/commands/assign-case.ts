import { grantsOf, ownIdentityOf } from '#db/queries/accounts.ts'
import { caseFacts } from '#db/queries/case-file.ts'
import { staffAccount } from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { judge } from '#lib/policy/case-policy.ts'
import { isSamePerson, passersSeenBy } from '#lib/readers/own-case.ts'
import { changeCase, log, nextState } from './support/case-work.ts'
import { openForReview } from './support/review-work.ts'

const hour = 3_600_000

/**
 * A manager hands a case to a reviewer, who then holds it for `LIMITS_ASSIGNED_HOURS`, whoever held it before (REV-2). Refused:
 * `assign-target` for nobody who reviews there now, `assign-away` for who is on leave, `assign-own` for whose own case it is or who passed
 * an earlier stage.
 */
export async function assignCase(
  deps: Deps,
  actor: Staff,
  input: { caseId: string; version: number; reviewerId: string },
): Promise<void> {
  const { store, keys, clock, env } = deps
  await store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'assign', input)
    const now = clock.now()
    const account = await staffAccount(q, store.t, input.reviewerId)
    if (account?.status !== 'active') throw refused(issue('reviewer', 'assign-target'))
    if (account.awayUntil >= dayOf(now)) throw refused(issue('reviewer', 'assign-away'))
    const reviewer: Staff = {
      kind: 'staff',
      id: account.id,
      sessionId: '',
      grants: await grantsOf(q, store.t, account.id, now),
    }
    const own = await ownIdentityOf(q, store.t, reviewer.id)
    const facts = {
      ...caseFacts(file),
      // Whoever holds it gives it up by this.
      claimedBy: null,
      claimedUntil: null,
      isOwn: isSamePerson(own, file.account, (key) => keys.blinds('identity', key), dayOf(now)),
      passedBy: passersSeenBy(reviewer.id, own, file.passes),
    }
    const answer = judge(reviewer, 'claim', facts, now)
    if (answer === 'hidden') throw refused(issue('reviewer', 'assign-target'))
    if (answer !== 'yes') throw refused(issue('reviewer', 'assign-own'))
    await changeCase(deps, q, file, {
      state: file.case.state === 'in_review' ? 'in_review' : nextState(file, 'claim'),
      claimedBy: reviewer.id,
      claimedAt: now,
      claimedUntil: new Date(now.getTime() + env.limits.assignedHours * hour),
    })
    await log(deps, q, file, actor, 'case.assigned', { round: file.case.round, to: reviewer.id })
  })
}
