import { eq } from 'drizzle-orm'
import { entryOfCase } from '#db/queries/exam-entries.ts'
import type { Q } from '#db/store.ts'
import { remove, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { holdsSeat } from '#lib/domain/exams.ts'
import { issue } from '#lib/domain/result.ts'
import { cancelWhere } from './support/cancel-cases.ts'
import { log, openCase } from './support/case-work.ts'
import { endEntries } from './support/exam-entries.ts'
import { notifyOfCase } from './support/notify.ts'

/**
 * 撤回报名 before it is paid (EXM-3): the seat goes back, and one may register anew while registration is open. Sent again it finds it
 * done. Refused: `exam-frozen` once it is paid, `exam-entry-over` where it ended otherwise, `withdraw-while-claimed`.
 */
export async function withdrawExam(deps: Deps, actor: Applicant, input: { caseId: string }): Promise<void> {
  const { t } = deps.store
  await deps.store.tx(async (q) => {
    const seen = await openCase(deps, q, actor, 'read-own', input.caseId)
    if (seen.case.kind !== 'exam') throw notFound()
    const entry = await entryOfCase(q, t, input.caseId)
    if (!entry) throw notFound()
    if (entry.state === 'withdrawn') return
    if (entry.state === 'paid') throw refused(issue(null, 'exam-frozen'))
    if (!holdsSeat(entry.state)) throw refused(issue(null, 'exam-entry-over'))
    if (entry.state === 'reviewing') {
      const file = await openCase(deps, q, actor, 'withdraw', input.caseId)
      await cancelWhere(deps, q, eq(t.serviceCase.id, input.caseId), {
        reason: 'exam-withdrawn',
        actorId: actor.id,
      })
      await forgetOpinions(deps, q, input.caseId, file.case.round)
    } else {
      // 资格审核 was passed and stays so: what ends is the registration.
      const [ended] = await endEntries(deps, q, eq(t.examEntry.caseId, input.caseId), { as: 'withdrawn' })
      // Paid or closed while this waited for its row.
      if (!ended) {
        const now = await entryOfCase(q, t, input.caseId)
        throw refused(issue(null, now?.state === 'paid' ? 'exam-frozen' : 'exam-entry-over'))
      }
      await log(deps, q, seen, actor, 'exam.withdrawn', { session: entry.sessionId })
    }
    await notifyOfCase(deps, q, seen, 'exam-withdrawn')
  })
}

/** Opinions on this round were told to nobody. */
async function forgetOpinions({ store, clock }: Deps, q: Q, caseId: string, round: number): Promise<void> {
  const { caseRound, finding, verdict } = store.t
  await update(q, caseRound, { caseId, round }, { outcome: 'withdrawn', decidedAt: clock.now() })
  await remove(q, finding, { caseId, round })
  await remove(q, verdict, { caseId, round })
}
