import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { noteIssues } from '#lib/schemas/findings.ts'
import { log, nextState } from './support/case-work.ts'
import { endWithCases } from './support/exam-entries.ts'
import { countRound } from './support/figures.ts'
import { notifyOfCase } from './support/notify.ts'
import { closeRound, openForReview } from './support/review-work.ts'

export const refusalField = 'refusal'

/** 不予通过: final, for the kinds that know it, and never without a note for the applicant. */
export async function refuseCase(
  deps: Deps,
  actor: Staff,
  input: { caseId: string; version: number; note: string },
): Promise<void> {
  const note = input.note.replaceAll('\r\n', '\n').trim()
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'decide', input)
    if (!caseKinds[file.case.kind].refusable) throw refused(issue(null, 'not-refusable'))
    if (note === '') throw refused(issue(refusalField, 'note-required'))
    const issues = noteIssues(note, refusalField)
    if (issues.length > 0) throw refused(...issues)
    await closeRound(deps, q, actor, file, {
      outcome: 'refused',
      change: { state: nextState(file, 'refuse'), openKey: null },
      note,
    })
    await endWithCases(deps, q, [file.case], 'closed')
    await countRound(deps, q, { caseId: file.case.id, round: file.case.round })
    await notifyOfCase(deps, q, file, 'case-refused')
    await log(deps, q, file, actor, 'case.refused', { round: file.case.round })
  })
}
