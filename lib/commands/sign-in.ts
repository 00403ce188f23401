import { and, eq, lt } from 'drizzle-orm'
import { type Account, accountBySignIn } from '#db/queries/accounts.ts'
import { verifyAgainstNothing, verifyPassword } from '#lib/auth/passwords.ts'
import { type Proven, prove } from '#lib/auth/proof.ts'
import { totpStepOf } from '#lib/auth/totp.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { checkSignIn, identityKeysOf } from '#lib/schemas/account.ts'
import { normaliseNumber } from '#lib/schemas/identity-number.ts'
import { normalisePhone } from '#lib/schemas/phone.ts'
import { answerCaptcha } from './support/captcha.ts'
import { day, giveBack, limitKey, minute, networkOf, spend, usedUp } from './support/limits.ts'

export interface SignInInput {
  /** The form as typed, by field name. */
  readonly typed: unknown
  readonly address: string
}

/**
 * ACC-6: applicants by number or phone, staff by login name with a code of their authenticator (ACC-10). Every wrong
 * combination is answered alike and costs alike, whether or not there is such an account. Refused: the issues of `checkSignIn`,
 * `captcha-wrong`, `captcha-too-many`, `sign-in-wrong`, `sign-in-slow` {until}, `sign-in-blocked` {until}.
 */
export async function signIn(
  deps: Deps,
  _actor: null,
  { typed, address }: SignInInput,
): Promise<Proven & { kind: 'applicant' | 'staff' }> {
  const read = checkSignIn(typed)
  if (!read.ok) throw refused(...read.issues)
  const input = read.value
  const { store } = deps
  const { t } = store
  const { limits } = deps.env
  const now = deps.clock.now()
  const network = networkOf(address)
  const found = await accountNamed(deps, input.login, now)
  const slow = limitKey(deps, 'sign-in-address', network)
  const daily = limitKey(deps, 'sign-in-account', `${found?.id ?? normaliseNumber(input.login)} ${network}`)

  const refusal = await store.tx(async (q) => {
    const wrong = await answerCaptcha(deps, q, input, address)
    if (wrong) return wrong
    const slowUntil = await usedUp(q, t, slow, limits.signInFailuresPerAddress, now)
    if (slowUntil) return issue(null, 'sign-in-slow', { until: slowUntil.toISOString() })
    // Taken before the look and given back on success, so that parallel guesses cannot share a try.
    const turn = await spend(q, t, daily, { limit: limits.signInFailuresPerDay, windowMs: day }, now)
    return turn.within ? null : issue(null, 'sign-in-blocked', { until: turn.resetAt.toISOString() })
  })
  if (refusal) throw refused(refusal)

  const known = found?.status === 'active' ? found : null
  const isRight = known
    ? await verifyPassword(known.passwordHash, input.password)
    : await verifyAgainstNothing(input.password)
  const admitted = await store.tx(async (q) => {
    if (known && isRight && (await passesSecondFactor(deps, known, input.totp, now))) {
      await giveBack(q, t, daily)
      return known
    }
    await spend(q, t, slow, { limit: limits.signInFailuresPerAddress, windowMs: minute }, now)
    return null
  })
  if (!admitted) throw refused(issue(null, 'sign-in-wrong'))
  return { ...prove(deps, admitted.id), kind: admitted.kind }
}

const accountNamed = ({ store, keys }: Deps, typed: string, now: Date) =>
  accountBySignIn(store.read, store.t, keys, {
    login: typed.trim().toLowerCase(),
    number: normaliseNumber(typed),
    phone: normalisePhone(typed),
    identityKeys: identityKeysOf(typed, dayOf(now)),
  })

/** A code works once: its step is written down, and only a later one counts from then on. */
async function passesSecondFactor(
  { store }: Deps,
  account: Account,
  typed: string,
  now: Date,
): Promise<boolean> {
  if (account.kind === 'applicant') return true
  const { t } = store
  const step = totpStepOf(account.totpSecret, typed, now, account.totpStep)
  if (step === null) return false
  const written = await store.tx((q) =>
    q
      .update(t.account)
      .set({ totpStep: step })
      .where(and(eq(t.account.id, account.id), lt(t.account.totpStep, step)))
      .returning({ id: t.account.id }),
  )
  return written.length === 1
}
