/** Turns rows into readable answers: what the check page, the snapshot, the reviewer and the print show. */
import { isDay } from '#lib/domain/days.ts'
import { ongoing } from '#lib/domain/months.ts'
import { isSectionId } from '#lib/sections/all.ts'
import type { Context, Field, Fields, Row, Section, Slots } from '#lib/sections/define.ts'
import { sharedRow, valueOf } from '#lib/sections/define.ts'
import { dayWords, monthWords } from '#lib/text/dates.ts'
import { optionWord } from '#lib/text/options.ts'
import { regionFullName } from '#lib/text/regions.ts'
import { common, rowTitle, type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { applies, type Placed } from './examine.ts'

export interface Answer {
  readonly key: string
  readonly label: string
  readonly shown: string
  /** Masked for those who need not see it whole. */
  readonly mask?: Field['seal'] | Field['mask']
}
export interface AnswerSlot {
  readonly slot: string
  readonly label: string
  readonly files: readonly string[]
}
export interface AnswerRow {
  readonly id: string
  readonly title: string
  readonly answers: readonly Answer[]
  readonly slots: readonly AnswerSlot[]
  readonly children: readonly AnswerRow[]
}
export interface AnswerSection {
  readonly section: string
  readonly title: string
  readonly rows: readonly AnswerRow[]
  readonly shared: readonly AnswerSlot[]
}

/** Names that are data, not words: of the department chosen. */
export interface Names {
  readonly department: string
}

function shownOf(field: Field, value: string, names: Names): string {
  if (value === '') return common.blank
  switch (field.kind) {
    case 'text':
      return value
    case 'choice':
      return optionWord(field.set, value)
    case 'month':
      return value === ongoing ? common.ongoing[field.orOngoing ?? 'to-date'] : monthWords(value)
    case 'day':
      return isDay(value) ? dayWords(value) : value
    case 'region':
      return regionFullName(value)
    case 'declaration':
      return common.yes
    case 'department':
      return names.department
  }
}

const answersOfFields = (
  fields: Fields,
  row: Row,
  words: Readonly<Record<string, { label: string }>>,
  context: Context,
  names: Names,
): Answer[] =>
  Object.entries(fields)
    .filter(([, field]) => applies(field, row.values, context))
    .filter(([key, field]) => field.kind !== 'declaration' || valueOf(row, key) !== '')
    .map(([key, field]) => {
      const mask = field.seal ?? field.mask
      return {
        key,
        label: words[key]?.label ?? key,
        shown: shownOf(field, valueOf(row, key), names),
        ...(mask ? { mask } : {}),
      }
    })

const slotsOf = (
  slots: Slots,
  rowId: string,
  words: Readonly<Record<string, { label: string }>>,
  files: readonly Placed[],
) =>
  Object.keys(slots)
    .map((slot) => ({
      slot,
      label: words[slot]?.label ?? slot,
      files: files.filter((file) => file.rowId === rowId && file.slot === slot).map(({ fileId }) => fileId),
    }))
    .filter((slot) => slot.files.length > 0)

/** The whole section as a reader sees it, files beside the row they prove. */
export function answersOf(
  section: Section,
  rows: readonly Row[],
  context: Context,
  files: readonly Placed[],
  names: Names,
): AnswerSection {
  const id = section.id
  if (!isSectionId(id)) throw new Error(`unknown section ${id}`)
  const words: SectionWords = sectionWords[id]
  const { nested } = section
  return {
    section: id,
    title: words.title,
    shared: slotsOf(section.sharedSlots, sharedRow, words.slots, files),
    rows: rows.map((row, index) => ({
      id: row.id,
      title: section.shape === 'form' ? '' : rowTitle(id, index + 1),
      answers: answersOfFields(section.fields, row, words.fields, context, names),
      slots: slotsOf(section.slots, row.id, words.slots, files),
      children:
        nested?.when(row.values, context) && words.nested
          ? (row.children ?? []).map((child, position) => ({
              id: child.id,
              title: `${words.nested?.title ?? ''} ${position + 1}`,
              answers: answersOfFields(nested.fields, child, words.nested?.fields ?? {}, context, names),
              slots: slotsOf(nested.slots, child.id, words.slots, files),
              children: [],
            }))
          : [],
    })),
  }
}
