import { certifyOrderOf } from '#db/queries/certify.ts'
import type { CertifyState } from '#lib/adapters/identity.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { limitKey, take } from '#lib/limits.ts'
import { settleCertify } from './effects/settle-certify.ts'

/** However many pages wait for one order, the provider is asked about it once in this time. */
const oneTurn = { limit: 1, windowMs: 2_000 }

/** `finishCertify`, asked by a page that waits; between turns an open order counts as pending. */
export async function pollCertify(deps: Deps, actor: Applicant, orderId: string): Promise<CertifyState> {
  const { store } = deps
  const { t } = store
  const order = await certifyOrderOf(store.read, t, actor.id, orderId)
  if (!order) throw notFound()
  if (order.state !== 'pending') return order.state
  const key = limitKey(deps, 'certify-poll', order.id)
  const turn = await store.tx((q) => take(q, t, key, oneTurn, deps.clock.now()))
  return turn ? settleCertify(deps, order, { actorId: actor.id }) : 'pending'
}
