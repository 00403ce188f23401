/** Faults of what is typed: every field and every rule of every section, from `faultsOf`. */
import { collection as kind } from '#lib/cases/collection.ts'
import { type Fault, faultsOf } from '#lib/readers/faults.ts'
import { readForm } from '#lib/readers/read-form.ts'
import { asPosted, filledForm, sampleRows } from '#lib/readers/sample.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { type Context, mainRow, type Row } from '#lib/sections/define.ts'
import { issueText } from '#lib/text/issues.ts'
import { samplePersons, type Variant, variants } from '#lib/text/samples.ts'
import { type SectionWords, sectionWords } from '#lib/text/sections.ts'
import { calm, laid, sampleCollection } from './bases.ts'
import type { Collection, Rows } from './collection.ts'
import { type Entry, over } from './entry.ts'

const ofSection: Readonly<Partial<Record<SectionId, string>>> = {
  department: 'DEP-1',
  scope: 'SCO-1',
  basic: 'BAS-5',
  education: 'EDU-1',
  employment: 'WRK-1',
  qualifications: 'QUA-1',
}
/** Where a rule of its own says more than that of the section. */
const ofCode: Readonly<Record<string, string>> = {
  'education.period-order': 'EDU-2',
  'education.before-birth': 'EDU-2',
  'education.period-crossing': 'EDU-2',
  'education.month-future': 'EDU-2',
  'education.student-needs-obtained': 'EDU-4',
  'education.situation-student-needs-current': 'EDU-4',
  'education.scope-needs-doctor': 'SCO-2',
  'education.certificate-number-characters': 'EDU-6',
  'education.certificate-number-length': 'EDU-6',
  'employment.period-order': 'WRK-5',
  'employment.before-birth': 'WRK-5',
  'employment.period-crossing': 'WRK-5',
  'employment.posts-required': 'WRK-2',
  'employment.post-outside-job': 'WRK-2',
  'employment.appointed-outside-job': 'WRK-3',
  'employment.scope-needs-accounting-work': 'SCO-2',
  'employment.situation-employed-needs-current': 'WRK-5',
  'qualifications.scope-needs-qualification': 'SCO-2',
  'qualifications.scope-needs-crossover': 'SCO-2',
}
const ofField: Readonly<Record<string, string>> = {
  'department.situation': 'DEP-2',
  'department.household': 'DEP-2',
  'employment.work': 'WRK-2',
  'employment.title': 'WRK-3',
  'employment.appointed': 'WRK-3',
}

const inShort: Readonly<Record<string, string>> = {
  required: '没有填',
  'too-long': '太长',
  'too-short': '太短',
  'not-offered': '不在选项里',
  'month-invalid': '不是年月',
  'month-future': '晚于本月',
  'period-crossing': '与另一条交叉',
  'certificate-number-length': '超过 30 个字符',
  'credit-code-length': '不是 18 位',
  'credit-code-alphabet': '有不会出现的字母',
}

function labelOf(section: SectionId, at: string): string {
  const words: SectionWords = sectionWords[section]
  const key = at.split('.').at(-1) ?? ''
  return (at.includes('.') ? words.nested?.fields : words.fields)?.[key]?.label ?? ''
}

const whatOf = (section: SectionId, { at, code }: Fault): string => {
  const { title } = sectionWords[section]
  const label = at === null ? '' : labelOf(section, at)
  const fault = inShort[code] ?? issueText({ at, code, params: {} }, { label }).split(/[，。；]/)[0]
  return [title, label, fault].filter((word) => word !== '').join(' · ')
}

const variantOf = ({ person }: Context): Variant =>
  variants.find((variant) => samplePersons[variant].birth === person.birth) ?? 'employed'

/** Where a fault leaves it open, the first pages say what these rows call for. */
const situationOf = (rows: readonly Row[]) =>
  rows.some(({ values }) => values.end === 'ongoing') ? 'employed' : 'other'
const scopeOf = (rows: readonly Row[]) =>
  rows.some(({ values }) => values.accounting === 'yes') ? 'accounting_staff' : 'junior_candidate'

/** The rows in a collection whose other pages say what the rules are to know; `sound` are the rows without the fault. */
function around(
  section: SectionId,
  { rows, context }: Pick<Fault, 'rows' | 'context'>,
  sound: readonly Row[],
): Collection {
  const variant = variantOf(context)
  // The first pages say themselves what the others are judged by.
  if (sectionById(section).shape === 'form') return sampleCollection(variant, { [section]: rows })
  const { situation, household, scope, department } = context
  const said: Rows = {
    department: laid(sampleRows('department'), mainRow, {
      situation: situation || situationOf(sound),
      household,
      departmentId: department?.id ?? '',
    }),
    scope: laid(sampleRows('scope'), mainRow, { scope: scope || scopeOf(sound) }),
  }
  return calm({ ...said, [section]: rows }, variant)
}

/** As the form of the page carries it: some wrong values cannot be posted, or are posted as nothing. */
const carried = (section: SectionId, rows: readonly Row[], context: Context) =>
  JSON.stringify(
    rows.map((row) => readForm(sectionById(section), asPosted(filledForm(section, row, context)), row)),
  )

function entriesOf(section: SectionId): Entry[] {
  const seen = new Set<string>()
  return faultsOf(section).flatMap((fault) => {
    const { rows, context, sound, at, code } = fault
    const key = (at ?? '').split('.').at(-1) ?? ''
    const place = (at ?? 'list').replace(/\.row\w+\./, '.')
    const typed = carried(section, rows, context)
    const same = typed === carried(section, sound.rows, sound.context) && fault.at !== null
    if (same || (fault.at !== null && seen.has(typed))) return []
    seen.add(typed)
    const rule = ofCode[`${section}.${code}`] ?? ofField[`${section}.${key}`] ?? ofSection[section] ?? ''
    const base = around(section, sound, sound.rows)
    return [
      over(
        base,
        { id: `${section}.${place}.${code}`, rule, what: whatOf(section, fault), expected: 'field', code },
        around(section, fault, sound.rows),
      ),
    ]
  })
}

/** Two faults of one kind in one place are told apart by a number. */
function numbered(entries: readonly Entry[]): Entry[] {
  const counts = new Map<string, number>()
  return entries.map((entry) => {
    const count = (counts.get(entry.id) ?? 0) + 1
    counts.set(entry.id, count)
    return count === 1 ? entry : { ...entry, id: `${entry.id}.${count}` }
  })
}

export const typedFaults = (): Entry[] => numbered(kind.sections.flatMap(entriesOf))
