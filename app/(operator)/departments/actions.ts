'use server'
import { showAgain } from '#app/_form/show-again.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { addDepartment } from '#lib/commands/add-department.ts'
import { addNoteTemplate } from '#lib/commands/add-note-template.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { editDepartment } from '#lib/commands/edit-department.ts'
import { endNoteTemplate } from '#lib/commands/end-note-template.ts'
import { renameDepartment } from '#lib/commands/rename-department.ts'
import { reopenDepartment } from '#lib/commands/reopen-department.ts'
import { setProvinceRules } from '#lib/commands/set-province-rules.ts'
import { notFound } from '#lib/domain/errors.ts'
import { paths } from '#lib/paths.ts'

const idIn = (form: Form) => {
  const id = form.get('department')
  if (!/^[\w-]{1,100}$/.test(id)) throw notFound()
  return id
}
const seen = (form: Form) => ({
  departmentId: idIn(form),
  version: form.whole('version'),
  typed: typedIn(form),
})
const page = (form: Form) => paths.department(idIn(form))

export const edit = formAction({
  actor: requireStaff,
  page,
  read: wholeForm,
  run: (deps, actor, form) => editDepartment(deps, actor, seen(form)),
  then: (_, form) => paths.departmentDone(idIn(form), 'edited'),
})

export const rename = formAction({
  actor: requireStaff,
  page,
  read: wholeForm,
  run: (deps, actor, form) => renameDepartment(deps, actor, seen(form)),
  then: (_, form) => paths.departmentDone(idIn(form), 'renamed'),
})

export const add = formAction({
  actor: requireStaff,
  page,
  secret: ['turn'],
  read: wholeForm,
  run: (deps, actor, form) =>
    addDepartment(deps, actor, { parentId: idIn(form), typed: typedIn(form), turn: form.get('turn') }),
  then: ({ id }) => paths.departmentDone(id, 'added'),
})

export const close = formAction({
  actor: requireStaff,
  page: (form) => paths.departmentClose(idIn(form)),
  secret: ['intent'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    if (form.get('intent') === 'levels')
      return showAgain(paths.departmentClose(idIn(form)), form, ['intent'], 'target', actor.id)
    await closeDepartment(deps, actor, seen(form))
    return paths.departmentDone(idIn(form), 'closed')
  },
  then: (to) => to,
})

export const reopen = formAction({
  actor: requireStaff,
  page,
  read: wholeForm,
  run: (deps, actor, form) => reopenDepartment(deps, actor, seen(form)),
  then: (_, form) => paths.departmentDone(idIn(form), 'reopened'),
})

/** 本省规则. */
export const setRules = formAction({
  actor: requireStaff,
  page,
  read: wholeForm,
  run: (deps, actor, form) => setProvinceRules(deps, actor, seen(form)),
  then: (_, form) => paths.departmentDone(idIn(form), 'rules-set'),
})

export const addTemplate = formAction({
  actor: requireStaff,
  page,
  read: wholeForm,
  run: (deps, actor, form) =>
    addNoteTemplate(deps, actor, { departmentId: idIn(form), typed: typedIn(form) }),
  then: (_, form) => paths.departmentDone(idIn(form), 'template-added'),
})

export const endTemplate = formAction({
  actor: requireStaff,
  page,
  read: wholeForm,
  run: (deps, actor, form) =>
    endNoteTemplate(deps, actor, { departmentId: idIn(form), templateId: form.get('template') }),
  then: (_, form) => paths.departmentDone(idIn(form), 'template-ended'),
})
