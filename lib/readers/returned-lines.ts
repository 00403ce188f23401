/** A finding in the words and with the place its applicant reads (SUB-4); the preview of a return is made of the same (REV-4). */
import { issue } from '#lib/domain/result.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { issueText } from '#lib/text/issues.ts'
import { rowTitle, type SectionWords, sectionWords } from '#lib/text/sections.ts'

interface Held {
  readonly id: string
  readonly children?: readonly { readonly id: string }[]
}
interface Spot {
  readonly rowId: string
  readonly target: string
}

export interface ReturnedLine {
  /** The page, and for a list the row or the one that holds the nested row; '' where the case has one page only. */
  readonly place: string
  readonly text: string
  /** Where it is mended, for who can. */
  readonly href?: string
  /** Its page was saved since, whatever of it, and could be sent as it is (SUB-4). */
  readonly mended?: boolean
}

/** What a field or slot is called; '' for a row or page as a whole. */
export function labelOfTarget(section: SectionId, rows: readonly Held[], { rowId, target }: Spot): string {
  const words: SectionWords = sectionWords[section]
  if (target.startsWith('slot:')) return words.slots[target.slice('slot:'.length)]?.label ?? ''
  const isNested = rows.some(({ children }) => children?.some(({ id }) => id === rowId))
  return (isNested ? words.nested?.fields[target] : words.fields[target])?.label ?? ''
}

/** 毕业时间：学历信息与学信网不一致 */
export const saidOf = (label: string, { reason, note }: { reason: string; note: string }): string =>
  [label, issueText(issue(null, 'finding', { reason, note }))].filter((part) => part !== '').join('：')

/** The row of a list that a finding is mended at, and what page and row are called; no row for a page as a whole. */
export function placeOfRow(section: SectionId, rows: readonly Held[], rowId: string) {
  const title = sectionWords[section].title
  if (sectionById(section).shape === 'form') return { row: null, place: title }
  const index = rows.findIndex((row) => row.id === rowId || row.children?.some(({ id }) => id === rowId))
  const row = rows[index]
  return row
    ? { row: row.id, place: `${title} · ${rowTitle(section, index + 1)}` }
    : { row: null, place: title }
}

/** As the applicant will read it after a return. */
export const returnedLine = (
  section: SectionId,
  rows: readonly Held[],
  found: Spot & { readonly reason: string; readonly note: string },
  { isOnePage }: { readonly isOnePage: boolean },
): ReturnedLine => ({
  place: isOnePage ? '' : placeOfRow(section, rows, found.rowId).place,
  text: saidOf(labelOfTarget(section, rows, found), found),
})
