/** Rows that break exactly one rule each: what the contract test holds every section to. */
import { nameLimits } from '#lib/schemas/name.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Context, Field, Fields, Row, Section, Values } from '#lib/sections/define.ts'
import { variants } from '#lib/text/samples.ts'
import { applies } from './examine.ts'
import { sampleContext, sampleRow, sampleRows } from './sample.ts'

/** Rows, and what the rules know while they are judged. */
interface Judged {
  readonly rows: readonly Row[]
  readonly context: Context
}

/** `examine(section, rows, context)` yields exactly one issue `{at, code}` at each of `rowIds` (null = the list). */
export interface Fault extends Judged {
  readonly name: string
  /** The same without the fault: nothing is wrong with it. */
  readonly sound: Judged
  readonly rowIds: readonly (string | null)[]
  readonly at: string | null
  readonly code: string
}

/** One row by itself, in a context where no rule over the list asks for more. */
interface Scene {
  readonly row: Row
  readonly context: Context
}
const calm = { situation: '', scope: '', household: '440100' } as const
const scenesOf = (section: SectionId): Scene[] =>
  variants.flatMap((variant) =>
    sampleRows(section, variant).map((row) => ({ row, context: sampleContext(calm, variant) })),
  )

interface Wrong {
  readonly code: string
  readonly value: string
  /** What else the row must say for it to be wrong. */
  readonly beside?: Values
}

const wrongCreditCodes: readonly Wrong[] = [
  { code: 'credit-code-length', value: '91440101MA59ABCD1' },
  { code: 'credit-code-alphabet', value: '91440101MA59ABCDIO' },
  { code: 'credit-code-check-digit', value: '91440101MA59ABCD1E' },
  { code: 'credit-code-placeholder', value: '0'.repeat(18) },
]

/** Values that break the rules a field brings along, by `section.field`. */
const wrongByRule: Readonly<Record<string, readonly Wrong[]>> = {
  'basic.email': [
    { code: 'email-format', value: 'nobody@example' },
    { code: 'email-format', value: 'nobôdy@example.com' },
  ],
  'education.diplomaNo': [
    { code: 'certificate-number-characters', value: '1000_0120' },
    { code: 'certificate-number-length', value: '1'.repeat(31) },
  ],
  'education.degreeNo': [
    { code: 'certificate-number-characters', value: '1000_4201' },
    { code: 'certificate-number-length', value: '1'.repeat(31) },
  ],
  'employment.creditCode': wrongCreditCodes,
  'transfer.creditCode': wrongCreditCodes,
  'credit.quantity': [
    { code: 'quantity-format', value: '0' },
    { code: 'quantity-format', value: 'two' },
    { code: 'quantity-format', value: '2.5 d' },
    { code: 'quantity-format', value: '1000' },
    { code: 'quantity-format', value: '-' },
  ],
  'employment.employerPhone': [{ code: 'telephone-format', value: '020 1234 5678 ext' }],
  'qualifications.level': [{ code: 'not-offered', value: 'professor', beside: { kind: 'economics' } }],
  'correction.newName': [
    { code: 'name-characters', value: 'Ann \uFFFD' },
    { code: 'name-length', value: 'n'.repeat(nameLimits.maxCharacters + 1) },
  ],
  'correction.newNumber': [
    { code: 'id-length', value: '1101051949123100' },
    { code: 'id-region', value: '810000199408230021' },
    { code: 'id-check-digit', value: '110105194912310021' },
  ],
}

/** Whether a field brings a rule of its own, which then needs values that break it. */
export const hasOwnRule = (field: Field) =>
  (field.kind === 'text' && field.rule !== undefined) ||
  (field.kind === 'choice' && field.offered !== undefined)
export const ownFaultsOf = (place: string): readonly Wrong[] => wrongByRule[place] ?? []

const nextYear = '2027-01'

