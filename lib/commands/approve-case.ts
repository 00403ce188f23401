import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Effect } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import { verdictName } from '#lib/schemas/findings.ts'
import { verifyIdentity } from './effects/verify-identity.ts'
import { writeRecord } from './effects/write-record.ts'
import { log, nextState } from './support/case-work.ts'
import {
  closeRound,
  frozenRound,
  type Judgement,
  openForReview,
  writeOpinions,
} from './support/review-work.ts'

const effects: Readonly<
  Record<Effect, (deps: Deps, q: Q, file: CaseFile, snapshot: Snapshot) => Promise<void>>
> = {
  'write-record': writeRecord,
  'verify-identity': verifyIdentity,
}

/** 审核通过: every section passed; what approval does to the record happens in the same transaction (REV-4). */
export async function approveCase(deps: Deps, actor: Staff, input: Judgement): Promise<void> {
  await deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'decide', input)
    const kind = caseKinds[file.case.kind]
    await closeRound(deps, q, actor, file, {
      outcome: 'approved',
      change: { state: nextState(file, 'approve'), openKey: null },
    })
    const { verdicts } = await writeOpinions(deps, q, actor, file, input.opinions)
    const open = kind.sections.filter((section) => verdicts.get(section) !== 'pass')
    if (open.length > 0)
      throw refused(...open.map((section) => issue(verdictName(section), 'section-unpassed', { section })))
    await effects[kind.onApproval](deps, q, file, await frozenRound(deps, q, file))
    await log(deps, q, file, actor, 'case.approved', { round: file.case.round })
  })
}
