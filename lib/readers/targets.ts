/** What a reviewer may point at in a section of a frozen round: what is shown, and every file that can be asked for (REV-4). */
import { isSectionId, type SectionId, sectionById } from '#lib/sections/all.ts'
import { mainRow, type Section, type Slots, sharedRow } from '#lib/sections/define.ts'
import { targetWords } from '#lib/text/review.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import type { AnswerRow, AnswerSection } from './answers.ts'
import { type Snapshot, sectionOf } from './snapshot.ts'

export interface Target {
  readonly rowId: string
  /** A field key, `slot:<slot>`, or '' for the row or section as a whole. */
  readonly target: string
  readonly label: string
  /** The title of its row; '' for the section itself. */
  readonly group: string
}

/** How a target stands in a form: the row and what is meant in it. Row ids hold no slash. */
export const targetKey = ({ rowId, target }: Pick<Target, 'rowId' | 'target'>) => `${rowId}/${target}`

/** A slot is listed whether or not it holds a file: naming it is how a proof is asked for (EDU-3). */
const slotTargets = (slots: Slots, rowId: string, group: string, words: SectionWords): Target[] =>
  Object.keys(slots).map((slot) => ({
    rowId,
    target: `slot:${slot}`,
    label: words.slots[slot]?.label ?? slot,
    group,
  }))

function rowTargets(section: Section, row: AnswerRow, words: SectionWords): Target[] {
  const isList = section.shape === 'list'
  const nestedSlots = section.nested?.slots ?? {}
  return [
    ...(isList ? [{ rowId: row.id, target: '', label: targetWords.row, group: row.title }] : []),
    ...row.answers.map(({ key, label }) => ({ rowId: row.id, target: key, label, group: row.title })),
    ...slotTargets(section.slots, row.id, row.title, words),
    ...row.children.flatMap((child) => {
      const group = `${row.title} ${child.title}`
      return [
        { rowId: child.id, target: '', label: targetWords.row, group },
        ...child.answers.map(({ key, label }) => ({ rowId: child.id, target: key, label, group })),
        ...slotTargets(nestedSlots, child.id, group, words),
      ]
    }),
  ]
}

/** `shown` is the section as the round froze it; the section itself comes first. */
export function targetsOf(id: SectionId, shown: AnswerSection | undefined): Target[] {
  const section = sectionById(id)
  const words: SectionWords = sectionWords[id]
  const whole = section.shape === 'form' ? mainRow : sharedRow
  return [
    { rowId: whole, target: '', label: targetWords.section, group: '' },
    ...slotTargets(section.sharedSlots, sharedRow, '', words),
    ...(shown?.rows ?? []).flatMap((row) => rowTargets(section, row, words)),
  ]
}

export const targetsIn = (
  sections: readonly string[],
  snapshot: Snapshot,
): ReadonlyMap<string, readonly Target[]> =>
  new Map(sections.filter(isSectionId).map((id) => [id, targetsOf(id, sectionOf(snapshot, id))]))
