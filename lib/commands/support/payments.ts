/** What becomes of a payment (EXM-3): every way to learn of one ends here, and each order is judged once. */
import { and, eq, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { accountById } from '#db/queries/accounts.ts'
import { windowOf } from '#db/queries/exams.ts'
import {
  type EntryAndExam,
  type ExamEntry,
  entryToPay,
  type PayOrder,
  payOrderByNumber,
  payOrdersOf,
} from '#db/queries/payments.ts'
import type { Q } from '#db/store.ts'
import { update } from '#db/write.ts'
import type { PaymentProvider, Trade } from '#lib/adapters/payment.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'
import { limitKey, take } from '#lib/limits.ts'
import type { MessageKind } from '#lib/text/messages.ts'
import { endEntries } from './exam-entries.ts'
import { enterPaid } from './exam-paid.ts'
import { notify } from './notify.ts'

/** Hears of a fault with one registration among many. */
export type Failed = (error: unknown) => void
export const raise: Failed = (error) => {
  throw error
}

/** Why money has to go back. */
export type RefundReason = 'amount' | 'entry-over' | 'paid-twice'

/**
 * A registration under its lock: whoever changes it or one of its orders comes by here first, so that of twenty notices one
 * judges and the others find it judged. Null where there is none.
 */
export async function openEntry({ store }: Deps, q: Q, caseId: string): Promise<EntryAndExam | null> {
  const { examEntry } = store.t
  await q
    .update(examEntry)
    .set({ version: sql`${examEntry.version}` })
    .where(eq(examEntry.caseId, caseId))
  return entryToPay(q, store.t, caseId)
}

export const logPayment = (
  { store, clock }: Deps,
  q: Q,
  kind: string,
  { entry }: Pick<EntryAndExam, 'entry'>,
  data: Readonly<Record<string, string | number>>,
  actorId?: string,
) =>
  record(q, store.t, {
    id: newId(clock.now()),
    kind,
    ...(actorId === undefined ? {} : { actorId }),
    personId: entry.personId,
    caseId: entry.caseId,
    data,
    at: clock.now(),
  })

/** Tells the person of a registration what became of it or of their money; `amount` in 分. */
export async function tellOfPayment(
  deps: Deps,
  q: Q,
  kind: MessageKind,
  { entry, level, year, caseNumber }: EntryAndExam,
  more: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const account = await accountById(q, deps.store.t, deps.keys, entry.personId)
  // Closed meanwhile: nobody is there to be told.
  if (account?.status !== 'active') return
  const data = { number: caseNumber ?? '', level, year, ...more }
  await notify(deps, q, account, { kind, caseId: entry.caseId, data })
}

/**
 * Why the money of an order has to go back; '' where it completes the registration. The seat decides: whatever still awaits
 * its payment is completed by one of the right amount, however late the news of it comes; what holds no seat is not.
 */
function reasonAgainst(entry: ExamEntry, order: PayOrder, amount: number | null): RefundReason | '' {
  if (amount !== order.amount) return 'amount'
  if (entry.state === 'paid') return 'paid-twice'
  if (entry.state !== 'awaiting-payment') return 'entry-over'
  return order.amount === entry.fee ? '' : 'amount'
}

export type Settled = 'registered' | 'refund-needed' | 'nothing'

/**
 * Writes down that an order was paid, once: its registration is completed, or its money has to go back (`why`). Told again, in
 * whatever order and by however many at once, it changes nothing. `trade` is signed by the provider.
 */
export async function settlePayment(
  deps: Deps,
  { number, tradeNo, amount, paidAt: told }: Trade,
  provider: PaymentProvider['provider'],
  { actorId }: { readonly actorId?: string } = {},
): Promise<Settled> {
  const { store, clock } = deps
  const { payOrder } = store.t
  return store.tx(async (q) => {
    const named = await payOrderByNumber(q, store.t, number)
    if (!named || named.provider !== provider) return 'nothing'
    const found = await openEntry(deps, q, named.caseId)
    // Read again: whoever held the lock before may have judged it.
    const order = await payOrderByNumber(q, store.t, number)
    if (!found || !order || (order.state !== 'open' && order.state !== 'closed')) return 'nothing'
    const at = clock.now()
    const paidAt = told ?? at
    const why = reasonAgainst(found.entry, order, amount)
    await update(
      q,
      payOrder,
      { id: order.id, version: order.version },
      {
        state: why === '' ? 'paid' : 'refund-needed',
        why,
        // What goes back is what was paid.
        ...(why === 'amount' && amount !== null ? { amount } : {}),
        tradeNo,
        paidAt,
        settledAt: at,
        version: order.version + 1,
      },
    )
    const data = { order: number, amount: amount ?? 0 }
    if (why === '') {
      const entry = await enterPaid(deps, q, order.caseId, paidAt)
      if (entry === null) throw new Error('a registration that changed under its lock')
      await tellOfPayment(deps, q, 'exam-paid', found, { entry })
      await logPayment(deps, q, 'exam.paid', found, data, actorId)
      return 'registered'
    }
    await tellOfPayment(deps, q, 'exam-refund', found, { amount: amount ?? order.amount, why })
    await logPayment(deps, q, 'exam.refund-needed', found, { ...data, why }, actorId)
    return 'refund-needed'
  })
}

/** The provider will take no payment of this order any more. One that was judged meanwhile stays as it is. */
export async function closePayOrder(deps: Deps, order: PayOrder): Promise<void> {
  const { store, clock } = deps
  const { payOrder } = store.t
  await store.tx(async (q) => {
    const found = await openEntry(deps, q, order.caseId)
    const [closed] = await q
      .update(payOrder)
      .set({ state: 'closed', settledAt: clock.now(), version: sql`${payOrder.version} + 1` })
      .where(and(eq(payOrder.id, order.id), eq(payOrder.state, 'open')))
      .returning({ id: payOrder.id })
    if (found && closed) await logPayment(deps, q, 'exam.order-closed', found, { order: order.number })
  })
}

/** Whether an order is of no use any more: its time is over, or its registration wants no payment, or another one. */
const isUseless = (order: PayOrder, entry: ExamEntry, now: Date) =>
  order.expiresAt <= now || entry.state !== 'awaiting-payment' || entry.fee !== order.amount

/**
 * Asks the provider what became of an order and acts on it: a payment is settled, and what is of no use any more (or `giveUp`) is
 * closed there and here. True once it is not open any more. No transaction is open while the provider is asked. Refused:
 * `payment-unavailable`.
 */
export async function askAboutOrder(
  deps: Deps,
  provider: PaymentProvider,
  order: PayOrder,
  { actorId, giveUp = false }: { readonly actorId?: string; readonly giveUp?: boolean } = {},
): Promise<boolean> {
  const { store, clock } = deps
  const trade = await provider.query(order.number)
  if (trade.state === 'paid') {
    await settlePayment(deps, trade, provider.provider, actorId === undefined ? {} : { actorId })
    return true
  }
  if (trade.state !== 'closed') {
    const found = await entryToPay(store.read, store.t, order.caseId)
    if (found && !giveUp && !isUseless(order, found.entry, clock.now())) return false
    // Paid between the two questions: the answer to the next one says so.
    if (!(await provider.close(order.number))) return false
  }
  await closePayOrder(deps, order)
  return true
}

/** However many pages and clicks ask about an order, the provider hears of it once in this time. */
const oneTurn = { limit: 1, windowMs: 2_000 }

export const takeTurnToAsk = ({ keys, store, clock }: Deps, orderId: string): Promise<boolean> =>
  store.tx((q) => take(q, store.t, limitKey({ keys }, 'payment-ask', orderId), oneTurn, clock.now()))

/**
 * 已关闭（逾期未缴费）: the seat is free again. False where it was paid, there is an order that may be paid still, or the deadline was put
 * off.
 */
export async function expireEntry(deps: Deps, caseId: string): Promise<boolean> {
  const { store, clock } = deps
  const { examEntry } = store.t
  return store.tx(async (q) => {
    const now = clock.now()
    const found = await openEntry(deps, q, caseId)
    if (found?.entry.state !== 'awaiting-payment' || found.entry.payBy > now) return false
    const terms = await windowOf(q, store.t, found.entry.sessionId, found.entry.departmentId)
    if (terms && terms.payBy > now) {
      // Put off while this registration was being made: whoever did so could not see it.
      await update(q, examEntry, { caseId }, { payBy: terms.payBy })
      return false
    }
    const orders = await payOrdersOf(q, store.t, caseId)
    if (orders.some(({ state }) => state === 'open')) return false
    await endEntries(deps, q, eq(examEntry.caseId, caseId), { as: 'expired', from: ['awaiting-payment'] })
    await tellOfPayment(deps, q, 'exam-unpaid', found)
    await logPayment(deps, q, 'exam.expired', found, {})
    return true
  })
}
