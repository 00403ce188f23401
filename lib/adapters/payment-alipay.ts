/** Payment by Alipay's 电脑网站支付 (EXM-3): `alipay.trade.page.pay`, `.query`, `.close`. */
import type { AlipaySdkCommonResult } from 'alipay-sdk'
import type { Clock } from '../clock.ts'
import { refused } from '../domain/errors.ts'
import { issue } from '../domain/result.ts'
import type { AlipaySettings } from '../env.ts'
import { alipayClient, beijingInstant, beijingTime, noOf, reasonOf, textIn } from './alipay-client.ts'
import {
  amountIn,
  amountText,
  type PaymentProvider,
  type Trade,
  tradeInNotice,
  tradeStateOf,
} from './payment.ts'

export interface AlipayPaymentParts {
  readonly settings: AlipaySettings
  /** Where Alipay sends the person afterwards. Nothing is believed of how they come. */
  readonly returnUrl: (number: string) => string
  /** Where Alipay's own server calls. */
  readonly notifyUrl: string
  readonly clock: Clock
  /** Takes one line about a call that failed: which, and why; no personal data. */
  readonly note?: (line: string) => void
}

const absent = 'ACQ.TRADE_NOT_EXIST'
/** Of an order to be closed: it was paid, or is over already. */
const settled = new Set(['ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_STATUS_INVALID'])

const isAbsent = (answer: AlipaySdkCommonResult) =>
  answer.code === '40004' && textIn(answer, 'subCode') === absent

/** What a query tells; null is an answer that says nothing of this order. */
function tradeIn(answer: AlipaySdkCommonResult, number: string): Trade | null {
  if (isAbsent(answer)) return { number, state: 'unknown', tradeNo: '', amount: null, paidAt: null }
  const state = tradeStateOf(textIn(answer, 'tradeStatus'))
  // A signed answer to another question is no answer to this one.
  if (answer.code !== '10000' || state === null || textIn(answer, 'outTradeNo') !== number) return null
  return {
    number,
    state,
    tradeNo: textIn(answer, 'tradeNo'),
    amount: amountIn(textIn(answer, 'totalAmount')),
    paidAt: beijingInstant(textIn(answer, 'sendPayDate')),
  }
}

/** Throws a sentence at once where a key cannot be read. */
export function alipayPayment({
  settings,
  returnUrl,
  notifyUrl,
  clock,
  note = console.log,
}: AlipayPaymentParts): PaymentProvider {
  const client = alipayClient(settings)
  const unavailable = (call: string, why: string) => {
    note(JSON.stringify({ at: clock.now().toISOString(), event: 'payment-fault', call, why }))
    return refused(issue(null, 'payment-unavailable'))
  }
  const ask = async (call: string, number: string): Promise<AlipaySdkCommonResult> => {
    try {
      return await client.exec(`alipay.trade.${call}`, { out_trade_no: number }, clock.now())
    } catch (error) {
      throw unavailable(call, reasonOf(error))
    }
  }
  const query = async (number: string): Promise<Trade> => {
    const answer = await ask('query', number)
    const trade = tradeIn(answer, number)
    if (trade === null) throw unavailable('query', noOf(answer))
    return trade
  }
  return {
    provider: 'alipay',
    pageUrl: ({ number, amount, subject, expiresAt }) =>
      client.pageUrl(
        'alipay.trade.page.pay',
        {
          bizContent: {
            out_trade_no: number,
            product_code: 'FAST_INSTANT_TRADE_PAY',
            total_amount: amountText(amount),
            subject,
            time_expire: beijingTime(expiresAt),
          },
          returnUrl: returnUrl(number),
          notifyUrl,
        },
        clock.now(),
      ),
    query,
    close: async (number) => {
      const answer = await ask('close', number)
      // Nobody has opened its page: there is nothing to close, and `time_expire` ends the page.
      if (answer.code === '10000' || isAbsent(answer)) return true
      if (answer.code === '40004' && settled.has(textIn(answer, 'subCode')))
        return (await query(number)).state === 'closed'
      throw unavailable('close', noOf(answer))
    },
    readNotice: async (fields) => ((await client.isOurs(fields)) ? tradeInNotice(fields) : null),
  }
}