function wrongValues(place: string, field: Field): Wrong[] {
  const wrong: Wrong[] = field.optional ? [] : [{ code: 'required', value: '' }]
  switch (field.kind) {
    case 'text':
      if (!field.whole) wrong.push({ code: 'too-long', value: 'a'.repeat(field.max + 1) })
      if (field.min) wrong.push({ code: 'too-short', value: 'a'.repeat(field.min - 1) })
      break
    case 'choice':
      wrong.push({ code: 'not-offered', value: 'nothing-of-the-kind' })
      break
    case 'month':
      for (const value of ['2010-13', '2010-', '-09', '10-09', 'soon'])
        wrong.push({ code: 'month-invalid', value })
      if (!field.future) wrong.push({ code: 'month-future', value: nextYear })
      if (!field.orOngoing) wrong.push({ code: 'month-invalid', value: 'ongoing' })
      break
    case 'day':
      for (const value of ['2010-02-30', '2010-9-1', 'soon']) wrong.push({ code: 'day-invalid', value })
      wrong.push({ code: 'day-future', value: `${nextYear}-01` })
      break
    case 'region':
      for (const value of ['440000', '440106', '999900']) wrong.push({ code: 'not-offered', value })
      break
    case 'declaration':
      wrong.push({ code: 'not-offered', value: '2' })
      break
    case 'department':
      break
  }
  return [...wrong.filter(({ value, code }) => value !== '' || code === 'required'), ...ownFaultsOf(place)]
}

/** Of the rows in which a field counts, the first that answers it (a declaration: the first that does not). */
function where<T extends { values: Values; context: Context }>(
  key: string,
  field: Field,
  scenes: readonly T[],
): T {
  const counting = scenes.filter(({ values, context }) => applies(field, values, context))
  const answers = ({ values }: T) => (values[key] ?? '') !== ''
  const found = counting.find((scene) => answers(scene) !== (field.kind === 'declaration')) ?? counting[0]
  if (!found) throw new Error(`no sample row in which ${key} counts`)
  return found
}

const laidOver = (row: Row, values: Values): Row => ({ ...row, values: { ...row.values, ...values } })

function fieldFaults(
  section: SectionId,
  fields: Fields,
  scenes: readonly (Scene & { values: Values; lay: (values: Values) => Row; prefix: string })[],
): Fault[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const scene = where(key, field, scenes)
    return wrongValues(`${section}.${key}`, field).map(({ code, value, beside }) => ({
      name: `${scene.prefix}${key} = ${JSON.stringify(value.slice(0, 20))}: ${code}`,
      rows: [scene.lay({ ...beside, [key]: value })],
      context: scene.context,
      sound: { rows: [scene.lay({ ...beside })], context: scene.context },
      rowIds: [scene.row.id],
      at: scene.prefix + key,
      code,
    }))
  })
}

/** Rows that break a rule over the list, by `section.code`. */
export const listFaults: Readonly<Record<string, () => Omit<Fault, 'name' | 'code'>>> = {
  'education.period-crossing': () => crossing('education', 'graduated', '2008-10', 'enrolled'),
  'education.education-required': () => withoutRows([sampleRow('education', 'row002')]),
  'education.degree-not-yet-obtained': () => {
    const rows = sampleRows('education', 'student')
    const context = sampleContext(calm, 'student')
    const [studied, studying] = rows
    if (!studied || !studying) throw new Error('a student has two sample rows')
    const awarded = laidOver(studying, { degree: 'bachelor', degreeNo: '1000042026000456' })
    return {
      rows: [studied, awarded],
      context,
      sound: { rows, context },
      rowIds: [studying.id],
      at: 'degree',
    }
  },
  'education.student-needs-obtained': () =>
    withoutRows(sampleRows('education', 'student'), [sampleRow('education', 'row002', 'student')]),
  'education.situation-student-needs-current': () =>
    inOtherContext(sampleRows('education'), { situation: 'student' }),
  'education.scope-needs-doctor': () =>
    inOtherContext(sampleRows('education'), { scope: 'intermediate_candidate_phd' }),
  'employment.period-crossing': () => crossing('employment', 'end', '2016-04', 'start'),
  'employment.scope-needs-accounting-work': () =>
    inOtherContext([sampleRow('employment', 'row001')], { scope: 'accounting_staff' }),
  'employment.accounting-work-needs-scope': () =>
    inOtherContext([sampleRow('employment', 'row002')], { scope: 'junior_candidate' }),
  'employment.situation-other-has-current': () =>
    inOtherContext([sampleRow('employment', 'row002')], { situation: 'other' }),
  'employment.situation-employed-needs-current': () =>
    inOtherContext([sampleRow('employment', 'row001')], { situation: 'employed' }),
  'qualifications.scope-needs-qualification': () => inOtherContext([], { scope: 'qualified_not_practising' }),
  'qualifications.scope-needs-crossover': () =>
    inOtherContext(sampleRows('qualifications'), { scope: 'intermediate_candidate_crossover' }),
  'qualifications.qualification-twice': () => {
    const row = sampleRow('qualifications', 'row001')
    const context = sampleContext(calm)
    return {
      rows: [row, { ...row, id: 'row002' }],
      context,
      sound: { rows: [row], context },
      rowIds: ['row002'],
      at: 'certificateNo',
    }
  },
}

