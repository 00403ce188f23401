import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { changeCase, log } from './support/case-work.ts'
import { type Judgement, openForReview, writeOpinions } from './support/review-work.ts'

/** 保存意见: replaces what was said of the current round. The lease is needed and not extended. */
export async function saveOpinions(deps: Deps, actor: Staff, input: Judgement): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'decide', input)
    await changeCase(deps, q, file, {})
    const { findings } = await writeOpinions(deps, q, actor, file, input.opinions)
    await log(deps, q, file, actor, 'case.opinions-saved', {
      round: file.case.round,
      findings: findings.length,
    })
  })
}
