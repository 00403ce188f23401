import { payOrderByNumber } from '#db/queries/payments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'

/**
 * The stand-in's side of the protocol: the person pays on its page. Gives what its server then posts to us, signed; the service
 * believes nothing before that (`acceptPaymentNotice`). Not there outside the demo; refused: `payment-demo-over`.
 */
export async function demoPay(
  deps: Deps,
  actor: Applicant,
  { number }: { readonly number: string },
): Promise<Readonly<Record<string, string>>> {
  const { env, payment, store } = deps
  if (!env.demo || !payment?.till) throw notFound()
  const order = await payOrderByNumber(store.read, store.t, number)
  if (order?.personId !== actor.id || order.provider !== 'demo') throw notFound()
  const notice = await payment.till.pay(order)
  if (!notice) throw refused(issue(null, 'payment-demo-over'))
  return notice
}
