import { and, eq } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { changeCase, log, nextState, openCase } from './support/case-work.ts'

/** 撤回 while no reviewer holds it (SUB-3): the case is a draft again, with everything typed. */
export async function withdrawCase(deps: Deps, actor: Applicant, input: { caseId: string }): Promise<void> {
  const { store } = deps
  await store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'withdraw', input.caseId)
    if (file.case.state === 'in_review') throw refused(issue(null, 'withdraw-while-claimed'))
    nextState(file, 'withdraw')
    // withdrawn → draft at once: nobody has to press twice to go on.
    await changeCase(deps, q, file, { state: 'draft', dueOn: '' })
    await q
      .update(store.t.caseRound)
      .set({ outcome: 'withdrawn', decidedAt: deps.clock.now() })
      .where(and(eq(store.t.caseRound.caseId, file.case.id), eq(store.t.caseRound.round, file.case.round)))
    await log(deps, q, file, actor, 'case.withdrawn', { round: file.case.round })
  })
}
