import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { log, nextState } from './support/case-work.ts'
import { notifyOfCase } from './support/notify.ts'
import { closeRound, type Judgement, openForReview, writeOpinions } from './support/review-work.ts'

/** 退回 with the opinions given along; needs at least one finding (REV-4). The case stays open for its applicant. */
export async function returnCase(deps: Deps, actor: Staff, input: Judgement): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'decide', input)
    await closeRound(deps, q, actor, file, {
      outcome: 'returned',
      change: { state: nextState(file, 'return') },
    })
    const { findings } = await writeOpinions(deps, q, actor, file, input.opinions)
    if (findings.length === 0) throw refused(issue(null, 'return-without-finding'))
    await notifyOfCase(deps, q, file, 'case-returned', { findings: findings.length })
    await log(deps, q, file, actor, 'case.returned', { round: file.case.round, findings: findings.length })
  })
}
