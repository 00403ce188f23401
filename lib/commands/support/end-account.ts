/** What ends with an account, or with the trust in who holds it. */
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { transitions } from '#lib/domain/case-states.ts'
import { newId } from '#lib/ids.ts'
import { releasedLease } from './review-work.ts'

/** Signs this account out everywhere, or everywhere but in one session. */
export async function endSessions({ store, clock }: Deps, q: Q, accountId: string, exceptId = '') {
  const { session } = store.t
  await q
    .update(session)
    .set({ endedAt: clock.now() })
    .where(and(eq(session.accountId, accountId), isNull(session.endedAt), ne(session.id, exceptId)))
}

/** Cancels every open case of a person, whoever holds it, and empties those that were never submitted. */
export async function cancelCases(
  { store, clock }: Deps,
  q: Q,
  personId: string,
  why: { readonly reason: string; readonly actorId: string },
): Promise<void> {
  const { t } = store
  const at = clock.now()
  const ended = await q
    .update(t.serviceCase)
    .set({
      state: 'cancelled',
      openKey: null,
      dueOn: '',
      ...releasedLease,
      decidedAt: at,
      updatedAt: at,
      version: sql`${t.serviceCase.version} + 1`,
    })
    .where(
      and(eq(t.serviceCase.personId, personId), inArray(t.serviceCase.state, [...transitions.cancel.from])),
    )
    .returning({ id: t.serviceCase.id, round: t.serviceCase.round })
  const drafts = ended.filter(({ round }) => round === 0).map(({ id }) => id)
  if (drafts.length > 0) {
    await q.delete(t.caseSection).where(inArray(t.caseSection.caseId, drafts))
    await q.delete(t.attachment).where(inArray(t.attachment.caseId, drafts))
  }
  for (const { id, round } of ended)
    await record(q, t, {
      id: newId(at),
      kind: 'case.cancelled',
      actorId: why.actorId,
      personId,
      caseId: id,
      data: { round, reason: why.reason },
      at,
    })
}

/** Closes an account and frees what it signed in with, so that its rightful holder may have it (ACC-8, ACC-9). The record stays. */
export async function closeForGood(
  deps: Deps,
  q: Q,
  accountId: string,
  why: { readonly reason: string; readonly actorId: string },
): Promise<void> {
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
    actorId: why.actorId,
    personId: accountId,
    data: { reason: why.reason },
    at,
  })
}
