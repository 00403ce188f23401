/** What an echo kept of a form of rows, laid over what is stored. */
import type { echoOf } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { readForm } from '#lib/readers/read-form.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row } from '#lib/sections/define.ts'

type Kept = Awaited<ReturnType<typeof echoOf>>

/** What an echo kept of this very row, in place of what is stored: where nothing was saved, or saved elsewhere since. */
export const typedOf = (echo: Kept, section: SectionId, stored: Row): Row =>
  echo && isOf(echo, stored) ? readForm(sectionById(section), new Form(echo.values), stored) : stored

const isOf = (echo: NonNullable<Kept>, row: Row) => echo.values.row?.[0] === row.id

/**
 * The edit a form stands on: what was saved elsewhere since its values were kept is shown before it is overwritten (COL-4). After a
 * session that ended it is the one it was filled from; what was refused is saved all the same, which is one edit more at most
 * (COL-3); beside what was stale the newer one is shown already.
 */
export function revOf(echo: Kept, stored: Row): number {
  if (!echo || !isOf(echo, stored) || echo.notice === 'stale') return stored.rev
  const from = Number(echo.values.rev?.[0] ?? stored.rev)
  return Math.min(echo.notice === 'signed-out' ? from : from + 1, stored.rev)
}

/** The echo whose values the form of this row shows, or ''. */
export const keptOf = (echo: Kept, stored: Row): string => (echo && isOf(echo, stored) ? echo.id : '')

/** Changes when the form has to be drawn anew: an upload's echo leaves what is typed beside it alone. */
export const formKey = (echo: Kept, stored: Row): string => keptOf(echo, stored) || `edit-${stored.rev}`
