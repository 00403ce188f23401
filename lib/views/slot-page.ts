import { paths } from '#lib/paths.ts'
import { parentRowId } from '#lib/readers/rows.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { sharedRow } from '#lib/sections/define.ts'

/** The page a slot stands on, and its control there: where an upload comes back to. */
export interface SlotPage {
  readonly path: string
  readonly at: string
}

export function slotPage({
  section,
  rowId,
  slot,
}: {
  section: SectionId
  rowId: string
  slot: string
}): SlotPage {
  const own = `slot:${slot}`
  if (section === 'identity') return { path: paths.identityPictures, at: own }
  if (sectionById(section).shape === 'form' || rowId === sharedRow)
    return { path: paths.collectionStep(section), at: own }
  const parent = parentRowId(rowId)
  return parent === null
    ? { path: paths.collectionRow(section, rowId), at: own }
    : {
        path: paths.collectionRow(section, parent),
        at: `${sectionById(section).nested?.key}.${rowId}.${own}`,
      }
}
