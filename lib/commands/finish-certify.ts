import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { certifyOrderOf } from '#db/queries/certify.ts'
import type { CertifyState } from '#lib/adapters/identity.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { cancelIdentity } from './effects/cancel-identity.ts'

/**
 * Asks the provider what became of an order and acts on it (IDV-2): `passed` makes the person verified, and ends the
 * 线上实名认证 they may have begun. The answer of an order is written once; asked again it says the same and changes
 * nothing.
 */
export async function finishCertify(deps: Deps, actor: Applicant, orderId: string): Promise<CertifyState> {
  const { store } = deps
  const { t } = store
  const order = await certifyOrderOf(store.read, t, actor.id, orderId)
  if (!order || !deps.identity) throw notFound()
  if (order.state !== 'pending') return order.state
  const told = await deps.identity.query(orderId)
  const at = deps.clock.now()
  const state = told === 'pending' && order.expiresAt <= at ? 'failed' : told
  if (state === 'pending') return state
  await store.tx(async (q) => {
    const [mine] = await q
      .update(t.certifyOrder)
      .set({ state })
      .where(and(eq(t.certifyOrder.id, orderId), eq(t.certifyOrder.state, 'pending')))
      .returning({ id: t.certifyOrder.id })
    if (!mine) return
    if (state === 'passed') {
      // Before the account, as a reviewer's approval does: so the two wait for each other.
      await cancelIdentity(deps, q, eq(t.serviceCase.personId, actor.id), {
        reason: 'alipay',
        actorId: actor.id,
      })
      await q
        .update(t.account)
        .set({ identityState: 'verified', identityMethod: 'alipay', identityAt: at })
        .where(and(eq(t.account.id, actor.id), eq(t.account.identityState, 'none')))
    }
    const kind = state === 'passed' ? 'identity.verified' : 'certify.failed'
    await record(q, t, {
      id: newId(at),
      kind,
      actorId: actor.id,
      personId: actor.id,
      data: { method: 'alipay' },
      at,
    })
  })
  return state
}
