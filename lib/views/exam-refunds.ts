/** Payments that have to go back (EXM-3), for operators and who looks after a province. Nobody is named: the provider pays back by its own number. */
import { payOrderByNumber, refundOrders } from '#db/queries/payments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { examProvinces, seesExamSessions } from '#lib/policy/exam-policy.ts'
import { instantWords } from '#lib/text/dates.ts'
import { isRefundReason, paymentWords } from '#lib/text/exam-payments.ts'
import { moneyWords, sessionTitle } from '#lib/text/exams.ts'

const pageSize = 50

type Listed = Awaited<ReturnType<typeof refundOrders>>[number]

const rowOf = ({ order, province, caseNumber, ...exam }: Listed) => ({
  id: order.id,
  number: order.number,
  state: order.state,
  exam: sessionTitle(exam),
  province,
  case: caseNumber ?? '',
  amount: moneyWords(order.amount),
  tradeNo: order.tradeNo,
  paidAt: order.paidAt ? instantWords(order.paidAt) : '',
  why: isRefundReason(order.why) ? paymentWords.why[order.why] : '',
})

interface RefundsAsked {
  readonly done: boolean
  readonly after: string
}

/** One page of them, newest first; `not-found` for who looks after no province. */
export async function refundList({ store }: Deps, actor: Actor, { done, after: cursor }: RefundsAsked) {
  if (!seesExamSessions(actor)) throw notFound()
  const after = /^[0-9a-f-]{36}$/.test(cursor) ? cursor : ''
  const state = done ? 'refunded' : 'refund-needed'
  const asked = { provinces: examProvinces(actor), state, after, limit: pageSize + 1 } as const
  const rows = await refundOrders(store.read, store.t, asked)
  const shown = rows.slice(0, pageSize)
  return {
    state,
    rows: shown.map(rowOf),
    continued: after !== '',
    next: rows.length > shown.length ? (shown.at(-1)?.order.id ?? null) : null,
  } as const
}

/** One of them; `not-found` outside the viewer's provinces. */
export async function refundView({ store }: Deps, actor: Actor, number: string) {
  const order = await payOrderByNumber(store.read, store.t, number.slice(0, 100))
  if (!seesExamSessions(actor) || (order?.state !== 'refund-needed' && order?.state !== 'refunded'))
    throw notFound()
  const provinces = examProvinces(actor)
  const [row] = await refundOrders(store.read, store.t, {
    provinces,
    state: order.state,
    after: '',
    only: order.id,
    limit: 1,
  })
  if (!row) throw notFound()
  return rowOf(row)
}
