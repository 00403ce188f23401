'use server'
import { showAgain } from '#app/_form/show-again.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { beginStaffExport } from '#lib/commands/begin-staff-export.ts'
import { deleteExport } from '#lib/commands/delete-export.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

/** 开始导出, and the button of the department's levels without script. */
export const begin = formAction({
  actor: requireStaff,
  page: () => paths.exportNew(),
  secret: ['intent'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    if (form.get('intent') === 'levels')
      return showAgain(paths.exportNew(), form, ['intent'], 'department', actor.id)
    await beginStaffExport(deps, actor, { typed: typedIn(form) })
    return paths.exports('begun')
  },
  then: (to) => to,
})

/** 删除. */
export const remove = formAction({
  actor: requireStaff,
  page: () => paths.exports(),
  read: (form) => ok({ exportId: form.get('export') }),
  run: (deps, actor, input) => deleteExport(deps, actor, input),
  then: () => paths.exports('deleted'),
})
