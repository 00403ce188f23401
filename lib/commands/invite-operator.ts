import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import { newSecret } from '#lib/ids.ts'
import { checkName } from '#lib/schemas/name.ts'
import { type MadeLink, makeLink } from './support/invitations.ts'
import { logStaff } from './support/staff-work.ts'

/** The first operator, or one more where nobody can sign in: for who runs the machine, never from a page (ACC-10). */
export async function inviteOperator(deps: Deps, _actor: null, input: { name: string }): Promise<MadeLink> {
  const name = checkName(input.name)
  if (!name.ok) throw refused(...name.issues)
  return deps.store.tx(async (q) => {
    const office = { role: 'operator', departmentId: null } as const
    const link = await makeLink(deps, q, newSecret(), {
      accountId: null,
      ...office,
      name: name.value,
      identityKey: null,
      invitedBy: null,
    })
    await logStaff(deps, q, 'staff.invited', {}, { role: office.role, department: '' })
    return link
  })
}
