import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { type Account, heldBy } from '#db/queries/accounts.ts'
import type { Q } from '#db/store.ts'
import { isUnique } from '#db/store.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { checkIdentityForm, issuesOf, type TypedIdentity } from '#lib/schemas/account.ts'
import { checkOwnPassword } from '#lib/schemas/account-changes.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'
import { identityColumns, nameColumns } from './support/account-row.ts'
import { holdAlone } from './support/hold-alone.ts'
import { notify } from './support/notify.ts'
import { ownAccount, proveOwn } from './support/own-password.ts'
import { mayAskTaken, tellTaken } from './support/taken.ts'
import { hasCaseUnderReview } from './support/under-review.ts'

/**
 * What registration got wrong, put right by the person themselves as long as nobody has verified it; afterwards it is a
 * case of kind 身份信息更正. A request to the identity provider that was begun with the old number ends. Refused:
 * `correction-needs-review`, `identity-under-review`, the issues of `checkIdentityForm`, `checkOwnPassword` and
 * `proveOwn`, `taken-too-often`, `id-taken`; `stale` where the account was changed meanwhile.
 */
export async function mendIdentity(
  deps: Deps,
  actor: Applicant,
  { typed }: { /** The form as typed, by field name. */ readonly typed: unknown },
): Promise<void> {
  const { store, clock } = deps
  const account = await ownAccount(deps, actor)
  if (account.kind !== 'applicant') throw notFound()
  if (account.identityState === 'verified') throw refused(issue(null, 'correction-needs-review'))
  const today = dayOf(clock.now())
  const [read, password] = [checkIdentityForm(typed, today), checkOwnPassword(typed)]
  if (!read.ok || !password.ok) throw refused(...issuesOf(read), ...issuesOf(password))
  await proveOwn(deps, account, { password: password.value })
  const { identityKey } = read.value
  if (identityKey !== lifelongKey(account, today)) await requireFree(deps, account, identityKey)
  try {
    await store.tx((q) => write(deps, q, account, read.value))
  } catch (error) {
    // Somebody registered it since the look.
    if (isUnique(error)) throw await taken(deps)
    throw error
  }
}

async function requireFree(deps: Deps, { id, phone }: Account, identityKey: string): Promise<void> {
  const { read, t } = deps.store
  // Counted by the phone, as registration does; one that was taken away since leaves the account itself.
  if (!(await mayAskTaken(deps, phone === '' ? id : phone))) throw refused(issue(null, 'taken-too-often'))
  const holder = await heldBy(read, t, deps.keys, { identityKey })
  if (holder !== null && holder !== id) throw await taken(deps)
}

const taken = async (deps: Deps) =>
  refused(...(await tellTaken(deps, [issue('idNumber', 'id-taken', { registered: 1 })])))

async function write(deps: Deps, q: Q, account: Account, mended: TypedIdentity): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  const { id, version } = account
  const at = clock.now()
  if (await hasCaseUnderReview(deps, q, id)) throw refused(issue(null, 'identity-under-review'))
  await holdAlone(deps, q, { identityKey: mended.identityKey }, id)
  const [row] = await q
    .update(t.account)
    .set({
      idType: mended.idType,
      nationality: mended.nationality,
      ...identityColumns(deps, id, mended),
      ...nameColumns(deps, id, mended.name),
      sex: mended.sex,
      birth: mended.birth,
      version: version + 1,
    })
    .where(
      and(
        eq(t.account.id, id),
        eq(t.account.version, version),
        eq(t.account.status, 'active'),
        eq(t.account.identityState, 'none'),
      ),
    )
    .returning({ id: t.account.id })
  if (!row) throw stale()
  // Else who it names would answer for the number as it is now.
  await update(q, t.certifyOrder, { accountId: id, state: 'pending' }, { state: 'failed' })
  await notify(deps, q, account, { kind: 'identity-corrected' })
  await record(q, t, { id: newId(at), kind: 'identity.mended', actorId: id, personId: id, at })
}
