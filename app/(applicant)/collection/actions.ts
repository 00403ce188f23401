'use server'
import { randomBytes } from 'node:crypto'
import { showAgain } from '#app/_form/show-again.ts'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { removeFile } from '#lib/commands/attach-file.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { isApplicationSection } from '#lib/views/application.ts'
import { collectionSteps, isCollectionStep, listObstacles } from '#lib/views/collection.ts'
import { finderIssues } from '#lib/views/department-finder.ts'
import { placesOf } from '#lib/views/desk-places.ts'
import { materialsIssues } from '#lib/views/materials.ts'

/** Whose pages this form is of: the wizard's, those of a 信息变更, or the one of an application. */
const placesIn = (form: Form) => placesOf(form.get('desk'))
const sectionIn = (form: Form): SectionId => {
  const section = form.get('section')
  if (isApplicationSection(section)) return section
  if (!isCollectionStep(section) || section === 'outcome') throw notFound()
  return section
}
const beside = (step: SectionId, by: 1 | -1) => {
  // An application is no step of the wizard, and has none beside it.
  const at = isCollectionStep(step) ? collectionSteps.indexOf(step) : -1
  const next = at < 0 ? undefined : collectionSteps[at + by]
  return next ? paths.collectionStep(next) : paths.collection
}
const entryIn = (form: Form) => ({
  caseId: form.get('case'),
  section: sectionIn(form),
  rowId: form.get('row'),
  rev: form.whole('rev'),
  intent: form.get('intent'),
  places: placesIn(form),
  form,
})

export const startCollection = formAction({
  actor: requireApplicant,
  page: () => paths.collection,
  read: () => ok(null),
  run: (deps, actor) => openDraft(deps, actor, 'collection'),
  then: () => paths.collectionStep('department'),
})

const isOfSlot = (at: string | null) => at?.startsWith('slot:') === true

const asksFinder = ({ section, intent }: { section: SectionId; intent: string }) =>
  section === 'department' && intent === 'recommend'

/** 保存并下一步 · 上一步 · 保存并退出 · 显示下一级 · 按我的情况推荐 · 按选择列出材料 of a page of one form (COL-2, COL-3, DEP-2). */
export const saveStep = formAction({
  actor: requireApplicant,
  page: (form) => placesIn(form).step(sectionIn(form)),
  read: (form) => ok(entryIn(form)),
  run: async (deps, actor, input) => {
    const { issues } = await saveEntry(deps, actor, input)
    // Of an application the proofs follow from what is saved: they are asked for next.
    const found = input.places.kind === 'application' ? issues.filter(({ at }) => !isOfSlot(at)) : issues
    if (input.intent === 'next' && found.length > 0) throw refused(...found)
    if (input.intent === 'materials' && found.length > 0) throw refused(...materialsIssues(found))
    if (!asksFinder(input)) return actor.id
    const missing = await finderIssues(deps, actor, input.form)
    if (missing.length > 0) throw refused(...missing)
    return actor.id
  },
  then: (ownerId, { intent, section, form, places }) => {
    if (places.kind !== 'collection' && intent === 'next') return `${places.step(section)}?done=saved#main`
    if (asksFinder({ intent, section }))
      return showAgain(paths.collectionStep(section), form, [], 'proposal', ownerId)
    if (intent === 'next') return `${beside(section, 1)}#main`
    if (intent === 'previous') return `${beside(section, -1)}#main`
    if (intent === 'levels') return `${places.step(section)}#departmentId`
    if (intent === 'materials') return `${paths.collectionStep(section)}#materials`
    return places.exit(section)
  },
})

/** 保存 of one row of a list; `add` keeps it open with room for one more nested row. */
export const saveRow = formAction({
  actor: requireApplicant,
  page: (form) => placesIn(form).row(sectionIn(form), form.get('row')),
  read: (form) => ok(entryIn(form)),
  run: async (deps, actor, input) => {
    const { issues } = await saveEntry(deps, actor, { ...input, addChild: input.intent === 'add' })
    if (input.intent === 'save' && issues.length > 0) throw refused(...issues)
  },
  then: (_, { intent, section, rowId, places }) => {
    if (intent === 'add') return `${places.row(section, rowId)}#nested-end`
    return intent === 'exit' ? places.exit(section) : `${places.step(section)}?done=saved#main`
  },
})

export const removeRow = formAction({
  actor: requireApplicant,
  page: (form) => placesIn(form).step(sectionIn(form)),
  read: (form) => ok(entryIn(form)),
  run: (deps, actor, input) => removeEntry(deps, actor, input),
  then: (_, { section, places }) => `${places.step(section)}?done=removed#main`,
})

/** 新增: a fresh id made here, so that the address of a new row is never one that a cache or a link repeats. */
export const addRow = formAction({
  actor: requireApplicant,
  page: (form) => placesIn(form).step(sectionIn(form)),
  read: (form) => ok({ section: sectionIn(form), places: placesIn(form) }),
  run: async () => randomBytes(6).toString('hex'),
  then: (rowId, { section, places }) => `${places.row(section, rowId)}#main`,
})

/** 保存并下一步 of a list page: everything in it is saved already, so it only has to be in order. */
export const passList = formAction({
  actor: requireApplicant,
  page: (form) => paths.collectionStep(sectionIn(form)),
  read: (form) => ok({ section: sectionIn(form), intent: form.get('intent') }),
  run: async (deps, actor, { section, intent }) => {
    const issues = intent === 'next' ? await listObstacles(deps, actor, section) : []
    if (issues.length > 0) throw refused(...issues)
  },
  then: (_, { section, intent }) => {
    if (intent === 'next') return `${beside(section, 1)}#main`
    return intent === 'previous' ? `${beside(section, -1)}#main` : `${paths.collection}?saved=1#main`
  },
})

const pageOfSlot = (form: Form) => {
  const section = sectionIn(form)
  const page = form.get('page')
  const places = placesIn(form)
  return page === '' ? places.step(section) : places.row(section, page)
}
export const removePicture = formAction({
  actor: requireApplicant,
  page: pageOfSlot,
  read: (form) =>
    ok({
      caseId: form.get('case'),
      attachmentId: form.get('attachment'),
      back: `${pageOfSlot(form)}?done=removed#main`,
    }),
  run: (deps, actor, input) => removeFile(deps, actor, input),
  then: (_, { back }) => back,
})

export const agree = formAction({
  actor: requireApplicant,
  page: () => paths.collectionStep('basic'),
  read: () => ok(null),
  run: (deps, actor) => giveConsent(deps, actor, { purpose: 'collection' }),
  then: () => `${paths.collectionStep('basic')}#main`,
})

export const submit = formAction({
  actor: requireApplicant,
  page: () => paths.collectionStep('outcome'),
  read: (form) => ok({ caseId: form.get('case'), declared: form.get('declared') === '1' }),
  run: (deps, actor, input) => submitCase(deps, actor, input),
  then: () => `${paths.collectionStep('outcome')}?done=submitted#main`,
})

export const withdraw = formAction({
  actor: requireApplicant,
  page: () => paths.collectionStep('outcome'),
  read: (form) => ok({ caseId: form.get('case') }),
  run: (deps, actor, input) => withdrawCase(deps, actor, input),
  then: () => `${paths.collectionStep('outcome')}?done=withdrawn#main`,
})
