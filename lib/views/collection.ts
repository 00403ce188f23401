/** What the pages of the wizard show (COL). Every page loads the case once and asks the same readers as saving does. */

import { hasConsented } from '#db/queries/accounts.ts'
import { type CaseFile, caseFile } from '#db/queries/case-file.ts'
import { latestCase } from '#db/queries/cases.ts'
import {
  departmentById,
  departmentChain,
  departmentsUnder,
  departmentTyped,
} from '#db/queries/departments.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isEditable } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { type Condition, conditionOf } from '#lib/readers/conditions.ts'
import { type Draft, draftOf } from '#lib/readers/draft.ts'
import { issuesOf } from '#lib/readers/examine.ts'
import { type FieldView, fieldsOf } from '#lib/readers/fields.ts'
import { blankRow, isRowId } from '#lib/readers/rows.ts'
import { type SlotView, type StoredPicture, slotsOf } from '#lib/readers/slots.ts'
import type { Standing } from '#lib/readers/standing.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { mainRow, type Row, sharedRow } from '#lib/sections/define.ts'
import { issueText } from '#lib/text/issues.ts'
import { registrationAnswers } from '#lib/text/registration.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { type RowMark, rowMark } from './row-checks.ts'

export type CollectionStep = (typeof collection.sections)[number] | 'outcome'
export const collectionSteps: readonly CollectionStep[] = [...collection.sections, 'outcome']
export const isCollectionStep = (step: string): step is CollectionStep =>
  collectionSteps.some((id) => id === step)

export interface StepLine {
  readonly step: CollectionStep
  readonly standing: Standing | null
  readonly optional: boolean
}

/** A case open on the desk: what was loaded, and what the rules say of it. */
export interface Desk {
  readonly file: CaseFile
  readonly draft: Draft
  readonly editable: boolean
  readonly steps: readonly StepLine[]
}

/** The person's collection, or null before it was begun and after a draft was ended. */
export async function collectionDesk(deps: Deps, actor: Applicant): Promise<Desk | null> {
  const { read, t } = deps.store
  const found = await latestCase(read, t, actor.id, 'collection')
  const file = found && found.state !== 'cancelled' ? await caseFile(read, t, deps.keys, found.id) : null
  return file ? deskOf(deps, file) : null
}

export function deskOf(deps: Deps, file: CaseFile): Desk {
  const draft = draftOf(file, dayOf(deps.clock.now()))
  const steps = collectionSteps.map((step): StepLine => {
    if (step === 'outcome') return { step, standing: null, optional: false }
    const standing = draft.standing(step)
    return { step, standing, optional: standing === 'empty' && issuesOf(draft.examine(step)).length === 0 }
  })
  return { file, draft, editable: isEditable(file.case.state), steps }
}

const pictures = (file: CaseFile): ReadonlyMap<string, StoredPicture> =>
  new Map(
    file.files.map(({ fileId, attachmentId, name, width, height, bytes }) => [
      fileId,
      { id: fileId, attachmentId, name, width, height, bytes },
    ]),
  )

/** What a return says at one place; `label` is what that place is called, '' for a row or page as a whole. */
export interface ReturnedIssue extends Issue {
  readonly rowId: string
  readonly label: string
  /** A register did not confirm it: no person has said anything yet (CHK-4). */
  readonly byMachine: boolean
}

function labelOf(desk: Desk, section: SectionId, { rowId, target }: { rowId: string; target: string }) {
  const words: SectionWords = sectionWords[section]
  if (target.startsWith('slot:')) return words.slots[target.slice('slot:'.length)]?.label ?? ''
  const isNested = desk.draft.rows(section).some(({ children }) => children?.some(({ id }) => id === rowId))
  return (isNested ? words.nested?.fields[target] : words.fields[target])?.label ?? ''
}

/** What a return says of a section, as issues at their places; shown at the field until the section was edited. */
export function returnedIssues(desk: Desk, section: SectionId): ReturnedIssue[] {
  if (desk.file.case.state !== 'returned') return []
  return desk.file.findings
    .filter((finding) => finding.section === section && finding.round === desk.file.case.round)
    .map(({ rowId, target, reason, note, by }) => ({
      ...issue(target === '' ? null : target, 'finding', { reason, note }),
      rowId,
      label: labelOf(desk, section, { rowId, target }),
      byMachine: by === null,
    }))
}

