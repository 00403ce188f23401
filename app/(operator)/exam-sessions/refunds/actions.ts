'use server'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { markRefunded } from '#lib/commands/mark-refunded.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

const orderIn = (form: Form) => {
  const number = form.get('order')
  if (!/^\w{1,64}$/.test(number)) throw notFound()
  return number
}

/** 登记已退款. */
export const mark = formAction({
  actor: requireStaff,
  page: (form) => paths.refund(orderIn(form)),
  read: (form) => ok({ number: orderIn(form), ref: form.get('ref'), day: form.get('day') }),
  run: (deps, actor, input) => markRefunded(deps, actor, input),
  then: () => paths.refunds({ done: 'marked' }),
})
