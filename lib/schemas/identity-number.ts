import { type Day, isDay } from '#lib/domain/days.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { identityCheckCharacter } from './checksum.ts'
import { normaliseCode } from './normalise.ts'
import { isMobile } from './phone.ts'

/** ACC-1, in the order in which they are offered. */
export const identityTypes = [
  'mainland_id',
  'hkmo_permit',
  'tw_permit',
  'foreign_passport',
  'hkmo_residence',
  'tw_residence',
  'foreign_pr_card',
] as const
export type IdentityType = (typeof identityTypes)[number]

export const isIdentityType = (text: string): text is IdentityType =>
  identityTypes.some((type) => type === text)

export type Sex = 'male' | 'female'

export interface IdentityNumber {
  readonly number: string
  /** What one person keeps for life; unique over all types (ACC-2). */
  readonly identityKey: string
  /** Only where the number tells them. */
  readonly birth?: Day
  readonly sex?: Sex
}

const at = 'idNumber'
const earliestBirth: Day = '1900-01-01'

export const normaliseNumber = normaliseCode

/**
 * Whether sex and birth must be asked because the number does not tell them (ACC-1). The card of foreign permanent
 * residents tells them since 2023: with the number given, the answer is exact.
 */
export function needsPersonalDetails(type: IdentityType, number = ''): boolean {
  if (type === 'foreign_pr_card') return normaliseNumber(number).length !== 18
  return type === 'hkmo_permit' || type === 'tw_permit' || type === 'foreign_passport'
}

/**
 * ACC-2: reads a number of the given type as typed. `nationality` (ISO 3166 letters) is needed for passports only.
 * Issues at `idNumber`: `id-empty`, `id-length` {expected, measured}, `id-format` {type}, `id-region` {type, belongsTo},
 * `id-birth`, `id-check-digit`, `id-is-phone`; at `nationality`: `id-nationality`.
 */
export function checkNumber(
  type: IdentityType,
  raw: string,
  context: { nationality?: string; today: Day },
): Result<IdentityNumber> {
  const number = normaliseNumber(raw)
  if (number === '') return refuse(issue(at, 'id-empty'))
  switch (type) {
    case 'mainland_id':
    case 'hkmo_residence':
    case 'tw_residence':
      return checkCitizenNumber(type, number, context.today)
    case 'foreign_pr_card':
      return /^[A-Z]/.test(number)
        ? checkPattern(type, number, /^[A-Z]{3}\d{12}$/, 15)
        : checkCitizenNumber(type, number, context.today)
    case 'hkmo_permit':
      return checkPattern(type, number, /^[HM]\d{8}(\d{2})?$/, 9)
    case 'tw_permit':
      return checkPattern(type, number, /^(\d{8}|\d{10}[A-Z]?)$/, 8)
    case 'foreign_passport':
      return checkPassport(number, context.nationality ?? '')
  }
}

/** The identity key of a stored document; null for what is none, as a member of staff has (ACC-2). */
export function lifelongKey(
  { idType, number, nationality }: { idType: string; number: string; nationality: string },
  today: Day,
): string | null {
  const read = isIdentityType(idType) ? checkNumber(idType, number, { nationality, today }) : null
  return read?.ok ? read.value.identityKey : null
}

/** The type whose numbers begin like this one (GB 11643 address code; 81, 82, 83 and 9 are special). */
function typeOfPrefix(number: string): IdentityType | 'none' {
  if (/^8[12]/.test(number)) return 'hkmo_residence'
  if (number.startsWith('83')) return 'tw_residence'
  if (number.startsWith('9')) return 'foreign_pr_card'
  return number.startsWith('0') ? 'none' : 'mainland_id'
}

/** The 18 characters of GB 11643. Whether the address code exists is not asked: old codes live on in numbers. */
function checkCitizenNumber(type: IdentityType, number: string, today: Day): Result<IdentityNumber> {
  const measured = [...number].length
  if (measured !== 18) return refuse(issue(at, 'id-length', { expected: 18, measured }))
  if (!/^\d{17}[\dX]$/.test(number)) return refuse(issue(at, 'id-format', { type }))
  const issues: Issue[] = []
  const belongsTo = typeOfPrefix(number)
  if (belongsTo !== type) issues.push(issue(at, 'id-region', { type, belongsTo }))
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(birth) || birth < earliestBirth || birth > today) issues.push(issue(at, 'id-birth'))
  if (identityCheckCharacter(number.slice(0, 17)) !== number.charAt(17))
    issues.push(issue(at, 'id-check-digit'))
  if (issues.length > 0) return refuse(...issues)
  const sex: Sex = Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female'
  return ok({ number, identityKey: `${type}:${number}`, birth, sex })
}

/** Permits and old cards: the first `lifelong` characters stay with the person when the document is renewed. */
const checkPattern = (
  type: IdentityType,
  number: string,
  pattern: RegExp,
  lifelong: number,
): Result<IdentityNumber> =>
  pattern.test(number)
    ? ok({ number, identityKey: `${type}:${number.slice(0, lifelong)}` })
    : refuse(issue(at, 'id-format', { type }))

/** What a passport number may look like, whichever country issued it. */
export const isPassportShaped = (number: string): boolean =>
  /^[A-Z0-9]{5,20}$/.test(number) && !isCitizenShaped(number) && !isMobile(number)

const isCitizenShaped = (number: string) => /^\d{17}[\dX]$/.test(number)

/** Numbers that look like somebody's identity card or phone are refused: signing in by them is that person's (ACC-6). */
function checkPassport(number: string, nationality: string): Result<IdentityNumber> {
  const type = 'foreign_passport'
  const issues: Issue[] = []
  const country = normaliseCode(nationality)
  if (!/^[A-Z]{2,3}$/.test(country)) issues.push(issue('nationality', 'id-nationality'))
  if (isCitizenShaped(number)) issues.push(issue(at, 'id-region', { type, belongsTo: typeOfPrefix(number) }))
  else if (isMobile(number)) issues.push(issue(at, 'id-is-phone'))
  else if (!isPassportShaped(number)) issues.push(issue(at, 'id-format', { type }))
  if (issues.length > 0) return refuse(...issues)
  return ok({ number, identityKey: `${type}:${country}:${number}` })
}
