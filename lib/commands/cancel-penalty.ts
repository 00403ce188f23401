import { eq } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { cancelWhere } from './support/cancel-cases.ts'
import { openCase } from './support/case-work.ts'

/**
 * 撤销登记 of a 处罚 that nobody has decided on, by whoever entered it or manages there (AWD-1); its person never hears of it. Refused with
 * `cancel-while-claimed`, `cancel-not-yours`, `case-decided`, `own-case`.
 */
export async function cancelPenalty(deps: Deps, actor: Staff, { caseId }: { caseId: string }): Promise<void> {
  await deps.store.tx(async (q) => {
    const seen = await openCase(deps, q, actor, 'read-for-review', caseId)
    // The second of two clicks finds it done.
    if (seen.case.kind === 'penalty' && seen.case.state === 'cancelled') return
    await openCase(deps, q, actor, 'cancel', caseId)
    await cancelWhere(deps, q, eq(deps.store.t.serviceCase.id, caseId), {
      reason: 'entry-cancelled',
      actorId: actor.id,
    })
  })
}
