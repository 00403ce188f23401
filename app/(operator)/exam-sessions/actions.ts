'use server'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { publishExamSession } from '#lib/commands/publish-exam-session.ts'
import { removeExamSite } from '#lib/commands/remove-exam-site.ts'
import { saveExamSession } from '#lib/commands/save-exam-session.ts'
import { saveExamSite } from '#lib/commands/save-exam-site.ts'
import { saveExamWindow } from '#lib/commands/save-exam-window.ts'
import { notFound } from '#lib/domain/errors.ts'
import { paths } from '#lib/paths.ts'

const idIn = (form: Form, name: 'session' | 'department' | 'site') => {
  const id = form.get(name)
  if (!/^[\w-]{1,100}$/.test(id)) throw notFound()
  return id
}
const session = (form: Form) => idIn(form, 'session')
const place = (form: Form) => ({ sessionId: session(form), departmentId: idIn(form, 'department') })
const provinceOf = (form: Form, done?: string) =>
  paths.examProvince(session(form), idIn(form, 'department'), done)
const siteOf = (form: Form) => paths.examSite(session(form), idIn(form, 'department'), idIn(form, 'site'))

export const addSession = formAction({
  actor: requireStaff,
  page: () => paths.examSessionNew,
  read: wholeForm,
  run: (deps, actor, form) =>
    saveExamSession(deps, actor, { sessionId: null, version: 0, typed: typedIn(form) }),
  then: ({ id }) => paths.examSession(id, 'added'),
})

export const editSession = formAction({
  actor: requireStaff,
  page: (form) => paths.examSession(session(form)),
  read: wholeForm,
  run: (deps, actor, form) =>
    saveExamSession(deps, actor, {
      sessionId: session(form),
      version: form.whole('version'),
      typed: typedIn(form),
    }),
  then: ({ id }) => paths.examSession(id, 'saved'),
})

export const publish = formAction({
  actor: requireStaff,
  page: (form) => paths.examSession(session(form)),
  read: wholeForm,
  run: (deps, actor, form) =>
    publishExamSession(deps, actor, { sessionId: session(form), version: form.whole('version') }),
  then: (_, form) => paths.examSession(session(form), 'published'),
})

export const saveWindow = formAction({
  actor: requireStaff,
  page: provinceOf,
  read: wholeForm,
  run: (deps, actor, form) =>
    saveExamWindow(deps, actor, {
      ...place(form),
      version: form.whole('version'),
      typed: form.get('intent') === 'national' ? null : typedIn(form),
    }),
  then: (_, form) => provinceOf(form, form.get('intent') === 'national' ? 'national' : 'window'),
})

export const addSite = formAction({
  actor: requireStaff,
  page: provinceOf,
  read: wholeForm,
  run: (deps, actor, form) =>
    saveExamSite(deps, actor, { ...place(form), siteId: null, version: 0, typed: typedIn(form) }),
  then: (_, form) => provinceOf(form, 'site'),
})

export const editSite = formAction({
  actor: requireStaff,
  page: siteOf,
  read: wholeForm,
  run: (deps, actor, form) =>
    saveExamSite(deps, actor, {
      ...place(form),
      siteId: idIn(form, 'site'),
      version: form.whole('version'),
      typed: typedIn(form),
    }),
  then: (_, form) => provinceOf(form, 'site'),
})

export const removeSite = formAction({
  actor: requireStaff,
  page: siteOf,
  read: wholeForm,
  run: (deps, actor, form) =>
    removeExamSite(deps, actor, {
      ...place(form),
      siteId: idIn(form, 'site'),
      version: form.whole('version'),
    }),
  then: (_, form) => provinceOf(form, 'removed'),
})
