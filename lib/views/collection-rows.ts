/** What a page of the wizard shows of its rows: fields, slots, and how far each is (COL-2). */
import type { CaseFile } from '#db/queries/case-file.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { type Condition, conditionOf } from '#lib/readers/conditions.ts'
import { isProofUnknown } from '#lib/readers/examine.ts'
import { type FieldView, fieldsOf } from '#lib/readers/fields.ts'
import { blankRow, isRowId } from '#lib/readers/rows.ts'
import { type SlotView, type StoredPicture, slotsOf } from '#lib/readers/slots.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { emptyRow, mainRow, type Row, sharedRow } from '#lib/sections/define.ts'
import { wordsFor } from '#lib/text/words-for.ts'
import type { Desk } from './collection.ts'
import { placedIn, returnedIssues } from './returned.ts'
import { type RowMark, rowMark } from './row-checks.ts'
import { warningsOf } from './warnings.ts'

const pictures = (file: CaseFile): ReadonlyMap<string, StoredPicture> =>
  new Map(
    file.files.map(({ fileId, attachmentId, name, width, height, bytes }) => [
      fileId,
      { id: fileId, attachmentId, name, width, height, bytes },
    ]),
  )

const deskWord = ({ places }: Desk) => (places.kind === 'collection' ? '' : places.kind)

export interface NestedView {
  readonly id: string
  readonly fields: readonly FieldView[]
  readonly slots: readonly SlotView[]
}
export interface RowView {
  readonly rowId: string
  readonly rev: number
  readonly stored: boolean
  /** What is stored says what it has to be proven by. */
  readonly provable: boolean
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
  const { draft, file } = desk
  const words = wordsFor(section, draft.context.person.idType)
  const rows = draft.rows(section)
  const all = [
    ...issues,
    ...(draft.state(section).awaitsMending
      ? returnedIssues(desk, section).flatMap((found) => placedIn(stored, definition.nested?.key, found))
      : []),
  ]
  const given = {
    caseId: file.case.id,
    desk: deskWord(desk),
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
    provable:
      stored.rev > 0 &&
      !isProofUnknown(definition, { row: stored, rows, files: draft.files(section) }, draft.context),
    fields,
    slots,
    nested: children,
    nestedWhen: conditionOf(nested?.when, definition.fields, draft.context),
    warnings: warningsOf(draft, section, stored),
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
  /** There is something to be told of it (EDU-6, WRK-5). */
  readonly warned: boolean
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
  const { draft, file } = desk
  const words = wordsFor(section, draft.context.person.idType)
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
        warned: warningsOf(draft, section, row).length > 0,
        mark: rowMark(desk, section, row),
        answers: shown,
      }
    }),
    shared: slotsOf(
      definition,
      definition.sharedSlots,
      words.slots,
      { row: emptyRow(sharedRow), rows },
      {
        caseId: file.case.id,
        desk: deskWord(desk),
        context: draft.context,
        placed: draft.files(section),
        pictures: pictures(file),
        issues: [...issues, ...(waiting ? returned.filter(({ rowId }) => rowId === sharedRow) : [])],
      },
    ),
    issues,
  }
}
