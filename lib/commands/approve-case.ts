import { and, eq } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import { isUnique, type Q } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Effect } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import { verdictName } from '#lib/schemas/findings.ts'
import { correctIdentity } from './effects/correct-identity.ts'
import { grantAppeal } from './effects/grant-appeal.ts'
import { verifyIdentity } from './effects/verify-identity.ts'
import { writeRecord } from './effects/write-record.ts'
import { changeCase, log, nextState } from './support/case-work.ts'
import { notifyOfCase } from './support/notify.ts'
import {
  closeRound,
  frozenRound,
  type Judgement,
  openForReview,
  releasedLease,
  writeOpinions,
} from './support/review-work.ts'

const effects: Readonly<
  Record<Effect, (deps: Deps, q: Q, file: CaseFile, snapshot: Snapshot) => Promise<void>>
> = {
  'write-record': writeRecord,
  'verify-identity': verifyIdentity,
  'correct-identity': correctIdentity,
  'grant-appeal': grantAppeal,
}

/**
 * 审核通过: every section passed; what approval does to the record happens in the same transaction (REV-4). Where a
 * further stage follows, the case waits for somebody else instead, who judges it anew: `advanced`.
 */
export async function approveCase(
  deps: Deps,
  actor: Staff,
  input: Judgement,
): Promise<'approved' | 'advanced'> {
  try {
    return await approve(deps, actor, input)
  } catch (error) {
    // A number or phone that was free at the look was taken before the write: to be looked at once more.
    if (isUnique(error)) throw stale()
    throw error
  }
}

function approve(deps: Deps, actor: Staff, input: Judgement): Promise<'approved' | 'advanced'> {
  return deps.store.tx(async (q) => {
    const file = await openForReview(deps, q, actor, 'decide', input)
    const kind = caseKinds[file.case.kind]
    if (file.case.stage < kind.stages) {
      await advance(deps, q, actor, file, input)
      return 'advanced'
    }
    await closeRound(deps, q, actor, file, {
      outcome: 'approved',
      change: { state: nextState(file, 'approve'), openKey: null },
    })
    await requirePasses(deps, q, actor, file, input)
    await effects[kind.onApproval](deps, q, file, await frozenRound(deps, q, file))
    await notifyOfCase(deps, q, file, 'case-approved')
    await log(deps, q, file, actor, 'case.approved', { round: file.case.round })
    return 'approved'
  })
}

async function requirePasses(deps: Deps, q: Q, actor: Staff, file: CaseFile, input: Judgement) {
  const { verdicts } = await writeOpinions(deps, q, actor, file, input.opinions)
  const open = caseKinds[file.case.kind].sections.filter((section) => verdicts.get(section) !== 'pass')
  if (open.length > 0)
    throw refused(...open.map((section) => issue(verdictName(section), 'section-unpassed', { section })))
}

/** One stage passed: the next waits for somebody else, with a working time of its own. */
async function advance(deps: Deps, q: Q, actor: Staff, file: CaseFile, input: Judgement): Promise<void> {
  const { t } = deps.store
  const { id, round, stage } = file.case
  const at = deps.clock.now()
  const days = file.department?.reviewDays ?? 0
  const dueOn = addWorkingDays(dayOf(at), days, await deps.calendar())
  await changeCase(deps, q, file, {
    ...releasedLease,
    state: nextState(file, 'advance'),
    stage: stage + 1,
    dueOn,
  })
  await requirePasses(deps, q, actor, file, input)
  await q.insert(t.stagePass).values({ caseId: id, round, stage, by: actor.id, at })
  // Who judges next sees the case as the first one did.
  await q.delete(t.verdict).where(and(eq(t.verdict.caseId, id), eq(t.verdict.round, round)))
  await notifyOfCase(deps, q, file, 'case-advanced', { due: dueOn })
  await log(deps, q, file, actor, 'case.advanced', { round, stage, days })
}
