'use server'
import { browserMark, keep, withEcho } from '#lib/action/echo.ts'
import { formAction } from '#lib/action/form-action.ts'
import type { Form } from '#lib/action/form.ts'
import { anyone } from '#lib/auth/actors.ts'
import { client } from '#lib/auth/client.ts'
import { startSession } from '#lib/auth/next-auth.ts'
import { register } from '#lib/commands/register.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { checkCodeRequest, checkRegistration, registrationFields } from '#lib/schemas/account.ts'

const secret = ['intent', 'captcha', 'captchaToken', 'code', 'password', 'passwordAgain']
const page = () => paths.register

/** What was typed, shown again with nothing said against it. */
const back = async (form: Form, at: string) =>
  `${withEcho(page(), await keep({ page: page(), form, secret, issues: [], notice: '', ownerId: null }))}#${at}`

const typed = (form: Form) => Object.fromEntries(registrationFields.map((name) => [name, form.get(name)]))

/** One form, three buttons: 换一张, 免费获取验证码 and 注册. Nothing typed is lost by any of them, passwords excepted. */
export const submitRegistration = formAction({
  actor: anyone,
  page,
  secret,
  read: (form) => ok(form),
  run: async (deps, actor, form) => {
    const browser = await browserMark()
    switch (form.get('intent')) {
      case 'another':
        return back(form, 'captcha')
      case 'code': {
        const asked = checkCodeRequest({ ...form.flat() })
        return asked.ok ? back(form, 'code') : back(form, 'captcha')
      }
      default:
        return paths.welcome
    }
  },
  then: (to) => to,
})
