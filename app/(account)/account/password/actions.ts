'use server'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireHolder } from '#lib/auth/actors.ts'
import { changePassword } from '#lib/commands/change-password.ts'
import { paths } from '#lib/paths.ts'

/** 修改密码 (ACC-8). */
export const submitPassword = formAction({
  actor: requireHolder,
  page: () => paths.accountPassword,
  secret: ['currentPassword', 'newPassword', 'newPasswordAgain', 'totp'],
  read: wholeForm,
  run: (deps, actor, form) => changePassword(deps, actor, { typed: typedIn(form) }),
  then: () => `${paths.accountPassword}?done=1#main`,
})
