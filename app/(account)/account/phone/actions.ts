'use server'
import { sendCode } from '#app/_form/send-code.ts'
import { showAgain } from '#app/_form/show-again.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { browserMark } from '#lib/action/echo.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { changePhone } from '#lib/commands/change-phone.ts'
import { notFound } from '#lib/domain/errors.ts'
import { paths } from '#lib/paths.ts'
import { ownPhone } from '#lib/views/my-account.ts'

const page = paths.accountPhone
const secret = ['captcha', 'captchaToken', 'codeNew', 'codeOld', 'currentPassword']

/** 换一张, 免费获取验证码 for either phone, and 更换手机号 (ACC-8). Which was asked for stays in the echo, for the page to say. */
export const submitPhone = formAction({
  actor: requireApplicant,
  page: () => page,
  secret,
  read: wholeForm,
  run: async (deps, actor, form) => {
    const step = { page, secret, ownerId: actor.id }
    switch (form.get('intent')) {
      case 'another':
        return showAgain(page, form, secret, 'captcha', actor.id)
      case 'code-new':
        return sendCode(deps, form, {
          ...step,
          purpose: 'phone-new',
          at: 'codeNew',
          phone: form.get('newPhone'),
          phoneAt: 'newPhone',
        })
      case 'code-old': {
        const { phone } = await ownPhone(deps, actor)
        if (phone === '') throw notFound()
        return sendCode(deps, form, { ...step, purpose: 'phone-old', at: 'codeOld', phone, phoneAt: null })
      }
      default:
        await changePhone(deps, actor, { typed: typedIn(form), browser: await browserMark() })
        return `${page}?done=1#main`
    }
  },
  then: (to) => to,
})
