import { eq, sql } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isAway } from '#lib/domain/leave.ts'
import { settleDeputies } from './support/deputies.ts'
import { notify } from './support/notify.ts'
import { logStaff, openMember } from './support/staff-work.ts'

/**
 * 结束请假 (ADM-1): at once, and with it what a deputy does meanwhile. Ending none does no harm. Refused: `staff-beyond-you`;
 * `not-found` for whom it is no business of.
 */
export async function endLeave(
  deps: Deps,
  actor: Actor,
  { accountId }: { readonly accountId: string },
): Promise<void> {
  const { t } = deps.store
  await deps.store.tx(async (q) => {
    const { account } = await openMember(deps, q, actor, 'end-leave', accountId)
    if (!isAway(account.awayUntil, dayOf(deps.clock.now()))) return
    await q
      .update(t.account)
      .set({ awayUntil: '', version: sql`${t.account.version} + 1` })
      .where(eq(t.account.id, accountId))
    await logStaff(deps, q, 'staff.leave-ended', { actorId: actor.id, personId: accountId })
    await settleDeputies(deps, q, actor, accountId)
    if (actor.id !== accountId)
      await notify(deps, q, { id: accountId, phone: '' }, { kind: 'leave-ended', data: { place: 'review' } })
  })
}
