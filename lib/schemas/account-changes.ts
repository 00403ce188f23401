/** What the forms of 找回密码 and 我的账户 refuse before anything is looked up: every issue at once, in the order of the form. */
import { z } from 'zod'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { checkCode, checkNewPassword, issuesOf, ticked, typed } from './account.ts'
import { checkName } from './name.ts'
import { normaliseCode } from './normalise.ts'
import type { PasswordOwner } from './password.ts'
import { checkPhone } from './phone.ts'

const newPassword = { newPassword: typed(1000), newPasswordAgain: typed(1000) }
type NewPassword = z.output<z.ZodObject<typeof newPassword>>

const checkNew = (form: NewPassword, owner: PasswordOwner) =>
  checkNewPassword({ password: form.newPassword, passwordAgain: form.newPasswordAgain }, owner, {
    at: 'newPassword',
    againAt: 'newPasswordAgain',
  })

const needsPassword = (password: string): Issue[] =>
  password === '' ? [issue('currentPassword', 'password-empty')] : []

const recoveryForm = z.object({
  idNumber: typed(100),
  name: typed(400),
  phone: typed(60),
  code: typed(40),
  ...newPassword,
})

export interface Recovery {
  /** As typed: which document it is of is not asked. */
  readonly idNumber: string
  readonly name: string
  /** Normalised. */
  readonly phone: string
  readonly code: string
  readonly password: string
}

/** The form of 找回密码 (ACC-7): what is missing or cannot be, whoever it is. */
export function checkRecovery(raw: unknown): Result<Recovery> {
  const form = recoveryForm.parse(raw)
  const name = checkName(form.name)
  const phone = checkPhone(form.phone)
  const code = checkCode(form.code)
  const issues = [
    ...(normaliseCode(form.idNumber) === '' ? [issue('idNumber', 'id-empty')] : []),
    ...issuesOf(name),
    ...issuesOf(phone),
    ...issuesOf(code),
    ...checkNew(form, form),
  ]
  return name.ok && phone.ok && code.ok && issues.length === 0
    ? ok({
        idNumber: form.idNumber,
        name: name.value,
        phone: phone.value,
        code: code.value,
        password: form.newPassword,
      })
    : refuse(...issues)
}

const passwordForm = z.object({ currentPassword: typed(1000), totp: typed(40), ...newPassword })

export interface PasswordChange {
  readonly currentPassword: string
  readonly password: string
  /** `''` where none is asked. */
  readonly totp: string
}

/** The form of 修改密码 (ACC-8): `password-same` where nothing would change, `totp-empty` for staff. */
export function checkPasswordChange(
  raw: unknown,
  owner: PasswordOwner,
  { needsTotp }: { needsTotp: boolean },
): Result<PasswordChange> {
  const form = passwordForm.parse(raw)
  const totp = normaliseCode(form.totp)
  const issues = [
    ...needsPassword(form.currentPassword),
    ...checkNew(form, owner),
    ...(form.newPassword !== '' && form.newPassword === form.currentPassword
      ? [issue('newPassword', 'password-same')]
      : []),
    ...(needsTotp && totp === '' ? [issue('totp', 'totp-empty')] : []),
  ]
  return issues.length > 0
    ? refuse(...issues)
    : ok({ currentPassword: form.currentPassword, password: form.newPassword, totp })
}

const phoneForm = z.object({
  newPhone: typed(60),
  codeNew: typed(40),
  codeOld: typed(40),
  currentPassword: typed(1000),
  release: ticked,
})

export interface PhoneChange {
  /** Normalised. */
  readonly phone: string
  readonly codeNew: string
  /** '' where there is no phone to prove. */
  readonly codeOld: string
  /** '' where the phone proves who it is. */
  readonly currentPassword: string
  /** The phone is mine now, whoever holds it (ACC-9). */
  readonly release: boolean
}

/** The form of 更换手机号 (ACC-8); `present` is the phone registered now, '' where it was taken away. */
export function checkPhoneChange(raw: unknown, present: string): Result<PhoneChange> {
  const form = phoneForm.parse(raw)
  const phone = checkPhone(form.newPhone, 'newPhone')
  const codeNew = checkCode(form.codeNew, 'codeNew')
  const codeOld = present === '' ? ok('') : checkCode(form.codeOld, 'codeOld')
  const issues = [
    ...issuesOf(phone),
    ...(phone.ok && phone.value === present ? [issue('newPhone', 'phone-same')] : []),
    ...issuesOf(codeNew),
    ...issuesOf(codeOld),
    ...(present === '' ? needsPassword(form.currentPassword) : []),
  ]
  return phone.ok && codeNew.ok && codeOld.ok && issues.length === 0
    ? ok({
        phone: phone.value,
        codeNew: codeNew.value,
        codeOld: codeOld.value,
        currentPassword: present === '' ? form.currentPassword : '',
        release: form.release,
      })
    : refuse(...issues)
}

const passwordOnly = z.object({ currentPassword: typed(1000) })

/** A form that asks for the present password and nothing else. */
export function checkOwnPassword(raw: unknown): Result<string> {
  const { currentPassword } = passwordOnly.parse(raw)
  const issues = needsPassword(currentPassword)
  return issues.length > 0 ? refuse(...issues) : ok(currentPassword)
}

const closingForm = passwordOnly.extend({ closing: ticked })

/** The form of 注销账户 (ACC-8): gives the present password; `closing-unconfirmed` without the tick. */
export function checkClosing(raw: unknown): Result<string> {
  const { currentPassword, closing } = closingForm.parse(raw)
  const issues = [
    ...needsPassword(currentPassword),
    ...(closing ? [] : [issue('closing', 'closing-unconfirmed')]),
  ]
  return issues.length > 0 ? refuse(...issues) : ok(currentPassword)
}
