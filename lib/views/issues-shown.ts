/** What the list at the top of a page says: every issue once, with the words of its control. */
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import type { SlotView } from '#lib/readers/slots.ts'
import { issueText } from '#lib/text/issues.ts'

export interface ShownIssue {
  readonly at: string | null
  readonly text: string
  readonly href?: string
}

/** Issues at controls, in the order of the page, then those at none. */
export function shownIssues(
  fields: readonly FieldView[],
  slots: readonly SlotView[],
  others: readonly Issue[],
  { slotsFirst = false } = {},
): ShownIssue[] {
  const ofFields = fields.flatMap(({ name, errors }) => errors.map((text) => ({ at: name, text })))
  const ofSlots = slots.flatMap(({ at, errors }) => errors.map((text) => ({ at, text })))
  return [
    ...(slotsFirst ? [...ofSlots, ...ofFields] : [...ofFields, ...ofSlots]),
    ...others.map((found) => ({ at: found.at, text: issueText(found), ...linkOf(found) })),
  ]
}

/** Where an issue about another page is mended. */
function linkOf({ at, code, params }: Issue): { href?: string } {
  if (code === 'identity-required') return { href: paths.identity }
  if (at?.startsWith('section:')) return { href: paths.collectionStep(String(params?.section ?? '')) }
  return {}
}
