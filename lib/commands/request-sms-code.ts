import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { hour, limitKey, spend } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { checkCodeRequest, type SmsPurpose } from '#lib/schemas/account.ts'
import { smsText } from '#lib/text/sms.ts'
import { answerCaptcha } from './support/captcha.ts'
import { enqueueSms } from './support/outbox.ts'
import { codeLife, writeSmsCode } from './support/sms-code.ts'

export interface CodeRequest {
  /** `phone`, `captcha` and `captchaToken` as typed. */
  readonly typed: unknown
  readonly purpose: SmsPurpose
  readonly browser: string
  readonly address: string
}

/**
 * Sends a code (ACC-3): the captcha is used up, one code per phone in 3 minutes whatever form asks, so many per
 * address and hour. Whether the phone has an account is not told. Refused: the issues of `checkCodeRequest`, `captcha-wrong`, `captcha-too-many`,
 * `sms-wait` {until}, `sms-too-many` {until} (instants in ISO 8601).
 */
export async function requestSmsCode(deps: Deps, _actor: null, input: CodeRequest): Promise<void> {
  const { store } = deps
  const { t } = store
  const { purpose, browser, address } = input
  const read = checkCodeRequest(input.typed)
  if (!read.ok) throw refused(...read.issues)
  const { phone } = read.value
  const now = deps.clock.now()
  // What was spent stays spent when the request is refused, so the refusal is thrown after the transaction.
  const refusal = await store.tx(async (q) => {
    const wrong = await answerCaptcha(deps, q, read.value, address)
    if (wrong) return wrong
    const perAddress = { limit: deps.env.limits.smsPerAddressPerHour, windowMs: hour }
    const fromHere = await spend(q, t, limitKey(deps, 'sms-address', networkOf(address)), perAddress, now)
    if (!fromHere.within) return issue('captcha', 'sms-too-many', { until: fromHere.resetAt.toISOString() })
    const turn = await spend(q, t, limitKey(deps, 'sms-phone', phone), { limit: 1, windowMs: codeLife }, now)
    if (!turn.within) return issue('phone', 'sms-wait', { until: turn.resetAt.toISOString() })
    const { code, expiresAt } = await writeSmsCode(deps, q, { phone, purpose, browser })
    await enqueueSms(deps, q, { phone, purpose, code, text: smsText.code(purpose, code), expiresAt })
    return null
  })
  if (refusal) throw refused(refusal)
}
