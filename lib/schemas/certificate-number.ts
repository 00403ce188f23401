import { compareMonths, isMonth, type Month } from '#lib/domain/months.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'

const certificateNumberLimits = { maxCharacters: 30, maxFreeText: 40 } as const

/** The electronic register of diplomas: what is older carries any number. */
const registerBegan: Month = '2001-01'

/** Certificates from abroad and from before the register carry any text (EDU-6). */
export const isFreeTextCertificate = (abroad: boolean, graduated: Month): boolean =>
  abroad || compareMonths(graduated, registerBegan) < 0

/**
 * EDU-6, the hard rule: at most 30 characters of `[0-9A-Za-z-]`, full-width forms and spaces read away; any text to
 * 40 where `freeText`, as typed. Refused: `certificate-number-empty`, `certificate-number-length` {max, measured},
 * `certificate-number-characters`.
 */
export function checkCertificateNumber(
  raw: string,
  { at, freeText }: { at: string; freeText: boolean },
): Result<string> {
  const number = freeText ? raw.trim() : raw.normalize('NFKC').replace(/\s/g, '')
  if (number === '') return refuse(issue(at, 'certificate-number-empty'))
  const max = freeText ? certificateNumberLimits.maxFreeText : certificateNumberLimits.maxCharacters
  const allowed = freeText ? /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u : /^[0-9A-Za-z-]+$/
  const measured = [...number].length
  const issues: Issue[] = []
  if (measured > max) issues.push(issue(at, 'certificate-number-length', { max, measured }))
  if (!allowed.test(number)) issues.push(issue(at, 'certificate-number-characters'))
  return issues.length > 0 ? refuse(...issues) : ok(number)
}

const diplomaLevels: Readonly<Record<string, string>> = {
  '01': 'doctor_program',
  '02': 'master_program',
  '03': 'graduate_class',
  '04': 'second_bachelor_program',
  '05': 'bachelor_program',
  '06': 'junior_college',
}

const degreeLevels: Readonly<Record<string, string>> = { 2: 'doctor', 3: 'master', 4: 'bachelor' }

/** Degrees that go with a level of education; EDU-6 only remarks on others. */
const usualDegrees: Readonly<Record<string, readonly string[]>> = {
  senior_high: [],
  secondary_specialized: [],
  vocational_high: [],
  technical_school: [],
  junior_college: [],
  bachelor_program: ['bachelor'],
  second_bachelor_program: ['bachelor', 'second_bachelor'],
  graduate_class: ['bachelor', 'master'],
  master_program: ['master'],
  doctor_program: ['master', 'doctor'],
}

/**
 * Remarks on the electronic registration number of a mainland diploma (17 digits in 2001, 18 since): 5 school,
 * 1 type, 4 year, 2 level, serial. `level` is the id of the education level. `diploma-number-format`,
 * `diploma-number-year` {stated, graduated}, `diploma-number-level` {stated, level}. Never a reason to refuse; not
 * for certificates from abroad.
 */
export function diplomaWarnings(
  number: string,
  { graduated, level }: { graduated: Month; level: string },
  at = 'diplomaNo',
): Issue[] {
  if (number === '' || compareMonths(graduated, registerBegan) < 0) return []
  if (!/^\d{17,18}$/.test(number)) return [issue(at, 'diploma-number-format')]
  // Numbers of self-taught examinations begin with their type, 6, and are laid out differently.
  if (number.startsWith('6')) return []
  return [
    ...yearWarning(number.slice(6, 10), graduated, 'diploma-number-year', at),
    ...levelWarning(diplomaLevels[number.slice(10, 12)], level, 'diploma-number-level', at),
  ]
}

/**
 * Remarks on the number of a mainland degree certificate: 5 institution, 1 level, 4 year, 6 serial, with C or Z in
 * front (adult, professional) or Z in place 11 (self-taught). `degree` is the id of the degree.
 * `degree-number-format`, `degree-number-year` {stated, graduated}, `degree-number-level` {stated, level}.
 */
export function degreeWarnings(
  number: string,
  { graduated, degree }: { graduated: Month; degree: string },
  at = 'degreeNo',
): Issue[] {
  if (number === '' || compareMonths(graduated, registerBegan) < 0) return []
  const [, levelDigit = '', year] = /^[CZ]?\d{5}(\d)(\d{4})Z?\d{6}$/i.exec(number) ?? []
  if (year === undefined) return [issue(at, 'degree-number-format')]
  const comparable = degree === 'second_bachelor' ? 'bachelor' : degree
  return [
    ...yearWarning(year, graduated, 'degree-number-year', at),
    ...levelWarning(degreeLevels[levelDigit], comparable, 'degree-number-level', at),
  ]
}

/** A degree that does not go with the level: `degree-unusual` {level, degree}; `none` and nothing chosen always go. */
export const degreeFitWarnings = (level: string, degree: string, at = 'degree'): Issue[] =>
  degree === '' || degree === 'none' || (usualDegrees[level] ?? [degree]).includes(degree)
    ? []
    : [issue(at, 'degree-unusual', { level, degree })]

const yearWarning = (stated: string, graduated: Month, code: string, at: string): Issue[] =>
  !isMonth(graduated) || graduated.startsWith(stated)
    ? []
    : [issue(at, code, { stated, graduated: graduated.slice(0, 4) })]

const levelWarning = (stated: string | undefined, level: string, code: string, at: string): Issue[] =>
  stated === level ? [] : [issue(at, code, { stated: stated ?? 'none', level })]
