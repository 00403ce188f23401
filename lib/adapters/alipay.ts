/** Real-name authentication by Alipay (IDV-2): `alipay.user.certify.open.*`, RSA2 both ways. */
import type { AlipaySdkCommonResult } from 'alipay-sdk'
import type { Clock } from '../clock.ts'
import { refused } from '../domain/errors.ts'
import { type Issue, issue } from '../domain/result.ts'
import type { AlipaySettings } from '../env.ts'
import { alipayClient, noOf, reasonOf, textIn } from './alipay-client.ts'
import type { CertifyNotice, CertifyState, IdentityProvider } from './identity.ts'

export interface AlipayParts {
  readonly settings: AlipaySettings
  /** Where Alipay sends the person afterwards. Nothing is believed of how they come. */
  readonly returnUrl: string
  /** Where Alipay's own server calls. */
  readonly notifyUrl: string
  readonly clock: Clock
  /** Takes one line about a call that failed: which, and why; no personal data. */
  readonly note?: (line: string) => void
}

const prefix = 'alipay.user.certify.open.'

/** This order can never pass any more; Alipay keeps an identifier for 23 hours. */
const gone = new Set(['CERTIFY_ID_EXPIRED', 'OPEN_CERTIFY_BILL_NOT_EXIST'])

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

/** Throws a sentence at once where a key cannot be read; the SDK itself is loaded when it is first needed. */
export function alipayIdentity({
  settings,
  returnUrl,
  notifyUrl,
  clock,
  note = console.log,
}: AlipayParts): IdentityProvider {
  const client = alipayClient(settings)
  const tell = (call: string, why: string) =>
    note(JSON.stringify({ at: clock.now().toISOString(), event: 'certify-fault', call, why }))

  const ask = async (call: string, bizContent: Record<string, unknown>): Promise<AlipaySdkCommonResult> => {
    try {
      return await client.exec(`${prefix}${call}`, bizContent, clock.now())
    } catch (error) {
      tell(call, reasonOf(error))
      throw refused(issue(null, 'certify-unavailable'))
    }
  }

  const no = (call: string, answer: AlipaySdkCommonResult, why: Issue) => {
    tell(call, noOf(answer))
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
    certifyUrl: ({ ref }) =>
      client.pageUrl(
        `${prefix}certify`,
        { bizContent: { certify_id: ref }, returnUrl, notifyUrl },
        clock.now(),
      ),
    query: async ({ ref }) => {
      const answer = await ask('query', { certify_id: ref })
      const state = stateIn(answer)
      if (state === null) throw no('query', answer, issue(null, 'certify-unavailable'))
      return state
    },
    readNotice: async (fields) => ((await client.isOurs(fields)) ? orderIn(fields) : null),
  }
}
