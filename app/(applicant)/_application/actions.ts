'use server'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { dropDraft } from '#lib/commands/drop-draft.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { isApplicationSection } from '#lib/views/application.ts'
import { applicationPages } from '#lib/views/desk-places.ts'

const kindIn = (form: Form) => {
  const kind = form.get('kind')
  if (!isApplicationSection(kind)) throw notFound()
  return kind
}
const page = (form: Form) => applicationPages[kindIn(form)]

/** 调转申请, 申请学分, 申报奖励, 提出异议: begins the draft, if there is none, and goes to its page. */
export const beginApplication = formAction({
  actor: requireApplicant,
  page,
  read: (form) => ok({ kind: kindIn(form) }),
  run: (deps, actor, { kind }) => openDraft(deps, actor, kind),
  then: (_, { kind }) => `${applicationPages[kind]}#main`,
})

export const submitApplication = formAction({
  actor: requireApplicant,
  page,
  read: (form) =>
    ok({ kind: kindIn(form), caseId: form.get('case'), declared: form.get('declared') === '1' }),
  run: (deps, actor, input) => submitCase(deps, actor, input),
  then: (_, { kind }) => `${applicationPages[kind]}?done=submitted#main`,
})

export const withdrawApplication = formAction({
  actor: requireApplicant,
  page,
  read: (form) => ok({ kind: kindIn(form), caseId: form.get('case') }),
  run: (deps, actor, input) => withdrawCase(deps, actor, input),
  then: (_, { kind }) => `${applicationPages[kind]}?done=withdrawn#main`,
})

export const dropApplication = formAction({
  actor: requireApplicant,
  page,
  read: (form) => ok({ kind: kindIn(form), caseId: form.get('case') }),
  run: (deps, actor, input) => dropDraft(deps, actor, input),
  then: (_, { kind }) => `${applicationPages[kind]}?done=dropped#main`,
})
