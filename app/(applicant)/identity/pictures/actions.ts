'use server'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { removeFile } from '#lib/commands/attach-file.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { refused } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

const page = () => paths.identityPictures
const here = `${paths.identityPictures}#main`

/** Consent opens the case: before it nothing can be uploaded (IDV-4). */
export const agree = formAction({
  actor: requireApplicant,
  page,
  read: () => ok(null),
  run: async (deps, actor) => {
    await giveConsent(deps, actor, { purpose: 'identity' })
    await openDraft(deps, actor, 'identity')
  },
  then: () => here,
})

export const send = formAction({
  actor: requireApplicant,
  page,
  read: (form) => ok({ caseId: form.get('case'), rev: form.whole('rev'), form }),
  run: async (deps, actor, { caseId, rev, form }) => {
    const { issues } = await saveEntry(deps, actor, { caseId, section: 'identity', rowId: 'main', rev, form })
    if (issues.length > 0) throw refused(...issues)
    await submitCase(deps, actor, { caseId, declared: true })
  },
  then: () => here,
})

export const removePicture = formAction({
  actor: requireApplicant,
  page,
  read: (form) => ok({ caseId: form.get('case'), attachmentId: form.get('attachment') }),
  run: (deps, actor, input) => removeFile(deps, actor, input),
  then: () => here,
})

export const withdraw = formAction({
  actor: requireApplicant,
  page,
  read: (form) => ok({ caseId: form.get('case') }),
  run: (deps, actor, input) => withdrawCase(deps, actor, input),
  then: () => here,
})
