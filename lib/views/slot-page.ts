import { paths } from '#lib/paths.ts'
import { parentRowId } from '#lib/readers/rows.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { sharedRow } from '#lib/sections/define.ts'

/** The page a slot stands on, and its control there: where an upload comes back to. */
export interface SlotPage {
  readonly path: string
  readonly at: string
}

/** Cases that are one page of pictures and words, by their one section. */
const documentPages: Readonly<Partial<Record<SectionId, string>>> = {
  identity: paths.identityPictures,
  correction: paths.accountCorrection,
  appeal: paths.accountAppeal,
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
  const documents = documentPages[section]
  if (documents) return { path: documents, at: own }
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
