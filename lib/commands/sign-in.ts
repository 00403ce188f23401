import { type Account, accountsBySignIn, isLive, mostOfOneNumber } from '#db/queries/accounts.ts'
import { verifyAgainstNothing, verifyPassword } from '#lib/auth/passwords.ts'
import { type Proven, prove } from '#lib/auth/proof.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { day, giveBack, limitKey, minute, spend, take, usedUp } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { checkSignIn, identityKeysOf, type SignIn } from '#lib/schemas/account.ts'
import { isPassportShaped, normaliseNumber } from '#lib/schemas/identity-number.ts'
import { normalisePhone } from '#lib/schemas/phone.ts'
import { answerCaptcha } from './support/captcha.ts'
import { passesSecondFactor } from './support/second-factor.ts'
import { recordSignIns } from './support/sign-in-records.ts'
import { accountTries, typedTries } from './support/sign-in-tries.ts'

export interface SignInInput {
  /** The form as typed, by field name. */
  readonly typed: unknown
  readonly address: string
  /** What the browser says it is. */
  readonly agent: string
}

/**
 * ACC-6: applicants by number or phone, staff by login name with a code of their authenticator or a recovery code (ACC-10). Every wrong
 * combination is answered alike and costs alike, whether or not there is such an account: what slows down or blocks
 * with a word of its own is counted by what was typed, and an account tried too often answers as if it were wrong.
 * Refused: the issues of `checkSignIn`, `captcha-wrong`, `captcha-too-many`, `sign-in-wrong`, `sign-in-slow` {until},
 * `sign-in-blocked` {until}.
 */
export async function signIn(
  deps: Deps,
  _actor: null,
  { typed, address, agent }: SignInInput,
): Promise<Proven & { kind: 'applicant' | 'staff' }> {
  const read = checkSignIn(typed)
  if (!read.ok) throw refused(...read.issues)
  const input = read.value
  const { store } = deps
  const { t } = store
  const { limits } = deps.env
  const now = deps.clock.now()
  const network = networkOf(address)
  const number = normaliseNumber(input.login)
  const candidates = await candidatesFor(deps, input.login, now)
  const slow = limitKey(deps, 'sign-in-address', network)
  const daily = typedTries(deps, number, network)
  const perDay = { limit: limits.signInFailuresPerDay, windowMs: day }

  const entry = await store.tx(async (q) => {
    const wrong = await answerCaptcha(deps, q, input, address)
    if (wrong) return wrong
    const slowUntil = await usedUp(q, t, slow, limits.signInFailuresPerAddress, now)
    if (slowUntil) return issue(null, 'sign-in-slow', { until: slowUntil.toISOString() })
    // Taken before the look and given back on success, so that parallel guesses cannot share a try.
    const turn = await spend(q, t, daily, perDay, now)
    if (!turn.within) return issue(null, 'sign-in-blocked', { until: turn.resetAt.toISOString() })
    const turns: Turn[] = []
    for (const [place, account] of candidates.entries()) {
      const key = accountTries(deps, account?.id ?? `${place} ${number}`, network)
      turns.push({ key, account: (await take(q, t, key, perDay, now)) ? account : null })
    }
    return turns
  })
  if (!Array.isArray(entry)) throw refused(entry)

  const admitted = await admit(deps, entry, input, now)
  await store.tx(async (q) => {
    if (admitted) for (const key of [daily, ...entry.map((turn) => turn.key)]) await giveBack(q, t, key)
    else await spend(q, t, slow, { limit: limits.signInFailuresPerAddress, windowMs: minute }, now)
    const tried = admitted ? [admitted] : entry.flatMap(({ account }) => account ?? [])
    await recordSignIns(deps, q, tried, { outcome: admitted ? 'in' : 'wrong', address, agent })
  })
  if (!admitted) throw refused(issue(null, 'sign-in-wrong'))
  return { ...prove(deps, admitted.id), kind: admitted.kind }
}

/** A try at an account; `account` is null where there is none, or none that may be tried. */
interface Turn {
  readonly key: string
  readonly account: Account | null
}

/**
 * Who may be meant, filled up with nobody to as many as such a text can mean at most: what a sign-in costs must not
 * tell how many there are.
 */
async function candidatesFor(
  { store, keys }: Deps,
  typed: string,
  now: Date,
): Promise<readonly (Account | null)[]> {
  const number = normaliseNumber(typed)
  const found = await accountsBySignIn(store.read, store.t, keys, {
    login: typed.trim().toLowerCase(),
    number,
    phone: normalisePhone(typed),
    identityKeys: identityKeysOf(typed, dayOf(now)),
  })
  const places = Math.max(found.length, isPassportShaped(number) ? mostOfOneNumber : 1)
  return Array.from({ length: places }, (_, place) => {
    const account = found[place]
    return account && isLive(account.status) ? account : null
  })
}

/** The first whose password this is; all are asked, right or not, so that the time tells nothing. */
async function admit(
  deps: Deps,
  turns: readonly Turn[],
  { password, totp }: SignIn,
  now: Date,
): Promise<Account | null> {
  let right: Account | null = null
  for (const { account } of turns) {
    const isRight = account
      ? await verifyPassword(account.passwordHash, password)
      : await verifyAgainstNothing(password)
    if (isRight) right ??= account
  }
  return (await passesSecondFactor(deps, right, totp, now)) ? right : null
}
