/** Payment of exam fees by somebody who takes money (EXM-3): Alipay's page pay, or its stand-in in the demo. */
import { beijingInstant } from './alipay-client.ts'

/**
 * How an order stands with the provider: `unknown` where nobody has opened its page yet, `waiting` where somebody has;
 * `closed` can be paid no more.
 */
export type TradeState = 'unknown' | 'waiting' | 'paid' | 'closed'

/** What a provider says of an order, over its signature. */
export interface Trade {
  readonly number: string
  readonly state: TradeState
  /** The provider's own number; '' where it has none yet. */
  readonly tradeNo: string
  /** In 分. Null where it does not say, or says no amount. */
  readonly amount: number | null
  readonly paidAt: Date | null
}

export interface PaymentRequest {
  readonly number: string
  /** In 分. */
  readonly amount: number
  /** What is paid for, in words; nothing of the person. */
  readonly subject: string
  /** From then on the provider takes no payment of it. */
  readonly expiresAt: Date
}

type Fields = Readonly<Record<string, string>>

/**
 * Whatever asks the provider refuses with `payment-unavailable` where no answer came that can be trusted (about 3 s).
 * No transaction is open meanwhile.
 */
export interface PaymentProvider {
  readonly provider: 'demo' | 'alipay'
  /** Where the person goes: a path of ours, or an address elsewhere. Nothing is asked; made anew each time. */
  pageUrl(order: PaymentRequest): Promise<string>
  /** What the provider holds to be true now; asking does not change it. */
  query(number: string): Promise<Trade>
  /** Ends an order that is not paid, and says whether it can be paid no more; false for one that was paid. */
  close(number: string): Promise<boolean>
  /** What a callback says; null unless the provider signed it for our application (SEC-4). */
  readNotice(fields: Fields): Promise<Trade | null>
  /** The buyer's side, which the stand-in alone has. */
  readonly till?: DemoTill
}

/** What the person does on the page of the stand-in: pays, and what its server then posts to us; null where it takes no payment. */
export interface DemoTill {
  pay(order: Pick<PaymentRequest, 'number' | 'amount' | 'expiresAt'>): Promise<Fields | null>
}

/** `112.00`, as providers write amounts. */
export const amountText = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** 分 of such an amount; null where it is none. */
export function amountIn(written: string): number | null {
  const parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(written)
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null
}

const states: Readonly<Record<string, TradeState>> = {
  WAIT_BUYER_PAY: 'waiting',
  TRADE_SUCCESS: 'paid',
  TRADE_FINISHED: 'paid',
  TRADE_CLOSED: 'closed',
}
/** Null for a word that says nothing of an order. */
export const tradeStateOf = (said: string): TradeState | null =>
  Object.hasOwn(states, said) ? (states[said] ?? null) : null

/** What a notice of the protocol says, once its signature was verified; null where it is about no order. */
export function tradeInNotice(fields: Fields): Trade | null {
  const state = tradeStateOf(fields.trade_status ?? '')
  const number = fields.out_trade_no ?? ''
  if (state === null || number === '') return null
  return {
    number,
    state,
    tradeNo: fields.trade_no ?? '',
    amount: amountIn(fields.total_amount ?? ''),
    paidAt: beijingInstant(fields.gmt_payment ?? ''),
  }
}
