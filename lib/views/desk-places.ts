/** Where the pages of a draft stand: those of the wizard (COL), or those of a 信息变更 (CHG). */
import { changedSection } from '#lib/domain/changes.ts'
import { paths } from '#lib/paths.ts'

export type DeskKind = 'collection' | 'change'

export interface DeskPlaces {
  readonly kind: DeskKind
  /** The page of a section. */
  readonly step: (section: string) => string
  readonly row: (section: string, rowId: string) => string
  /** After 保存并退出. */
  readonly exit: (section: string) => string
  /** Where the case stands, once it cannot be edited. */
  readonly outcome: (section: string) => string
}

const places: Readonly<Record<DeskKind, DeskPlaces>> = {
  collection: {
    kind: 'collection',
    step: paths.collectionStep,
    row: paths.collectionRow,
    exit: () => `${paths.collection}?saved=1#main`,
    outcome: () => paths.collectionStep('outcome'),
  },
  change: {
    kind: 'change',
    step: paths.changeEdit,
    row: paths.changeRow,
    exit: (section) => `${paths.changes(section, { done: 'saved' })}#main`,
    outcome: (section) => paths.changes(section),
  },
}

/** By the word a form posts along; whatever is no such word is the wizard. */
export const placesOf = (kind: string): DeskPlaces => places[kind === 'change' ? 'change' : 'collection']

/** By the kind of a case. */
export const placesOfCase = (kind: string): DeskPlaces =>
  places[changedSection(kind) === null ? 'collection' : 'change']
