import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { openAccount } from '#db/queries/accounts.ts'
import { type CertifyOrder, certifyOrderById } from '#db/queries/certify.ts'
import type { CertifyState } from '#lib/adapters/identity.ts'
import type { Deps } from '#lib/deps.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { cancelWhere } from '../support/cancel-cases.ts'
import { notify } from '../support/notify.ts'

interface Asked {
  /** Who asks; nobody where the provider's own server does. */
  readonly actorId?: string
  /** What is not passed now is over, before its time. */
  readonly giveUp?: boolean
}

/**
 * Asks the provider what became of an order and acts on it (IDV-2), whoever brought the question: `passed` makes its
 * owner verified, tells them, and ends the 线上实名认证 they may have begun. The answer of an order is written once; asked again it
 * says the same and changes nothing. Refused: `certify-unavailable`.
 */
export async function settleCertify(
  deps: Deps,
  order: CertifyOrder,
  { actorId, giveUp = false }: Asked,
): Promise<CertifyState> {
  const { store, identity } = deps
  const { t } = store
  if (!identity) throw notFound()
  if (order.state !== 'pending') return order.state
  const told =
    order.providerRef === '' ? 'pending' : await identity.query({ orderId: order.id, ref: order.providerRef })
  const at = deps.clock.now()
  const state = told === 'pending' && (giveUp || order.expiresAt <= at) ? 'failed' : told
  if (state === 'pending') return state
  const personId = order.accountId
  return store.tx(async (q) => {
    const [mine] = await q
      .update(t.certifyOrder)
      .set({ state })
      .where(and(eq(t.certifyOrder.id, order.id), eq(t.certifyOrder.state, 'pending')))
      .returning({ id: t.certifyOrder.id })
    if (!mine) return (await certifyOrderById(q, t, order.id))?.state ?? state
    let kind = 'certify.failed'
    if (state === 'passed') {
      // Before the account, as a reviewer's approval does: so the two wait for each other.
      const pictures = and(eq(t.serviceCase.personId, personId), eq(t.serviceCase.kind, 'identity'))
      await cancelWhere(deps, q, pictures, {
        reason: 'alipay',
        ...(actorId === undefined ? {} : { actorId }),
      })
      const [verified] = await q
        .update(t.account)
        .set({ identityState: 'verified', identityMethod: 'alipay', identityAt: at })
        .where(
          and(
            eq(t.account.id, personId),
            eq(t.account.status, 'active'),
            eq(t.account.identityState, 'none'),
          ),
        )
        .returning()
      if (verified) await notify(deps, q, openAccount(deps.keys, verified), { kind: 'identity-verified' })
      // Verified by documents meanwhile, and so they stay.
      kind = verified ? 'identity.verified' : 'certify.passed'
    }
    await record(q, t, {
      id: newId(at),
      kind,
      ...(actorId === undefined ? {} : { actorId }),
      personId,
      data: { method: 'alipay' },
      at,
    })
    return state
  })
}
