/** What the forms of staff accounts refuse before anything is looked up (ACC-10): every issue at once. */
import { z } from 'zod'
import type { Role } from '#lib/domain/actor.ts'
import { type Day, endOfDay } from '#lib/domain/days.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { checkNewPassword, issuesOf, readDay, typed } from './account.ts'
import { recoveryCodeIn } from './authenticator.ts'
import { checkNumber } from './identity-number.ts'
import { checkName } from './name.ts'
import { normaliseCode } from './normalise.ts'

const staffRoles = ['reviewer', 'manager', 'viewer', 'auditor', 'operator'] as const satisfies readonly Role[]

/** Operators stand beside the tree; auditors may look at the whole country. */
export const placeOf: Readonly<Record<Role, 'required' | 'optional' | 'none'>> = {
  reviewer: 'required',
  manager: 'required',
  viewer: 'required',
  auditor: 'optional',
  operator: 'none',
}

const officeForm = z.object({
  role: z.enum(staffRoles).nullable().catch(null),
  'department.1': typed(40),
  'department.2': typed(40),
  'department.3': typed(40),
})

/** What three selects say, as `a/b/c` from the top. */
export function departmentPathIn(raw: unknown): string {
  const form = officeForm.parse(raw)
  return [form['department.1'], form['department.2'], form['department.3']]
    .map((id) => id.replaceAll('/', ''))
    .join('/')
    .replace(/\/+$/, '')
}

interface PostedOffice {
  readonly role: Role
  /** `a/b/c` as far as it was chosen; '' for none. */
  readonly department: string
}

function checkOffice(raw: unknown): Result<PostedOffice> {
  const { role } = officeForm.parse(raw)
  if (role === null) return refuse(issue('role', 'required'))
  const department = placeOf[role] === 'none' ? '' : departmentPathIn(raw)
  return placeOf[role] === 'required' && department === ''
    ? refuse(issue('department', 'required'))
    : ok({ role, department })
}

export interface PostedInvitation extends PostedOffice {
  readonly name: string
  /** Of the person's own identity card, where the office names it (REV-2). */
  readonly identityKey: string | null
}

const invitationForm = z.object({ name: typed(400), idNumber: typed(100) })

/** Whom to invite, as what and where. */
export function checkInvitation(raw: unknown, today: Day): Result<PostedInvitation> {
  const form = invitationForm.parse(raw)
  const name = checkName(form.name)
  const number =
    normaliseCode(form.idNumber) === '' ? null : checkNumber('mainland_id', form.idNumber, { today })
  const office = checkOffice(raw)
  const issues = [...issuesOf(name), ...issuesOf(number), ...issuesOf(office)]
  if (!name.ok || !office.ok || issues.length > 0) return refuse(...issues)
  return ok({
    ...office.value,
    name: name.value,
    identityKey: number?.ok ? number.value.identityKey : null,
  })
}

export interface PostedGrant extends PostedOffice {
  /** The last moment it counts is before this one; null = until it is ended. */
  readonly until: Date | null
}

/** One more office for somebody, through a last day or for good. Issues at `until`: `staff-until`, `staff-operator-until`. */
export function checkGrant(raw: unknown, today: Day): Result<PostedGrant> {
  const office = checkOffice(raw)
  const text = z.object({ until: typed(40) }).parse(raw).until
  const day = readDay(text)
  const issues: Issue[] = [...issuesOf(office)]
  if (text.trim() !== '' && (day === '' || day < today)) issues.push(issue('until', 'staff-until'))
  else if (day !== '' && office.ok && office.value.role === 'operator')
    issues.push(issue('until', 'staff-operator-until'))
  if (!office.ok || issues.length > 0) return refuse(...issues)
  return ok({ ...office.value, until: day === '' ? null : endOfDay(day) })
}

/**
 * A login name, in lower case: 3–32 letters, digits and dashes. Refused: `login-name-format`, and `login-name-number` for
 * what might be somebody's phone or document number: a login goes before those when signing in.
 */
export function checkLoginName(raw: string): Result<string> {
  const login = raw.normalize('NFKC').trim().toLowerCase()
  if (!/^[a-z0-9-]{3,32}$/.test(login)) return refuse(issue('login', 'login-name-format'))
  if (/\d{5}/.test(login) || /^[\d-]+$/.test(login)) return refuse(issue('login', 'login-name-number'))
  return ok(login)
}

/** Six digits of an authenticator. Issues at `totp`: `totp-empty`, `totp-format`. */
function checkTotp(raw: string): Result<string> {
  const code = normaliseCode(raw)
  if (code === '') return refuse(issue('totp', 'totp-empty'))
  return /^\d{6}$/.test(code) ? ok(code) : refuse(issue('totp', 'totp-format'))
}

const acceptanceForm = z.object({
  login: typed(100),
  password: typed(1000),
  passwordAgain: typed(1000),
  totp: typed(40),
  ticket: typed(2000),
})

export interface Acceptance {
  /** null where the account has one. */
  readonly login: string | null
  readonly password: string
  readonly totp: string
  /** Of the page: the secret of the authenticator it showed, sealed. */
  readonly ticket: string
}

/** What an invited person types: `isNew` asks for a login name too. `name` must not be in the password. */
export function checkAcceptance(
  raw: unknown,
  { isNew, name }: { readonly isNew: boolean; readonly name: string },
): Result<Acceptance> {
  const form = acceptanceForm.parse(raw)
  const login = isNew ? checkLoginName(form.login) : null
  const totp = checkTotp(form.totp)
  const issues = [...issuesOf(login), ...checkNewPassword(form, { name }), ...issuesOf(totp)]
  if (!totp.ok || issues.length > 0) return refuse(...issues)
  return ok({
    login: login?.ok ? login.value : null,
    password: form.password,
    totp: totp.value,
    ticket: form.ticket,
  })
}

export interface Confirmation {
  readonly password: string
  /** Six digits of the authenticator, or a recovery code. */
  readonly totp: string
}

const confirmationForm = z.object({ currentPassword: typed(1000), totp: typed(40) })

/** Password and second factor of who is signed in already: `password-empty` at `currentPassword`, `totp-empty`, `totp-format`. */
export function checkConfirmation(raw: unknown): Result<Confirmation> {
  const form = confirmationForm.parse(raw)
  const totp = recoveryCodeIn(form.totp) === null ? checkTotp(form.totp) : ok(form.totp)
  const issues = [
    ...(form.currentPassword === '' ? [issue('currentPassword', 'password-empty')] : []),
    ...issuesOf(totp),
  ]
  return totp.ok && issues.length === 0
    ? ok({ password: form.currentPassword, totp: totp.value })
    : refuse(...issues)
}

/** The first code of a new authenticator. */
export const checkFirstCode = (raw: unknown): Result<string> => checkTotp(acceptanceForm.parse(raw).totp)
