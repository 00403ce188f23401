/** The stand-in for Alipay's page pay (EXM-3): same protocol, played inside the application; its page is ours and says that it is a demonstration. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Clock } from '../clock.ts'
import { beijingInstant, beijingTime } from './alipay-client.ts'
import {
  amountIn,
  amountText,
  type PaymentProvider,
  type Trade,
  tradeInNotice,
  tradeStateOf,
} from './payment.ts'
import { hasCode } from './provider-fault.ts'

type Fields = Readonly<Record<string, string>>

/** The stand-in's memory, apart from what the service itself believes of an order: trades in words of the protocol. */
export interface DemoTrades {
  read(number: string): Promise<Fields | null>
  write(number: string, trade: Fields): Promise<void>
}

/** One small file for each trade; what a number may be was checked by whoever made it. */
export function tradesInFolder(folder: string): DemoTrades {
  const fileOf = (number: string) => {
    if (!/^\w{1,64}$/.test(number)) throw new Error('not a number of an order')
    return path.join(/* turbopackIgnore: true */ folder, `${number}.json`)
  }
  return {
    async read(number) {
      try {
        const trade: Record<string, string> = JSON.parse(await readFile(fileOf(number), 'utf8'))
        return trade
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return null
        throw error
      }
    },
    async write(number, trade) {
      const file = fileOf(number)
      await mkdir(folder, { recursive: true })
      const half = `${file}.${randomBytes(8).toString('hex')}`
      await writeFile(half, JSON.stringify(trade))
      await rename(half, file)
    },
  }
}

export interface DemoPaymentParts {
  readonly trades: DemoTrades
  /** The stand-in's signature under a text. */
  readonly sign: (text: string) => string
  readonly pageUrl: (number: string) => string
  readonly clock: Clock
}

const appId = 'demo'

const signedText = (fields: Fields) =>
  Object.keys(fields)
    .filter((key) => key !== 'sign')
    .sort()
    .map((key) => `${key}=${fields[key]}`)
    .join('&')

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const tradeOf = (number: string, trade: Fields): Trade => ({
  number,
  state: tradeStateOf(trade.trade_status ?? '') ?? 'unknown',
  tradeNo: trade.trade_no ?? '',
  amount: amountIn(trade.total_amount ?? ''),
  paidAt: beijingInstant(trade.gmt_payment ?? ''),
})

export function demoPayment({ trades, sign, pageUrl, clock }: DemoPaymentParts): PaymentProvider {
  const noticeOf = (number: string, trade: Fields): Fields => {
    const fields = { ...trade, app_id: appId, out_trade_no: number, notify_type: 'trade_status_sync' }
    return { ...fields, sign: sign(signedText(fields)) }
  }
  const statusOf = (trade: Fields | null) => trade?.trade_status ?? ''
  // Paying and closing at once: one of them is first.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    provider: 'demo',
    pageUrl: async ({ number }) => pageUrl(number),
    query: async (number) => tradeOf(number, (await trades.read(number)) ?? {}),
    close: (number) =>
      inTurn(async () => {
        const trade = await trades.read(number)
        if (statusOf(trade) === 'TRADE_SUCCESS') return false
        await trades.write(number, { ...trade, trade_status: 'TRADE_CLOSED' })
        return true
      }),
    readNotice: async (fields) =>
      fields.app_id === appId && isSame(fields.sign ?? '', sign(signedText(fields)))
        ? tradeInNotice(fields)
        : null,
    till: {
      pay: ({ number, amount, expiresAt }) =>
        inTurn(async () => {
          const trade = await trades.read(number)
          if (trade && statusOf(trade) === 'TRADE_SUCCESS') return noticeOf(number, trade)
          const now = clock.now()
          if (statusOf(trade) === 'TRADE_CLOSED' || expiresAt <= now) return null
          const paid = {
            trade_status: 'TRADE_SUCCESS',
            trade_no: `DEMO${randomBytes(10).toString('hex').toUpperCase()}`,
            total_amount: amountText(amount),
            gmt_payment: beijingTime(now),
          }
          await trades.write(number, paid)
          return noticeOf(number, paid)
        }),
    },
  }
}
