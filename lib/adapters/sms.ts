/** Who carries SMS: one interface, four providers (MSG-1). */
import { hasCode, wordOf } from './provider-fault.ts'

export interface SmsMessage {
  readonly phone: string
  /** What the message is for, e.g. the form that asked for a code. */
  readonly purpose: string
  /** The code alone, where the message carries one (ACC-3). */
  readonly code?: string
  readonly text: string
  /** What a message without a code tells: clouds put it into a template of their own and never send `text`. */
  readonly notice?: { readonly number: string; readonly event: string }
  /** Same key, same message: a provider may use it to send only once. */
  readonly key: string
}

/**
 * Resolves when the message has been taken over for delivery. Throws `smsRefused` where the provider will never take
 * it; any other throw means try again later. What is thrown never holds the phone, the code or the text.
 */
export interface SmsSender {
  send(message: SmsMessage): Promise<void>
}

/** How long a provider may take, all in all. */
export const patience = 3000

interface SmsFault {
  /** The provider's error code, or what the network said. */
  readonly reason: string
}

const fault = (words: string, reason: unknown): Error & SmsFault =>
  Object.assign(new Error(`${words}: ${wordOf(reason)}`), { reason: wordOf(reason) })

/** The provider says no for good. */
export const smsRefused = (reason: unknown) =>
  Object.assign(fault('SMS refused', reason), { code: 'sms-refused' as const })

/** It did not work this time. */
export const smsFailed = (reason: unknown) => fault('SMS not taken over', reason)

/** Not now, for this phone: the provider itself is well (its own limit per number, say). */
export const smsBusy = (reason: unknown) =>
  Object.assign(fault('SMS not taken over', reason), { code: 'sms-busy' as const })

/** Nobody was asked, because the provider has been failing. */
export const smsAway = () =>
  Object.assign(fault('SMS not taken over', 'provider-resting'), { code: 'sms-away' as const })

export const isSmsRefused = (error: unknown) => hasCode(error, 'sms-refused')
export const isSmsBusy = (error: unknown) => hasCode(error, 'sms-busy')
export const isSmsAway = (error: unknown) => hasCode(error, 'sms-away')

/** Runs `work` and gives up on it after `patience`, also where it does not listen to the signal. */
export async function withPatience<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(patience)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(smsFailed('timeout')), { once: true })
  })
  return Promise.race([work(signal), late])
}

/** Where a cloud is called. Throws unless it is https; http is for a stand-in on this machine. */
export function cloudAddress(endpoint: string): { host: string; protocol: 'http' | 'https' } {
  const { protocol, hostname, host } = new URL(endpoint)
  if (protocol === 'https:') return { host, protocol: 'https' }
  if (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    return { host, protocol: 'http' }
  throw new Error(`SMS endpoint ${endpoint} must be https`)
}

/** A mainland number as clouds want it. */
export const internationalPhone = (phone: string) => `+86${phone}`
