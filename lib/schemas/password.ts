import { type Issue, issue } from '#lib/domain/result.ts'
import { commonPasswords } from './common-passwords.ts'
import { normaliseCode } from './normalise.ts'

export const passwordLimits = { minCharacters: 8, maxCharacters: 64 } as const

/** Whose password it is, as far as known; raw or normalised. */
export interface PasswordOwner {
  readonly idNumber?: string
  readonly phone?: string
  readonly name?: string
}

/**
 * ACC-11: 8–64 code points of any kind. Issues, none of which carries any part of the password:
 * `password-too-short` {min}, `password-too-long` {max}, `password-common`, `password-contains-id`,
 * `password-contains-phone`, `password-contains-name`.
 */
export function checkPassword(password: string, owner: PasswordOwner, at = 'password'): Issue[] {
  const { minCharacters: min, maxCharacters: max } = passwordLimits
  const length = [...password].length
  const issues: Issue[] = []
  if (length < min) issues.push(issue(at, 'password-too-short', { min }))
  if (length > max) issues.push(issue(at, 'password-too-long', { max }))
  // What follows compares whole passwords; one that is far too long is refused already.
  if (length > max) return issues
  const folded = password.normalize('NFKC').toLowerCase()
  if (length >= min && isCommon(folded)) issues.push(issue(at, 'password-common'))
  if (containsNumber(folded, owner.idNumber)) issues.push(issue(at, 'password-contains-id'))
  if (containsPhone(folded, owner.phone)) issues.push(issue(at, 'password-contains-phone'))
  if (containsName(folded, owner.name)) issues.push(issue(at, 'password-contains-name'))
  return issues
}

const isCommon = (folded: string): boolean =>
  commonPasswords.has(folded) || new Set(folded).size === 1 || isRun(folded)

/** One straight run up or down, as in 23456789 or hgfedcba. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? code)))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}

/** The whole number, or its last eight characters, which people remember. */
function containsNumber(folded: string, raw = ''): boolean {
  const number = normaliseCode(raw).toLowerCase()
  return (
    number.length >= 5 &&
    (folded.includes(number) || (number.length > 8 && folded.includes(number.slice(-8))))
  )
}

const containsPhone = (folded: string, raw = ''): boolean => {
  const phone = normaliseCode(raw)
  return phone.length >= 8 && folded.includes(phone)
}

function containsName(folded: string, raw = ''): boolean {
  const name = raw.normalize('NFKC').toLowerCase().replace(/\s/g, '')
  return [...name].length >= 2 && folded.replace(/\s/g, '').includes(name)
}
