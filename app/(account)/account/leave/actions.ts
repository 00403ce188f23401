'use server'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { endLeave } from '#lib/commands/end-leave.ts'
import { takeLeave } from '#lib/commands/take-leave.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

const page = () => paths.accountLeave

/** 开始请假 and 修改请假, one's own. */
export const take = formAction({
  actor: requireStaff,
  page,
  read: wholeForm,
  run: (deps, actor, form) => takeLeave(deps, actor, { accountId: actor.id, typed: typedIn(form) }),
  then: () => `${paths.accountLeave}?done=leave#main`,
})

/** 结束请假, one's own. */
export const end = formAction({
  actor: requireStaff,
  page,
  read: () => ok(null),
  run: (deps, actor) => endLeave(deps, actor, { accountId: actor.id }),
  then: () => `${paths.accountLeave}?done=back#main`,
})
