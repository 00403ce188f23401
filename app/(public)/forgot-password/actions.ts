'use server'
import { sendCode } from '#app/_form/send-code.ts'
import { showAgain } from '#app/_form/show-again.ts'
import { toCharacters } from '#app/_form/to-characters.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { browserMark } from '#lib/action/echo.ts'
import { formAction } from '#lib/action/form-action.ts'
import { anyone } from '#lib/auth/actors.ts'
import { client } from '#lib/auth/client.ts'
import { recoverPassword } from '#lib/commands/recover-password.ts'
import { paths } from '#lib/paths.ts'

const page = paths.forgotPassword
const secret = ['intent', 'captcha', 'captchaToken', 'code', 'newPassword', 'newPasswordAgain']

/** 换一张, 生僻字, 免费获取验证码 and 确认重置密码. Success leads to sign-in and signs nobody in. */
export const submitRecovery = formAction({
  actor: anyone,
  page: () => page,
  secret,
  read: wholeForm,
  run: async (deps, actor, form) => {
    switch (form.get('intent')) {
      case 'another':
        return showAgain(page, form, secret, 'captcha')
      case 'rare':
        return toCharacters('forgot-password', form, secret)
      case 'code':
        return sendCode(deps, form, { page, purpose: 'recover', secret })
      default: {
        const [browser, { address }] = await Promise.all([browserMark(), client()])
        await recoverPassword(deps, actor, { typed: typedIn(form), browser, address })
        return paths.loginAfter('reset')
      }
    }
  },
  then: (to) => to,
})
