'use server'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { withdrawExam } from '#lib/commands/withdraw-exam.ts'
import { refused } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { choiceIssues } from '#lib/views/exams.ts'

const sessionIn = (form: Form) => form.get('session')
const choiceIn = (form: Form) => ({ siteId: form.get('site'), subjects: form.getAll('subject') })

/** 下一步：核对报名信息. Nothing is written: the choice goes along in the address, as ids. */
export const chooseForExam = formAction({
  actor: requireApplicant,
  page: (form) => paths.exam(sessionIn(form)),
  read: (form) => ok({ sessionId: sessionIn(form), ...choiceIn(form) }),
  run: async (deps, actor, { sessionId, ...choice }) => {
    const issues = await choiceIssues(deps, actor, sessionId, choice)
    if (issues.length > 0) throw refused(...issues)
  },
  then: (_, { sessionId, siteId, subjects }) => paths.examConfirm(sessionId, { site: siteId, subjects }),
})

/** 提交报名. */
export const register = formAction({
  actor: requireApplicant,
  page: (form) => {
    const { siteId, subjects } = choiceIn(form)
    return paths.examConfirm(sessionIn(form), { site: siteId, subjects })
  },
  read: (form) =>
    ok({ sessionId: sessionIn(form), ...choiceIn(form), declared: form.get('declared') === '1' }),
  run: (deps, actor, input) => registerForExam(deps, actor, input),
  then: (_, { sessionId }) => paths.exam(sessionId, 'registered'),
})

/** 撤回报名. */
export const withdraw = formAction({
  actor: requireApplicant,
  page: (form) => paths.exam(sessionIn(form)),
  read: (form) => ok({ sessionId: sessionIn(form), caseId: form.get('case') }),
  run: (deps, actor, { caseId }) => withdrawExam(deps, actor, { caseId }),
  then: (_, { sessionId }) => paths.exam(sessionId, 'withdrawn'),
})
