import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { transitions } from '#lib/domain/case-states.ts'
import { newId } from '#lib/ids.ts'
import { releasedLease } from '../support/review-work.ts'

/**
 * Ends the open 线上实名认证 that `which` says, whoever holds it; how many there were. They count as decided now, so
 * that their pictures are deleted as those of any other (IDV-4).
 */
export async function cancelIdentity(
  { store, clock }: Deps,
  q: Q,
  which: SQL | undefined,
  why: { readonly reason: 'alipay' | 'idle'; readonly actorId?: string },
): Promise<number> {
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
      and(
        eq(t.serviceCase.kind, 'identity'),
        inArray(t.serviceCase.state, [...transitions.cancel.from]),
        which,
      ),
    )
    .returning({ id: t.serviceCase.id, personId: t.serviceCase.personId, round: t.serviceCase.round })
  for (const { id, personId, round } of ended)
    await record(q, t, {
      id: newId(at),
      kind: 'case.cancelled',
      ...(why.actorId === undefined ? {} : { actorId: why.actorId }),
      personId,
      caseId: id,
      data: { round, reason: why.reason },
      at,
    })
  return ended.length
}
