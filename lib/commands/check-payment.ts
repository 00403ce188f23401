import { entryToPay, payOrdersOf } from '#db/queries/payments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { ExamState } from '#lib/domain/exams.ts'
import { askAboutOrder, takeTurnToAsk } from './support/payments.ts'

/** So many of a registration's newest orders are asked about. */
const newest = 3

/**
 * 查询缴费结果 (EXM-3): asks the provider about one's own orders that are not settled, closed ones too, since whoever paid and was not
 * registered looks here. Gives where the registration stands then. Refused: `payment-unavailable`.
 */
export async function checkPayment(
  deps: Deps,
  actor: Applicant,
  { caseId }: { readonly caseId: string },
): Promise<ExamState> {
  const { store, payment } = deps
  const stands = async () => {
    const found = await entryToPay(store.read, store.t, caseId)
    if (found?.entry.personId !== actor.id) throw notFound()
    return found.entry.state
  }
  await stands()
  const orders = (await payOrdersOf(store.read, store.t, caseId)).filter(
    ({ state, provider }) => provider === payment?.provider && (state === 'open' || state === 'closed'),
  )
  for (const order of orders.slice(0, newest))
    if (payment && (await takeTurnToAsk(deps, order.id)))
      await askAboutOrder(deps, payment, order, { actorId: actor.id })
  return stands()
}
