/** What lines of a register's file say: headings to fields, cells to a record (CHK-2). */
import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import { nameLimits } from '#lib/schemas/name.ts'
import { education } from '#lib/sections/education.ts'
import { employment } from '#lib/sections/employment.ts'
import {
  degrees,
  educationLevels,
  gradedKinds,
  qualificationKinds,
  qualificationLevels,
  trainingModes,
} from '#lib/sections/options.ts'
import { qualifications } from '#lib/sections/qualifications.ts'
import { registerHeadings } from '#lib/text/registers.ts'
import { findHeadings } from './csv-headings.ts'
import {
  type Cell,
  type CellFault,
  creditCode,
  documentNumber,
  formerNames,
  month,
  numbered,
  option,
  type Read,
  text,
} from './register-cells.ts'

/** Why a line is left out. None of them quotes it. */
export type LineFault = CellFault | 'broken' | 'too-many-cells' | 'missing'

interface Column {
  /** A record without it says nothing of what it is there for. */
  readonly needed: boolean
  readonly read: Read
}

const needed = (read: Read): Column => ({ needed: true, read })
const optional = (read: Read): Column => ({ needed: false, read })

const person = { name: needed(text(nameLimits.maxCharacters)), number: needed(documentNumber) }
const { fields: study } = education
const { fields: certificate } = qualifications
const isAccounting = (kind: string) => kind === 'accounting'
const qualification = {
  ...person,
  level: needed(option('qualificationLevel', qualificationLevels)),
  certificateNo: needed(numbered(certificate.certificateNo.max)),
  obtained: needed(month({ orYear: true })),
  issuer: optional(text(certificate.issuer.max)),
}

const columns: Readonly<Record<ClaimKind, Readonly<Record<string, Column>>>> = {
  education: {
    ...person,
    school: needed(text(study.school.max)),
    formerNames: optional(formerNames),
    level: needed(option('educationLevel', educationLevels)),
    graduated: needed(month({ orYear: false })),
    diplomaNo: needed(numbered(study.diplomaNo.max)),
    mode: optional(option('trainingMode', trainingModes)),
    major: optional(text(study.major.max)),
  },
  degree: {
    ...person,
    school: needed(text(study.school.max)),
    formerNames: optional(formerNames),
    degree: needed(
      option(
        'degree',
        degrees.filter((id) => id !== 'none'),
      ),
    ),
    degreeNo: needed(numbered(study.degreeNo.max)),
  },
  'accounting-qualification': {
    ...qualification,
    kind: optional(option('qualificationKind', qualificationKinds.filter(isAccounting))),
  },
  'other-qualification': {
    ...qualification,
    // Of those that have one: see `completed`.
    level: optional(qualification.level.read),
    kind: needed(
      option(
        'qualificationKind',
        qualificationKinds.filter((kind) => !isAccounting(kind)),
      ),
    ),
  },
  'credit-code': {
    creditCode: needed(creditCode),
    employer: needed(text(employment.fields.employer.max)),
    formerNames: optional(formerNames),
  },
}

export interface Headings {
  /** Where each field stands. */
  readonly places: ReadonlyMap<string, number>
  /** Needed columns that are not there, and fields that stand there twice, by their headings. */
  readonly missing: readonly string[]
  readonly twice: readonly string[]
  /** Columns nobody asks about. */
  readonly ignored: readonly string[]
  readonly width: number
}

/** How a field is called in a file of this kind. */
export const headingOf = (kind: ClaimKind, field: string): string =>
  registerHeadings[kind][field]?.[0] ?? field

/** Headings are Chinese or field keys, in any order. */
export function readHeadings(kind: ClaimKind, cells: readonly string[]): Headings {
  const fields = Object.entries(columns[kind])
  const { places, twice, ignored } = findHeadings(
    Object.fromEntries(fields.map(([field]) => [field, registerHeadings[kind][field] ?? []])),
    cells,
  )
  const missing = fields
    .filter(([field, column]) => column.needed && !places.has(field))
    .map(([field]) => headingOf(kind, field))
  return {
    places,
    missing,
    twice: twice.map((field) => headingOf(kind, field)),
    ignored,
    width: cells.length,
  }
}

export type ReadLine = { readonly record: Facts } | { readonly fault: LineFault; readonly field?: string }

/** What the file leaves to be understood: every row of its file is about accounting, and some kinds have no level. */
function completed(kind: ClaimKind, record: Readonly<Record<string, string>>): ReadLine {
  if (kind === 'accounting-qualification') return { record: { ...record, kind: 'accounting' } }
  if (kind !== 'other-qualification') return { record }
  const { level, ...rest } = record
  if (!gradedKinds.includes(rest.kind ?? '')) return { record: rest }
  return level === undefined ? { fault: 'missing', field: 'level' } : { record }
}

/** One line as a record by field keys; empty values are left out. */
export function readLine(kind: ClaimKind, { places, width }: Headings, cells: readonly string[]): ReadLine {
  if (cells.slice(width).some((cell) => cell !== '')) return { fault: 'too-many-cells' }
  const record: Record<string, string> = {}
  for (const [field, { needed, read }] of Object.entries(columns[kind])) {
    const cell = cells[places.get(field) ?? -1] ?? ''
    const found: Cell = cell === '' ? { value: '' } : read(cell)
    if ('fault' in found) return { fault: found.fault, field }
    if (found.value !== '') record[field] = found.value
    else if (needed) return { fault: 'missing', field }
  }
  return completed(kind, record)
}
