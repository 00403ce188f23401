/** What a return says, at the places it means (SUB-4). */
import { type Issue, issue } from '#lib/domain/result.ts'
import { labelOfTarget, placeOfRow, type ReturnedLine, saidOf } from '#lib/readers/returned-lines.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import type { Desk } from './collection.ts'

/** What a return says at one place; `label` is what that place is called, '' for a row or page as a whole. */
export interface ReturnedIssue extends Issue {
  readonly rowId: string
  readonly label: string
  /** A register did not confirm it: no person has said anything yet (CHK-4). */
  readonly byMachine: boolean
}

/** What a return says of a section, as issues at their places; shown at the field until the section was edited. */
export function returnedIssues(desk: Desk, section: SectionId): ReturnedIssue[] {
  if (desk.file.case.state !== 'returned') return []
  return desk.file.findings
    .filter((finding) => finding.section === section && finding.round === desk.file.case.round)
    .map(({ rowId, target, reason, note, by }) => ({
      ...issue(target === '' ? null : target, 'finding', { reason, note }),
      rowId,
      label: labelOfTarget(section, desk.draft.rows(section), { rowId, target }),
      byMachine: by === null,
    }))
}

/** 毕业时间：学历信息与学信网不一致 */
export const returnedText = ({ label, params }: ReturnedIssue): string =>
  saidOf(label, { reason: String(params?.reason ?? ''), note: String(params?.note ?? '') })

/** Where a finding is mended: the page, and for a list the row (or the row that holds the nested one). */
export function whereMended(desk: Desk, section: SectionId, rowId: string) {
  const { row, place } = placeOfRow(section, desk.draft.rows(section), rowId)
  const href = row === null ? desk.places.step(section) : desk.places.row(section, row)
  return { href, place }
}

/** What a return says, page by page, with the way to each place and whether it was mended; a case of one page needs no way. */
export const returnedLines = (desk: Desk, sections: readonly SectionId[]): ReturnedLine[] =>
  sections.flatMap((section) => {
    const found = returnedIssues(desk, section)
    const mended = found.length > 0 && desk.draft.obstacles([section]).length === 0
    return found.map((one) => ({
      ...(sections.length === 1 ? { place: '' } : whereMended(desk, section, one.rowId)),
      text: returnedText(one),
      mended,
    }))
  })

/** The place of an issue of a nested row, seen from the page of the row that holds it. */
export function placedIn(row: Row, nestedKey: string | undefined, found: Issue & { rowId: string }): Issue[] {
  if (found.rowId === row.id) return [found]
  const nested = row.children?.some(({ id }) => id === found.rowId)
  return nested && nestedKey
    ? [{ ...found, at: found.at === null ? null : `${nestedKey}.${found.rowId}.${found.at}` }]
    : []
}
