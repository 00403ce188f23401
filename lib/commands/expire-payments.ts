import { payOrdersOf, unpaidEntries } from '#db/queries/payments.ts'
import type { Deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { askAboutOrder, closePayOrder, expireEntry, type Failed, raise } from './support/payments.ts'

/**
 * Closes registrations that were not paid by their deadline (EXM-3), up to `limit` of them but for those named: the provider is
 * asked once more about every open order and ends it, and then the seat is given back. Gives those that are left for the next
 * round, because the provider did not answer; null where no more were found.
 * `failed` hears of any other fault, and the rest goes on.
 */
export async function expirePayments(
  deps: Deps,
  {
    except,
    limit,
    failed = raise,
  }: { readonly except: readonly string[]; readonly limit: number; readonly failed?: Failed },
): Promise<readonly string[] | null> {
  const { store, clock } = deps
  const due = await unpaidEntries(store.read, store.t, { now: clock.now(), except, limit })
  const left: string[] = []
  for (const caseId of due)
    try {
      if (!(await endOrders(deps, caseId)) || !(await expireEntry(deps, caseId))) left.push(caseId)
    } catch (error) {
      if (!isFault(error, 'refused')) failed(error)
      left.push(caseId)
    }
  return due.length === limit ? left : null
}

/** Whether no order of it is open any more. */
async function endOrders(deps: Deps, caseId: string): Promise<boolean> {
  const { store, payment } = deps
  const orders = await payOrdersOf(store.read, store.t, caseId)
  const ended = []
  for (const order of orders.filter(({ state }) => state === 'open'))
    if (payment && order.provider === payment.provider)
      ended.push(await askAboutOrder(deps, payment, order, { giveUp: true }))
    else {
      // Nobody is left to ask. If it was paid all the same, its notice makes it a refund.
      await closePayOrder(deps, order)
      ended.push(true)
    }
  return ended.every((one) => one)
}
