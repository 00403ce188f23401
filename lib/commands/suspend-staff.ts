import { and, eq, sql } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { letGo, settleDeputies } from './support/deputies.ts'
import { endSessions } from './support/end-account.ts'
import { logStaff, openMember, revokeLinks } from './support/staff-work.ts'

/**
 * Shuts a member of staff out: their sessions end at once, no link into their account or of their giving works any
 * more, the cases in their hands wait again, and nobody stands in for them or they for others. Suspending twice does no harm. Refused: `staff-self`, `staff-beyond-you`, `staff-last-operator`; `not-found` outside
 * one's scope.
 */
export async function suspendStaff(
  deps: Deps,
  actor: Actor,
  { accountId }: { readonly accountId: string },
): Promise<void> {
  const { t } = deps.store
  await deps.store.tx(async (q) => {
    await openMember(deps, q, actor, 'suspend', accountId, ({ facts }) =>
      facts.offices.some(({ role }) => role === 'operator'),
    )
    const [suspended] = await q
      .update(t.account)
      .set({ status: 'suspended', version: sql`${t.account.version} + 1` })
      .where(and(eq(t.account.id, accountId), eq(t.account.status, 'active')))
      .returning({ id: t.account.id })
    if (!suspended) return
    await endSessions(deps, q, accountId)
    await revokeLinks(deps, q, accountId)
    await letGo(deps, q, actor, accountId, 'suspended')
    await settleDeputies(deps, q, actor, accountId)
    await logStaff(deps, q, 'staff.suspended', { actorId: actor.id, personId: accountId })
  })
}
