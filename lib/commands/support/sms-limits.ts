/** How often a code may be asked for (ACC-3): from one network, from one browser, and for one phone. */
import type { Deps } from '#lib/deps.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { day, hour, limitKey, type NamedLimit } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { codeLife } from './sms-code.ts'

export interface CodeLimit extends NamedLimit {
  /** What a request is refused with; `until` is an instant in ISO 8601. */
  readonly refusal: (until: string) => Issue
}

const tooMany = (until: string) => issue('captcha', 'sms-too-many', { until })

/** One for each network, whatever becomes of the message: who sends to numbers that do not exist is stopped here. */
export const networkLimit = (deps: Deps, address: string): CodeLimit => ({
  key: limitKey(deps, 'sms-address', networkOf(address)),
  limit: deps.env.limits.smsPerAddressPerHour,
  windowMs: hour,
  refusal: tooMany,
})

/** Those that are given back when the provider refuses the message. `browserIndex` is the blinded mark. */
export const messageLimits = (deps: Deps, browserIndex: string, phone: string): readonly CodeLimit[] => [
  {
    key: limitKey(deps, 'sms-browser', browserIndex),
    limit: deps.env.limits.smsPerBrowserPerHour,
    windowMs: hour,
    refusal: tooMany,
  },
  {
    key: limitKey(deps, 'sms-phone-day', phone),
    limit: deps.env.limits.smsPerPhonePerDay,
    windowMs: day,
    refusal: (until) => issue('phone', 'sms-phone-day', { until }),
  },
  {
    key: limitKey(deps, 'sms-phone', phone),
    limit: 1,
    windowMs: codeLife,
    refusal: (until) => issue('phone', 'sms-wait', { until }),
  },
]
