import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { type Account, accountByPhone, isLive } from '#db/queries/accounts.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { day, forget, limitKey, spend } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { identityKeysOf } from '#lib/schemas/account.ts'
import { checkRecovery, type Recovery } from '#lib/schemas/account-changes.ts'
import { lifelongKey, normaliseNumber } from '#lib/schemas/identity-number.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { endSessions } from './support/end-account.ts'
import { notify } from './support/notify.ts'
import { accountTries, typedTries } from './support/sign-in-tries.ts'
import { checkSmsCode, spendSmsCode } from './support/sms-code.ts'

export interface RecoveryInput {
  /** The form as typed, by field name. */
  readonly typed: unknown
  readonly browser: string
  readonly address: string
}

const wrong = () => refused(issue(null, 'recovery-wrong'))

/**
 * 找回密码 (ACC-7): a new password for whoever knows number and name and holds the phone, all as registered. Which of them
 * is wrong, or whether there is such an account at all, is never told, neither by the answer nor by what it costs: one
 * hash and the same queries every time. Only success uses the code up; it ends every session. Refused: the issues of
 * `checkRecovery`, `recovery-too-many` {until}, and for everything else `recovery-wrong`.
 */
export async function recoverPassword(deps: Deps, _actor: null, input: RecoveryInput): Promise<void> {
  const { browser, address } = input
  const { store, keys, clock } = deps
  const read = checkRecovery(input.typed)
  if (!read.ok) throw refused(...read.issues)
  const { phone, code, password } = read.value
  const typed = `${normaliseNumber(read.value.idNumber)} ${networkOf(address)}`
  const ofTyped = await counted(deps, 'recovery-typed', typed)
  if (ofTyped) throw refused(ofTyped)
  const codeId = await checkSmsCode(deps, { phone, purpose: 'recover', browser, code })
  // Only who has read the code uses up the phone's tries: else anybody could use up a stranger's. The others are counted
  // as well, so that the time does not tell which part was wrong, and nobody is refused for it.
  const ofPhone = await counted(deps, codeId === null ? 'recovery-unread' : 'recovery-phone', phone)
  if (codeId !== null && ofPhone) throw refused(ofPhone)
  const account = await accountByPhone(store.read, store.t, keys, phone)
  const passwordHash = await hashPassword(password)
  const isOwner = describes(read.value, account, dayOf(clock.now()))
  if (!account || !isOwner || codeId === null) throw wrong()
  await setPassword(deps, account, { passwordHash, codeId, typed: read.value, address })
}

/** Counts one of so many tries a day, before the look and alike for every number: what to say where there are none left. */
async function counted(
  { store, clock, env, keys }: Deps,
  name: string,
  subject: string,
): Promise<Issue | null> {
  const perDay = { limit: env.limits.recoveryPerDay, windowMs: day }
  const turn = await store.tx((q) =>
    spend(q, store.t, limitKey({ keys }, name, subject), perDay, clock.now()),
  )
  return turn.within ? null : issue(null, 'recovery-too-many', { until: turn.resetAt.toISOString() })
}

/** Whether number and name as typed are this account's: a renewed permit ends in other digits, `·` has many forms. */
function describes({ idNumber, name }: Recovery, account: Account | null, today: string): boolean {
  const mayMean = identityKeysOf(idNumber, today)
  const [number, called] = [normaliseNumber(idNumber), nameKey(name)]
  if (account?.kind !== 'applicant' || !isLive(account.status)) return false
  const key = lifelongKey(account, today)
  const isNumber = number === account.number || (key !== null && mayMean.includes(key))
  return isNumber && called === nameKey(account.name)
}

async function setPassword(
  deps: Deps,
  account: Account,
  done: { passwordHash: string; codeId: string; typed: Recovery; address: string },
): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  const { id, version } = account
  const { passwordHash, codeId, typed, address } = done
  const network = networkOf(address)
  await store.tx(async (q) => {
    const at = clock.now()
    if (!(await spendSmsCode(q, t, codeId, at))) throw wrong()
    const [row] = await q
      .update(t.account)
      .set({ passwordHash, version: version + 1 })
      .where(and(eq(t.account.id, id), eq(t.account.version, version)))
      .returning({ id: t.account.id })
    if (!row) throw wrong()
    await endSessions(deps, q, id)
    // Whoever forgot a password has often used up the tries at it.
    for (const key of [
      accountTries(deps, id, network),
      typedTries(deps, normaliseNumber(typed.idNumber), network),
      typedTries(deps, typed.phone, network),
    ])
      await forget(q, t, key)
    await notify(deps, q, account, { kind: 'password-reset' })
    await record(q, t, { id: newId(at), kind: 'password.reset', actorId: id, personId: id, at })
  })
}
