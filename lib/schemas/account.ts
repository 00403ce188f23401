/** What the forms of accounts refuse before anything is looked up: every issue at once, in the order of the form. */
import { z } from 'zod'
import { type Day, isDay } from '#lib/domain/days.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { countryCodes } from './countries.ts'
import {
  checkNumber,
  type IdentityNumber,
  type IdentityType,
  identityTypes,
  needsPersonalDetails,
  type Sex,
} from './identity-number.ts'
import { checkName } from './name.ts'
import { normaliseCode } from './normalise.ts'
import { checkPassword, type PasswordOwner } from './password.ts'
import { checkPhone } from './phone.ts'

/** What an SMS code may be asked for: it counts for that form alone (ACC-3). */
export const smsPurposes = ['register', 'recover', 'phone-old', 'phone-new', 'phone-lost'] as const
export type SmsPurpose = (typeof smsPurposes)[number]

const fits = (text: string, limit: number) => text.slice(0, limit)
/** A text field, cut off where nothing typed in earnest reaches. */
export const typed = (limit: number) =>
  z
    .string()
    .transform((text) => fits(text, limit))
    .catch('')

/** A box: its value is `1`. */
export const ticked = z
  .string()
  .transform((text) => text === '1')
  .catch(false)

const identityForm = z.object({
  idType: z.enum(identityTypes).nullable().catch(null),
  idNumber: typed(100),
  nationality: typed(10),
  name: typed(400),
  sex: z.enum(['male', 'female']).nullable().catch(null),
  birth: typed(40),
})

const registrationForm = identityForm.extend({
  phone: typed(60),
  code: typed(40),
  password: typed(1000),
  passwordAgain: typed(1000),
  claim: ticked,
  release: ticked,
})

/** Who somebody says they are, by their document. */
export interface TypedIdentity extends Required<IdentityNumber> {
  readonly idType: IdentityType
  readonly nationality: string
  readonly name: string
}

export interface Registration extends TypedIdentity {
  readonly phone: string
  readonly code: string
  readonly password: string
  /** 我要申诉: the number is mine, whoever holds it (ACC-9). */
  readonly claim: boolean
  /** The phone is mine now, whoever holds it (ACC-9). */
  readonly release: boolean
}

/** A day as people write it: 1990-03-07, 1990.3.7, 1990年3月7日, 19900307. `''` when it cannot be read. */
export function readDay(raw: string): Day | '' {
  const text = normaliseCode(raw)
  const [, year = '', month = '', date = ''] =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(text) ?? []
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? day : ''
}

export const issuesOf = (result: Result<unknown> | null): readonly Issue[] =>
  result && !result.ok ? result.issues : []

/** Without a type a number cannot be judged, only missed. */
const missing = (number: string) => (normaliseCode(number) === '' ? [issue('idNumber', 'id-empty')] : [])

type Details = { sex: Sex; birth: Day }

/** Asked only where the number does not tell (ACC-1); what the number tells is not asked and not believed otherwise. */
function checkDetails(form: { sex: Sex | null; birth: string }, today: Day): Result<Details> {
  const birth = readDay(form.birth)
  const issues: Issue[] = []
  if (form.sex === null) issues.push(issue('sex', 'required'))
  if (form.birth.trim() === '') issues.push(issue('birth', 'required'))
  else if (birth === '' || birth > today) issues.push(issue('birth', 'birth-invalid'))
  return form.sex === null || issues.length > 0 ? refuse(...issues) : ok({ sex: form.sex, birth })
}

/** A code typed from an SMS: `code-empty`, `code-format`. */
export function checkCode(raw: string, at = 'code'): Result<string> {
  const code = normaliseCode(raw)
  if (code === '') return refuse(issue(at, 'code-empty'))
  return /^\d{6}$/.test(code) ? ok(code) : refuse(issue(at, 'code-format'))
}

/** A new password twice: the issues of `checkPassword`, `password-empty`, and `password-mismatch` at the second. */
export function checkNewPassword(
  { password, passwordAgain }: { password: string; passwordAgain: string },
  owner: PasswordOwner,
  { at, againAt } = { at: 'password', againAt: 'passwordAgain' },
): readonly Issue[] {
  if (password === '') return [issue(at, 'password-empty')]
  const again = password === passwordAgain ? [] : [issue(againAt, 'password-mismatch')]
  return [...checkPassword(password, owner, at), ...again]
}

