import type { Clock } from '../clock.ts'
import type { SmsSettings } from '../env.ts'
import { networkCode } from './provider-fault.ts'
import { type SmsSender, smsFailed, smsRefused, withPatience } from './sms.ts'

type Settings = Extract<SmsSettings, { provider: 'http' }>

/** Answers about this very message (RFC 9110); the other 400s are about the moment, the address or our token. */
const forGood: ReadonlySet<number> = new Set([400, 410, 422])

/**
 * A gateway of one's own: POST of `{at, phone, purpose, code?, text, key}` as JSON with the key as `Idempotency-Key`.
 * 2xx = taken over; 400, 410 and 422 = refused for good; anything else, a redirect too = later.
 */
export const httpSms = ({ url, token }: Settings, clock: Clock): SmsSender => ({
  async send({ phone, purpose, code, text, key }) {
    const body = JSON.stringify({ at: clock.now().toISOString(), phone, purpose, code, text, key })
    const status = await withPatience(async (signal) => {
      const response = await fetch(url, {
        method: 'POST',
        body,
        signal,
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      }).catch((error: unknown) => {
        throw smsFailed(networkCode(error))
      })
      // The status says it all, so what follows is not read, however long it is.
      await response.body?.cancel().catch(() => undefined)
      return response.status
    })
    if (status >= 200 && status < 300) return
    const reason = `HTTP-${status}`
    throw forGood.has(status) ? smsRefused(reason) : smsFailed(reason)
  },
})
