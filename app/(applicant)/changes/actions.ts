'use server'
import { randomBytes } from 'node:crypto'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { dropDraft } from '#lib/commands/drop-draft.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { changeDesk, isChangePage } from '#lib/views/changes.ts'

const pageIn = (form: Form) => {
  const page = form.get('section')
  if (!isChangePage(page)) throw notFound()
  return page
}

/** 进行变更, 变更, 变更删除, 新增: each begins the draft, if there is none, and goes on where it was pressed. */
export const begin = formAction({
  actor: requireApplicant,
  page: (form) => paths.changes(pageIn(form)),
  read: (form) => ok({ page: pageIn(form), intent: form.get('intent'), rowId: form.get('row') }),
  run: async (deps, actor, { page, intent, rowId }) => {
    const caseId = await openDraft(deps, actor, `change-${page}`)
    if (intent === 'add') return randomBytes(6).toString('hex')
    if (intent !== 'remove' && intent !== 'row') return ''
    const open = await changeDesk(deps, actor, page)
    const row = open?.desk.draft.rows(page).find(({ id }) => id === rowId)
    // The draft may have removed it before: an empty row of its name would be another one.
    if (intent === 'row') return row?.id ?? ''
    // Under review it is not on the desk, and the command says so.
    await removeEntry(deps, actor, { caseId, section: page, rowId, rev: row?.rev ?? 0 })
    return rowId
  },
  then: (rowId, { page, intent }) => {
    if (intent === 'remove') return `${paths.changeEdit(page)}?done=removed#main`
    return rowId !== '' ? `${paths.changeRow(page, rowId)}#main` : `${paths.changeEdit(page)}#main`
  },
})

export const submitChange = formAction({
  actor: requireApplicant,
  page: (form) => paths.changeEdit(pageIn(form)),
  read: (form) =>
    ok({ page: pageIn(form), caseId: form.get('case'), declared: form.get('declared') === '1' }),
  run: (deps, actor, input) => submitCase(deps, actor, input),
  then: (_, { page }) => `${paths.changes(page, { done: 'submitted' })}#main`,
})

export const withdrawChange = formAction({
  actor: requireApplicant,
  page: (form) => paths.changes(pageIn(form)),
  read: (form) => ok({ page: pageIn(form), caseId: form.get('case') }),
  run: (deps, actor, input) => withdrawCase(deps, actor, input),
  then: (_, { page }) => `${paths.changes(page, { done: 'withdrawn' })}#main`,
})

export const giveUp = formAction({
  actor: requireApplicant,
  page: (form) => paths.changes(pageIn(form)),
  read: (form) => ok({ page: pageIn(form), caseId: form.get('case') }),
  run: (deps, actor, input) => dropDraft(deps, actor, input),
  then: (_, { page }) => `${paths.changes(page, { done: 'dropped' })}#main`,
})
