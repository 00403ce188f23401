import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { authorised, judgeOffice, rolesToGive } from '#lib/policy/staff-policy.ts'
import { checkInvitation } from '#lib/schemas/staff.ts'
import { type MadeLink, makeLink } from './support/invitations.ts'
import { actingStaff, chosenDepartment, logStaff } from './support/staff-work.ts'

export interface InviteStaffInput {
  /** The form as typed, by field name. */
  readonly typed: unknown
  /** New with every page that shows the form: two clicks on one of them make one link. */
  readonly turn: string
}

/**
 * Invites somebody new from above in the tree (ACC-10); gives the link's secret, this once. Refused: the issues of
 * `checkInvitation` and of `judgeOffice`; `not-found` for who invites nobody.
 */
export async function inviteStaff(
  deps: Deps,
  actor: Actor,
  { typed, turn }: InviteStaffInput,
): Promise<MadeLink> {
  // Before the form is judged: who invites nobody learns nothing of it.
  if (actor.kind !== 'staff' || rolesToGive(actor).length === 0) throw notFound()
  const read = checkInvitation(typed, dayOf(deps.clock.now()))
  if (!read.ok) throw refused(...read.issues)
  const { name, role, department, identityKey } = read.value
  return deps.store.tx(async (q) => {
    const acting = await actingStaff(deps, q, actor)
    const node = await chosenDepartment(deps, q, department)
    authorised(judgeOffice(acting, { role, path: node?.path ?? '' }))
    const link = await makeLink(deps, q, turn, {
      accountId: null,
      role,
      departmentId: node?.id ?? null,
      name,
      identityKey,
      invitedBy: actor.id,
    })
    if (link.isNew)
      await logStaff(deps, q, 'staff.invited', { actorId: actor.id }, { role, department: node?.id ?? '' })
    return link
  })
}
