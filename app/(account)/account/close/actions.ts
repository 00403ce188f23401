'use server'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { endSession } from '#lib/auth/next-auth.ts'
import { closeAccount } from '#lib/commands/close-account.ts'
import { paths } from '#lib/paths.ts'

/** 注销账户 (ACC-8), and out of this browser. */
export const submitClosing = formAction({
  actor: requireApplicant,
  page: () => paths.accountClose,
  secret: ['currentPassword'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    await closeAccount(deps, actor, { typed: typedIn(form) })
    await endSession()
  },
  then: () => paths.loginAfter('closed'),
})
