import { captchaDigits, issueCaptcha } from '#lib/auth/captcha-token.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import type { Deps } from '#lib/deps.ts'

/** A captcha and its right answer, as a form posts them. */
export function answeredCaptcha(deps: Deps) {
  const captchaToken = issueCaptcha(deps)
  return { captchaToken, captcha: captchaDigits(deps, captchaToken)?.digits ?? '' }
}

/** Asks for a code as a person who reads captchas does. */
export const askForCode = (
  deps: Deps,
  phone: string,
  { browser = 'b'.repeat(43), address = '192.0.2.7' } = {},
) =>
  requestSmsCode(deps, null, {
    typed: { phone, ...answeredCaptcha(deps) },
    purpose: 'register',
    browser,
    address,
  })
