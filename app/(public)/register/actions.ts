'use server'
import { browserMark } from '#lib/action/echo.ts'
import { formAction } from '#lib/action/form-action.ts'
import { anyone } from '#lib/auth/actors.ts'
import { client } from '#lib/auth/client.ts'
import { startSession } from '#lib/auth/next-auth.ts'
import { register } from '#lib/commands/register.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import { paths } from '#lib/paths.ts'
import { showAgain } from '../_parts/show-again.ts'
import { typedIn, wholeForm } from '../_parts/typed.ts'

const secret = ['intent', 'captcha', 'captchaToken', 'code', 'password', 'passwordAgain']

/** One form, three buttons: 换一张, 免费获取验证码 and 注册. Nothing typed is lost by any of them, passwords excepted. */
export const submitRegistration = formAction({
  actor: anyone,
  page: () => paths.register,
  secret,
  read: wholeForm,
  run: async (deps, actor, form) => {
    const typed = typedIn(form)
    switch (form.get('intent')) {
      case 'another':
        return showAgain(paths.register, form, secret, 'captcha')
      case 'code': {
        const [browser, { address }] = await Promise.all([browserMark(), client()])
        await requestSmsCode(deps, actor, { typed, purpose: 'register', browser, address })
        return showAgain(paths.register, form, secret, 'code')
      }
      default:
        await startSession(await register(deps, actor, { typed, browser: await browserMark() }))
        return paths.welcome
    }
  },
  then: (to) => to,
})
