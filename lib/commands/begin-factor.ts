import { sealTicket } from '#db/queries/factor-ticket.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { newFactorSecret } from '#lib/ids.ts'
import { confirmMember } from './support/confirm-member.ts'

/**
 * The first half of changing the authenticator (ACC-10): asks for password and second factor, and gives a sealed ticket that
 * holds the new secret, for `replaceFactor`. Changes nothing yet: the present authenticator works until the new one is
 * proven. Refused as `confirmMember` refuses.
 */
export async function beginFactor(
  deps: Deps,
  actor: Actor,
  { typed }: { readonly typed: unknown },
): Promise<string> {
  const { id, totpSecret } = await confirmMember(deps, actor, typed)
  const secret = newFactorSecret()
  return sealTicket(deps.keys, { accountId: id, secret, replaces: totpSecret }, deps.clock.now())
}
