import { remove, update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { changeCase, log, nextState, openCase } from './support/case-work.ts'
import { notifyOfCase } from './support/notify.ts'
import { releasedLease } from './support/review-work.ts'

/** 撤回 while no reviewer holds it (SUB-3): the case is a draft again, with everything typed. */
export async function withdrawCase(deps: Deps, actor: Person, input: { caseId: string }): Promise<void> {
  const { store } = deps
  const { caseRound, finding, verdict } = store.t
  await store.tx(async (q) => {
    const file = await openCase(deps, q, actor, 'withdraw', input.caseId)
    const { id, round, state, kind } = file.case
    // It would be a draft again: of a registration for an exam there is none (EXM-3).
    if (caseKinds[kind].filedBy.length === 0) throw notFound()
    // The second of two clicks finds it done.
    if (state === 'draft' && round > 0) return
    // A lease that ended releases (REV-2); and it is a draft at once: nobody has to press twice to go on.
    const next =
      state === 'in_review'
        ? nextState(file, 'release', 'withdraw', 'reopen')
        : nextState(file, 'withdraw', 'reopen')
    await changeCase(deps, q, file, { state: next, dueOn: '', ...releasedLease })
    await update(q, caseRound, { caseId: id, round }, { outcome: 'withdrawn', decidedAt: deps.clock.now() })
    // Opinions on this round were told to nobody, and nobody will be asked to mend them.
    await remove(q, finding, { caseId: id, round })
    await remove(q, verdict, { caseId: id, round })
    await notifyOfCase(deps, q, file, 'case-withdrawn')
    await log(deps, q, file, actor, 'case.withdrawn', { round })
  })
}
