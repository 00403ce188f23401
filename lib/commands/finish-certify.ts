import { certifyOrderOf } from '#db/queries/certify.ts'
import type { CertifyState } from '#lib/adapters/identity.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { settleCertify } from './effects/settle-certify.ts'

/**
 * The person asks what became of their order (`settleCertify`); with `giveUp` it ends where it has not passed, so that
 * another can be begun: the provider tells "no" and "not yet" apart only sometimes.
 */
export async function finishCertify(
  deps: Deps,
  actor: Applicant,
  orderId: string,
  { giveUp = false }: { giveUp?: boolean } = {},
): Promise<CertifyState> {
  const order = await certifyOrderOf(deps.store.read, deps.store.t, actor.id, orderId)
  if (!order) throw notFound()
  return settleCertify(deps, order, { actorId: actor.id, giveUp })
}
