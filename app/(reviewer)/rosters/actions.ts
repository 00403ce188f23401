'use server'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { confirmRoster } from '#lib/commands/confirm-roster.ts'
import { dropRoster } from '#lib/commands/drop-roster.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

const idIn = (form: Form) => {
  const id = form.get('roster')
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound()
  return id
}
const page = (form: Form) => paths.roster(idIn(form))

/** 确认登记. */
export const confirm = formAction({
  actor: requireStaff,
  page,
  read: (form) => ok({ rosterId: idIn(form) }),
  run: (deps, actor, input) => confirmRoster(deps, actor, input),
  then: (_, { rosterId }) => paths.roster(rosterId, 'confirmed'),
})

/** 放弃. */
export const drop = formAction({
  actor: requireStaff,
  page,
  read: (form) => ok({ rosterId: idIn(form) }),
  run: (deps, actor, input) => dropRoster(deps, actor, input),
  then: (_, { rosterId }) => paths.roster(rosterId, 'dropped'),
})
