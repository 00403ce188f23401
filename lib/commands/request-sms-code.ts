import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { spendAll } from '#lib/limits.ts'
import { checkCodeRequest, type SmsPurpose } from '#lib/schemas/account.ts'
import { smsText } from '#lib/text/sms.ts'
import { answerCaptcha } from './support/captcha.ts'
import { enqueueSms } from './support/outbox.ts'
import { newSmsCode, writeSmsCode } from './support/sms-code.ts'
import { messageLimits, networkLimit } from './support/sms-limits.ts'

export interface CodeRequest {
  /** `phone`, `captcha` and `captchaToken` as typed. */
  readonly typed: unknown
  readonly purpose: SmsPurpose
  readonly browser: string
  readonly address: string
}

/**
 * Sends a code (ACC-3) and gives the message's id in the outbox. The captcha is used up; one code per phone in 3 minutes
 * whatever form asks, so many per network and hour, browser and hour, phone and day. A try that one of these limits
 * refuses is counted by none of them. Whether the phone has an account is not told. Refused: the issues of
 * `checkCodeRequest`, `captcha-wrong`, `captcha-too-many`, and with {until} (instants in ISO 8601) `sms-wait`,
 * `sms-too-many`, `sms-phone-day`.
 */
export async function requestSmsCode(
  deps: Deps,
  _actor: null,
  input: CodeRequest,
): Promise<{ outboxId: string }> {
  const { purpose, browser, address } = input
  const read = checkCodeRequest(input.typed)
  if (!read.ok) throw refused(...read.issues)
  const { phone } = read.value
  const now = deps.clock.now()
  const limits = [
    networkLimit(deps, address),
    ...messageLimits(deps, deps.keys.blind('browser', browser), phone),
  ]
  // The captcha stays used up when the request is refused, so the refusal is thrown after the transaction.
  const answer = await deps.store.tx(async (q): Promise<{ outboxId: string } | { refusal: Issue }> => {
    const wrong = await answerCaptcha(deps, q, read.value, address)
    if (wrong) return { refusal: wrong }
    const over = await spendAll(q, deps.store.t, limits, now)
    if (over) return { refusal: over.limit.refusal(over.resetAt.toISOString()) }
    const fresh = newSmsCode(now)
    const text = smsText.code(purpose, fresh.code)
    const outboxId = await enqueueSms(deps, q, { phone, purpose, text, ...fresh })
    await writeSmsCode(deps, q, { phone, purpose, browser, outboxId, ...fresh })
    return { outboxId }
  })
  if ('refusal' in answer) throw refused(answer.refusal)
  return answer
}
