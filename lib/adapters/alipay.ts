/** Real-name authentication by Alipay (IDV-2): `alipay.user.certify.open.*`, RSA2 both ways. */
import type { AlipaySdk, AlipaySdkCommonResult } from 'alipay-sdk'
import type { Clock } from '../clock.ts'
import { refused } from '../domain/errors.ts'
import { type Issue, issue } from '../domain/result.ts'
import type { IdentitySettings } from '../env.ts'
import { privateKeyPem, publicKeyPem } from './alipay-keys.ts'
import type { CertifyNotice, CertifyState, IdentityProvider } from './identity.ts'

export interface AlipayParts {
  readonly settings: Extract<IdentitySettings, { provider: 'alipay' }>
  /** Where Alipay sends the person afterwards. Nothing is believed of how they come. */
  readonly returnUrl: string
  /** Where Alipay's own server calls. */
  readonly notifyUrl: string
  readonly clock: Clock
  /** Takes one line about a call that failed: which, and why; no personal data. */
  readonly note?: (line: string) => void
}

const deadline = 3_000
const prefix = 'alipay.user.certify.open.'

/** This order can never pass any more; Alipay keeps an identifier for 23 hours. */
const gone = new Set(['CERTIFY_ID_EXPIRED', 'OPEN_CERTIFY_BILL_NOT_EXIST'])

const textIn = (answer: Readonly<Record<string, unknown>>, key: string) => {
  const value = answer[key]
  return typeof value === 'string' ? value : ''
}

/** Gateway times are Beijing's, whatever the server's time zone is. */
const beijingTime = (at: Date) =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** At most 32 letters and digits are taken: a UUID without its dashes. */
const outerNo = (orderId: string) => orderId.replaceAll('-', '')
const orderIdOf = (outer: string) => {
  const parts = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/.exec(outer)
  return parts ? parts.slice(1).join('-') : ''
}

/**
 * What `query` tells. F means refused or not finished yet; only a reason beside it tells that it is over. Null is an
 * answer that says nothing of the order.
 */
function stateIn(answer: AlipaySdkCommonResult): CertifyState | null {
  if (answer.code === '40004' && gone.has(textIn(answer, 'subCode'))) return 'failed'
  if (answer.code !== '10000') return null
  const passed = String(answer.passed)
  if (passed === 'T') return 'passed'
  if (passed !== 'F') return null
  return textIn(answer, 'failReason') === '' ? 'pending' : 'failed'
}

/** Ends waiting after `deadline`; the SDK's own limits count connecting, headers and body each for itself. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), deadline)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What the log may say of a failed call: the SDK's messages spell out what was signed. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error
  if (error.message === 'late') return 'late'
  return error.cause instanceof Error ? error.cause.name : error.name
}

function orderIn(fields: Readonly<Record<string, string>>): CertifyNotice {
  let inner: Readonly<Record<string, unknown>> = {}
  try {
    const parsed: unknown = JSON.parse(fields.biz_content ?? '{}')
    if (typeof parsed === 'object' && parsed !== null) inner = { ...parsed }
  } catch {
    // Signed, and yet not readable: it names no order.
  }
  const named = (key: string) => fields[key] ?? textIn(inner, key)
  return { orderId: orderIdOf(named('outer_order_no')), ref: named('certify_id') }
}

/**
 * The SDK verifies the text of the first answer it finds and hands out what a reader of JSON takes, the last: where an
 * answer stands twice, one of them was never signed. So what was signed must be what is handed out.
 */
function strictly(client: AlipaySdk): AlipaySdk {
  const verify = client.checkResponseSign.bind(client)
  client.checkResponseSign = (raw, key, ...rest) => {
    verify(raw, key, ...rest)
    const whole: Readonly<Record<string, unknown>> = JSON.parse(raw)
    if (JSON.stringify(whole[key]) !== JSON.stringify(JSON.parse(client.getSignStr(raw, key))))
      throw new Error('an answer that was not signed')
  }
  return client
}

/** Throws a sentence at once where a key cannot be read; the SDK itself is loaded when it is first needed. */
export function alipayIdentity({
  settings,
  returnUrl,
  notifyUrl,
  clock,
  note = console.log,
}: AlipayParts): IdentityProvider {
  const privateKey = privateKeyPem(settings.privateKey)
  const alipayPublicKey = publicKeyPem(settings.publicKey)
  let loaded: Promise<AlipaySdk> | undefined
  const load = async () => {
    const { AlipaySdk } = await import('alipay-sdk')
    const { appId, gateway } = settings
    const client = new AlipaySdk({
      appId,
      gateway,
      privateKey,
      keyType: 'PKCS8',
      alipayPublicKey,
      signType: 'RSA2',
      timeout: deadline,
    })
    return strictly(client)
  }
  const sdk = () => {
    loaded ??= load()
    return loaded
  }
  const tell = (call: string, why: string) =>
    note(JSON.stringify({ at: clock.now().toISOString(), event: 'certify-fault', call, why }))

  const ask = async (call: string, bizContent: Record<string, unknown>): Promise<AlipaySdkCommonResult> => {
    const client = await sdk()
    try {
      const asked = { bizContent, timestamp: beijingTime(clock.now()) }
      return await inTime(client.exec(`${prefix}${call}`, asked, { validateSign: true }))
    } catch (error) {
      tell(call, reasonOf(error))
      throw refused(issue(null, 'certify-unavailable'))
    }
  }

  const no = (call: string, answer: AlipaySdkCommonResult, why: Issue) => {
    tell(call, `${answer.code} ${textIn(answer, 'subCode')}`.replaceAll(/[^\w .-]/g, '').slice(0, 80))
    return refused(why)
  }

  return {
    initialize: async (orderId, { name, number }) => {
      const answer = await ask('initialize', {
        outer_order_no: outerNo(orderId),
        biz_code: 'FACE',
        identity_param: {
          identity_type: 'CERT_INFO',
          cert_type: 'IDENTITY_CARD',
          cert_name: name,
          cert_no: number,
        },
        merchant_config: { return_url: returnUrl },
      })
      const ref = textIn(answer, 'certifyId')
      if (answer.code === '10000' && ref !== '') return ref
      const declined = answer.code === '40004' && textIn(answer, 'subCode') !== 'SYSTEM_ERROR'
      throw no('initialize', answer, issue(null, declined ? 'certify-declined' : 'certify-unavailable'))
    },
    certifyUrl: async ({ ref }) =>
      (await sdk()).pageExecute(`${prefix}certify`, 'GET', {
        bizContent: { certify_id: ref },
        timestamp: beijingTime(clock.now()),
        returnUrl,
        notifyUrl,
      }),
    query: async ({ ref }) => {
      const answer = await ask('query', { certify_id: ref })
      const state = stateIn(answer)
      if (state === null) throw no('query', answer, issue(null, 'certify-unavailable'))
      return state
    },
    readNotice: async (fields) => {
      // The SDK would take the weaker algorithm where a notice asks for it.
      const ours = fields.sign_type === 'RSA2' && fields.app_id === settings.appId
      if (!ours || !(await sdk()).checkNotifySignV2(fields)) return null
      return orderIn(fields)
    },
  }
}
