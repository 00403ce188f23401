'use server'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

/** 生成学分证明: of all years, with a code by which its reader can verify it. */
export const makeCreditPaper = formAction({
  actor: requireApplicant,
  page: () => paths.credits(),
  read: () => ok({ kind: 'credits' as const }),
  run: (deps, actor, input) => issueReceipt(deps, actor, input),
  then: (code) => `${paths.recordForm(code)}?done=made#main`,
})
