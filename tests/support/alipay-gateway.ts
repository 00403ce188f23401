/**
 * Alipay's gateway as far as real-name authentication and payment need it, on the loopback: it verifies the signature of every
 * request and signs its answers (RSA2). Its certify page has a button for each outcome, its cashier one that pays and calls us back. Runs on its own too:
 * `node tests/support/alipay-gateway.ts` prints, as one JSON line, the environment a server needs to use it; with
 * `ALIPAY_GATEWAY_PORT` and `ALIPAY_GATEWAY_KEYS` (JSON of `GatewayKeys`) it stands where and as it is told.
 * `POST /mode` with `mode=…` sets how it answers.
 */
import { createSign, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

export interface GatewayKeys {
  /** PEM: ours signs requests, Alipay's signs answers and notices. */
  readonly app: { readonly privateKey: string; readonly publicKey: string }
  readonly alipay: { readonly privateKey: string; readonly publicKey: string }
}

const newPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  })

export const newGatewayKeys = (): GatewayKeys => ({ app: newPair(), alipay: newPair() })

/**
 * `answers` = as each order stands; `down` = ends every connection; `slow` = answers in 6 s, a byte at a time; `unsigned`, `forged`
 * (signed by somebody else), `altered` (signed, then changed) and `doubled` (signed, then said again without) say that
 * an order passed; `other` = knows no order; `declines` = takes no order; `busy` = a fault of its own, signed.
 */
const modes = [
  'answers',
  'down',
  'slow',
  'unsigned',
  'forged',
  'altered',
  'doubled',
  'other',
  'declines',
  'busy',
] as const
export type GatewayMode = (typeof modes)[number]

/** What the buyer's side knows of a payment; `state` in the words of the protocol. */
export interface GatewayTrade {
  readonly tradeNo: string
  /** `112.00` */
  readonly amount: string
  readonly notifyUrl: string
  state: 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED'
}

export interface GatewayOrder {
  readonly certifyId: string
  readonly outerOrderNo: string
  readonly person: Readonly<Record<string, string>>
  /** `no` = refused without a reason, which Alipay tells like "not yet". */
  state: 'pending' | 'passed' | 'refused' | 'no'
}

export interface AlipayGateway {
  readonly url: string
  readonly keys: GatewayKeys
  /** What a server's environment needs. */
  readonly env: Readonly<Record<string, string>>
  /** By certify id. */
  readonly orders: ReadonlyMap<string, GatewayOrder>
  /** Methods that were asked with a right signature, and how many came with a wrong one. */
  readonly asked: string[]
  refusedSignatures: number
  mode: GatewayMode
  /** Sets the outcome of an order by its `outer_order_no`. */
  settle(outerOrderNo: string, state: GatewayOrder['state']): GatewayOrder
  /** A notice as it is posted, signed by Alipay's key or by another. */
  notice(fields: Readonly<Record<string, string>>, signedBy?: string): Record<string, string>
  /** By the number of the order. */
  readonly trades: Map<string, GatewayTrade>
  /** What is posted of a trade as it stands, signed. */
  tradeNotice(number: string, change?: Readonly<Record<string, string>>): Record<string, string>
  stop(): Promise<void>
}

const signed = (content: string, privateKey: string) =>
  createSign('RSA-SHA256').update(content, 'utf8').sign(privateKey, 'base64')

const contentOf = (fields: Readonly<Record<string, string>>, without: readonly string[]) =>
  Object.keys(fields)
    .filter((key) => !without.includes(key))
    .sort()
    .map((key) => `${key}=${fields[key]}`)
    .join('&')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const strings = (value: unknown): Record<string, string> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)])) : {}

const appId = '2021000000000001'

/** A notice as Alipay's server posts it. */
export function signedNotice(
  fields: Readonly<Record<string, string>>,
  privateKey: string,
): Record<string, string> {
  const all = {
    app_id: appId,
    charset: 'utf-8',
    notify_id: randomBytes(8).toString('hex'),
    notify_time: '2026-11-21 10:00:00',
    notify_type: 'open_certify_notify',
    version: '1.0',
    ...fields,
  }
  return { ...all, sign_type: 'RSA2', sign: signed(contentOf(all, []), privateKey) }
}

