import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { log, nextState } from './support/case-work.ts'
import { countRound } from './support/figures.ts'
import { reportLate } from './support/late.ts'
import { notifyOfCase } from './support/notify.ts'
import { closeRound, type Judgement, openForReview, writeOpinions } from './support/review-work.ts'

export interface Returning extends Judgement {
  /** The reviewer was told that there are late findings, and returns it all the same. */
  readonly lateKnown?: boolean
}

/**
 * 退回 with the opinions given along; needs at least one finding (REV-4). The case stays open for its applicant. What was there
 * to be seen before is refused once, with `late-findings` {count, since}; returned so, its managers hear of it (一次性告知).
 */
export async function returnCase(deps: Deps, actor: Staff, input: Returning): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'decide', input)
    if (!caseKinds[file.case.kind].returnable) throw refused(issue(null, 'not-returnable'))
    await closeRound(deps, q, actor, file, {
      outcome: 'returned',
      change: { state: nextState(file, 'return') },
    })
    const { findings, late } = await writeOpinions(deps, q, actor, file, input.opinions)
    if (findings.length === 0) throw refused(issue(null, 'return-without-finding'))
    const count = late.findings.length
    if (count > 0 && !input.lateKnown)
      throw refused(issue(null, 'late-findings', { count, since: late.since }))
    if (count > 0) await reportLate(deps, q, file, late)
    await countRound(deps, q, { caseId: file.case.id, round: file.case.round })
    await notifyOfCase(deps, q, file, 'case-returned', { findings: findings.length })
    await log(deps, q, file, actor, 'case.returned', {
      round: file.case.round,
      findings: findings.length,
      ...(count > 0 ? { late: count } : {}),
    })
  })
}
