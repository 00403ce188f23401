/** Alipay's gateway by its SDK, for all that is asked of it: RSA2 both ways, about three seconds, nothing believed that was not signed. */
import type { AlipaySdk, AlipaySdkCommonResult } from 'alipay-sdk'
import type { AlipaySettings } from '../env.ts'
import { privateKeyPem, publicKeyPem } from './alipay-keys.ts'

const deadline = 3_000

export const textIn = (answer: Readonly<Record<string, unknown>>, key: string) => {
  const value = answer[key]
  return typeof value === 'string' ? value : ''
}

/** Gateway times are Beijing's, whatever the server's time zone is. */
export const beijingTime = (at: Date) =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** The instant of such a time; null where it is none. */
export function beijingInstant(written: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(written)) return null
  const at = new Date(`${written.replace(' ', 'T')}+08:00`)
  return Number.isNaN(at.getTime()) ? null : at
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
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error
  if (error.message === 'late') return 'late'
  return error.cause instanceof Error ? error.cause.name : error.name
}

/** What the log may say of an answer that is a no. */
export const noOf = (answer: AlipaySdkCommonResult) =>
  `${answer.code} ${textIn(answer, 'subCode')}`.replaceAll(/[^\w .-]/g, '').slice(0, 80)

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

type Fields = Readonly<Record<string, string>>

export interface AlipayClient {
  /** A signed answer, whatever it says. Throws where none came in time; `reasonOf` has a word for it. */
  exec(method: string, bizContent: Record<string, unknown>, at: Date): Promise<AlipaySdkCommonResult>
  /** The address of a page of Alipay's, signed. */
  pageUrl(
    method: string,
    request: Readonly<{ bizContent: Record<string, unknown>; returnUrl: string; notifyUrl: string }>,
    at: Date,
  ): Promise<string>
  /** Alipay signed this notice, for our application. */
  isOurs(fields: Fields): Promise<boolean>
}

/** Throws a sentence at once where a key cannot be read; the SDK itself is loaded when it is first needed. */
export function alipayClient(settings: AlipaySettings): AlipayClient {
  const { appId, gateway } = settings
  const privateKey = privateKeyPem(settings.privateKey)
  const alipayPublicKey = publicKeyPem(settings.publicKey)
  let loaded: Promise<AlipaySdk> | undefined
  const load = async () => {
    const { AlipaySdk } = await import('alipay-sdk')
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
  return {
    exec: async (method, bizContent, at) =>
      inTime((await sdk()).exec(method, { bizContent, timestamp: beijingTime(at) }, { validateSign: true })),
    pageUrl: async (method, request, at) =>
      (await sdk()).pageExecute(method, 'GET', { ...request, timestamp: beijingTime(at) }),
    isOurs: async (fields) =>
      // The SDK would take the weaker algorithm where a notice asks for it.
      fields.sign_type === 'RSA2' && fields.app_id === appId && (await sdk()).checkNotifySignV2(fields),
  }
}
