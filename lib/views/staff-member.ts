/** One member of staff (ACC-10), as who looks after them sees them. */
import { accountContext } from '#db/queries/accounts.ts'
import {
  judgedOffices,
  lastSignIns,
  officesOf,
  openRenewal,
  recoveryCodesLeft,
  staffAccount,
} from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isInScope, judgeStaff, staffScope } from '#lib/policy/staff-policy.ts'
import { roleWords, staffWords } from '#lib/text/staff.ts'

/** `not-found` for who is no member of staff, or none in the viewer's scope. */
export async function staffMember(deps: Deps, actor: Staff, accountId: string) {
  const { store, keys, clock } = deps
  const { read, t } = store
  const now = clock.now()
  const account = /^[0-9a-f-]{36}$/.test(accountId) ? await staffAccount(read, t, accountId) : null
  if (!account) throw notFound()
  const held = await officesOf(read, t, [accountId])
  const facts = { id: accountId, offices: judgedOffices(held, now) }
  if (judgeStaff(actor, 'see', facts) !== 'yes') throw notFound()
  const scope = staffScope(actor)
  const live = held.filter(({ until }) => until === null || until > now)
  const [seen, codes, renewal] = await Promise.all([
    lastSignIns(read, t, [accountId]),
    recoveryCodesLeft(read, t, accountId),
    openRenewal(read, t, accountId, now),
  ])
  return {
    id: accountId,
    name: keys.unseal(account.nameSealed, accountContext(accountId, 'name')),
    login: account.login ?? '',
    status: account.status,
    knowsIdentity: account.ownIdentityIndex !== null,
    seenAt: seen.get(accountId) ?? null,
    codes,
    renewal,
    isSelf: accountId === actor.id,
    /** Whether the viewer may change anything about them; the verbs differ only for the last operator. */
    isGoverned: judgeStaff(actor, 'renew', facts) === 'yes',
    grants: live
      .filter(({ path }) => isInScope(scope, path))
      .map(({ id, role, department, createdAt, until }) => ({
        id,
        role: roleWords[role].name,
        department: department || (role === 'operator' ? '' : staffWords.everywhere),
        since: createdAt,
        until,
      })),
  }
}