/** The place of an issue of a nested row, seen from the page of the row that holds it. */
function placedIn(row: Row, nestedKey: string | undefined, found: Issue & { rowId: string }): Issue[] {
  if (found.rowId === row.id) return [found]
  const nested = row.children?.some(({ id }) => id === found.rowId)
  return nested && nestedKey
    ? [{ ...found, at: found.at === null ? null : `${nestedKey}.${found.rowId}.${found.at}` }]
    : []
}

export interface NestedView {
  readonly id: string
  readonly fields: readonly FieldView[]
  readonly slots: readonly SlotView[]
}
export interface RowView {
  readonly rowId: string
  readonly rev: number
  readonly stored: boolean
  readonly fields: readonly FieldView[]
  readonly slots: readonly SlotView[]
  readonly nested: readonly NestedView[]
  /** What makes the nested rows count. */
  readonly nestedWhen: Condition | null
  readonly warnings: readonly string[]
  /** Issues that stand at no control of this page. */
  readonly others: readonly Issue[]
}

/** A row as a page shows it; `typed` is what an echo kept in place of what is stored. */
export function rowView(
  desk: Desk,
  section: SectionId,
  stored: Row,
  typed: Row,
  issues: readonly Issue[],
): RowView {
  const definition = sectionById(section)
  const words: SectionWords = sectionWords[section]
  const { draft, file } = desk
  const rows = draft.rows(section)
  const all = [
    ...issues,
    ...(draft.state(section).awaitsMending
      ? returnedIssues(desk, section).flatMap((found) => placedIn(stored, definition.nested?.key, found))
      : []),
  ]
  const given = {
    caseId: file.case.id,
    context: draft.context,
    placed: draft.files(section),
    pictures: pictures(file),
    issues: all,
  }
  const { nested } = definition
  const fields = fieldsOf(definition.fields, words.fields, typed, all, draft.context)
  const slots = slotsOf(definition, definition.slots, words.slots, { row: stored, rows }, given)
  const children = nested
    ? (typed.children ?? []).map((child) => {
        const prefix = `${nested.key}.${child.id}.`
        const kept = stored.children?.find(({ id }) => id === child.id)
        return {
          id: child.id,
          fields: fieldsOf(nested.fields, words.nested?.fields ?? {}, child, all, draft.context, prefix),
          slots: kept
            ? slotsOf(
                definition,
                nested.slots,
                words.slots,
                { row: kept, rows, parent: stored },
                { ...given, prefix },
              )
            : [],
        }
      })
    : []
  const shown = new Set([
    ...fields.map(({ name }) => name),
    ...slots.map(({ at }) => at),
    ...children.flatMap((child) => [
      ...child.fields.map(({ name }) => name),
      ...child.slots.map(({ at }) => at),
    ]),
  ])
  return {
    rowId: stored.id,
    rev: stored.rev,
    stored: stored.rev > 0,
    fields,
    slots,
    nested: children,
    nestedWhen: conditionOf(nested?.when, definition.fields, draft.context),
    warnings: stored.rev > 0 ? definition.warnings(stored, draft.context).map((one) => issueText(one)) : [],
    others: all.filter(({ at }) => at === null || !shown.has(at)),
  }
}

/** The only row of a form page. */
export const mainRowOf = (desk: Desk, section: SectionId): Row =>
  desk.draft.rows(section).find(({ id }) => id === mainRow) ?? blankRow(sectionById(section), mainRow)

/** A row of a list, or the blank one a fresh id stands for; `not-found` for what is no row id. */
export function listRowOf(desk: Desk, section: SectionId, rowId: string): Row {
  if (!isRowId(rowId)) throw notFound()
  return desk.draft.rows(section).find(({ id }) => id === rowId) ?? blankRow(sectionById(section), rowId)
}

