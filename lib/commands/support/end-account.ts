/** What ends with an account, or with the trust in who holds it. */
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'
import { cancelWhere, type Why } from './cancel-cases.ts'

/** Signs this account out everywhere, or everywhere but in one session. */
export async function endSessions({ store, clock }: Deps, q: Q, accountId: string, exceptId = '') {
  const { session } = store.t
  await q
    .update(session)
    .set({ endedAt: clock.now() })
    .where(and(eq(session.accountId, accountId), isNull(session.endedAt), ne(session.id, exceptId)))
}

/** Cancels every open case of a person, whoever holds it, and empties those that were never submitted. */
export const cancelCases = (deps: Deps, q: Q, personId: string, why: Why): Promise<number> =>
  cancelWhere(deps, q, eq(deps.store.t.serviceCase.personId, personId), why)

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
  await record(q, t, {
    id: newId(at),
    kind: 'account.closed',
    ...(why.actorId === undefined ? {} : { actorId: why.actorId }),
    personId: accountId,
    data: { reason: why.reason },
    at,
  })
}
