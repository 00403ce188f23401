/** What ends with an account, or with the trust in who holds it. */
import { and, eq, isNull, ne, notInArray, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { kindsOfOffice } from '#lib/domain/conduct.ts'
import { newId } from '#lib/ids.ts'
import { cancelWhere, type Why } from './cancel-cases.ts'
import { endEntries } from './exam-entries.ts'

/** Signs this account out everywhere, or everywhere but in one session. */
export async function endSessions({ store, clock }: Deps, q: Q, accountId: string, exceptId = '') {
  const { session } = store.t
  await q
    .update(session)
    .set({ endedAt: clock.now() })
    .where(and(eq(session.accountId, accountId), isNull(session.endedAt), ne(session.id, exceptId)))
}

/**
 * Cancels every open case that a person filed, whoever holds it, and empties those that were never submitted. What the office
 * filed about them goes on: nobody gets out of a 处罚 by closing an account.
 */
export function cancelCases(deps: Deps, q: Q, personId: string, why: Why): Promise<number> {
  const { kind, personId: owner } = deps.store.t.serviceCase
  return cancelWhere(deps, q, and(eq(owner, personId), notInArray(kind, [...kindsOfOffice])), why)
}

/** Closes an account and frees what it signed in with, so that its rightful holder may have it (ACC-8, ACC-9). The record stays. */
export async function closeForGood(deps: Deps, q: Q, accountId: string, why: Why): Promise<void> {
  const { t } = deps.store
  const at = deps.clock.now()
  await q
    .update(t.account)
    .set({
      status: 'closed',
      numberIndex: null,
      identityIndex: null,
      phoneIndex: null,
      phoneSealed: '',
      nextPhoneSealed: '',
      version: sql`${t.account.version} + 1`,
    })
    .where(eq(t.account.id, accountId))
  await endSessions(deps, q, accountId)
  await cancelCases(deps, q, accountId, why)
  // What was approved and waits to be paid for; what is paid stays (EXM-3).
  await endEntries(deps, q, eq(t.examEntry.personId, accountId), { as: 'withdrawn' })
  await record(q, t, {
    id: newId(at),
    kind: 'account.closed',
    ...(why.actorId === undefined ? {} : { actorId: why.actorId }),
    personId: accountId,
    data: { reason: why.reason },
    at,
  })
}
