import { record } from '#db/events.ts'
import { heldBy } from '#db/queries/accounts.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import { type Proven, prove } from '#lib/auth/proof.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { day, limitKey, take } from '#lib/limits.ts'
import { checkRegistration, type Registration } from '#lib/schemas/account.ts'
import { applicantRow } from './support/account-row.ts'
import { checkSmsCode, spendSmsCode } from './support/sms-code.ts'

/** ACC-9: whoever has proven a phone may ask only so often whether a number is taken. */
const askedPerDay = { limit: 5, windowMs: day }

export interface RegisterInput {
  /** The form as typed, by field name. */
  readonly typed: unknown
  readonly browser: string
}

/**
 * Makes an applicant's account (ACC-1). Every rule of the form is told at once; then the code is judged, and only its
 * holder learns that a number is taken, a few times a day (ACC-9). The code is used up by success alone, and two at once make one
 * account. Refused: the issues of `checkRegistration`, `code-wrong`, `id-taken`, `phone-taken`, `taken-too-often`.
 * The proof opens the first session.
 */
export async function register(deps: Deps, _actor: null, { typed, browser }: RegisterInput): Promise<Proven> {
  const { store } = deps
  const { t } = store
  const read = checkRegistration(typed, dayOf(deps.clock.now()))
  if (!read.ok) throw refused(...read.issues)
  const { code, password, ...person } = read.value
  const { phone } = person
  const codeId = await checkSmsCode(deps, { phone, purpose: 'register', browser, code })
  if (!codeId) throw refused(issue('code', 'code-wrong'))
  // Before the look: a limit that only the taken numbers use up would tell that they are.
  if (!(await mayAsk(deps, phone))) throw refused(issue(null, 'taken-too-often'))
  const taken = await takenOf(deps, person)
  if (taken.length > 0) throw refused(...(await tellTaken(deps, taken)))
  const passwordHash = await hashPassword(password)
  const at = deps.clock.now()
  const id = newId(at)
  const row = applicantRow(deps, { ...person, id, passwordHash, at })
  const made = await store.tx(async (q) => {
    const [own] = await q.insert(t.account).values(row).onConflictDoNothing().returning({ id: t.account.id })
    if (!own) return false
    if (!(await spendSmsCode(q, t, codeId, at))) throw refused(issue('code', 'code-wrong'))
    await record(q, t, { id: newId(at), kind: 'account.registered', actorId: id, personId: id, at })
    return true
  })
  if (!made) throw refused(...(await tellTaken(deps, await takenOf(deps, person))))
  return prove(deps, id)
}

async function takenOf(
  { store, keys }: Deps,
  { identityKey, phone }: Pick<Registration, 'identityKey' | 'phone'>,
) {
  const { read, t } = store
  const issues: Issue[] = []
  if (await heldBy(read, t, keys, { identityKey })) issues.push(issue('idNumber', 'id-taken'))
  if (await heldBy(read, t, keys, { phone })) issues.push(issue('phone', 'phone-taken'))
  return issues
}

const mayAsk = ({ store, ...deps }: Deps, phone: string): Promise<boolean> =>
  store.tx((q) => take(q, store.t, limitKey(deps, 'taken', phone), askedPerDay, deps.clock.now()))

/** Writes down that it was said. */
async function tellTaken({ store, clock }: Deps, taken: readonly Issue[]): Promise<readonly Issue[]> {
  const at = clock.now()
  const data = { what: taken.map((one) => one.code).join(' ') }
  await store.tx((q) => record(q, store.t, { id: newId(at), kind: 'account.taken', data, at }))
  return taken
}
