/** What every command on staff does first: who acts, as they stand now, and whom it is about (ACC-10). */
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { grantsOf } from '#db/queries/accounts.ts'
import { hasOtherOperator, judgedOffices, officesOf, staffAccount } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { authorised, judgeStaff, type StaffFacts, type StaffVerb } from '#lib/policy/staff-policy.ts'

/** An update that changes nothing locks the row, on either engine. */
async function lockAccount({ store }: Deps, q: Q, id: string): Promise<void> {
  const { account } = store.t
  await q
    .update(account)
    .set({ version: sql`${account.version}` })
    .where(eq(account.id, id))
}

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
  const facts: StaffFacts = { id: accountId, offices: judgedOffices(held, clock.now()) }
  return { account, held, facts }
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

/** Ends every session of an account, but for one. */
export async function endSessions({ store, clock }: Deps, q: Q, accountId: string, but = ''): Promise<void> {
  const { session } = store.t
  await q
    .update(session)
    .set({ endedAt: clock.now() })
    .where(and(eq(session.accountId, accountId), isNull(session.endedAt), sql`${session.id} <> ${but}`))
}

/** No link into this account, or given out by it, works any more. */
export async function revokeLinks({ store, clock }: Deps, q: Q, accountId: string): Promise<void> {
  const { invitation } = store.t
  await q
    .update(invitation)
    .set({ revokedAt: clock.now() })
    .where(
      and(
        or(eq(invitation.accountId, accountId), eq(invitation.invitedBy, accountId)),
        isNull(invitation.usedAt),
        isNull(invitation.revokedAt),
      ),
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
