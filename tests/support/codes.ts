import { newSmsCode, writeSmsCode } from '#lib/commands/support/sms-code.ts'
import type { Deps } from '#lib/deps.ts'
import type { SmsPurpose } from '#lib/schemas/account.ts'

export const testBrowser = 'b'.repeat(43)

/** The digits of a code for this phone and purpose, as if it had just been sent to this browser. */
export async function sentCode(
  deps: Deps,
  phone: string,
  purpose: SmsPurpose,
  browser = testBrowser,
): Promise<string> {
  const fresh = newSmsCode(deps.clock.now())
  await deps.store.tx((q) => writeSmsCode(deps, q, { phone, purpose, browser, outboxId: '', ...fresh }))
  return fresh.code
}

/** Six other digits. */
export const anotherCode = (code: string) => (code === '000000' ? '111111' : '000000')
