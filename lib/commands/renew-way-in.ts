import { and, eq, isNull, ne } from 'drizzle-orm'
import { accountContext } from '#db/queries/accounts.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { secretId } from '#lib/ids.ts'
import { type MadeLink, makeLink } from './support/invitations.ts'
import { logStaff, openMember } from './support/staff-work.ts'

export interface RenewWayInInput {
  readonly accountId: string
  /** New with every page that shows the form: two clicks on one of them make one link. */
  readonly turn: string
}

/**
 * A link by which somebody makes password and authenticator anew; what they have works until the link is used. An earlier
 * link dies. Refused: `staff-suspended`, and what `judgeStaff` says; `not-found` outside one's scope.
 */
export async function renewWayIn(
  deps: Deps,
  actor: Actor,
  { accountId, turn }: RenewWayInInput,
): Promise<MadeLink> {
  const { store, keys, clock } = deps
  const { t } = store
  return store.tx(async (q) => {
    const { account } = await openMember(deps, q, actor, 'renew', accountId)
    if (account.status !== 'active') throw refused(issue(null, 'staff-suspended'))
    const link = await makeLink(deps, q, turn, {
      accountId,
      role: null,
      departmentId: null,
      name: keys.unseal(account.nameSealed, accountContext(accountId, 'name')),
      identityKey: null,
      invitedBy: actor.id,
    })
    if (!link.isNew) return link
    await q
      .update(t.invitation)
      .set({ revokedAt: clock.now() })
      .where(
        and(
          eq(t.invitation.accountId, accountId),
          ne(t.invitation.id, secretId(link.token)),
          isNull(t.invitation.usedAt),
          isNull(t.invitation.revokedAt),
        ),
      )
    await logStaff(deps, q, 'staff.link-made', { actorId: actor.id, personId: accountId })
    return link
  })
}
