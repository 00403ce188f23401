/** The first step of an appeal for a lost phone: which one is used now, and its code (ACC-8). */
import { z } from 'zod'
import { issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { checkCode, issuesOf, typed } from './account.ts'
import { checkPhone } from './phone.ts'

const form = z.object({ newPhone: typed(60), code: typed(40) })

/** `present` is the phone registered now; `phone-same` where nothing would change. */
export function checkClaimedPhone(raw: unknown, present: string): Result<{ phone: string; code: string }> {
  const { newPhone, code: typedCode } = form.parse(raw)
  const phone = checkPhone(newPhone, 'newPhone')
  const code = checkCode(typedCode)
  const issues = [
    ...issuesOf(phone),
    ...(phone.ok && phone.value === present ? [issue('newPhone', 'phone-same')] : []),
    ...issuesOf(code),
  ]
  return phone.ok && code.ok && issues.length === 0
    ? ok({ phone: phone.value, code: code.value })
    : refuse(...issues)
}
