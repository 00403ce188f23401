/** What approval does, once somebody has been found to be allowed to (REV-4). */
import type { CaseFile } from '#db/queries/case-file.ts'
import { entryOfCase } from '#db/queries/exam-entries.ts'
import type { Q } from '#db/store.ts'
import { insert, remove, update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Effect } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import type { Snapshot } from '#lib/readers/snapshot.ts'
import { type PostedOpinions, verdictName } from '#lib/schemas/findings.ts'
import { addCredits } from '../effects/add-credits.ts'
import { admitToExam } from '../effects/admit-to-exam.ts'
import { applyChange } from '../effects/apply-change.ts'
import { correctIdentity } from '../effects/correct-identity.ts'
import { grantAppeal } from '../effects/grant-appeal.ts'
import { movePerson } from '../effects/move-person.ts'
import { revokeConduct } from '../effects/revoke-conduct.ts'
import { verifyIdentity } from '../effects/verify-identity.ts'
import { writeConduct } from '../effects/write-conduct.ts'
import { writeRecord } from '../effects/write-record.ts'
import { changeCase, log, nextState, openCaseForService } from './case-work.ts'
import { countRound, moveRounds } from './figures.ts'
import { notifyOfCase } from './notify.ts'
import { closeRound, frozenRound, releasedLease, writeOpinions } from './review-work.ts'

const effects: Readonly<
  Record<Effect, (deps: Deps, q: Q, file: CaseFile, snapshot: Snapshot) => Promise<void>>
> = {
  'write-record': writeRecord,
  'verify-identity': verifyIdentity,
  'correct-identity': correctIdentity,
  'grant-appeal': grantAppeal,
  'apply-change': applyChange,
  'move-person': movePerson,
  'add-credits': addCredits,
  'write-conduct': writeConduct,
  'revoke-conduct': revokeConduct,
  'admit-to-exam': admitToExam,
}

/** How far a pass has brought a case. */
export type Passed = 'approved' | 'advanced' | 'handed-on'

/**
 * The case as it was opened for a decision: every section passed, or refused with `section-unpassed` for each that is not. Where a
 * further stage follows, the case waits for somebody else instead, who judges it anew: `advanced`, or `handed-on` where that is
 * in another department.
 */
export async function approveOpened(
  deps: Deps,
  q: Q,
  actor: Staff,
  file: CaseFile,
  opinions: PostedOpinions,
): Promise<Passed> {
  const kind = caseKinds[file.case.kind]
  if (file.case.stage < file.case.stages) {
    await advance(deps, q, actor, file, opinions)
    return file.case.sentTo === file.case.departmentId ? 'advanced' : 'handed-on'
  }
  await closeRound(deps, q, actor, file, {
    outcome: 'approved',
    change: { state: nextState(file, 'approve'), openKey: null, secondLookAt: null },
  })
  const snapshot = await requirePasses(deps, q, actor, file, opinions)
  await effects[kind.onApproval](deps, q, file, snapshot)
  await countRound(deps, q, { caseId: file.case.id, round: file.case.round })
  await tellApproved(deps, q, file, 'case-approved')
  await log(deps, q, file, actor, 'case.approved', { round: file.case.round })
  return 'approved'
}

/** A registration for an exam is not done yet: until when it is paid for, where it is not free (EXM-3). */
async function tellApproved(
  deps: Deps,
  q: Q,
  file: CaseFile,
  kind: 'case-approved' | 'case-approved-by-rule',
): Promise<void> {
  if (file.case.kind !== 'exam') return notifyOfCase(deps, q, file, kind)
  const entry = await entryOfCase(q, deps.store.t, file.case.id)
  const isOwed = entry?.state === 'awaiting-payment'
  // Whoever was judged too late is not told to pay by a time that has passed.
  const owed = isOwed && {
    payBy: entry.payBy.toISOString(),
    ...(entry.payBy <= deps.clock.now() ? { late: 1 } : {}),
  }
  await notifyOfCase(deps, q, file, 'case-approved', owed || {})
}

/** Writes the opinions; gives the round they are about. */
async function requirePasses(deps: Deps, q: Q, actor: Staff, file: CaseFile, opinions: PostedOpinions) {
  const { verdicts, snapshot } = await writeOpinions(deps, q, actor, file, opinions)
  const open = caseKinds[file.case.kind].sections.filter((section) => verdicts.get(section) !== 'pass')
  if (open.length > 0)
    throw refused(...open.map((section) => issue(verdictName(section), 'section-unpassed', { section })))
  return snapshot
}

/** One stage passed: the next waits for somebody else, with a working time of its own. */
async function advance(
  deps: Deps,
  q: Q,
  actor: Staff,
  file: CaseFile,
  opinions: PostedOpinions,
): Promise<void> {
  const { t } = deps.store
  const { id, round, stage, sentTo, departmentId } = file.case
  const at = deps.clock.now()
  const days = file.department?.reviewDays ?? 0
  const dueOn = addWorkingDays(dayOf(at), days, await deps.calendar())
  await changeCase(deps, q, file, {
    ...releasedLease,
    state: nextState(file, 'advance'),
    stage: stage + 1,
    // TRF-3: 调出地 has confirmed, 调入地 decides.
    sentTo: departmentId,
    dueOn,
  })
  if (sentTo !== departmentId && departmentId !== null) {
    await moveRounds(deps, q, id, departmentId, (one) => one.round === round)
    await update(q, t.caseRound, { caseId: id, round }, { departmentId })
  }
  await requirePasses(deps, q, actor, file, opinions)
  await insert(q, t.stagePass, { caseId: id, round, stage, by: actor.id, at })
  // Who judges next sees the case as the first one did.
  await remove(q, t.verdict, { caseId: id, round })
  await notifyOfCase(deps, q, file, 'case-advanced', {
    due: dueOn,
    department: file.department?.fullName ?? '',
  })
  await log(deps, q, file, actor, 'case.advanced', { round, stage, days, department: departmentId ?? '' })
}

/** 自动审核 (CHG-4): nobody has to look at it. The case was submitted in this transaction, and registers have nothing to say. */
export async function approveByRule(deps: Deps, q: Q, caseId: string): Promise<void> {
  const file = await openCaseForService(deps, q, caseId)
  if (!file) throw new Error('a case that is gone in its own transaction')
  const { round, kind } = file.case
  await closeRound(deps, q, null, file, {
    outcome: 'approved',
    change: { state: nextState(file, 'approveAutomatically'), openKey: null },
  })
  await effects[caseKinds[kind].onApproval](deps, q, file, await frozenRound(deps, q, file))
  await countRound(deps, q, { caseId, round })
  await tellApproved(deps, q, file, 'case-approved-by-rule')
  await log(deps, q, file, null, 'case.approved-by-rule', { round })
}
