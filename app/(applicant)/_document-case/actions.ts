'use server'
import { toCharacters } from '#app/_form/to-characters.ts'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requirePerson } from '#lib/auth/actors.ts'
import { removeFile } from '#lib/commands/attach-file.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { isDocumentKind } from '#lib/text/document-cases.ts'
import { documentPages } from '#lib/views/slot-page.ts'

/** The kind comes with the form; what is none of these is not there. */
function kindIn(form: Form) {
  const kind = form.get('kind')
  if (!isDocumentKind(kind)) throw notFound()
  return kind
}
const page = (form: Form) => documentPages[kindIn(form)]

/** Consent opens the case: before it nothing can be uploaded (IDV-4). */
export const agree = formAction({
  actor: requirePerson,
  page,
  read: (form) => ok({ kind: kindIn(form) }),
  run: async (deps, actor, { kind }) => {
    await giveConsent(deps, actor, { purpose: kind })
    await openDraft(deps, actor, kind)
  },
  then: (_, { kind }) => `${documentPages[kind]}#main`,
})

/** 提交, 保存 and 生僻字 beside a name. */
export const send = formAction({
  actor: requirePerson,
  page,
  read: (form) => ok({ kind: kindIn(form), caseId: form.get('case'), rev: form.whole('rev'), form }),
  run: async (deps, actor, { kind, caseId, rev, form }) => {
    const intent = form.get('intent')
    if (intent === 'rare' && kind === 'correction') return toCharacters('correction', form, [], actor.id)
    const { issues } = await saveEntry(deps, actor, { caseId, section: kind, rowId: 'main', rev, form })
    if (intent === 'save') return `${documentPages[kind]}?done=saved#main`
    if (issues.length > 0) throw refused(...issues)
    await submitCase(deps, actor, { caseId, declared: true })
    return `${documentPages[kind]}#main`
  },
  then: (to) => to,
})

export const removePicture = formAction({
  actor: requirePerson,
  page,
  read: (form) => ok({ kind: kindIn(form), caseId: form.get('case'), attachmentId: form.get('attachment') }),
  run: (deps, actor, input) => removeFile(deps, actor, input),
  then: (_, { kind }) => `${documentPages[kind]}#main`,
})

export const withdraw = formAction({
  actor: requirePerson,
  page,
  read: (form) => ok({ kind: kindIn(form), caseId: form.get('case') }),
  run: (deps, actor, input) => withdrawCase(deps, actor, input),
  then: (_, { kind }) => `${documentPages[kind]}#main`,
})
