'use server'
import { sendCode } from '#app/_form/send-code.ts'
import { showAgain } from '#app/_form/show-again.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { browserMark } from '#lib/action/echo.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant, requirePerson } from '#lib/auth/actors.ts'
import { endSession } from '#lib/auth/next-auth.ts'
import { claimPhone } from '#lib/commands/claim-phone.ts'
import { dropAppeal } from '#lib/commands/drop-appeal.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

const page = paths.accountAppeal
const secret = ['intent', 'captcha', 'captchaToken', 'code']

/** The first step where a phone is lost: 换一张, 免费获取验证码 and 下一步. */
export const submitNewPhone = formAction({
  actor: requireApplicant,
  page: () => page,
  secret,
  read: wholeForm,
  run: async (deps, actor, form) => {
    switch (form.get('intent')) {
      case 'another':
        return showAgain(page, form, secret, 'captcha', actor.id)
      case 'code':
        return sendCode(deps, form, {
          page,
          purpose: 'phone-lost',
          secret,
          phone: form.get('newPhone'),
          phoneAt: 'newPhone',
          ownerId: actor.id,
        })
      default:
        await claimPhone(deps, actor, { typed: typedIn(form), browser: await browserMark() })
        return `${page}#main`
    }
  },
  then: (to) => to,
})

/** 放弃申诉: the account of who claimed a number is gone with it. */
export const drop = formAction({
  actor: requirePerson,
  page: () => page,
  read: () => ok(null),
  run: async (deps, actor) => {
    await dropAppeal(deps, actor)
    if (actor.kind !== 'claimant') return `${page}#main`
    await endSession()
    return paths.home
  },
  then: (to) => to,
})
