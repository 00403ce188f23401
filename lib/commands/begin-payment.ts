import { payOrderByNumber, payOrdersOf } from '#db/queries/payments.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { payMinutes } from '#lib/domain/lifetimes.ts'
import { issue } from '#lib/domain/result.ts'
import { newDigits, newId } from '#lib/ids.ts'
import { hour, limitKey, minute, take } from '#lib/limits.ts'
import { sessionTitle } from '#lib/text/exams.ts'
import { askAboutOrder, logPayment, openEntry, takeTurnToAsk } from './support/payments.ts'

/** Opening one after another leaves the provider with heaps of them. */
const newOrders = { limit: 10, windowMs: hour }

/**
 * 去缴费 (EXM-3): one open order of one's own registration, and where to send the person to; while it is open it is used again. An
 * order that is of no use any more is closed at the provider before another is opened. `pageUrl` null: it was paid
 * after all. Refused: `payment-off`, `payment-over` (after the deadline, by the server's clock, or the
 * registration is over), `payment-too-many`, `payment-unavailable`.
 */
export async function beginPayment(
  deps: Deps,
  actor: Applicant,
  { caseId }: { readonly caseId: string },
): Promise<{ readonly number: string | null; readonly pageUrl: string | null }> {
  const { store, payment } = deps
  await endUseless(deps, actor, caseId)
  const begun = await store.tx((q) => openOrder(deps, q, actor, caseId))
  if (begun === null || payment === null) return { number: null, pageUrl: null }
  const { number, amount, expiresAt, subject } = begun
  return { number, pageUrl: await payment.pageUrl({ number, amount, subject, expiresAt }) }
}

/** The provider is asked about what is open, before the transaction: at once where it cannot be used again, else in turn. */
async function endUseless(deps: Deps, actor: Applicant, caseId: string): Promise<void> {
  const { store, payment, clock } = deps
  const open = (await payOrdersOf(store.read, store.t, caseId)).filter(
    ({ state, personId }) => state === 'open' && personId === actor.id,
  )
  for (const order of open)
    if (payment && order.provider === payment.provider) {
      const isOver = order.expiresAt <= clock.now()
      if (isOver || (await takeTurnToAsk(deps, order.id))) await askAboutOrder(deps, payment, order)
    }
}

async function openOrder(deps: Deps, q: Q, actor: Applicant, caseId: string) {
  const { store, payment, clock } = deps
  const { t } = store
  const found = await openEntry(deps, q, caseId)
  if (found?.entry.personId !== actor.id) throw notFound()
  const { entry } = found
  const now = clock.now()
  if (entry.state === 'paid') return null
  if (entry.state !== 'awaiting-payment' || entry.payBy <= now) throw refused(issue(null, 'payment-over'))
  if (!payment) throw refused(issue(null, 'payment-off'))
  const subject = sessionTitle(found)
  const orders = await payOrdersOf(q, t, caseId)
  const again = orders.find(
    (order) =>
      order.state === 'open' &&
      order.provider === payment.provider &&
      order.amount === entry.fee &&
      order.expiresAt > now,
  )
  if (again) return { ...again, subject }
  if (!(await take(q, t, limitKey(deps, 'pay-order', actor.id), newOrders, now)))
    throw refused(issue(null, 'payment-too-many'))
  const number = await newOrderNumber(deps, q)
  const life = new Date(now.getTime() + payMinutes * minute)
  const order = {
    id: newId(now),
    number,
    caseId,
    personId: actor.id,
    amount: entry.fee,
    provider: payment.provider,
    state: 'open' as const,
    createdAt: now,
    expiresAt: life < entry.payBy ? life : entry.payBy,
  }
  await insert(q, t.payOrder, order)
  await logPayment(deps, q, 'exam.payment-begun', found, { order: number, amount: entry.fee }, actor.id)
  return { ...order, subject }
}

/** `P`, the day and twelve digits: letters and digits alone, as providers want it. */
async function newOrderNumber({ store, clock }: Deps, q: Q): Promise<string> {
  for (;;) {
    const number = `P${dayOf(clock.now()).replaceAll('-', '')}${newDigits(12)}`
    if (!(await payOrderByNumber(q, store.t, number))) return number
  }
}
