/** What is told of a row and never refused (EDU-6, WRK-5): on its page, in its list, and before it is sent. */
import type { Draft } from '#lib/readers/draft.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'
import { issueText } from '#lib/text/issues.ts'
import type { Desk } from './collection.ts'
import { whereMended } from './returned.ts'

/** Of a row that is stored, in words. */
export const warningsOf = ({ context }: Draft, section: SectionId, row: Row): readonly string[] =>
  row.rev > 0
    ? sectionById(section)
        .warnings(row, context)
        .map((one) => issueText(one))
    : []

export interface WarnedRow {
  readonly rowId: string
  readonly href: string
  /** The page, and the row in it. */
  readonly place: string
  readonly warnings: readonly string[]
}

/** The rows of these sections that there is something to be told of. */
export const warnedRows = (desk: Desk, sections: readonly SectionId[]): WarnedRow[] =>
  sections.flatMap((section) =>
    desk.draft.rows(section).flatMap((row) => {
      const warnings = warningsOf(desk.draft, section, row)
      return warnings.length === 0 ? [] : [{ rowId: row.id, ...whereMended(desk, section, row.id), warnings }]
    }),
  )
