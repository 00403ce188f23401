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
/** Of months the digits that are compared: year and month, or the year alone (QUA-2). */
const digitsCompared: Readonly<Record<string, number>> = { graduated: 6, obtained: 4 }
/** Kinds of qualification without levels: what stands in that field beside them does not count (QUA-1). */
export const ungradedKinds: ReadonlySet<string> = new Set(['cpa', 'asset_appraiser', 'tax_advisor'])

/** Two writings of one thing are equal: width, case, brackets, dots, spaces, hyphens and what nobody can see do not count. */
export const plainly = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC')
    .replace(
      /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}\p{Cf}\s\-\u2010-\u2015\u2212()（）〔〕[\]【】·\u1427•‧∙⋅⸱・.,，。]/gu,
      '',
    )

/**
 * What of a document number stays with its person for life (ACC-2): 港澳通行证 9 characters, 台湾通行证 8; a register may know
 * the one before.
 */
const holderOf = (number: string) =>
  /^[HM]\d{10}$/.test(number)
    ? number.slice(0, 9)
    : /^\d{10}[A-Z]?$/.test(number)
      ? number.slice(0, 8)
      : number

/** Whose records, or which unit's, a claim of this kind is looked up by. */
export const lookedUpBy = (kind: ClaimKind, facts: Facts): string => {
  const { by } = claimShapes[kind]
  return by === 'number' ? holderOf(facts[by] ?? '') : (facts[by] ?? '')
}

/** What of a value is compared. */
function weighed(field: string, facts: Facts): string {
  if (field === 'level' && ungradedKinds.has(facts.kind ?? '')) return ''
  const text = (facts[field] ?? '').trim()
  if (field === 'number') return holderOf(plainly(text))
  const digits = digitsCompared[field]
  const kept =
    digits === undefined ? plainly(text) : text.normalize('NFKC').replace(/\D/g, '').slice(0, digits)
  // Something that is nothing but signs is still something.
  return kept === '' ? text : kept
}

const sameValue = (field: string, one: Facts, other: Facts) => weighed(field, one) === weighed(field, other)

/** A register may know a school or an employer by the name it had then. */
function confirms(field: string, subject: Facts, record: Facts): boolean {
  if (sameValue(field, subject, record)) return true
  const said = weighed(field, subject)
  if (said === '' || !named.has(field)) return false
  return (record[formerNames] ?? '').split('\n').some((name) => plainly(name) === said)
}

/** What a record leaves out it does not confirm: a missing value differs, unless nothing was said either. */
const differing = (fields: readonly string[], subject: Facts, record: Facts) =>
  fields.filter((field) => !confirms(field, subject, record))

/** The part of a row and its person that a claim of this kind is about. */
export function subjectOf(kind: ClaimKind, values: Facts, person: { name: string; number: string }): Facts {
  const { by, compared, noted } = claimShapes[kind]
  const all: Facts = { ...values, ...person }
  return Object.fromEntries(
    [...new Set([by, ...compared, ...noted])].map((field) => [field, all[field] ?? '']),
  )
}

/** Whether what a register said still is what it would say: written another way, yes; where only what is noted changed, no. */
export const sameSubject = (kind: ClaimKind, one: Facts, other: Facts): boolean => {
  const { by, compared, noted } = claimShapes[kind]
  return [by, ...compared, ...noted].every((field) => sameValue(field, one, other))
}

/** Whether two subjects are of one person, as far as both say so; the rest of a row is not asked. */
export const samePerson = (one: Facts, other: Facts): boolean =>
  ['name', 'number'].every(
    (field) => weighed(field, one) === '' || weighed(field, other) === '' || sameValue(field, one, other),
  )

/** What a row's own values say of an earlier claim; the person's name and number are not the row's to mend. */
export const sameRow = (kind: ClaimKind, values: Facts, subject: Facts): boolean =>
  claimShapes[kind].compared
    .filter((field) => field !== 'name')
    .every((field) => sameValue(field, values, subject))

/**
 * The claims whose answer the person knows: what a register confirmed, and what it did not once that was told. A difference in a
 * round that was taken back before its return was told to nobody. `returned` are the rounds with findings.
 */
export const toldClaims = <C extends { round: number; state: ClaimState; answered: boolean }>(
  claims: readonly C[],
  returned: ReadonlySet<number>,
): C[] =>
  claims.filter(
    ({ state, answered, round }) =>
      state === 'agrees' || (state === 'differs' && (answered || returned.has(round))),
  )

export interface ClaimAnswer {
  readonly state: Extract<ClaimState, 'agrees' | 'differs' | 'unavailable'>
  readonly why: ClaimReason
  readonly fields: readonly string[]
  readonly notes: readonly string[]
}

/** Whether they have this in common: two that say nothing have nothing in common. */
const shares = (field: string, subject: Facts, record: Facts) =>
  weighed(field, subject) !== '' && sameValue(field, subject, record)

/**
 * What the records of a register say of a claim; `records` are those it holds of the subject, null where it holds nothing of
 * the kind at all (CHK-4). Of several the one that differs least counts, in whatever order they come.
 */
export function judgeClaim(kind: ClaimKind, subject: Facts, records: readonly Facts[] | null): ClaimAnswer {
  if (records === null) return { state: 'unavailable', why: 'no-data', fields: [], notes: [] }
  const { alike, by, entry, compared, noted } = claimShapes[kind]
  const [nearest] = records
    // A register that looks in its own way may tell of somebody else too.
    .filter((record) => weighed(by, record) === '' || sameValue(by, subject, record))
    .filter((record) => alike.some((field) => shares(field, subject, record)))
    .map((record) => ({
      fields: differing(compared, subject, record),
      // A register that does not keep what is only noted says nothing about it.
      notes: differing(
        noted.filter((field) => weighed(field, record) !== ''),
        subject,
        record,
      ),
      number: shares(entry, subject, record) ? 0 : 1,
    }))
    .sort(
      (one, other) =>
        one.fields.length - other.fields.length ||
        one.number - other.number ||
        one.notes.length - other.notes.length ||
        `${one.fields} ${one.notes}`.localeCompare(`${other.fields} ${other.notes}`, 'en'),
    )
  if (!nearest) return { state: 'differs', why: 'not-found', fields: [], notes: [] }
  const { fields, notes } = nearest
  return { state: fields.length > 0 ? 'differs' : 'agrees', why: '', fields, notes }
}
