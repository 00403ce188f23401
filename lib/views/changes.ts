/** What a person sees of 信息变更 (CHG): the record as it is, a change under way, and those that were sent. */

import { accountById } from '#db/queries/accounts.ts'
import { type CaseFile, caseFacts, caseFile, departmentFacts, newestCase } from '#db/queries/case-file.ts'
import { latestCases, openBase, openSnapshot, roundAt } from '#db/queries/cases.ts'
import { changesOf } from '#db/queries/changes.ts'
import { openRecord } from '#db/queries/records.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { type CaseState, isEditable, isUnderReview } from '#lib/domain/case-states.ts'
import { type ChangeSection, changeKindOf, changeSections } from '#lib/domain/changes.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isWithdrawable } from '#lib/policy/case-policy.ts'
import type { AnswerSection } from '#lib/readers/answers.ts'
import {
  changedAnswers,
  changeObstacles,
  isFaulted,
  isListed,
  touchedRows,
  waysOf,
} from '#lib/readers/changes.ts'
import { claimsIn } from '#lib/readers/claims.ts'
import { diffAnswers } from '#lib/readers/diff.ts'
import { recordDraft } from '#lib/readers/draft.ts'
import type { ReturnedLine } from '#lib/readers/returned-lines.ts'
import { sectionOf } from '#lib/readers/snapshot.ts'
import { changeWords } from '#lib/text/changes.ts'
import { obstaclesBefore } from './application.ts'
import { type Desk, deskOf } from './collection.ts'
import { returnedLines } from './returned.ts'
import { removedOf } from './review-section.ts'
import { ownState, type TaskState } from './task-state.ts'
import { warnedRows } from './warnings.ts'

/** Whether an address or a form names a page of the record that can be changed. */
export const isChangePage = (page: string): page is ChangeSection => changeSections.some((id) => id === page)
export { changeSections } from '#lib/domain/changes.ts'

/** The change of a page that is not at its end; null where there is none. */
async function openChange(deps: Deps, actor: Applicant, page: ChangeSection): Promise<CaseFile | null> {
  const { read, t } = deps.store
  const newest = await newestCase(read, t, deps.keys, actor.id, changeKindOf(page))
  const isOver = newest === null || ['approved', 'refused', 'cancelled'].includes(newest.case.state)
  return isOver ? null : newest.load()
}

/** How far a change has come; `mended`: returned, with nothing left that its return named (SUB-4). */
function standingOf(state: CaseState, returned: readonly ReturnedLine[]): keyof typeof changeWords.states {
  if (isUnderReview(state)) return 'underReview'
  if (state !== 'returned') return 'draft'
  return returned.length > 0 && returned.every(({ mended }) => mended) ? 'mended' : 'returned'
}

/** How far the changes under way are, by page: what the list of pages marks. */
export async function changeMarks(
  deps: Deps,
  actor: Applicant,
): Promise<ReadonlyMap<ChangeSection, TaskState>> {
  const cases = await latestCases(deps.store.read, deps.store.t, actor.id)
  return new Map(
    changeSections.flatMap((page) => {
      const state = ownState(cases.get(changeKindOf(page)))
      return state === 'free' ? [] : [[page, state]]
    }),
  )
}

/** A page of the record as it is, and how far a change of it has come; null before there is a record (CHG-1). */
export async function changePage(deps: Deps, actor: Applicant, page: ChangeSection) {
  const { read, t } = deps.store
  const record = await openRecord(read, t, deps.keys, actor.id)
  if (!record) return null
  const account = await accountById(read, t, deps.keys, actor.id)
  if (!account) throw notFound()
  const now = deps.clock.now()
  const department = await departmentFacts(read, t, record.departmentId)
  const draft = recordDraft({ account, department, ...record }, dayOf(now))
  const file = await openChange(deps, actor, page)
  const returned = file ? returnedLines(deskOf(deps, file), [page]) : []
  const obstacles = await obstaclesBefore(deps, actor.id, changeKindOf(page), file)
  return {
    page,
    approvedAt: record.approvedAt,
    /** What keeps a change from being sent (TRF-1): nothing begins then. */
    obstacles,
    mayChange: obstacles.length === 0 && !(file && isUnderReview(file.case.state)),
    answers: changedAnswers(page, draft),
    open: file && {
      caseId: file.case.id,
      state: standingOf(file.case.state, returned),
      dueOn: file.case.dueOn,
      withdrawable: isWithdrawable(caseFacts(file), now),
      reasons: returned.map(({ text }) => text),
    },
  }
}

