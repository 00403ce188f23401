/** How often a code may be asked for (ACC-3): from one network, from one browser, and for one phone. */
import type { Deps } from '#lib/deps.ts'
import { day, hour, limitKey, type NamedLimit } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { codeLife } from './sms-code.ts'

export interface CodeLimit extends NamedLimit {
  /** The issue it is refused with, and the control that issue stands at. */
  readonly code: 'sms-too-many' | 'sms-phone-day' | 'sms-wait'
  readonly at: 'captcha' | 'phone'
}

/** One for each network, whatever becomes of the message: who sends to numbers that do not exist is stopped here. */
export const networkLimit = (deps: Deps, address: string): CodeLimit => ({
  key: limitKey(deps, 'sms-address', networkOf(address)),
  limit: deps.env.limits.smsPerAddressPerHour,
  windowMs: hour,
  code: 'sms-too-many',
  at: 'captcha',
})

/** Those that are given back when the provider refuses the message. `browserIndex` is the blinded mark. */
export const messageLimits = (deps: Deps, browserIndex: string, phone: string): readonly CodeLimit[] => [
  {
    key: limitKey(deps, 'sms-browser', browserIndex),
    limit: deps.env.limits.smsPerBrowserPerHour,
    windowMs: hour,
    code: 'sms-too-many',
    at: 'captcha',
  },
  {
    key: limitKey(deps, 'sms-phone-day', phone),
    limit: deps.env.limits.smsPerPhonePerDay,
    windowMs: day,
    code: 'sms-phone-day',
    at: 'phone',
  },
  {
    key: limitKey(deps, 'sms-phone', phone),
    limit: 1,
    windowMs: codeLife,
    code: 'sms-wait',
    at: 'phone',
  },
]
