/** Sound collections: what every fault is laid over. Nothing stops one of them anywhere. */

import { collection as kind } from '#lib/cases/collection.ts'
import type { ClaimKind } from '#lib/domain/claims.ts'
import { subjectOf } from '#lib/domain/claims.ts'
import { contextOf } from '#lib/readers/context.ts'
import { sampleFiles, sampleRows } from '#lib/readers/sample.ts'
import { creditCheckCharacter } from '#lib/schemas/checksum.ts'
import { isSectionId, type SectionId, sectionById } from '#lib/sections/all.ts'
import { type Context, claimKey, mainRow, type Row, type Values, valueOf } from '#lib/sections/define.ts'
import { samplePersons, type Variant } from '#lib/text/samples.ts'
import { agreeing, type Collection, type Registers, type Rows, rowsIn } from './collection.ts'

export const today = '2026-11-20'

/** What departments take as proof of accounting work (WRK-4); every other one takes what is usual. */
export const acceptedProofs: Readonly<Record<string, string>> = {
  '440104': 'contract social-insurance',
  '440402': 'social-insurance',
  '440305': 'commitment',
}

/** The one mainland identity card says birth and sex; of other people they are asked. */
const personOf = (variant: Variant): Collection['person'] => {
  const { birth, sex } = samplePersons[variant]
  return { idType: 'mainland_id', birth, sex: sex === 'male' ? 'male' : 'female', verified: true }
}

const plain = {
  consented: true,
  declared: true,
  pictures: {},
  registers: null,
  answers: '',
  untrue: {},
} as const

export const sampleCollection = (variant: Variant, over: Rows = {}): Collection => ({
  ...plain,
  then: [],
  person: personOf(variant),
  rows: {
    ...Object.fromEntries(kind.sections.map((section) => [section, sampleRows(section, variant)])),
    ...over,
  },
})

/** A row of a section with other values. */
export const laid = (rows: readonly Row[], rowId: string, values: Values): readonly Row[] =>
  rows.map((row) => (row.id === rowId ? { ...row, values: { ...row.values, ...values } } : row))
export const withValues = (
  one: Collection,
  section: SectionId,
  rowId: string,
  values: Values,
): Collection => ({
  ...one,
  rows: { ...one.rows, [section]: laid(rowsIn(one, section), rowId, values) },
})
/** The same code with a wrong inner digit: the outer one is right, so that it only warns (WRK-1). */
export const oddInnerDigit = (code: string): string => {
  const head = `${code.slice(0, 16)}${code.charAt(16) === '3' ? '4' : '3'}`
  return head + creditCheckCharacter(head)
}

const employed = sampleCollection('employed')
const student = sampleCollection('student')
const elsewhere = sampleCollection('elsewhere')

/** Neither working nor studying, at home, of a class that asks for nothing: only what is typed is judged. */
export const calm = (rows: Rows = {}, variant: Variant = 'employed'): Collection =>
  sampleCollection(variant, {
    department: laid(sampleRows('department', 'employed'), mainRow, { situation: 'other' }),
    scope: laid(sampleRows('scope', 'employed'), mainRow, { scope: 'junior_candidate' }),
    education: sampleRows('education', 'employed').slice(0, 1),
    employment: [],
    qualifications: [],
    ...rows,
  })

const [highSchool, university] = sampleRows('education', 'employed')
if (!highSchool || !university) throw new Error('two sample rows of education are needed')
const read = (row: Row, id: string, values: Values): Row => ({
  ...row,
  id,
  values: { ...row.values, ...values },
})

