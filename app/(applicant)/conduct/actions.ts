'use server'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

/** 提出异议 on an entry that stands: begins the draft, or goes on with it. */
export const object = formAction({
  actor: requireApplicant,
  page: () => paths.conduct,
  read: (form) => {
    const entryId = form.get('entry')
    if (!/^[0-9a-f-]{36}$/.test(entryId)) throw notFound()
    return ok(entryId)
  },
  run: (deps, actor, entryId) => openDraft(deps, actor, 'objection', entryId),
  then: () => `${paths.conductObjection}#main`,
})
