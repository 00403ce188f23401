'use server'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

/** 生成登记表. */
export const makeRecordForm = formAction({
  actor: requireApplicant,
  page: () => paths.recordForm(),
  read: () => ok({ kind: 'record' as const }),
  run: (deps, actor, input) => issueReceipt(deps, actor, input),
  then: (code) => `${paths.recordForm(code)}?done=made#main`,
})
