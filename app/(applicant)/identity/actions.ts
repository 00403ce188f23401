'use server'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { beginCertify } from '#lib/commands/begin-certify.ts'
import { demoCertify } from '#lib/commands/demo-certify.ts'
import { finishCertify } from '#lib/commands/finish-certify.ts'
import { paths } from '#lib/paths.ts'

const page = () => paths.identity
const orderIn = (form: Form) => ({ ok: true, value: form.get('order') }) as const

/**
 * Straight to the stand-in's page, which is ours; elsewhere by the page of the QR code, since `form-action` lets no
 * POST lead to another origin.
 */
const certifyAt = ({ orderId, certifyUrl }: Awaited<ReturnType<typeof beginCertify>>) =>
  certifyUrl.startsWith('/') ? certifyUrl : paths.identityQr(orderId)

/** 支付宝实名认证: to the provider's page. */
export const startCertify = formAction({
  actor: requireApplicant,
  page,
  read: () => ({ ok: true, value: null }) as const,
  run: (deps, actor) => beginCertify(deps, actor),
  then: certifyAt,
})

/** 重新开始认证: the order ends where it has not passed after all, and a new one begins. */
export const restartCertify = formAction({
  actor: requireApplicant,
  page,
  read: orderIn,
  run: async (deps, actor, order) => {
    const state = await finishCertify(deps, actor, order, { giveUp: true })
    return state === 'passed' ? null : beginCertify(deps, actor)
  },
  then: (begun) => (begun ? certifyAt(begun) : page()),
})

/** 查询认证结果: for who comes back by another way than the provider's. */
export const askCertify = formAction({
  actor: requireApplicant,
  page,
  read: orderIn,
  run: (deps, actor, order) => finishCertify(deps, actor, order),
  then: page,
})

/** 确认认证 or 拒绝 on the stand-in's page; then what the real one's return leads to: the result is asked for. */
export const answerDemoCertify = formAction({
  actor: requireApplicant,
  page,
  read: (form) =>
    ({ ok: true, value: { orderId: form.get('order'), passed: form.get('answer') === 'accept' } }) as const,
  run: async (deps, actor, answer) => {
    await demoCertify(deps, actor, answer)
    return finishCertify(deps, actor, answer.orderId)
  },
  then: page,
})