/** The draft of a change on the desk, with what it would alter; null where there is none that can be edited. */
export async function changeDesk(deps: Deps, actor: Applicant, page: ChangeSection) {
  const file = await openChange(deps, actor, page)
  if (!file?.record || !isEditable(file.case.state)) return null
  const desk: Desk = deskOf(deps, file)
  const department = await departmentFacts(deps.store.read, deps.store.t, file.record.departmentId)
  const before = recordDraft({ account: file.account, department, ...file.record }, desk.draft.context.today)
  const [base, next] = [changedAnswers(page, before), changedAnswers(page, desk.draft)]
  const differences = diffAnswers(base, next)
  const touched = touchedRows(differences)
  const waitsFor = await obstaclesBefore(deps, actor.id, changeKindOf(page), file)
  return {
    desk,
    lines: linesOf(base, next),
    /** What has to end before it can be submitted at all. */
    waitsFor,
    /** Of what the change adds or alters: told once more before it is sent (EDU-6, WRK-5). */
    warned: warnedRows(desk, [page]).filter(({ rowId }) => touched.has(rowId)),
    /** What of it has to be mended first. */
    obstacles: changeObstacles(page, before, desk.draft, collection.sections),
    /** 自动审核 is foretold only where no register could be asked first (CHG-4). */
    automatic:
      waitsFor.length === 0 &&
      !isFaulted(file.findings) &&
      isListed(page, differences, deps.env.automaticChanges) &&
      claimsIn([page], desk.draft, file.account).every(({ rowId }) => !touched.has(rowId)),
  }
}

interface ChangeLine {
  readonly key: string
  readonly row: string
  readonly label: string
  readonly before: string
  readonly after: string
}

/** Files stand as ids with spaces between them. */
const countOf = (files: string | null) => (files === null || files === '' ? 0 : files.split(' ').length)

const flat = (rows: AnswerSection['rows']): AnswerSection['rows'] =>
  rows.flatMap((row) => [row, ...flat(row.children)])

/** What differs, one line for each field or picture, as it was and as it would be. */
function linesOf(before: AnswerSection, after: AnswerSection): ChangeLine[] {
  const placeIn = (section: AnswerSection, rowId: string, key: string) => {
    const row = flat(section.rows).find(({ id }) => id === rowId)
    const slots = rowId === 'all' ? section.shared : (row?.slots ?? [])
    const answer = row?.answers.find((one) => one.key === key)
    const slot = slots.find((one) => `slot:${one.slot}` === key)
    return answer || slot
      ? { row: row?.title ?? '', label: answer?.label ?? slot?.label ?? key, isFile: slot !== undefined }
      : null
  }
  return diffAnswers(before, after).map(({ rowId, key, before: was, after: is }) => {
    const place = placeIn(after, rowId, key) ?? placeIn(before, rowId, key)
    const [old, now] = [countOf(was), countOf(is)]
    const said = (text: string | null, count: number, replaced: boolean) =>
      count > 0 && place?.isFile ? changeWords.edit.pictures(count, replaced) : (text ?? '')
    return {
      key: `${rowId}/${key}`,
      row: place?.row ?? '',
      label: place?.label ?? key,
      before: said(was, old, false),
      after: said(is, now, old === now),
    }
  })
}

const changeRecordsPage = 20

/** 变更记录 (CHG-3): what was sent of a page, newest first. */
export async function changeRecords(deps: Deps, actor: Applicant, page: ChangeSection, after: string) {
  const { read, t } = deps.store
  const found = await changesOf(read, t, actor.id, changeKindOf(page), after, changeRecordsPage + 1)
  const rows = found.slice(0, changeRecordsPage)
  return {
    rows: rows.map(({ case: one, round }) => {
      const ways = waysOf(
        openBase(deps.keys, round) ?? undefined,
        sectionOf(openSnapshot(deps.keys, round), page),
      )
      return {
        caseId: one.id,
        number: one.number ?? '',
        state: one.state,
        byRule: round.outcome === 'approved' && round.decidedBy === null,
        ways: [...new Set(ways.values())],
        submittedAt: round.submittedAt,
      }
    }),
    next: found.length > changeRecordsPage ? (rows.at(-1)?.case.id ?? null) : null,
  }
}

/** 详情 of one of them: the page as it was sent, with what it changed; `not-found` for anybody else's. */
export async function changeRecord(deps: Deps, actor: Applicant, page: ChangeSection, caseId: string) {
  const { read, t } = deps.store
  const file = await caseFile(read, t, deps.keys, caseId)
  if (!file || file.case.personId !== actor.id || file.case.kind !== changeKindOf(page)) throw notFound()
  const round = await roundAt(read, t, caseId, file.case.round)
  if (!round) throw notFound()
  const base = openBase(deps.keys, round) ?? undefined
  const answers = sectionOf(openSnapshot(deps.keys, round), page)
  if (!answers) throw notFound()
  const changes = diffAnswers(base, answers)
  return {
    number: file.case.number ?? '',
    state: file.case.state,
    submittedAt: round.submittedAt,
    byRule: round.outcome === 'approved' && round.decidedBy === null,
    answers,
    changed: new Map(changes.map(({ rowId, key, before }) => [`${rowId}/${key}`, before])),
    removed: removedOf(base, changes),
    ways: waysOf(base, answers),
    reasons:
      file.case.state === 'returned' ? returnedLines(deskOf(deps, file), [page]).map(({ text }) => text) : [],
  }
}
