/**
 * What a register can confirm about a row (CHK-1): which values of it are compared, and what a register's records say of
 * them. Everything here is plain values: a subject is what the row and its person say, a record what a register says.
 */

export const claimKinds = [
  'education',
  'degree',
  'accounting-qualification',
  'other-qualification',
  'credit-code',
] as const
export type ClaimKind = (typeof claimKinds)[number]

/** 未核验 · 核验中 · 一致 · 不一致 · 不可用 */
export const claimStates = ['unchecked', 'checking', 'agrees', 'differs', 'unavailable'] as const
export type ClaimState = (typeof claimStates)[number]

/**
 * Why it stands so: `not-found` = the register holds such records and none is about this (CHK-4), `no-data` = it holds
 * none of the kind, `gave-up` = it could not be reached for as long as it was tried.
 */
export const claimReasons = ['', 'not-found', 'no-data', 'gave-up'] as const
export type ClaimReason = (typeof claimReasons)[number]

export type Facts = Readonly<Record<string, string>>

interface ClaimShape {
  /** The field its records are looked up by: the person's document number, or a value of the row. */
  readonly by: string
  /** The field that tells one record of the same subject from another. */
  readonly entry: string
  /** Without one of these in common a record is about something else. */
  readonly alike: readonly string[]
  /** A difference here is 不一致. */
  readonly compared: readonly string[]
  /** A difference here is a fact for the reviewer (EDU-3). */
  readonly noted: readonly string[]
}

/** EDU-3, QUA-2. `name` and `number` are the person's, every other field is the row's. */
export const claimShapes: Readonly<Record<ClaimKind, ClaimShape>> = {
  education: {
    by: 'number',
    entry: 'diplomaNo',
    alike: ['diplomaNo', 'level'],
    compared: ['name', 'school', 'level', 'graduated', 'diplomaNo'],
    noted: ['mode', 'major'],
  },
  degree: {
    by: 'number',
    entry: 'degreeNo',
    alike: ['degreeNo', 'degree'],
    compared: ['name', 'school', 'degree', 'degreeNo'],
    noted: [],
  },
  'accounting-qualification': {
    by: 'number',
    entry: 'certificateNo',
    alike: ['certificateNo', 'level'],
    compared: ['name', 'kind', 'level', 'certificateNo', 'obtained'],
    noted: ['issuer'],
  },
  'other-qualification': {
    by: 'number',
    entry: 'certificateNo',
    alike: ['certificateNo', 'kind'],
    compared: ['name', 'kind', 'level', 'certificateNo', 'obtained'],
    noted: ['issuer'],
  },
  'credit-code': {
    by: 'creditCode',
    entry: 'creditCode',
    alike: ['creditCode'],
    compared: ['creditCode', 'employer'],
    noted: [],
  },
}

export const isClaimKind = (kind: string): kind is ClaimKind => Object.hasOwn(claimShapes, kind)

/** Where a register keeps former names of a school or an employer: in this field, one per line. */
export const formerNames = 'formerNames'
const named: ReadonlySet<string> = new Set(['school', 'employer'])
/** Only the year of a qualification is compared (QUA-2). */
const yearOnly: ReadonlySet<string> = new Set(['obtained'])

/** Two writings of one thing are equal: width, case, brackets, dots, spaces and hyphens do not count. */
export const plainly = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}\s\-‐-―()（）〔〕[\]【】·•‧・･.,，。]/gu, '')

function sameValue(field: string, said: string, record: Facts): boolean {
  const held = record[field] ?? ''
  if (yearOnly.has(field)) return said.slice(0, 4) === held.slice(0, 4)
  const wanted = plainly(said)
  if (wanted === plainly(held)) return true
  return named.has(field) && (record[formerNames] ?? '').split('\n').some((name) => plainly(name) === wanted)
}

/** What a record leaves out it does not confirm: a missing value differs, unless nothing was said either. */
const differing = (fields: readonly string[], subject: Facts, record: Facts) =>
  fields.filter((field) => !sameValue(field, subject[field] ?? '', record))

/** The part of a row and its person that a claim of this kind is about. */
export function subjectOf(kind: ClaimKind, values: Facts, person: { name: string; number: string }): Facts {
  const { by, compared, noted } = claimShapes[kind]
  const all: Facts = { ...values, ...person }
  return Object.fromEntries(
    [...new Set([by, ...compared, ...noted])].map((field) => [field, all[field] ?? '']),
  )
}

/** Whether the row still says what was compared: what is only noted may change without a new check. */
export const sameSubject = (kind: ClaimKind, one: Facts, other: Facts): boolean =>
  [claimShapes[kind].by, ...claimShapes[kind].compared].every((field) => one[field] === other[field])

/** What a row's own values say of an earlier claim; the person's name and number are not the row's to mend. */
export const sameRow = (kind: ClaimKind, values: Facts, subject: Facts): boolean =>
  claimShapes[kind].compared
    .filter((field) => field !== 'name')
    .every((field) => (values[field] ?? '') === subject[field])

export interface ClaimAnswer {
  readonly state: Extract<ClaimState, 'agrees' | 'differs' | 'unavailable'>
  readonly why: ClaimReason
  readonly fields: readonly string[]
  readonly notes: readonly string[]
}

/**
 * What the records of a register say of a claim; `records` are those it holds of the subject, null where it holds nothing of
 * the kind at all (CHK-4). Of several the one that differs least counts.
 */
export function judgeClaim(kind: ClaimKind, subject: Facts, records: readonly Facts[] | null): ClaimAnswer {
  if (records === null) return { state: 'unavailable', why: 'no-data', fields: [], notes: [] }
  const { alike, compared, noted } = claimShapes[kind]
  const about = records
    .filter((record) => alike.some((field) => sameValue(field, subject[field] ?? '', record)))
    .map((record) => ({ record, fields: differing(compared, subject, record) }))
    .sort((one, other) => one.fields.length - other.fields.length)
  const [nearest] = about
  if (!nearest) return { state: 'differs', why: 'not-found', fields: [], notes: [] }
  // A register that does not keep what is only noted says nothing about it.
  const notes = differing(
    noted.filter((field) => (nearest.record[field] ?? '') !== ''),
    subject,
    nearest.record,
  )
  return nearest.fields.length > 0
    ? { state: 'differs', why: '', fields: nearest.fields, notes }
    : { state: 'agrees', why: '', fields: [], notes }
}
