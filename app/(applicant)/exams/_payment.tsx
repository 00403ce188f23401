import { Badge, type Tone } from '#app/_ui/badge.tsx'
import { Button } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { instantWords } from '#lib/text/dates.ts'
import { paymentWords as words } from '#lib/text/exam-payments.ts'
import { moneyWords } from '#lib/text/exams.ts'
import type { PaymentStanding, PaymentView } from '#lib/views/exam-payments.ts'
import { askPayment, startPayment } from './payment/actions.ts'

const tones: Readonly<Record<PaymentStanding, Tone>> = {
  awaiting: 'warn',
  confirming: 'info',
  paid: 'good',
  expired: 'quiet',
  over: 'quiet',
}

interface Props {
  /** Null shows nothing. */
  view: PaymentView | null
  /** Whoever asked the provider just now hears that it knows of no payment. */
  checked: boolean
}

/** 缴费 of a registration (EXM-3): amount, deadline, the way to pay and to ask, and money that goes back. */
export function Payment({ view, checked }: Props) {
  if (view === null) return null
  const { standing, fee, payBy, number, paidAt } = view
  return (
    <Panel
      id="payment"
      title={words.title}
      beside={<Badge tone={tones[standing]}>{words.states[standing]}</Badge>}
    >
      {checked && view.mayCheck ? (
        <Notice kind="info">
          <p>{words.checked}</p>
        </Notice>
      ) : null}
      <Refunds view={view} />
      <FactList
        facts={[
          [words.amount, moneyWords(fee)],
          [words.deadline, standing === 'paid' ? '' : instantWords(payBy)],
          [words.number, number],
          [words.paidAt, paidAt ? instantWords(paidAt) : ''],
        ]}
      />
      {standing === 'over' ? null : <p className="mt-4 max-w-measure text-ink-2">{textOf(view)}</p>}
      <PaymentButtons view={view} />
    </Panel>
  )
}

function textOf({ standing, isOnline, isLate, payBy }: PaymentView): string {
  if (standing === 'paid') return words.paidText
  if (standing === 'expired') return words.expiredText(payBy)
  if (isLate) return words.lateText(payBy)
  if (!isOnline) return words.off
  return standing === 'confirming' ? words.confirmingText : words.awaitingText
}

/** 支付宝缴费 and 查询缴费结果, as far as there is something to pay and to ask. `order` leads back to the page of that order. */
export function PaymentButtons({ view, order = '' }: { view: PaymentView; order?: string }) {
  if (!view.mayPay && !view.mayCheck) return null
  const place = (
    <>
      <input type="hidden" name="session" value={view.sessionId} />
      <input type="hidden" name="case" value={view.caseId} />
      <input type="hidden" name="order" value={order} />
    </>
  )
  return (
    <div className="mt-6 flex flex-wrap gap-3 print:hidden">
      {view.mayPay && order === '' ? (
        <form action={startPayment}>
          {place}
          <Button>{view.standing === 'confirming' ? words.payAgain : words.pay}</Button>
        </form>
      ) : null}
      {view.mayCheck ? (
        <form action={askPayment}>
          {place}
          <Button kind="secondary">{words.check}</Button>
        </form>
      ) : null}
    </div>
  )
}

/** Money that goes back, or went back. */
export function Refunds({ view }: { view: PaymentView }) {
  return view.refunds.map(({ number, amount, why, isDone }) => (
    <Notice
      key={number}
      kind={isDone ? 'info' : 'warn'}
      title={isDone ? words.refundDone(amount) : words.refundTitle(amount)}
    >
      <p>{why}</p>
      {isDone ? null : <p>{words.refundText}</p>}
    </Notice>
  ))
}
