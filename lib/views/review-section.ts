/** One section of a round as a reviewer looks at it: answers, pictures, changes, machine facts, opinions (REV-3, REV-4). */
import type { Claim } from '#db/queries/claims.ts'
import type { AnswerRow, AnswerSection } from '#lib/readers/answers.ts'
import type { FieldChange } from '#lib/readers/diff.ts'
import type { Fact } from '#lib/readers/facts.ts'
import type { Target } from '#lib/readers/targets.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { sharedRow } from '#lib/sections/define.ts'

export interface FindingView {
  readonly round: number
  readonly section: string
  readonly rowId: string
  readonly target: string
  readonly reason: string
  readonly note: string
  /** What it points at, in words. */
  readonly place: string
  /** It was there to be seen before, and was not said (一次性告知). */
  readonly late: boolean
}
export interface PictureView {
  /** Its place among all pictures of the round, from 1. */
  readonly number: number
  readonly fileId: string
  readonly rowId: string
  readonly slot: string
  readonly label: string
  readonly group: string
  readonly changed: boolean
  /** What is to be said of this very picture (CHK-3). */
  readonly facts: readonly FactView[]
}
export interface RemovedView {
  readonly label: string
  readonly before: string
  readonly mask: AnswerRow['answers'][number]['mask']
}
export interface VerdictView {
  readonly passed: boolean
  readonly by: string
  readonly at: Date
  /** The round it was given in, where it was carried over; 0 otherwise. */
  readonly carriedFrom: number
}
/** Something a machine says of the round, with the field or picture it speaks of in words (CHK-3). */
export interface FactView extends Fact {
  readonly place: string
}
export type ClaimView = Pick<
  Claim,
  'section' | 'kind' | 'state' | 'why' | 'fields' | 'notes' | 'source' | 'answered' | 'failingSince' | 'at'
>
export interface SectionView {
  readonly id: string
  /** Null for what registration knew: shown, not judged. */
  readonly judged: SectionId | null
  readonly answers: AnswerSection
  readonly pictures: readonly PictureView[]
  /** Deleted since, as promised when they were asked for (IDV-4): the round keeps the words only. */
  readonly picturesGone: boolean
  /** `rowId/key` of what changed since the last return, and what it was; null where it was nothing. */
  readonly changed: ReadonlyMap<string, string | null>
  readonly removed: readonly RemovedView[]
  /** By `rowId/key`: the field a machine check speaks of. */
  readonly claims: ReadonlyMap<string, ClaimView>
  readonly facts: readonly FactView[]
  readonly verdict: VerdictView | null
  readonly findings: readonly FindingView[]
  readonly previous: readonly FindingView[]
  readonly targets: readonly Target[]
}

const flat = (rows: readonly AnswerRow[], group = ''): (AnswerRow & { group: string })[] =>
  rows.flatMap((row) => {
    const title = [group, row.title].filter((part) => part !== '').join(' ')
    return [{ ...row, group: title }, ...flat(row.children, title)]
  })

export function picturesOf(
  section: AnswerSection,
  changes: readonly FieldChange[],
  facts: readonly FactView[] = [],
): PictureView[] {
  const changed = new Set(changes.map(({ rowId, key }) => `${rowId}/${key}`))
  const shared = { id: sharedRow, slots: section.shared, group: '' }
  // In the order of the page: what proves a whole list stands below it.
  return [...flat(section.rows), shared].flatMap(({ id, slots, group }) =>
    slots.flatMap(({ slot, label, files }) =>
      files.map((fileId) => ({
        number: 0,
        fileId,
        rowId: id,
        slot,
        label,
        group,
        changed: changed.has(`${id}/slot:${slot}`),
        facts: facts.filter(({ rowId, params }) => rowId === id && params.file === fileId),
      })),
    ),
  )
}

/** Counts the pictures of a round through, in the order of its sections. */
export function numbered<S extends { readonly pictures: readonly PictureView[] }>(
  sections: readonly S[],
): S[] {
  let last = 0
  return sections.map((section) => ({
    ...section,
    pictures: section.pictures.map((picture) => ({ ...picture, number: ++last })),
  }))
}

/** What is said of a round's section, each with its place: in words as `targetsOf` has them, or as it is shown. */
export function factViews(
  facts: readonly Fact[],
  answers: AnswerSection,
  targets: readonly Target[],
): FactView[] {
  const shown = flat(answers.rows).flatMap((row) =>
    row.answers.map(({ key, label }) => ({ rowId: row.id, target: key, label, group: row.group })),
  )
  return facts
    .filter(({ section }) => section === answers.section)
    .map((fact) => ({
      ...fact,
      place: fact.target === '' ? '' : placeOf(targets.length > 0 ? targets : shown, fact.rowId, fact.target),
    }))
}

export function removedOf(before: AnswerSection | undefined, changes: readonly FieldChange[]): RemovedView[] {
  const rows = flat(before?.rows ?? [])
  return changes.flatMap(({ rowId, key, before: was, after }) => {
    if (after !== null || was === null) return []
    const row = rows.find(({ id }) => id === rowId)
    const answer = row?.answers.find((one) => one.key === key)
    const slots = rowId === sharedRow ? before?.shared : row?.slots
    const label = answer?.label ?? slots?.find(({ slot }) => `slot:${slot}` === key)?.label ?? key
    return [
      {
        label: [row?.group ?? '', label].filter((part) => part !== '').join(' · '),
        before: answer ? was : '',
        mask: answer?.mask,
      },
    ]
  })
}

export const placeOf = (targets: readonly Target[], rowId: string, target: string) => {
  const found = targets.find((one) => one.rowId === rowId && one.target === target)
  return found ? [found.group, found.label].filter((part) => part !== '').join(' · ') : ''
}
