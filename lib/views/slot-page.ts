import { paths } from '#lib/paths.ts'
import { parentRowId } from '#lib/readers/rows.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { sharedRow } from '#lib/sections/define.ts'
import { type DocumentKind, isDocumentKind } from '#lib/text/document-cases.ts'

/** The page a slot stands on, and its control there: where an upload comes back to. */
export interface SlotPage {
  readonly path: string
  readonly at: string
}

/** Where each case stands that is one page of pictures and words. */
export const documentPages: Readonly<Record<DocumentKind, string>> = {
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
  if (isDocumentKind(section)) return { path: documentPages[section], at: own }
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