export interface ListRowView {
  readonly row: Row
  readonly position: number
  readonly title: string
  readonly problems: number
  readonly returned: boolean
  readonly crossing: boolean
  /** How it stands with the registers (CHK-1). */
  readonly mark: RowMark | null
  readonly answers: AnswerSection['rows'][number]
}
export interface ListView {
  readonly rows: readonly ListRowView[]
  readonly shared: readonly SlotView[]
  readonly issues: readonly Issue[]
}

/** A list page: its rows with how far each is, and the slots they share. */
export function listView(desk: Desk, section: SectionId, issues: readonly Issue[]): ListView {
  const definition = sectionById(section)
  const words: SectionWords = sectionWords[section]
  const { draft, file } = desk
  const rows = draft.rows(section)
  const examined = draft.examine(section)
  const answers = answersOf(definition, rows, draft.context, draft.files(section), { department: '' })
  const returned = returnedIssues(desk, section)
  const waiting = draft.state(section).awaitsMending
  return {
    rows: rows.map((row, index) => {
      const found = examined.rows.get(row.id) ?? []
      const shown = answers.rows[index]
      if (!shown) throw new Error('a row without answers')
      return {
        row,
        position: index + 1,
        title: shown.title,
        problems: found.length,
        returned: waiting && returned.some((one) => placedIn(row, definition.nested?.key, one).length > 0),
        crossing: found.some(({ code }) => code === 'period-crossing'),
        mark: rowMark(desk, section, row),
        answers: shown,
      }
    }),
    shared: slotsOf(
      definition,
      definition.sharedSlots,
      words.slots,
      { row: { id: sharedRow, rev: 0, values: {} }, rows },
      {
        caseId: file.case.id,
        context: draft.context,
        placed: draft.files(section),
        pictures: pictures(file),
        issues: [...issues, ...(waiting ? returned.filter(({ rowId }) => rowId === sharedRow) : [])],
      },
    ),
    issues,
  }
}

/** What keeps a list page from being left by 保存并下一步: its own issues, and one for each row that is not ready. */
export async function listObstacles(
  deps: Deps,
  actor: Applicant,
  section: SectionId,
): Promise<readonly Issue[]> {
  const desk = await collectionDesk(deps, actor)
  if (!desk) throw notFound()
  const { rows, list } = desk.draft.examine(section)
  return [
    ...list,
    ...desk.draft.rows(section).flatMap((row, index) => {
      const count = rows.get(row.id)?.length ?? 0
      return count === 0 ? [] : [issue(`row:${row.id}`, 'row-incomplete', { position: index + 1, count })]
    }),
  ]
}

/** The three selects of DEP-1 as far as the choice leads: a stored node, or what the selects said (`a/b/c`). */
export async function departmentLevels(deps: Deps, chosen: string) {
  const { read, t } = deps.store
  const node = chosen.includes('/')
    ? await departmentTyped(read, t, chosen)
    : chosen === ''
      ? null
      : await departmentById(read, t, chosen)
  const chain = node ? await departmentChain(read, t, node) : []
  const levels = [await departmentsUnder(read, t, null)]
  for (const { id } of chain) {
    const below = await departmentsUnder(read, t, id)
    if (below.length === 0) break
    levels.push(below)
  }
  return {
    levels: levels.map((level) => level.map(({ id, name }) => ({ id, label: name }))),
    chain: chain.map(({ id }) => id),
    fullName: node?.fullName ?? '',
  }
}

export const collectionConsent = (deps: Deps, actor: Applicant) =>
  hasConsented(deps.store.read, deps.store.t, actor.id, 'collection')

/** Everything to be checked before it is sent (SUB-1). */
export function checkAnswers(desk: Desk): AnswerSection[] {
  const names = { department: desk.file.department?.fullName ?? '' }
  return [
    registrationAnswers(desk.file.account),
    ...collection.sections.map((id) =>
      answersOf(sectionById(id), desk.draft.rows(id), desk.draft.context, desk.draft.files(id), names),
    ),
  ]
}

/** Active nodes beneath one, for the cascade with script. */
export const departmentOptions = async (deps: Deps, parentId: string) =>
  (await departmentsUnder(deps.store.read, deps.store.t, parentId)).map(({ id, name }) => ({
    id,
    label: name,
  }))
