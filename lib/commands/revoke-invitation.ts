import { and, eq, isNull } from 'drizzle-orm'
import { linkById } from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { authorised, judgeStaff, mayGive } from '#lib/policy/staff-policy.ts'
import { actingStaff, logStaff, staffFacts } from './support/staff-work.ts'

/**
 * Takes a link back that nobody has used. Who may give the office, or make the way into the account anew, may; to all others
 * it is `not-found`, as is one that was used. Taking back twice does no harm.
 */
export async function revokeInvitation(
  deps: Deps,
  actor: Actor,
  { invitationId }: { readonly invitationId: string },
): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  await store.tx(async (q) => {
    const acting = await actingStaff(deps, q, actor)
    const found = await linkById(q, t, invitationId, clock.now())
    if (!found || found.invitation.usedAt !== null) throw notFound()
    const { accountId, role, path, departmentId } = found.invitation
    if (accountId !== null) {
      const member = await staffFacts(deps, q, accountId)
      authorised(member ? judgeStaff(acting, 'renew', member.facts) : 'hidden')
    } else authorised(role !== null && mayGive(acting, { role, path }) ? 'yes' : 'hidden')
    const [revoked] = await q
      .update(t.invitation)
      .set({ revokedAt: clock.now() })
      .where(
        and(eq(t.invitation.id, invitationId), isNull(t.invitation.usedAt), isNull(t.invitation.revokedAt)),
      )
      .returning({ id: t.invitation.id })
    if (!revoked) return
    const who = { actorId: actor.id, ...(accountId === null ? {} : { personId: accountId }) }
    await logStaff(deps, q, 'staff.invitation-revoked', who, {
      role: role ?? '',
      department: departmentId ?? '',
    })
  })
}
