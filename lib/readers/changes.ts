/** A 信息变更 against the record it was made from (CHG): what would be, what differs, what the rules say of it. */

import { type ChangeSection, changedSection } from '#lib/domain/changes.ts'
import type { Issue } from '#lib/domain/result.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { type AnswerSection, answersOf } from './answers.ts'
import { diffAnswers, type FieldChange } from './diff.ts'
import type { Draft } from './draft.ts'

const noNames = { department: '' }

/** The page of a draft that is changed, as answers. */
export const changedAnswers = (section: ChangeSection, draft: Draft): AnswerSection =>
  answersOf(sectionById(section), draft.rows(section), draft.context, draft.files(section), noNames)

/** What is wrong with a page: of the list as a whole, and by row. */
function faultsOf(draft: Draft, page: SectionId): string[] {
  const { list, rows } = draft.examine(page)
  const named = (rowId: string, issues: readonly Issue[]) =>
    issues.map(({ at, code }) => [rowId, at ?? '', code].join('/'))
  return [...named('', list), ...[...rows].flatMap(([rowId, issues]) => named(rowId, issues))]
}

/**
 * What keeps the record from being as the change would have it: what is wrong with any page of it, but for what is wrong
 * with the record as it is. The page that is changed has to be right as a whole.
 */
export function changeObstacles(
  section: ChangeSection,
  before: Draft,
  after: Draft,
  /** Of the whole record. */
  pages: readonly SectionId[],
): readonly Issue[] {
  return pages.flatMap((page) => {
    const known = new Set(faultsOf(before, page))
    const isWorse = page === section || faultsOf(after, page).some((fault) => !known.has(fault))
    return isWorse ? after.obstacles([page]) : []
  })
}

/** Rows that the change adds or alters; registers are asked about these alone. */
export function touchedRows(changes: readonly FieldChange[]): ReadonlySet<string> {
  return new Set(changes.filter(({ after }) => after !== null).map(({ rowId }) => rowId))
}

/** CHG-4: whether a setting (`section.field`) lists all that differs, so that nobody needs to look at it. */
export const isListed = (
  section: ChangeSection,
  changes: readonly FieldChange[],
  listed: ReadonlySet<string>,
): boolean => changes.every(({ key }) => listed.has(`${section}.${key}`))

/** A person found fault with it before: it is for a person to see whether that still holds (REV-4). */
export const isFaulted = (findings: readonly { readonly by: string | null }[]): boolean =>
  findings.some(({ by }) => by !== null)

/** 变更方式 (CHG-3). */
export type ChangeWay = 'added' | 'altered' | 'removed'

/** By row: what became of it. Rows of a list that are gone have no field left, rows that are new had none. */
export function waysOf(before: AnswerSection | undefined, after: AnswerSection | undefined) {
  const idsOf = (section: AnswerSection | undefined) => new Set((section?.rows ?? []).map(({ id }) => id))
  const [old, now] = [idsOf(before), idsOf(after)]
  const changed = new Set(diffAnswers(before, after).map(({ rowId }) => rowId))
  const ways = new Map<string, ChangeWay>()
  for (const id of old) if (!now.has(id)) ways.set(id, 'removed')
  for (const id of now) if (!old.has(id)) ways.set(id, 'added')
  const parentOf = new Map(
    [...(before?.rows ?? []), ...(after?.rows ?? [])].flatMap((row) =>
      row.children.map((child) => [child.id, row.id] as const),
    ),
  )
  for (const id of changed) {
    const row = parentOf.get(id) ?? id
    if (!ways.has(row)) ways.set(row, 'altered')
  }
  return ways
}

/** The page a case changes; throws for another kind. */
export function changedPage(kind: string): ChangeSection {
  const section = changedSection(kind)
  if (section === null) throw new Error('not a change of the record')
  return section
}
