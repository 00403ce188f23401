/** Paying for one's registration (EXM-3): where it stands, and the way to the provider. */
import { entryToPay, type PayOrder, payOrderByNumber, payOrdersOf } from '#db/queries/payments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isRefundReason, paymentWords } from '#lib/text/exam-payments.ts'
import { sessionTitle } from '#lib/text/exams.ts'

export type PaymentStanding = keyof typeof paymentWords.states

const toldOf = ({ number, amount, why, state }: PayOrder) => ({
  number,
  amount,
  why: isRefundReason(why) ? paymentWords.why[why] : '',
  isDone: state === 'refunded',
})

export type PaymentView = NonNullable<Awaited<ReturnType<typeof paymentView>>>

/**
 * What the page of a registration says of its payment; amounts in 分. Null while 资格审核 has not passed, and for a registration that
 * ended without any order. `not-found` for another person's.
 */
export async function paymentView(deps: Deps, actor: Applicant, caseId: string) {
  const { store, payment, clock } = deps
  const [found, orders] = await Promise.all([
    entryToPay(store.read, store.t, caseId),
    payOrdersOf(store.read, store.t, caseId),
  ])
  if (found?.entry.personId !== actor.id) throw notFound()
  const { entry } = found
  const ofProvider = orders.filter(({ provider }) => provider === payment?.provider)
  const open = ofProvider.some(({ state }) => state === 'open')
  const standing = standingOf(entry.state, open)
  if (standing === null || (standing === 'over' && orders.length === 0)) return null
  const isLate = entry.payBy <= clock.now()
  return {
    caseId,
    sessionId: entry.sessionId,
    standing,
    fee: entry.fee,
    payBy: entry.payBy,
    isLate,
    isOnline: payment !== null,
    mayPay: payment !== null && entry.state === 'awaiting-payment' && !isLate,
    /** Something was begun at the provider that is not settled, closed here or not. */
    mayCheck: standing !== 'paid' && ofProvider.some(({ state }) => state === 'open' || state === 'closed'),
    number: entry.number,
    paidAt: entry.paidAt,
    refunds: orders.filter(({ state }) => state === 'refund-needed' || state === 'refunded').map(toldOf),
  }
}

function standingOf(
  state: NonNullable<Awaited<ReturnType<typeof entryToPay>>>['entry']['state'],
  open: boolean,
): PaymentStanding | null {
  switch (state) {
    case 'reviewing':
      return null
    case 'awaiting-payment':
      return open ? 'confirming' : 'awaiting'
    case 'paid':
    case 'expired':
      return state
    case 'withdrawn':
    case 'closed':
      return 'over'
  }
}

/** One order of one's own: what it is for, how it stands, and the way to the provider while it may be paid; `not-found`. */
export async function payOrderView(deps: Deps, actor: Applicant, number: string) {
  const { store, payment, clock } = deps
  const order = await payOrderByNumber(store.read, store.t, number.slice(0, 100))
  const found = order?.personId === actor.id ? await entryToPay(store.read, store.t, order.caseId) : null
  if (!order || !found) throw notFound()
  const subject = sessionTitle(found)
  const { amount, expiresAt } = order
  const isPayable =
    order.state === 'open' &&
    found.entry.state === 'awaiting-payment' &&
    order.provider === payment?.provider &&
    expiresAt > clock.now()
  const pageUrl =
    payment && isPayable ? await payment.pageUrl({ number: order.number, amount, expiresAt, subject }) : null
  const view = await paymentView(deps, actor, order.caseId)
  return {
    order: { number: order.number, state: order.state, amount, expiresAt, caseId: order.caseId },
    subject,
    pageUrl,
    payment: view,
    sessionId: found.entry.sessionId,
  }
}

/** The stand-in's page of one's own order; `not-found` outside the demo. */
export async function demoPayView(deps: Deps, actor: Applicant, number: string) {
  if (!deps.env.demo || !deps.payment?.till) throw notFound()
  const { order, subject, pageUrl } = await payOrderView(deps, actor, number)
  return { ...order, subject, isOpen: pageUrl !== null }
}