const ofTheList = { rowIds: [null], at: null }

/** What is left of sound rows is not enough. */
function withoutRows(all: readonly Row[], rows: readonly Row[] = []) {
  const context = sampleContext(calm)
  return { rows, context, sound: { rows: all, context }, ...ofTheList }
}

/** Sound rows that another page makes wrong. */
const inOtherContext = (rows: readonly Row[], change: Partial<Context>) => ({
  rows,
  context: sampleContext({ ...calm, ...change }),
  sound: { rows, context: sampleContext(calm) },
  ...ofTheList,
})

/** The first row runs on into the second: both are named. */
function crossing(section: SectionId, end: string, until: string, at: string) {
  const [first, second] = sampleRows(section)
  if (!first || !second) throw new Error(`two sample rows of ${section} are needed`)
  const context = sampleContext(calm)
  return {
    rows: [laidOver(first, { [end]: until }), second],
    context,
    sound: { rows: [first, second], context },
    rowIds: [first.id, second.id],
    at,
  }
}

/** A rule's `fault` may name another department than the context has. */
const inDepartment = (context: Context, { departmentId }: Values): Context =>
  departmentId === undefined
    ? context
    : {
        ...context,
        department: {
          id: departmentId,
          regionCode: departmentId,
          selectable: false,
          acceptedProofs: ['resume'],
        },
      }

/** Where a rule speaks, told by asking it: the fault is laid over the first row it breaks. */
function rowFaults(section: Section, scenes: readonly Scene[]): Fault[] {
  return section.rowRules.map(({ code, check, fault }) => {
    for (const { row, context: around } of scenes) {
      const [rows, context] = [[laidOver(row, fault)], inDepartment(around, fault)]
      const [found] = rows.flatMap((one) => check(one, context))
      if (found) {
        const sound = { rows: [row], context: around }
        return { name: `rule ${code}`, rows, context, sound, rowIds: [row.id], at: found.at, code }
      }
    }
    throw new Error(`the fault of ${section.id}.${code} breaks no sample row`)
  })
}

type Inner = Scene & { values: Values; lay: (values: Values) => Row; prefix: string; child: Row }
const innerScenes = (key: string, scenes: readonly Scene[]): Inner[] =>
  scenes.flatMap(({ row, context }) =>
    (row.children ?? []).map((child) => ({
      row,
      context,
      child,
      values: child.values,
      prefix: `${key}.${child.id}.`,
      lay: (values) => ({
        ...row,
        children: (row.children ?? []).map((one) => (one.id === child.id ? laidOver(one, values) : one)),
      }),
    })),
  )

/** Every way to break one rule of a section and no other. Codes of rules are those the rules declare. */
export function faultsOf(id: SectionId): Fault[] {
  const section = sectionById(id)
  const scenes = scenesOf(id)
  const outer = scenes.map(({ row, context }) => ({
    row,
    context,
    values: row.values,
    prefix: '',
    lay: (values: Values) => laidOver(row, values),
  }))
  const { nested } = section
  const inner = nested ? innerScenes(nested.key, scenes) : []
  const innerFaults = (nested?.rowRules ?? []).map(({ code, check, fault }) => {
    for (const scene of inner) {
      const [found] = check(laidOver(scene.child, fault), scene.row, scene.context)
      if (found)
        return {
          name: `rule ${scene.prefix}${code}`,
          rows: [scene.lay(fault)],
          context: scene.context,
          sound: { rows: [scene.row], context: scene.context },
          rowIds: [scene.row.id],
          at: `${scene.prefix}${found.at}`,
          code,
        }
    }
    throw new Error(`the fault of ${id}.${code} breaks no sample row`)
  })
  return [
    ...fieldFaults(id, section.fields, outer),
    ...(nested ? fieldFaults(id, nested.fields, inner) : []),
    ...rowFaults(section, scenes),
    ...innerFaults,
    ...section.listRules.flatMap(({ code }) => {
      const fault = listFaults[`${id}.${code}`]?.()
      return fault ? [{ name: `rule ${code}`, code, ...fault }] : []
    }),
  ]
}
