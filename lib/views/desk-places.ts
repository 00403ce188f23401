/** Where the pages of a draft stand: those of the wizard (COL), of a 信息变更 (CHG), or the one of an application about the record. */
import { type ApplicationKind, isApplicationKind } from '#lib/domain/applications.ts'
import { changedSection } from '#lib/domain/changes.ts'
import { paths } from '#lib/paths.ts'

export type DeskKind = 'collection' | 'change' | 'application'

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

/** The page of each kind that has one alone. */
export const applicationPages: Readonly<Record<ApplicationKind, string>> = {
  transfer: paths.transferNew,
  credit: paths.creditNew,
  award: paths.conductAward,
  objection: paths.conductObjection,
}
const applicationPage = (section: string) =>
  isApplicationKind(section) ? applicationPages[section] : paths.home

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
  application: {
    kind: 'application',
    step: applicationPage,
    row: applicationPage,
    exit: (section) => `${applicationPage(section)}?done=saved#main`,
    outcome: applicationPage,
  },
}

const isDeskKind = (kind: string): kind is DeskKind => Object.hasOwn(places, kind)

/** By the word a form posts along; whatever is no such word is the wizard. */
export const placesOf = (kind: string): DeskPlaces => places[isDeskKind(kind) ? kind : 'collection']

/** By the kind of a case. */
export function placesOfCase(kind: string): DeskPlaces {
  if (isApplicationKind(kind)) return places.application
  return places[changedSection(kind) === null ? 'collection' : 'change']
}
