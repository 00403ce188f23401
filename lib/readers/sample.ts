/** Valid rows of every section, the context they are judged in, and the form and files that carry them: for tests and the demo. */
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { type Context, mainRow, type Row, type Section, type Slots, sharedRow } from '#lib/sections/define.ts'
import { samplePersons, samples, type Variant } from '#lib/text/samples.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { contextOf } from './context.ts'
import { type Placed, slotNeed } from './examine.ts'
import { type FieldView, fieldsOf } from './fields.ts'
import { monthParts } from './month-parts.ts'
import type { Posted } from './read-form.ts'

/** The rows of one made-up person; `employed` lives and works in 广州市天河区 and is of class (一). */
export const sampleRows = (section: SectionId, variant: Variant = 'employed'): readonly Row[] =>
  samples[variant][section].map(({ id, values, children }) => ({
    id,
    rev: 1,
    values,
    ...(children ? { children: children.map((child) => ({ ...child, rev: 1 })) } : {}),
  }))

/** What the rules know while that person's rows are judged. */
export const sampleContext = (overrides: Partial<Context> = {}, variant: Variant = 'employed'): Context => ({
  ...contextOf({
    today: '2026-11-20',
    person: samplePersons[variant],
    rows: (section) => (section === 'department' || section === 'scope' ? sampleRows(section, variant) : []),
    department: { id: '440106', regionCode: '440106', selectable: true, acceptedProofs: ['resume'] },
    findings: [],
    failed: [],
  }),
  ...overrides,
})

/** One file for every slot that these rows must fill. File ids are `<row>-<slot>`. */
export function sampleFiles(section: Section, rows: readonly Row[], context: Context): Placed[] {
  const needed = (slots: Slots, scene: { row: Row; parent?: Row }) =>
    Object.entries(slots)
      .filter(([key, slot]) => slotNeed(section, key, slot, { rows, ...scene }, context) === 'required')
      .map(([slot]) => ({ rowId: scene.row.id, slot, fileId: `${scene.row.id}-${slot}` }))
  const { nested } = section
  return [
    ...rows.flatMap((row) => [
      ...needed(section.slots, { row }),
      ...(nested?.when(row.values, context)
        ? (row.children ?? []).flatMap((child) => needed(nested.slots, { row: child, parent: row }))
        : []),
    ]),
    ...needed(section.sharedSlots, { row: { id: sharedRow, rev: 0, values: {} } }),
  ]
}

/** What a browser posts for one control. */
function posted({ kind, name, value }: FieldView): [string, string][] {
  switch (kind) {
    case 'month': {
      const { year, month, open } = monthParts(value)
      return open
        ? [[`${name}.open`, '1']]
        : [
            [`${name}.year`, year],
            [`${name}.month`, month],
          ]
    }
    case 'department':
      return value.split('/').map((id, index) => [`${name}.${index + 1}`, id])
    case 'declaration':
      return value === '' ? [] : [[name, value]]
    default:
      return [[name, value]]
  }
}

/** The form of a row, filled in: the names its page renders and the row's values. */
export function filledForm(section: SectionId, row: Row, context: Context): Readonly<Record<string, string>> {
  const { fields, nested } = sectionById(section)
  const words: SectionWords = sectionWords[section]
  const views = [
    ...fieldsOf(fields, words.fields, row, [], context),
    ...(nested
      ? (row.children ?? []).flatMap((child) =>
          fieldsOf(
            nested.fields,
            words.nested?.fields ?? {},
            child,
            [],
            context,
            `${nested.key}.${child.id}.`,
          ),
        )
      : []),
  ]
  return Object.fromEntries(views.flatMap(posted))
}

export const asPosted = (form: Readonly<Record<string, string>>): Posted => ({
  get: (name) => (Object.hasOwn(form, name) ? form[name] : null),
})

/** One of these rows: `main` of a form, `row001` … of a list. Throws where there is none. */
export const sampleRow = (section: SectionId, rowId = mainRow, variant: Variant = 'employed'): Row => {
  const found = sampleRows(section, variant).find(({ id }) => id === rowId)
  if (!found) throw new Error(`no sample row ${rowId} of ${section}`)
  return found
}
