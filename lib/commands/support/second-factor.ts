/** The second factor of staff (ACC-10): a code of the authenticator or a recovery code, each good once. */
import { and, eq, lt } from 'drizzle-orm'
import type { Account } from '#db/queries/accounts.ts'
import { totpStepOf } from '#lib/auth/totp.ts'
import type { Deps } from '#lib/deps.ts'
import { recoveryCodeIn } from '#lib/schemas/authenticator.ts'
import { spendCode } from './recovery-codes.ts'
import { logStaff } from './staff-work.ts'

/**
 * Whether what was typed is this account's second factor, and uses it up: a step is written down, and only a later one
 * counts from then on. Applicants need none. `account` null is nobody, who is asked all the same, so that the time does not tell whether the
 * password was right.
 */
export async function passesSecondFactor(
  deps: Deps,
  account: Account | null,
  typed: string,
  now: Date,
): Promise<boolean> {
  if (account?.kind === 'applicant') return true
  const { store } = deps
  const { t } = store
  const recovery = recoveryCodeIn(typed)
  const id = account?.id ?? ''
  if (recovery !== null)
    return store.tx(async (q) => {
      const spent = await spendCode(deps, q, id, recovery)
      if (spent) await logStaff(deps, q, 'staff.recovery-code-used', { actorId: id, personId: id })
      return spent
    })
  const step = account ? totpStepOf(account.totpSecret, typed, now, account.totpStep) : null
  if (step === null) return false
  const written = await store.tx((q) =>
    q
      .update(t.account)
      .set({ totpStep: step })
      .where(and(eq(t.account.id, id), lt(t.account.totpStep, step)))
      .returning({ id: t.account.id }),
  )
  return written.length === 1
}