function checkIdentity(form: z.output<typeof identityForm>, today: Day): Result<TypedIdentity> {
  const { idType } = form
  const country = normaliseCode(form.nationality)
  const nationality = idType === 'foreign_passport' ? country : ''
  const foreign = idType === 'foreign_passport' && !countryCodes.has(country)
  const number =
    idType === null
      ? null
      : checkNumber(idType, form.idNumber, { nationality: foreign ? '' : nationality, today })
  const details =
    idType !== null && needsPersonalDetails(idType, form.idNumber) ? checkDetails(form, today) : null
  const name = checkName(form.name)
  const issues = [
    ...(idType === null ? [issue('idType', 'required'), ...missing(form.idNumber)] : []),
    ...issuesOf(number),
    ...issuesOf(name),
    ...issuesOf(details),
  ]
  if (issues.length > 0 || idType === null || !number?.ok || !name.ok || details?.ok === false)
    return refuse(...issues)
  const sex = details?.value.sex ?? number.value.sex
  const birth = details?.value.birth ?? number.value.birth
  if (sex === undefined || birth === undefined)
    return refuse(issue('idNumber', 'id-format', { type: idType }))
  const { number: normalised, identityKey } = number.value
  return ok({ idType, number: normalised, identityKey, nationality, name: name.value, sex, birth })
}

/** The part of a form that says who somebody is (ACC-1, ACC-2, ACC-4). `raw` is by field name. */
export const checkIdentityForm = (raw: unknown, today: Day): Result<TypedIdentity> =>
  checkIdentity(identityForm.parse(raw), today)

/** The registration form (ACC-1, ACC-2, ACC-4, ACC-11). `raw` is by field name; what is not a field of it is dropped. */
export function checkRegistration(raw: unknown, today: Day): Result<Registration> {
  const form = registrationForm.parse(raw)
  const identity = checkIdentity(form, today)
  const phone = checkPhone(form.phone)
  const code = checkCode(form.code)
  const owner = { idNumber: form.idNumber, phone: form.phone, name: form.name }
  const issues = [
    ...issuesOf(identity),
    ...issuesOf(phone),
    ...issuesOf(code),
    ...checkNewPassword(form, owner),
  ]
  if (issues.length > 0 || !identity.ok || !phone.ok || !code.ok) return refuse(...issues)
  const { password, claim, release } = form
  return ok({ ...identity.value, phone: phone.value, code: code.value, password, claim, release })
}

const captchaForm = z.object({ captcha: typed(40), captchaToken: typed(500) })
export interface CaptchaAnswer {
  readonly captcha: string
  readonly captchaToken: string
}
const captchaIssues = ({ captcha }: CaptchaAnswer) =>
  normaliseCode(captcha) === '' ? [issue('captcha', 'captcha-empty')] : []

/** The part of a form that asks for an SMS code. */
export function checkCodeRequest(raw: unknown): Result<CaptchaAnswer & { phone: string }> {
  const form = captchaForm.extend({ phone: typed(60) }).parse(raw)
  const phone = checkPhone(form.phone)
  const issues = [...issuesOf(phone), ...captchaIssues(form)]
  return phone.ok && issues.length === 0 ? ok({ ...form, phone: phone.value }) : refuse(...issues)
}

export interface SignIn extends CaptchaAnswer {
  /** As typed: a number, a phone or a staff login. */
  readonly login: string
  readonly password: string
  /** `''` where none was typed. */
  readonly totp: string
}

/** The sign-in form (ACC-6): only what is missing is told here. */
export function checkSignIn(raw: unknown): Result<SignIn> {
  const form = captchaForm.extend({ login: typed(100), password: typed(1000), totp: typed(40) }).parse(raw)
  const issues = [
    ...(form.login.trim() === '' ? [issue('login', 'login-empty')] : []),
    ...(form.password === '' ? [issue('password', 'password-empty')] : []),
    ...captchaIssues(form),
  ]
  return issues.length > 0 ? refuse(...issues) : ok({ ...form, totp: normaliseCode(form.totp) })
}

/** Every identity a typed number may mean: people sign in without saying which document it is of (ACC-6, ACC-2). */
export const identityKeysOf = (raw: string, today: Day): string[] => [
  ...new Set(
    identityTypes.flatMap((type) => {
      const read = checkNumber(type, raw, { today })
      return read.ok ? [read.value.identityKey] : []
    }),
  ),
]
