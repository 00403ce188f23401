/** What a return says, at the places it means (SUB-4). */
import { type Issue, issue } from '#lib/domain/result.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import type { Desk } from './collection.ts'

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
export function placedIn(row: Row, nestedKey: string | undefined, found: Issue & { rowId: string }): Issue[] {
  if (found.rowId === row.id) return [found]
  const nested = row.children?.some(({ id }) => id === found.rowId)
  return nested && nestedKey
    ? [{ ...found, at: found.at === null ? null : `${nestedKey}.${found.rowId}.${found.at}` }]
    : []
}
