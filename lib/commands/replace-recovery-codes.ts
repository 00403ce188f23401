import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { confirmMember } from './support/confirm-member.ts'
import { replaceCodes } from './support/recovery-codes.ts'
import { logStaff } from './support/staff-work.ts'

/** Ten new recovery codes for who is signed in, given this once; the old ones die (ACC-10). Refused as `confirmMember` refuses. */
export async function replaceRecoveryCodes(
  deps: Deps,
  actor: Actor,
  { typed }: { readonly typed: unknown },
): Promise<readonly string[]> {
  const { id } = await confirmMember(deps, actor, typed)
  return deps.store.tx(async (q) => {
    const codes = await replaceCodes(deps, q, id)
    await logStaff(deps, q, 'staff.recovery-codes-replaced', { actorId: id, personId: id })
    return codes
  })
}
