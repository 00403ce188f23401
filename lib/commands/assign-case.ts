import { accountById, grantsOf, ownIdentity } from '#db/queries/accounts.ts'
import { type CaseFile, caseFacts } from '#db/queries/case-file.ts'
import { staffAccount } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { isAway } from '#lib/domain/leave.ts'
import { issue } from '#lib/domain/result.ts'
import { judge, leaseHeld } from '#lib/policy/case-policy.ts'
import { isSamePerson, passersSeenBy } from '#lib/readers/own-case.ts'
import { changeCase, log, nextState } from './support/case-work.ts'
import { lockAccount } from './support/lock-account.ts'
import { type Notice, notify } from './support/notify.ts'
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
    // Whoever goes on leave this moment is waited for.
    await lockAccount(deps, q, input.reviewerId)
    const file = await openForReview(deps, q, actor, 'assign', { caseId: input.caseId })
    const now = clock.now()
    if (file.case.version !== input.version) {
      // The second of two clicks finds it done.
      if (file.case.claimedBy === input.reviewerId && leaseHeld(caseFacts(file), now)) return
      throw stale()
    }
    const account = await staffAccount(q, store.t, input.reviewerId)
    if (account?.status !== 'active') throw refused(issue('reviewer', 'assign-target'))
    if (isAway(account.awayUntil, dayOf(now))) throw refused(issue('reviewer', 'assign-away'))
    const reviewer: Staff = {
      kind: 'staff',
      id: account.id,
      sessionId: '',
      grants: await grantsOf(q, store.t, account.id, now),
    }
    const own = ownIdentity(keys, account)
    const facts = {
      ...caseFacts(file),
      departmentPath: file.standsAt?.path ?? null,
      // Whoever holds it gives it up by this.
      claimedBy: null,
      claimedUntil: null,
      isOwn: isSamePerson(own, file.account, (key) => keys.blinds('identity', key), dayOf(now)),
      passedBy: passersSeenBy(reviewer.id, own, file.passes),
      enteredBy: passersSeenBy(reviewer.id, own, file.entryPeople),
    }
    const answer = judge(reviewer, 'claim', facts, now)
    if (answer === 'hidden') throw refused(issue('reviewer', 'assign-target'))
    if (answer !== 'yes') throw refused(issue('reviewer', 'assign-own'))
    const until = new Date(now.getTime() + env.limits.assignedHours * hour)
    await changeCase(deps, q, file, {
      state: file.case.state === 'in_review' ? 'in_review' : nextState(file, 'claim'),
      claimedBy: reviewer.id,
      claimedAt: now,
      claimedUntil: until,
    })
    await tellAssigned(deps, q, actor, file, { to: account.id, until })
    await log(deps, q, file, actor, 'case.assigned', { round: file.case.round, to: reviewer.id })
  })
}

/** Who holds it now hears of it, and who held it until now; nobody is told of what they did themselves. */
async function tellAssigned(
  deps: Deps,
  q: Q,
  actor: Staff,
  file: CaseFile,
  { to, until }: { to: string; until: Date },
): Promise<void> {
  const { id, kind, number, claimedBy } = file.case
  const data = { kind, number: number ?? '', department: file.standsAt?.fullName ?? '' }
  const tell = async (staffId: string, notice: Notice) => {
    const account = staffId === actor.id ? null : await accountById(q, deps.store.t, deps.keys, staffId)
    if (account) await notify(deps, q, account, notice)
  }
  await tell(to, { kind: 'case-assigned', caseId: id, data: { ...data, until: until.toISOString() } })
  if (claimedBy !== null && claimedBy !== to && leaseHeld(caseFacts(file), deps.clock.now()))
    await tell(claimedBy, { kind: 'case-reassigned', caseId: id, data })
}
