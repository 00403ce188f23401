/** One member of staff (ACC-10), as who looks after them sees them. */
import { accountContext } from '#db/queries/accounts.ts'
import {
  lastSignIns,
  officesOf,
  openRenewal,
  recoveryCodesLeft,
  staffAccount,
  staffFacts,
} from '#db/queries/staff.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isAway } from '#lib/domain/leave.ts'
import { isInScope, isOperator, judgeStaff, staffScope } from '#lib/policy/staff-policy.ts'
import { dayWords } from '#lib/text/dates.ts'
import { leaveWords, roleWords, staffWords } from '#lib/text/staff.ts'
import { lastDayOf, leaveView } from './leave.ts'
import { staffNames } from './review-queue.ts'

/** `not-found` for who is no member of staff, or none in the viewer's scope. */
export async function staffMember(deps: Deps, actor: Staff, accountId: string) {
  const { store, keys, clock } = deps
  const { read, t } = store
  const now = clock.now()
  const account = /^[0-9a-f-]{36}$/.test(accountId) ? await staffAccount(read, t, accountId) : null
  if (!account) throw notFound()
  const held = await officesOf(read, t, [accountId])
  const facts = staffFacts(accountId, held, now)
  if (judgeStaff(actor, 'see', facts) !== 'yes') throw notFound()
  const scope = staffScope(actor)
  const live = held.filter(({ until }) => until === null || until > now)
  const [seen, codes, renewal, leave, names] = await Promise.all([
    lastSignIns(read, t, [accountId]),
    recoveryCodesLeft(read, t, accountId),
    openRenewal(read, t, accountId, now),
    leaveView(deps, actor, accountId),
    staffNames(
      deps,
      live.flatMap(({ deputyFor }) => deputyFor ?? []),
    ),
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
    /** Null where the viewer may neither enter nor end one. */
    leave,
    awayUntil: isAway(account.awayUntil, dayOf(now)) ? dayWords(account.awayUntil) : null,
    isSelf: accountId === actor.id,
    /** Of no department: nobody stands above them. */
    isOperator: isOperator(actor),
    /** Whether the viewer may change anything about them; the verbs differ only for the last operator. */
    isGoverned: judgeStaff(actor, 'renew', facts) === 'yes',
    grants: live
      .filter(({ path }) => isInScope(scope, path))
      .map(({ id, role, department, createdAt, until, deputyFor }) => ({
        id,
        role: roleWords[role].name,
        department: department || (role === 'operator' ? '' : staffWords.everywhere),
        since: createdAt,
        until,
        /** 代审：王某 至 2026年12月1日; null for an office of their own. */
        actsFor: deputyFor && leaveWords.actsFor(names.get(deputyFor) ?? '', lastDayOf(until)),
      })),
  }
}
