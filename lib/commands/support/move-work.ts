/** What becomes of a case whose department has closed (ADM-1). */
import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import { sectionContext } from '#db/queries/cases.ts'
import type { Department } from '#db/queries/departments.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Q } from '#db/store.ts'
import { remove, update } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { isOfOffice } from '#lib/domain/conduct.ts'
import { dayOf } from '#lib/domain/days.ts'
import { stale } from '#lib/domain/errors.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { newId } from '#lib/ids.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { mainRow, type Row, valueOf } from '#lib/sections/define.ts'
import { cancelWhere } from './cancel-cases.ts'
import { changeCase, log, nextState } from './case-work.ts'
import { moveRounds } from './figures.ts'
import { notifyOfCase } from './notify.ts'
import { releasedLease } from './review-work.ts'

/** The kind of job that moves what a closed department still holds. */
export const moveJob = 'move-department'

/**
 * Passes an open case on from a closed department, locked and read before. Under review it begins anew there, out of every
 * reviewer's hands and with a clock of its own; otherwise it goes there once its applicant sends it.
 */
export async function moveCase(
  deps: Deps,
  q: Q,
  file: CaseFile,
  from: string,
  target: Department,
): Promise<void> {
  const { t } = deps.store
  const { id, departmentId, sentTo, state } = file.case
  const places = {
    departmentId: departmentId === from ? target.id : departmentId,
    sentTo: sentTo === from ? target.id : sentTo,
  }
  await rewriteChoice(deps, q, file, from, target.id)
  await moveRounds(deps, q, id, target.id, (one) => one.departmentId === from)
  // Whoever looks after it now sees what was sent there.
  await update(q, t.caseRound, { caseId: id, departmentId: from }, { departmentId: target.id })
  if (await isNeedless(deps, q, { ...file.case, ...places }, from, target))
    return endNeedless(deps, q, file, target, places)
  if (isUnderReview(state) && sentTo === from) return beginAnew(deps, q, file, from, target, places)
  await changeCase(deps, q, file, places)
  await notifyOfCase(deps, q, { ...file, department: null }, 'department-merged', {
    department: target.fullName,
  })
  await log(deps, q, file, null, 'case.department-merged', { from, department: target.id })
}

const movesPerson = ({ kind }: Pick<CaseFile['case'], 'kind'>) =>
  caseKinds[kind].department === 'from-record-to-chosen'

/** Whether a 调转 under review leads nowhere any more: the department it is to end at is the one that keeps the record. */
export async function isNeedless(
  { store }: Deps,
  q: Q,
  one: Pick<CaseFile['case'], 'kind' | 'state' | 'personId' | 'departmentId'>,
  from: string,
  target: Department,
): Promise<boolean> {
  if (!movesPerson(one) || !isUnderReview(one.state)) return false
  const home = await departmentOfRecord(q, store.t, one.personId)
  return one.departmentId === (home === from ? target.id : home)
}

type Places = Pick<CaseFile['case'], 'departmentId' | 'sentTo'>

/** A 调转 whose two departments have become one: nobody moves anywhere (TRF-1). */
async function endNeedless(deps: Deps, q: Q, file: CaseFile, target: Department, places: Places) {
  await changeCase(deps, q, file, places)
  await cancelWhere(deps, q, eq(deps.store.t.serviceCase.id, file.case.id), { reason: 'departments-merged' })
  await notifyOfCase(deps, q, file, 'transfer-needless', { department: target.fullName })
}

/** As `forwardCase` does it, but that nobody chose this case and machine checks go on. */
async function beginAnew(
  deps: Deps,
  q: Q,
  file: CaseFile,
  from: string,
  target: Department,
  places: Places,
): Promise<void> {
  const { t } = deps.store
  const { id, round, stage, state, dueOn } = file.case
  // TRF-3: what 调出地 has confirmed, another department has; it stays confirmed.
  // Who entered a 处罚 has entered it all the same (AWD-1).
  const keepsStage = movesPerson(file.case) || isOfOffice(file.case.kind)
  // CHK-1: a register is failing, and the clock stands still until it answers.
  const isPaused = state === 'checking' && dueOn === ''
  const due = isPaused
    ? ''
    : addWorkingDays(dayOf(deps.clock.now()), target.reviewDays, await deps.calendar())
  await changeCase(deps, q, file, {
    ...releasedLease,
    ...places,
    state: state === 'checking' ? state : nextState(file, 'forward'),
    stage: keepsStage ? stage : 1,
    secondLookAt: null,
    dueOn: due,
  })
  // It is judged there from the first stage on, whoever let it pass here.
  if (!keepsStage) await remove(q, t.stagePass, { caseId: id, round })
  await remove(q, t.finding, { caseId: id, round })
  await remove(q, t.verdict, { caseId: id, round })
  await notifyOfCase(deps, q, { ...file, department: null }, 'case-forwarded', {
    department: target.fullName,
    due,
  })
  await log(deps, q, file, null, 'case.forwarded', {
    round,
    from,
    department: target.id,
    reason: 'department-closed',
    days: target.reviewDays,
  })
  if (isPaused) await pauseAgain(deps, q, file)
}

/** The clock that begins anew stands still like the one before; ids sort by their millisecond, and the log is read in that order. */
function pauseAgain({ clock, store }: Deps, q: Q, { case: { id, personId, round } }: CaseFile) {
  const at = new Date(clock.now().getTime() + 1)
  return record(q, store.t, {
    id: newId(at),
    kind: 'clock.paused',
    personId,
    caseId: id,
    data: { round },
    at,
  })
}

/** The page on which its applicant chose a department; of a 信息变更 it is the record's, which moves with its person. */
function chosenOn({ case: { kind } }: CaseFile): SectionId | null {
  const { department, sections } = caseKinds[kind]
  return department === 'chosen' || department === 'from-record-to-chosen' ? (sections[0] ?? null) : null
}

/** What its applicant sees on page 1 is where the case stands now; that mends nothing a return found wrong there. */
export async function rewriteChoice(
  deps: Deps,
  q: Q,
  file: CaseFile,
  from: string,
  to: string,
): Promise<void> {
  const { caseSection } = deps.store.t
  const section = chosenOn(file)
  const chosen = section === null ? undefined : file.proposals.get(section)
  const rows = chosen?.rows.map(
    (row): Row =>
      row.id === mainRow && valueOf(row, 'departmentId') === from
        ? { ...row, rev: row.rev + 1, values: { ...row.values, departmentId: to } }
        : row,
  )
  if (section === null || !chosen || !rows || rows.every((row, index) => row === chosen.rows[index])) return
  const [written] = await q
    .update(caseSection)
    .set({
      rowsSealed: deps.keys.seal(JSON.stringify(rows), sectionContext(file.case.id, section)),
      version: chosen.version + 1,
      updatedAt: deps.clock.now(),
    })
    .where(
      and(
        eq(caseSection.caseId, file.case.id),
        eq(caseSection.section, section),
        eq(caseSection.version, chosen.version),
      ),
    )
    .returning({ version: caseSection.version })
  if (!written) throw stale()
}
