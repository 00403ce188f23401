'use server'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { acceptPaymentNotice } from '#lib/commands/accept-payment-notice.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { checkPayment } from '#lib/commands/check-payment.ts'
import { demoPay } from '#lib/commands/demo-pay.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

const idIn = (form: Form, name: 'session' | 'case' | 'order') => {
  const id = form.get(name)
  if (!/^[\w-]{1,100}$/.test(id)) throw notFound()
  return id
}
/** The page of the registration, or that of an order where the button stands there. */
const page = (form: Form) =>
  form.get('order') === '' ? paths.exam(idIn(form, 'session')) : paths.payOrder(idIn(form, 'order'))
const read = (form: Form) => ok({ caseId: idIn(form, 'case'), page: page(form) })

/**
 * 支付宝缴费: straight to the stand-in's page, which is ours; elsewhere by the page of the order, since `form-action` lets no POST
 * lead to another origin.
 */
export const startPayment = formAction({
  actor: requireApplicant,
  page,
  read,
  run: (deps, actor, input) => beginPayment(deps, actor, input),
  then: ({ number, pageUrl }, { page: back }) => {
    if (number === null || pageUrl === null) return back
    return pageUrl.startsWith('/') ? pageUrl : paths.payOrder(number)
  },
})

/** 查询缴费结果. */
export const askPayment = formAction({
  actor: requireApplicant,
  page,
  read,
  run: (deps, actor, input) => checkPayment(deps, actor, input),
  then: (state, { page: back }) => (state === 'awaiting-payment' ? `${back}?done=payment-checked` : back),
})

/** 支付成功 or 取消 on the stand-in's page: its server calls ours, and its page leads back. */
export const answerDemoPayment = formAction({
  actor: requireApplicant,
  page: (form) => paths.payOrder(idIn(form, 'order')),
  read: (form) => ok({ number: idIn(form, 'order'), pays: form.get('answer') === 'accept' }),
  run: async (deps, actor, { number, pays }) => {
    if (pays) await acceptPaymentNotice(deps, null, await demoPay(deps, actor, { number }))
  },
  then: (_, { number }) => paths.payOrder(number),
})