export async function startAlipayGateway({
  keys = newGatewayKeys(),
  port = 0,
}: {
  keys?: GatewayKeys
  port?: number
} = {}): Promise<AlipayGateway> {
  const orders = new Map<string, GatewayOrder>()
  const stranger = newPair()

  const fieldsOf = async (req: IncomingMessage) => {
    const query = new URL(req.url ?? '', 'http://gateway').searchParams
    const body = req.method === 'POST' ? new URLSearchParams(await text(req)) : []
    return Object.fromEntries([...query, ...body])
  }

  const isOurs = (fields: Readonly<Record<string, string>>) =>
    fields.app_id === appId &&
    fields.sign_type === 'RSA2' &&
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(fields.timestamp ?? '') &&
    createVerify('RSA-SHA256')
      .update(contentOf(fields, ['sign']), 'utf8')
      .verify(keys.app.publicKey, fields.sign ?? '', 'base64')

  const trades = new Map<string, GatewayTrade>()
  const noTrade = { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.TRADE_NOT_EXIST' }
  const tradeFields = (number: string, trade: GatewayTrade) => ({
    out_trade_no: number,
    trade_no: trade.tradeNo,
    trade_status: trade.state,
    total_amount: trade.amount,
  })

  /** Whoever opens the page begins the trade; until then nobody knows of it. */
  const openTrade = (fields: Readonly<Record<string, string>>, biz: Readonly<Record<string, unknown>>) => {
    const number = String(biz.out_trade_no)
    const right =
      /^\w{1,64}$/.test(number) &&
      biz.product_code === 'FAST_INSTANT_TRADE_PAY' &&
      /^\d+\.\d\d$/.test(String(biz.total_amount)) &&
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(biz.time_expire)) &&
      String(biz.subject) !== ''
    if (right && !trades.has(number))
      trades.set(number, {
        tradeNo: `2026112122${randomBytes(8).toString('hex')}`,
        amount: String(biz.total_amount),
        notifyUrl: fields.notify_url ?? '',
        state: 'WAIT_BUYER_PAY',
      })
    return right ? number : null
  }

  const trade = (method: string, biz: Readonly<Record<string, unknown>>): Record<string, string> => {
    const number = String(biz.out_trade_no)
    const known = gateway.mode === 'other' ? undefined : trades.get(number)
    if (!known) return noTrade
    const ok = { code: '10000', msg: 'Success' }
    if (method === 'alipay.trade.query') {
      const fields = { ...ok, ...tradeFields(number, known) }
      return known.state === 'TRADE_SUCCESS' ? { ...fields, send_pay_date: '2026-11-21 10:00:30' } : fields
    }
    if (known.state !== 'WAIT_BUYER_PAY')
      return { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.TRADE_STATUS_ERROR' }
    known.state = 'TRADE_CLOSED'
    return { ...ok, out_trade_no: number, trade_no: known.tradeNo }
  }

  const payPage = (res: ServerResponse, fields: Record<string, string>, number: string | null) => {
    res.setHeader('content-type', 'text/html; charset=utf-8')
    if (number === null) return res.writeHead(400).end('<!doctype html><title>支付宝</title><p>订单有误')
    const to = fields.return_url?.replaceAll('"', '&quot;')
    res.end(
      `<!doctype html><html lang="zh-CN"><title>支付宝（测试）</title><h1>支付宝（测试）</h1><form method="post" action="/pay"><input type="hidden" name="id" value="${number}"><input type="hidden" name="to" value="${to}"><button>付款</button></form></html>`,
    )
  }

  const find = (outerOrderNo: string) =>
    [...orders.values()].find((order) => order.outerOrderNo === outerOrderNo)

  const initialize = (biz: Readonly<Record<string, unknown>>): Record<string, string> => {
    const outerOrderNo = String(biz.outer_order_no)
    const person = strings(biz.identity_param)
    const right =
      /^[\da-zA-Z]{1,32}$/.test(outerOrderNo) &&
      biz.biz_code === 'FACE' &&
      person.identity_type === 'CERT_INFO' &&
      person.cert_type === 'IDENTITY_CARD' &&
      person.cert_name &&
      person.cert_no
    if (!right) return { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-parameter' }
    const certifyId = find(outerOrderNo)?.certifyId ?? randomBytes(16).toString('hex')
    if (!orders.has(certifyId)) orders.set(certifyId, { certifyId, outerOrderNo, person, state: 'pending' })
    return { code: '10000', msg: 'Success', certify_id: certifyId }
  }

  const query = (biz: Readonly<Record<string, unknown>>): Record<string, string> => {
    const order = gateway.mode === 'other' ? undefined : orders.get(String(biz.certify_id))
    if (!order) return { code: '40004', msg: 'Business Failed', sub_code: 'OPEN_CERTIFY_BILL_NOT_EXIST' }
    return {
      code: '10000',
      msg: 'Success',
      passed: order.state === 'passed' ? 'T' : 'F',
      ...(order.state === 'refused' ? { fail_reason: 'Z1147' } : {}),
    }
  }

  const answer = (method: string, biz: Readonly<Record<string, unknown>>): Record<string, string> => {
    const { mode } = gateway
    if (mode === 'busy') return { code: '20000', msg: 'Service Currently Unavailable' }
    if (method.startsWith('alipay.trade.')) {
      if (mode !== 'unsigned' && mode !== 'forged') return trade(method, biz)
      const number = String(biz.out_trade_no)
      const { amount = '0.00' } = trades.get(number) ?? {}
      const said = { tradeNo: 'x', amount, notifyUrl: '', state: 'TRADE_SUCCESS' } as const
      return { code: '10000', msg: 'Success', ...tradeFields(number, said) }
    }
    if (mode === 'unsigned' || mode === 'forged')
      return { code: '10000', msg: 'Success', certify_id: 'a'.repeat(32), passed: 'T' }
    if (method === 'alipay.user.certify.open.query') return query(biz)
    if (mode === 'declines') return { code: '40004', msg: 'Business Failed', sub_code: 'CERT_NAME_INVALID' }
    return initialize(biz)
  }

  const bodyOf = (method: string, said: Record<string, string>): string => {
    const name = `${method.replaceAll('.', '_')}_response`
    const content = JSON.stringify(said)
    if (gateway.mode === 'unsigned') return `{"${name}":${content}}`
    const key = gateway.mode === 'forged' ? stranger.privateKey : keys.alipay.privateKey
    const better = content
      .replace('"passed":"F"', '"passed":"T"')
      .replace('"trade_status":"WAIT_BUYER_PAY"', '"trade_status":"TRADE_SUCCESS"')
    const told = gateway.mode === 'altered' ? better : content
    // Of two keys that are written differently and mean the same, a reader of JSON takes the last.
    const again = `,"\\u0061${name.slice(1)}":${better}`
    const more = gateway.mode === 'doubled' ? again : ''
    return `{"${name}":${told},"sign":"${signed(content, key)}"${more}}`
  }

  /** What the person sees on the phone: here a page with one button for each outcome. */
  const certifyPage = (res: ServerResponse, fields: Record<string, string>, order?: GatewayOrder) => {
    res.setHeader('content-type', 'text/html; charset=utf-8')
    if (!order) return res.writeHead(404).end('<!doctype html><title>支付宝</title><p>没有这个订单')
    const buttons = [
      ['passed', '通过'],
      ['refused', '不通过'],
    ].map(([state, word]) => `<button name="state" value="${state}">${word}</button>`)
    res.end(
      `<!doctype html><html lang="zh-CN"><title>支付宝（测试）</title><h1>支付宝（测试）</h1><form method="post" action="/settle"><input type="hidden" name="id" value="${order.certifyId}"><input type="hidden" name="to" value="${fields.return_url?.replaceAll('"', '&quot;')}">${buttons.join('')}</form></html>`,
    )
  }

  /** Pays, and posts the notice as Alipay's server does. */
  const notifyOf = async (number: string) => {
    const paid = trades.get(number)
    if (paid?.state !== 'WAIT_BUYER_PAY') return
    paid.state = 'TRADE_SUCCESS'
    const body = new URLSearchParams(gateway.tradeNotice(number))
    await fetch(paid.notifyUrl, { method: 'POST', body }).catch(() => undefined)
  }

  const settlePage = (res: ServerResponse, { id = '', to = '', state }: Record<string, string>) => {
    const order = orders.get(id)
    if (order && (state === 'passed' || state === 'refused')) order.state = state
    res.writeHead(303, { location: to }).end()
  }

  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    if (req.url === '/mode') {
      const { mode } = await fieldsOf(req)
      gateway.mode = modes.find((known) => known === mode) ?? 'answers'
      res.end(gateway.mode)
      return
    }
    if (gateway.mode === 'down') {
      req.socket.destroy()
      return
    }
    const fields = await fieldsOf(req)
    if (req.url === '/settle') return settlePage(res, fields)
    if (req.url === '/pay') {
      const { id = '', to = '' } = fields
      await notifyOf(id)
      return res.writeHead(303, { location: to }).end()
    }
    const method = fields.method ?? ''
    if (!isOurs(fields)) {
      gateway.refusedSignatures += 1
      return res.end('{"error_response":{"code":"40002","msg":"x","sub_code":"isv.invalid-signature"}}')
    }
    gateway.asked.push(method)
    const biz: unknown = JSON.parse(fields.biz_content ?? '{}')
    if (method.endsWith('.certify')) {
      const id = isRecord(biz) ? String(biz.certify_id) : ''
      return certifyPage(res, fields, orders.get(id))
    }
    if (method === 'alipay.trade.page.pay')
      return payPage(res, fields, openTrade(fields, isRecord(biz) ? biz : {}))
    const body = bodyOf(method, answer(method, isRecord(biz) ? biz : {}))
    if (gateway.mode === 'slow') {
      const drip = setInterval(() => res.write(' '), 300)
      const last = setTimeout(() => res.end(body), 6_000)
      res.once('close', () => {
        clearInterval(drip)
        clearTimeout(last)
      })
    } else res.end(body)
  }

  const server = createServer((req, res) => {
    handle(req, res).catch(() => res.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/gateway.do`
  const gateway: AlipayGateway = {
    url,
    keys,
    env: {
      IDENTITY_PROVIDER: 'alipay',
      ALIPAY_GATEWAY: url,
      ALIPAY_APP_ID: appId,
      ALIPAY_PRIVATE_KEY: keys.app.privateKey,
      ALIPAY_PUBLIC_KEY: keys.alipay.publicKey,
    },
    orders,
    asked: [],
    refusedSignatures: 0,
    mode: 'answers',
    settle: (outerOrderNo, state) => {
      const order = find(outerOrderNo)
      if (!order) throw new Error(`no such order: ${outerOrderNo}`)
      order.state = state
      return order
    },
    notice: (fields, signedBy = keys.alipay.privateKey) => signedNotice(fields, signedBy),
    trades,
    tradeNotice: (number, change = {}) => {
      const known = trades.get(number)
      const fields = {
        notify_type: 'trade_status_sync',
        gmt_payment: '2026-11-21 10:00:30',
        ...(known ? tradeFields(number, known) : { out_trade_no: number }),
      }
      return signedNotice({ ...fields, ...change }, keys.alipay.privateKey)
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return gateway
}

if (import.meta.main) {
  const { ALIPAY_GATEWAY_PORT = '0', ALIPAY_GATEWAY_KEYS } = process.env
  const keys: GatewayKeys = ALIPAY_GATEWAY_KEYS ? JSON.parse(ALIPAY_GATEWAY_KEYS) : newGatewayKeys()
  const { env } = await startAlipayGateway({ port: Number(ALIPAY_GATEWAY_PORT), keys })
  console.log(JSON.stringify(env))
}
