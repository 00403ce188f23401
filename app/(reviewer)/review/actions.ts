'use server'
import { withEcho } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { refusalField, refuseCase } from '#lib/commands/refuse-case.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { anchorOf, paths } from '#lib/paths.ts'
import { readOpinions, verdictName } from '#lib/schemas/findings.ts'

const caseIn = (form: Form) => {
  const caseId = form.get('case')
  if (!/^[0-9a-f-]{36}$/.test(caseId)) throw notFound()
  return caseId
}
const pageOf = (form: Form) => paths.reviewCase(caseIn(form))

export const claim = formAction({
  actor: requireStaff,
  page: pageOf,
  // What was typed when the lease ran out comes back with it.
  read: (form) =>
    ok({ caseId: caseIn(form), kept: /^[\w-]{43}$/.test(form.get('kept')) ? form.get('kept') : '' }),
  run: (deps, actor, input) => claimCase(deps, actor, input),
  then: (_, { caseId, kept }) => {
    const page = `${paths.reviewCase(caseId)}?done=claimed`
    return `${kept === '' ? page : withEcho(page, kept)}#main`
  },
})

export const release = formAction({
  actor: requireStaff,
  page: pageOf,
  read: (form) => ok({ caseId: caseIn(form) }),
  run: (deps, actor, input) => releaseCase(deps, actor, input),
  then: () => `${paths.review({ tab: 'mine', done: 'released' })}#main`,
})

/** `more:<section>` saves and leaves room for one more finding there. */
const decisions = ['save', 'return', 'approve', 'refuse'] as const
type Decision = (typeof decisions)[number]
const decisionIn = (form: Form): { decision: Decision; more: string } => {
  const [word = '', more = ''] = form.get('decision').split(':')
  return { decision: decisions.find((one) => one === word) ?? 'save', more }
}

/** 保存意见 · 退回 · 审核通过 · 不予通过: one form, so that whatever is decided takes what was typed along. */
export const decide = formAction({
  actor: requireStaff,
  page: pageOf,
  read: (form) =>
    ok({
      caseId: caseIn(form),
      version: form.whole('version'),
      note: form.get(refusalField),
      opinions: readOpinions(form.values),
      ...decisionIn(form),
    }),
  run: async (deps, actor, input) => {
    switch (input.decision) {
      case 'save':
        await saveOpinions(deps, actor, input)
        return 'saved'
      case 'return':
        await returnCase(deps, actor, input)
        return 'returned'
      case 'approve':
        return approveCase(deps, actor, input)
      case 'refuse':
        await refuseCase(deps, actor, input)
        return 'refused'
    }
  },
  then: (done, { caseId, decision, more }) => {
    if (decision !== 'save') return `${paths.review({ tab: 'mine', done })}#main`
    const place = more === '' ? 'main' : anchorOf(verdictName(more.replaceAll(/[^a-z]/g, '')))
    return `${paths.reviewCase(caseId)}?done=${done}#${place}`
  },
})
