import { and, inArray, type SQL, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Q } from '#db/store.ts'
import { remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { transitions } from '#lib/domain/case-states.ts'
import { newId } from '#lib/ids.ts'
import { endWithCases } from './exam-entries.ts'
import { addFigures, caseChanges } from './figures.ts'
import { releasedLease } from './review-work.ts'

export interface Why {
  /** A word of the log. */
  readonly reason: string
  /** Nobody where time did it. */
  readonly actorId?: string
}

/**
 * Ends the open cases that `which` says, whoever holds them; how many there were. They count as decided now, so that
 * their pictures are deleted as those of any other (IDV-4); what was never submitted is emptied at once.
 */
export async function cancelWhere(
  deps: Deps,
  q: Q,
  which: SQL | undefined,
  { reason, actorId }: Why,
): Promise<number> {
  const { store, clock } = deps
  const { t } = store
  const at = clock.now()
  // An update that changes nothing locks the rows, and tells how they stood.
  const standing = await q
    .update(t.serviceCase)
    .set({ version: sql`${t.serviceCase.version}` })
    .where(and(inArray(t.serviceCase.state, [...transitions.cancel.from]), which))
    .returning()
  if (standing.length === 0) return 0
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
      inArray(
        t.serviceCase.id,
        standing.map(({ id }) => id),
      ),
    )
    .returning({ id: t.serviceCase.id, personId: t.serviceCase.personId, round: t.serviceCase.round })
  await addFigures(
    deps,
    q,
    standing.flatMap((one) => caseChanges(one, { ...one, state: 'cancelled', dueOn: '' })),
  )
  await endWithCases(deps, q, standing, 'withdrawn')
  const drafts = ended.filter(({ round }) => round === 0).map(({ id }) => id)
  if (drafts.length > 0) {
    await remove(q, t.caseSection, { caseId: drafts })
    await remove(q, t.attachment, { caseId: drafts })
  }
  for (const { id, personId, round } of ended)
    await record(q, t, {
      id: newId(at),
      kind: 'case.cancelled',
      ...(actorId === undefined ? {} : { actorId }),
      personId,
      caseId: id,
      data: { round, reason },
      at,
    })
  return ended.length
}
