/** SMS providers on the loopback that check how a request is signed, each by its own published rules. */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { SmsSettings } from '#lib/env.ts'

export interface Call {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** A text goes out as it is, anything else as JSON. */
  readonly body?: unknown
  /** How long to wait before answering, in ms. */
  readonly after?: number
}

export interface StandIn {
  readonly url: string
  /** Everything that was asked, oldest first. */
  readonly calls: Call[]
}

/** A server of this test's own, ended with it. */
export async function standIn(reply: (call: Call) => Reply): Promise<StandIn> {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    const { method = '', headers } = request
    const call: Call = {
      method,
      headers,
      url: new URL(request.url ?? '/', `http://${headers.host}`),
      body: await text(request),
    }
    calls.push(call)
    const { status = 200, headers: more, body = '', after = 0 } = reply(call)
    const timer = setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json', ...more })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }, after)
    response.on('close', () => clearTimeout(timer))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, calls }
}

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')
const hmac = (key: string | Buffer, content: string) => createHmac('sha256', key).update(content).digest()
const headerOf = ({ headers }: Call, name: string) => String(headers[name] ?? '')

/** RFC 3986: what `encodeURIComponent` leaves alone and the canonical form does not. */
const encoded = (content: string) =>
  encodeURIComponent(content).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Whether Aliyun would accept the signature (ACS3-HMAC-SHA256, V3 request syntax). */
export function signedForAliyun(call: Call, secret: string): boolean {
  const [, names = '', signature = ''] =
    /^ACS3-HMAC-SHA256 Credential=[^,]+,SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
      headerOf(call, 'authorization'),
    ) ?? []
  const signed = names.split(';')
  const needed = ['host', ...Object.keys(call.headers).filter((name) => name.startsWith('x-acs-'))]
  if (needed.some((name) => !signed.includes(name))) return false
  if (headerOf(call, 'x-acs-content-sha256') !== sha256(call.body)) return false
  const query = [...call.url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&')
  const headers = signed.map((name) => `${name}:${headerOf(call, name).trim()}\n`).join('')
  const canonical = [call.method, call.url.pathname, query, headers, names, sha256(call.body)].join('\n')
  return hmac(secret, `ACS3-HMAC-SHA256\n${sha256(canonical)}`).toString('hex') === signature
}

/** Whether Tencent would accept the signature (TC3-HMAC-SHA256). The port is no part of what their SDK signs. */
export function signedForTencent(call: Call, secret: string): boolean {
  const [, date = '', service = '', names = '', signature = ''] =
    /^TC3-HMAC-SHA256 Credential=[^/]+\/([\d-]+)\/([^/]+)\/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headerOf(call, 'authorization'),
    ) ?? []
  const at = headerOf(call, 'x-tc-timestamp')
  if (new Date(Number(at) * 1000).toISOString().slice(0, 10) !== date) return false
  const valueOf = (name: string) => (name === 'host' ? call.url.hostname : headerOf(call, name))
  const signed = names.split(';')
  if (!signed.includes('host') || !signed.includes('content-type')) return false
  const headers = signed.map((name) => `${name}:${valueOf(name)}\n`).join('')
  const canonical = [call.method, call.url.pathname, '', headers, names, sha256(call.body)].join('\n')
  const scope = `${date}/${service}/tc3_request`
  const key = hmac(hmac(hmac(`TC3${secret}`, date), service), 'tc3_request')
  return hmac(key, `TC3-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`).toString('hex') === signature
}

const templates = { signName: '会计人员服务', codeTemplate: 'SMS_1', noticeTemplate: 'SMS_2' }

/** Settings that lead to a stand-in. */
export const httpSettings = (url: string) =>
  ({ provider: 'http', url: `${url}/sms`, token: 'gate-token' }) as const satisfies SmsSettings
export const aliyunSettings = (endpoint: string, keySecret = 'aliyun-secret') =>
  ({
    provider: 'aliyun',
    keyId: 'aliyun-id',
    keySecret,
    endpoint,
    ...templates,
  }) as const satisfies SmsSettings
export const tencentSettings = (endpoint: string, secretKey = 'tencent-secret') =>
  ({
    provider: 'tencent',
    secretId: 'tencent-id',
    secretKey,
    appId: '1400006666',
    region: 'ap-guangzhou',
    endpoint,
    ...templates,
  }) as const satisfies SmsSettings

/** Aliyun as it answers: `code` is `OK` or one of its error codes. */
export const aliyunStandIn = (code: string | (() => string)) =>
  standIn((call) =>
    signedForAliyun(call, 'aliyun-secret')
      ? { body: { Code: typeof code === 'string' ? code : code(), Message: 'M', BizId: '1', RequestId: 'r' } }
      : { status: 400, body: { Code: 'SignatureDoesNotMatch', Message: 'M', RequestId: 'r' } },
  )

/** Tencent as it answers about the one number: `code` is `Ok` or one of its error codes. */
export const tencentStandIn = (code: string | (() => string)) =>
  standIn((call) => ({
    body: {
      Response: signedForTencent(call, 'tencent-secret')
        ? { RequestId: 'r', SendStatusSet: [{ Code: typeof code === 'string' ? code : code(), Fee: 1 }] }
        : { RequestId: 'r', Error: { Code: 'AuthFailure.SignatureFailure', Message: 'M' } },
    },
  }))
