import { record } from '#db/events.ts'
import { heldBy } from '#db/queries/accounts.ts'
import { isUnique } from '#db/store.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import { type Proven, prove } from '#lib/auth/proof.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isFault, refused, stale } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { checkRegistration, type Registration } from '#lib/schemas/account.ts'
import { applicantRow, claimantRow } from './support/account-row.ts'
import { holdAlone } from './support/hold-alone.ts'
import { releasePhone } from './support/release-phone.ts'
import { checkSmsCode, spendSmsCode } from './support/sms-code.ts'
import { mayAskTaken, tellTaken } from './support/taken.ts'

export interface RegisterInput {
  /** The form as typed, by field name. */
  readonly typed: unknown
  readonly browser: string
}

/**
 * Makes an applicant's account (ACC-1). Every rule of the form is told at once; then the code is judged, and only its
 * holder learns that a number is taken, a few times a day (ACC-9). Then they may say so: a phone they have proven leaves
 * the account that had it (`release`), a document's number is claimed (`claim`), which makes an account that can do
 * nothing but appeal. The code is used up by success alone, and two at once make one account. Refused: the issues of
 * `checkRegistration`, `code-wrong`, `id-taken`, `phone-taken`, `taken-too-often`. The proof opens the first session.
 */
export async function register(
  deps: Deps,
  _actor: null,
  { typed, browser }: RegisterInput,
): Promise<Proven & { claiming: boolean }> {
  const { store } = deps
  const { t } = store
  const read = checkRegistration(typed, dayOf(deps.clock.now()))
  if (!read.ok) throw refused(...read.issues)
  const { code, password, claim, release, ...person } = read.value
  const { phone } = person
  const codeId = await checkSmsCode(deps, { phone, purpose: 'register', browser, code })
  if (!codeId) throw refused(issue('code', 'code-wrong'))
  // Before the look: a limit that only the taken numbers use up would tell that they are.
  if (!(await mayAskTaken(deps, phone))) throw refused(issue(null, 'taken-too-often'))
  const taken = await takenOf(deps, person)
  const settled = (one: Issue) => (one.code === 'id-taken' ? claim : release)
  if (!taken.every(settled)) throw refused(...(await tellTaken(deps, taken)))
  const claiming = taken.some(({ code }) => code === 'id-taken')
  const passwordHash = await hashPassword(password)
  const at = deps.clock.now()
  const id = newId(at)
  const row = (claiming ? claimantRow : applicantRow)(deps, { ...person, id, passwordHash, at })
  const making = store.tx(async (q) => {
    if (release) await releasePhone(deps, q, phone)
    await holdAlone(deps, q, claiming ? { phone } : person, id)
    const [own] = await q.insert(t.account).values(row).onConflictDoNothing().returning({ id: t.account.id })
    // Somebody was faster: what was released a line above is taken back with the transaction.
    if (!own) throw stale()
    if (!(await spendSmsCode(q, t, codeId, at))) throw refused(issue('code', 'code-wrong'))
    const kind = claiming ? 'account.claiming' : 'account.registered'
    await record(q, t, { id: newId(at), kind, actorId: id, personId: id, at })
  })
  try {
    await making
  } catch (error) {
    if (!isFault(error, 'stale') && !isUnique(error)) throw error
    throw refused(...(await tellTaken(deps, await takenOf(deps, person))))
  }
  return { ...prove(deps, id), claiming }
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
