import { and, desc, eq } from 'drizzle-orm'
import { departmentTyped, isSelectable } from '#db/queries/departments.ts'
import type { Q } from '#db/store.ts'
import { remove, update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { isForwardReason } from '#lib/domain/forward-reasons.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { changeCase, log, nextState } from './support/case-work.ts'
import { moveRounds } from './support/figures.ts'
import { rewriteChoice } from './support/move-work.ts'
import { notifyOfCase } from './support/notify.ts'
import { openForReview, releasedLease } from './support/review-work.ts'

export interface Forwarding {
  readonly caseId: string
  /** Of the case as it was seen; another one since then is `stale`. */
  readonly version: number
  /** `a/b/c` from the top, as the three selects say it. */
  readonly department: string
  readonly reason: string
}

/**
 * 转办 (REV-5): the case goes on to the department it should have been sent to, instead of back to its applicant, and the
 * review begins there anew. Refused: `forward-kind` where the kind finds its department by itself; at once what is wrong of
 * `forward-target` for no department people may choose, `forward-same` and `forward-reason`; `lease-required` unless the actor holds it or manages.
 */
export async function forwardCase(deps: Deps, actor: Staff, input: Forwarding): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  await store.tx(async (q) => {
    if (await isDone(deps, q, actor, input)) return
    const file = await openForReview(deps, q, actor, 'forward', input)
    const { id, round } = file.case
    if (caseKinds[file.case.kind].department !== 'chosen') throw refused(issue(null, 'forward-kind'))
    const target = await departmentTyped(q, t, input.department)
    const issues: Issue[] = []
    if (!target || !(await isSelectable(q, t, target))) issues.push(issue('department', 'forward-target'))
    else if (target.id === file.case.sentTo) issues.push(issue('department', 'forward-same'))
    if (!isForwardReason(input.reason)) issues.push(issue('reason', 'forward-reason'))
    if (!target || issues.length > 0) throw refused(...issues)

    const dueOn = addWorkingDays(dayOf(clock.now()), target.reviewDays, await deps.calendar())
    // What its applicant sees on page 1, should it be returned one day, is where it stands now.
    await rewriteChoice(deps, q, file, file.case.sentTo ?? '', target.id)
    await changeCase(deps, q, file, {
      ...releasedLease,
      state: nextState(file, 'forward'),
      departmentId: target.id,
      sentTo: target.id,
      secondLookAt: null,
      dueOn,
    })
    await moveRounds(deps, q, id, target.id, (one) => one.round === round)
    await update(q, t.caseRound, { caseId: id, round }, { departmentId: target.id })
    // Another department judges for itself; what was noted down here was told to nobody.
    await remove(q, t.finding, { caseId: id, round })
    await remove(q, t.verdict, { caseId: id, round })
    await notifyOfCase(deps, q, { ...file, department: null }, 'case-forwarded', {
      department: target.fullName,
      due: dueOn,
    })
    await log(deps, q, file, actor, 'case.forwarded', {
      round,
      from: file.case.sentTo ?? '',
      department: target.id,
      reason: input.reason,
      days: target.reviewDays,
    })
  })
}

/** The second of two clicks: this actor passed it on to this very department, where it still stands, and may not see it any more. */
async function isDone({ store }: Deps, q: Q, actor: Staff, { caseId, department }: Forwarding) {
  const { event, serviceCase } = store.t
  const [last] = await q
    .select({ data: event.data, sentTo: serviceCase.sentTo })
    .from(event)
    .innerJoin(serviceCase, eq(serviceCase.id, event.caseId))
    .where(and(eq(event.caseId, caseId), eq(event.kind, 'case.forwarded'), eq(event.actorId, actor.id)))
    .orderBy(desc(event.id))
    .limit(1)
  const target = last && (await departmentTyped(q, store.t, department))
  return (
    target !== undefined &&
    target !== null &&
    last?.sentTo === target.id &&
    last.data.department === target.id
  )
}
