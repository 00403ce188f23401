import { browserMark } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'
import { client } from '#lib/auth/client.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import type { Deps } from '#lib/deps.ts'
import { isFault, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import type { SmsPurpose } from '#lib/schemas/account.ts'
import { smsFate } from '#lib/views/sms-fate.ts'
import { showAgain } from './show-again.ts'
import { typedIn } from './typed.ts'

/** How long a page waits to say honestly whether the message went out. */
const patience = 2500

export interface CodeStep {
  /** Where the form stands. */
  readonly page: string
  readonly purpose: SmsPurpose
  readonly secret: readonly string[]
  /** The control to go to when the code is on its way; `code` unless said. */
  readonly at?: string
  /** The phone, where it is not the form's own field `phone`. */
  readonly phone?: string
  /** The control that what is wrong with the phone stands at, where it is not `phone`; null = the form as a whole. */
  readonly phoneAt?: string | null
  /** Whose page it is, where it needs a person. */
  readonly ownerId?: string
}

/**
 * The step behind 免费获取验证码, the same on every form: asks for a code and gives where to lead, with what was typed.
 * Throws `refused` with the issues of `requestSmsCode`, or `sms-refused` where the provider does not take the message.
 */
export async function sendCode(deps: Deps, form: Form, step: CodeStep): Promise<string> {
  const { page, purpose, secret, at = 'code', phone, phoneAt = 'phone', ownerId = null } = step
  const typed = phone === undefined ? typedIn(form) : { ...typedIn(form), phone }
  const [browser, { address }] = await Promise.all([browserMark(), client()])
  try {
    const { outboxId } = await requestSmsCode(deps, null, { typed, purpose, browser, address })
    if ((await smsFate(deps, outboxId, patience)) === 'refused') throw refused(issue('phone', 'sms-refused'))
  } catch (error) {
    if (!isFault(error, 'refused')) throw error
    throw refused(...error.issues.map((found) => (found.at === 'phone' ? { ...found, at: phoneAt } : found)))
  }
  return showAgain(page, form, secret, at, ownerId)
}