const economics = {
  id: 'row001',
  rev: 1,
  values: {
    kind: 'economics',
    level: 'intermediate',
    way: 'exam',
    certificateNo: '18440000067890',
    obtained: '2018-11',
    issuer: '人力资源和社会保障部',
  },
}
/** Nobody of class （五） has done accounting work (SCO-1). */
const noAccounting = sampleRows('employment', 'employed').map((row) => ({
  ...row,
  values: { ...row.values, accounting: 'no' },
  children: [],
}))
const crossover = withValues(
  { ...employed, rows: { ...employed.rows, employment: noAccounting, qualifications: [economics] } },
  'scope',
  mainRow,
  { scope: 'intermediate_candidate_crossover' },
)
const doctor = calm({
  scope: laid(sampleRows('scope', 'employed'), mainRow, { scope: 'intermediate_candidate_phd' }),
  education: [
    university,
    read(university, 'row003', {
      level: 'doctor_program',
      degree: 'doctor',
      enrolled: '2012-09',
      graduated: '2017-06',
      diplomaNo: '100001201701000123',
      degreeNo: '1000022017000456',
    }),
  ],
})
const before2001 = {
  ...calm({
    education: [
      read(university, 'row002', {
        enrolled: '1993-09',
        graduated: '1997-07',
        diplomaNo: '粤教 97-0231',
        degreeNo: '学士 97-0231',
      }),
    ],
  }),
  person: { ...employed.person, birth: '1975-04-02' },
}
const withoutCode = withValues(employed, 'employment', 'row002', {
  creditCode: '',
  noCode: '1',
  noCodeReason: '新设单位，代码在办理中',
})
/** The page never asks a foreigner for 户籍所在地, 民族 and 政治面貌. */
const passport: Collection = {
  ...withValues(withValues(calm(), 'department', mainRow, { household: '' }), 'basic', mainRow, {
    ethnicity: '',
    politics: '',
  }),
  person: { ...employed.person, idType: 'foreign_passport' },
}

const asked = (one: Collection, registers: Partial<Registers> = {}): Collection => ({
  ...one,
  registers: { ...agreeing, ...registers },
})
/** Registers say otherwise, and everything they did not confirm is proven. */
const answered: Collection = {
  ...asked(employed, {
    differs: {
      'education/row002': { school: '岭南示例学院' },
      'degree/row002': null,
      'credit-code/row001': { employer: '广州示例贸易公司' },
      'accounting-qualification/row001': { level: 'junior' },
    },
  }),
  answers: 'proofs',
}

export const bases = {
  employed,
  student,
  elsewhere,
  crossover,
  doctor,
  before2001,
  withoutCode,
  passport,
  contract: withValues(employed, 'department', mainRow, { departmentId: '440104' }),
  insurance: withValues(employed, 'department', mainRow, { departmentId: '440402' }),
  commitment: withValues(employed, 'department', mainRow, { departmentId: '440305' }),
  employedChecked: asked(employed),
  studentChecked: asked(student),
  elsewhereChecked: asked(elsewhere),
  crossoverChecked: asked(crossover),
  answered,
} as const satisfies Readonly<Record<string, Collection>>

/** What the rules know while this collection is judged; after `answers`, what registers did not confirm too. */
export function contextIn(one: Collection): Context {
  const department = valueOf(rowsIn(one, 'department')[0] ?? { id: '', rev: 0, values: {} }, 'departmentId')
  const known = contextOf({
    today,
    person: one.person,
    rows: (section) => rowsOf(one, section),
    department: {
      id: department,
      regionCode: department,
      selectable: true,
      acceptedProofs: (acceptedProofs[department] ?? 'resume').split(' '),
    },
    findings: [],
    failed: [],
  })
  const differs = Object.keys(one.answers === 'proofs' ? (one.registers?.differs ?? {}) : {})
  const failed = claimsOf(one, known)
    .filter(({ kind, row }) => differs.includes(`${kind}/${row.id}`))
    .map(({ section, kind, row }): [string, Values] => [
      claimKey(section, row.id, kind),
      subjectOf(kind, row.values, { name: '', number: '' }),
    ])
  return { ...known, failed: new Map(failed) }
}

const rowsOf = (one: Collection, section: string) => (isSectionId(section) ? rowsIn(one, section) : [])

/** What a register may be asked about. */
export const claimsOf = (one: Collection, context = contextIn(one)) =>
  kind.sections.flatMap((section) =>
    rowsIn(one, section).flatMap((row) =>
      sectionById(section)
        .claims(row, context)
        .map((kind: ClaimKind) => ({ section, row, kind })),
    ),
  )

/** `section/row/slot` of every picture that the rules ask of this collection. */
export function picturesOf(one: Collection): string[] {
  const context = contextIn(one)
  return kind.sections.flatMap((section) =>
    sampleFiles(sectionById(section), rowsIn(one, section), context).map(
      ({ rowId, slot }) => `${section}/${rowId}/${slot}`,
    ),
  )
}
