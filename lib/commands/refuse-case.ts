import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { noteIssues, verdictName } from '#lib/schemas/findings.ts'
import { log, nextState } from './support/case-work.ts'
import { endWithCases } from './support/exam-entries.ts'
import { countRound } from './support/figures.ts'
import { notifyOfCase } from './support/notify.ts'
import { closeRound, type Judgement, openForReview, writeOpinions } from './support/review-work.ts'

export const refusalField = 'refusal'

export interface Refusing extends Judgement {
  /** Why. */
  readonly note: string
}

/**
 * 不予通过: final, for the kinds that know it, never without its reason, and with the opinions given along (REV-4). While every
 * page stands at 通过 it is refused with `refused-but-passed` at each of them.
 */
export async function refuseCase(deps: Deps, actor: Staff, input: Refusing): Promise<void> {
  const note = input.note.replaceAll('\r\n', '\n').trim()
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'decide', input)
    const { sections, refusable } = caseKinds[file.case.kind]
    if (!refusable) throw refused(issue(null, 'not-refusable'))
    if (note === '') throw refused(issue(refusalField, 'refusal-required'))
    const issues = noteIssues(note, refusalField, 'refusal')
    if (issues.length > 0) throw refused(...issues)
    await closeRound(deps, q, actor, file, {
      outcome: 'refused',
      change: { state: nextState(file, 'refuse'), openKey: null },
      note,
    })
    const { verdicts, findings } = await writeOpinions(deps, q, actor, file, input.opinions)
    if (sections.every((section) => verdicts.get(section) === 'pass'))
      throw refused(...sections.map((section) => issue(verdictName(section), 'refused-but-passed')))
    await endWithCases(deps, q, [file.case], 'closed')
    await countRound(deps, q, { caseId: file.case.id, round: file.case.round })
    await notifyOfCase(deps, q, file, 'case-refused')
    await log(deps, q, file, actor, 'case.refused', {
      round: file.case.round,
      findings: findings.length,
    })
  })
}
