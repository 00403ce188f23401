/** What every command on staff does first: who acts, as they stand now, and whom it is about (ACC-10). */
import { record } from '#db/events.ts'
import { grantsOf } from '#db/queries/accounts.ts'
import { type Department, departmentTyped } from '#db/queries/departments.ts'
import { staffFacts as factsOf, hasOtherOperator, officesOf, staffAccount } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { authorised, judgeStaff, type StaffVerb } from '#lib/policy/staff-policy.ts'
import { lockAccount } from './lock-account.ts'

/**
 * The member of staff who acts, with what they may do at this very moment; `not-found` for who may do nothing any more.
 * Their row is locked: two operators who suspend each other at once do not both succeed.
 */
export async function actingStaff(deps: Deps, q: Q, actor: Actor): Promise<Staff> {
  if (actor.kind !== 'staff') throw notFound()
  await lockAccount(deps, q, actor.id)
  const { t } = deps.store
  const row = await staffAccount(q, t, actor.id)
  if (row?.status !== 'active') throw notFound()
  return { ...actor, grants: await grantsOf(q, t, actor.id, deps.clock.now()) }
}

/** What the policy asks about somebody; null where there is no such member of staff. */
export async function staffFacts({ store, clock }: Deps, q: Q, accountId: string) {
  const account = await staffAccount(q, store.t, accountId)
  if (!account) return null
  const held = await officesOf(q, store.t, [accountId])
  return { account, held, facts: factsOf(accountId, held, clock.now()) }
}

/**
 * Whom the command is about, locked and read afterwards, if `actor` may do `verb` to them; `not-found` or `refused`
 * otherwise. `losing` says whether an office of an operator is what they would lose.
 */
export async function openMember(
  deps: Deps,
  q: Q,
  actor: Actor,
  verb: StaffVerb,
  accountId: string,
  losing: (found: NonNullable<Awaited<ReturnType<typeof staffFacts>>>) => boolean = () => false,
) {
  const acting = await actingStaff(deps, q, actor)
  await lockAccount(deps, q, accountId)
  const found = await staffFacts(deps, q, accountId)
  if (!found) throw notFound()
  const leavesNoOperator = losing(found) && !(await hasOtherOperator(q, deps.store.t, accountId))
  authorised(judgeStaff(acting, verb, { ...found.facts, leavesNoOperator }))
  return { ...found, acting }
}

/**
 * The department three selects say, null for none. Refused: `required` where they do not hang together: an office must
 * not land at a province because the city left over is another's.
 */
export async function chosenDepartment({ store }: Deps, q: Q, typed: string): Promise<Department | null> {
  if (typed === '') return null
  const node = await departmentTyped(q, store.t, typed)
  if (node?.id !== typed.split('/').findLast((id) => id !== ''))
    throw refused(issue('department', 'required'))
  return node
}

/** No link into this account works any more. */
export async function revokeWaysIn({ store, clock }: Deps, q: Q, accountId: string): Promise<void> {
  const { invitation } = store.t
  await update(q, invitation, { accountId, usedAt: null, revokedAt: null }, { revokedAt: clock.now() })
}

/** No link into this account, or given out by it, works any more. */
export async function revokeLinks(deps: Deps, q: Q, accountId: string): Promise<void> {
  const { invitation } = deps.store.t
  await revokeWaysIn(deps, q, accountId)
  await update(
    q,
    invitation,
    { invitedBy: accountId, usedAt: null, revokedAt: null },
    { revokedAt: deps.clock.now() },
  )
}

/** What happened to a member of staff, by whom. */
export const logStaff = (
  { store, clock }: Deps,
  q: Q,
  kind: string,
  who: { readonly actorId?: string; readonly personId?: string },
  data: Record<string, string | number | boolean> = {},
) => record(q, store.t, { id: newId(clock.now()), kind, ...who, data, at: clock.now() })
