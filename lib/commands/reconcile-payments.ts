import { payableOrders } from '#db/queries/payments.ts'
import type { Deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { minute } from '#lib/limits.ts'
import { askAboutOrder, type Failed, raise } from './support/payments.ts'

/** A notice mostly comes within seconds; then it is our turn to ask. */
const patience = 2 * minute

/**
 * Asks the provider about up to `limit` orders that may be paid, after one of them, one after another (EXM-3): no payment is lost with its
 * notice. Gives where to go on, '' at the end. One the provider does not answer for waits for the next round; `failed` hears of any
 * other fault, and the rest goes on.
 */
export async function reconcilePayments(
  deps: Deps,
  {
    after,
    limit,
    failed = raise,
  }: { readonly after: string; readonly limit: number; readonly failed?: Failed },
): Promise<string> {
  const { store, payment, clock } = deps
  if (!payment) return ''
  // What was paid in its last moment is told of a while later.
  const before = new Date(clock.now().getTime() - patience)
  const orders = await payableOrders(store.read, store.t, { before, until: before, after, limit })
  for (const order of orders)
    if (order.provider === payment.provider)
      try {
        await askAboutOrder(deps, payment, order)
      } catch (error) {
        if (!isFault(error, 'refused')) failed(error)
      }
  return orders.length === limit ? (orders.at(-1)?.id ?? '') : ''
}
