'use server'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { ownEntryCase } from '#lib/views/exam-paper.ts'

/** 生成报名信息表: of the registration this person has for a session. */
export const makeExamPaper = formAction({
  actor: requireApplicant,
  page: (form) => paths.examForm(form.get('session')),
  read: (form) => ok({ sessionId: form.get('session') }),
  run: async (deps, actor, { sessionId }) =>
    issueReceipt(deps, actor, { kind: 'exam', about: await ownEntryCase(deps, actor, sessionId) }),
  then: (_, { sessionId }) => paths.examForm(sessionId, 'made'),
})
