import { eq, sql } from 'drizzle-orm'
import { ownIdentity } from '#db/queries/accounts.ts'
import { colleagueById, type FoundColleague, leasesOf, staffIdByLogin } from '#db/queries/deputies.ts'
import { liveOffices } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { isAway } from '#lib/domain/leave.ts'
import { issue } from '#lib/domain/result.ts'
import { judgeDeputy } from '#lib/policy/deputy-policy.ts'
import { checkLeave, deputyIn, type PostedLeave } from '#lib/schemas/leave.ts'
import { openCaseForService } from './support/case-work.ts'
import { setDeputy } from './support/deputies.ts'
import { endLease } from './support/lease.ts'
import { lockAccount } from './support/lock-account.ts'
import { notify } from './support/notify.ts'
import { logStaff, openMember } from './support/staff-work.ts'

export interface LeaveInput {
  readonly accountId: string
  /** The form as typed, by field name. */
  readonly typed: unknown
}

/**
 * 请假 (ADM-1): through a last day the person reviews nothing; the cases in their hands wait again, and a colleague may do
 * their work meanwhile. Asked for again it changes the day and the deputy. Refused: the issues of `checkLeave` and
 * `judgeDeputy`, `leave-suspended`, `leave-without-office`, `staff-beyond-you`; `not-found` for whom it is no business of.
 */
export async function takeLeave(deps: Deps, actor: Actor, { accountId, typed }: LeaveInput): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  const now = clock.now()
  const read = checkLeave(typed, dayOf(now))
  await store.tx(async (q) => {
    const { account, held, acting } = await openMember(deps, q, actor, 'leave', accountId)
    if (account.status !== 'active') throw refused(issue(null, 'leave-suspended'))
    const until = read.ok ? read.value.until : ''
    const named = deputyIn(typed)
    const absent = {
      id: accountId,
      own: ownIdentity(deps.keys, account),
      isActive: true,
      isAway: true,
      awayUntil: until,
      offices: liveOffices(held, now).own,
      held,
    }
    const found = named === null ? null : await standIn(deps, q, absent, named)
    const wrong = found !== null && 'code' in found ? found : null
    if (!read.ok || wrong) throw refused(...(read.ok ? [] : read.issues), ...(wrong ? [wrong] : []))
    const wanted = found === null || 'code' in found ? null : { ...found, until }
    if (account.awayUntil !== until) {
      await q
        .update(t.account)
        .set({ awayUntil: until, version: sql`${t.account.version} + 1` })
        .where(eq(t.account.id, accountId))
      const kind = isAway(account.awayUntil, dayOf(now)) ? 'staff.leave-changed' : 'staff.leave-began'
      await logStaff(deps, q, kind, { actorId: actor.id, personId: accountId }, { until })
      if (actor.id !== accountId)
        await notify(
          deps,
          q,
          { id: accountId, phone: '' },
          { kind: 'leave-set', data: { place: 'leave', until } },
        )
    }
    await endLeases(deps, q, acting, accountId)
    await setDeputy(deps, q, actor, absent, wanted)
  })
}

/** Who was named, locked and read afterwards, and what of the work of the absent is theirs meanwhile; or why it cannot be them. */
async function standIn(deps: Deps, q: Q, absent: FoundColleague, named: NonNullable<PostedLeave['deputy']>) {
  const { t } = deps.store
  const now = deps.clock.now()
  const id = 'id' in named ? named.id : await staffIdByLogin(q, t, named.login)
  if (id !== null) await lockAccount(deps, q, id)
  const deputy = id === null ? null : await colleagueById(q, t, deps.keys, id, { now, today: dayOf(now) })
  const answer = judgeDeputy(absent, deputy)
  if ('code' in answer) return answer
  return deputy === null ? issue('deputy', 'deputy-unknown') : { deputy, work: answer }
}

/** Every case in their hands waits again, each locked and looked at anew. */
async function endLeases(deps: Deps, q: Q, acting: Staff, accountId: string): Promise<void> {
  for (const caseId of await leasesOf(q, deps.store.t, accountId, deps.clock.now())) {
    const file = await openCaseForService(deps, q, caseId)
    if (file?.case.state === 'in_review' && file.case.claimedBy === accountId)
      await endLease(deps, q, acting, file, { reason: 'leave' })
  }
}
