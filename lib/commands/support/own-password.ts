import { type Account, accountById } from '#db/queries/accounts.ts'
import { verifyPassword } from '#lib/auth/passwords.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { day, giveBack, limitKey, spend } from '#lib/limits.ts'
import { passesSecondFactor } from './second-factor.ts'

/** The account of a claimant is nobody's own yet (ACC-9): `not-found`. */
export async function ownAccount({ store, keys }: Deps, actor: Actor): Promise<Account> {
  const account =
    actor.kind === 'applicant' || actor.kind === 'staff'
      ? await accountById(store.read, store.t, keys, actor.id)
      : null
  if (!account) throw notFound()
  return account
}

/**
 * Whoever is signed in shows that it is their account, not only their browser (ACC-8); with `totp` by the second factor
 * as well. Wrong ones count, so many a day for an account whatever page asks. Refused: `password-wrong`, `totp-wrong`,
 * `password-too-many` {until}.
 */
export async function proveOwn(
  deps: Deps,
  account: Account,
  { password, totp }: { readonly password: string; readonly totp?: string },
): Promise<void> {
  const { store } = deps
  const now = deps.clock.now()
  const key = limitKey(deps, 'own-password', account.id)
  const perDay = { limit: deps.env.limits.signInFailuresPerDay, windowMs: day }
  // Taken before the look and given back when right, so that parallel guesses cannot share a try.
  const turn = await store.tx((q) => spend(q, store.t, key, perDay, now))
  if (!turn.within)
    throw refused(issue('currentPassword', 'password-too-many', { until: turn.resetAt.toISOString() }))
  if (!(await verifyPassword(account.passwordHash, password)))
    throw refused(issue('currentPassword', 'password-wrong'))
  if (totp !== undefined && !(await passesSecondFactor(deps, account, totp, now)))
    throw refused(issue('totp', 'totp-wrong'))
  await store.tx((q) => giveBack(q, store.t, key))
}
