import { payOrderByNumber } from '#db/queries/payments.ts'
import type { Deps } from '#lib/deps.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { askAboutOrder, closePayOrder, settlePayment } from './support/payments.ts'

/**
 * The provider's server calls (EXM-3, SEC-4). What it signed for our application is acted on, whatever came before; where the amount
 * is not the order's, the provider itself is asked, and its answer counts. Resolves where nothing is left to do, orders that
 * are unknown or settled included. Refused: `payment-notice-unsigned`; `payment-unavailable`, after which it should be sent again.
 */
export async function acceptPaymentNotice(
  deps: Deps,
  _actor: null,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const { payment, store } = deps
  if (!payment) throw notFound()
  const trade = await payment.readNotice(fields)
  if (!trade) throw refused(issue(null, 'payment-notice-unsigned'))
  const order = await payOrderByNumber(store.read, store.t, trade.number)
  if (order?.provider !== payment.provider) return
  if (trade.state === 'closed') await closePayOrder(deps, order)
  else if (trade.state === 'paid' && trade.amount === order.amount)
    await settlePayment(deps, trade, payment.provider)
  else if (trade.state === 'paid' && (order.state === 'open' || order.state === 'closed'))
    await askAboutOrder(deps, payment, order)
}
