import { paths } from '#lib/paths.ts'
import { parentRowId } from '#lib/readers/rows.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { sharedRow } from '#lib/sections/define.ts'
import { type DocumentKind, isDocumentKind } from '#lib/text/document-cases.ts'
import { placesOf } from './desk-places.ts'

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

/** `desk` is the word the address carries; see `placesOf`. */
export function slotPage(
  { section, rowId, slot }: { section: SectionId; rowId: string; slot: string },
  desk = '',
): SlotPage {
  const places = placesOf(desk)
  const own = `slot:${slot}`
  if (isDocumentKind(section)) return { path: documentPages[section], at: own }
  if (sectionById(section).shape === 'form' || rowId === sharedRow)
    return { path: places.step(section), at: own }
  const parent = parentRowId(rowId)
  return parent === null
    ? { path: places.row(section, rowId), at: own }
    : {
        path: places.row(section, parent),
        at: `${sectionById(section).nested?.key}.${rowId}.${own}`,
      }
}
