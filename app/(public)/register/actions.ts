'use server'
import { sendCode } from '#app/_form/send-code.ts'
import { showAgain } from '#app/_form/show-again.ts'
import { toCharacters } from '#app/_form/to-characters.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { browserMark } from '#lib/action/echo.ts'
import { formAction } from '#lib/action/form-action.ts'
import { anyone } from '#lib/auth/actors.ts'
import { startSession } from '#lib/auth/next-auth.ts'
import { register } from '#lib/commands/register.ts'
import { paths } from '#lib/paths.ts'

const secret = ['intent', 'captcha', 'captchaToken', 'code', 'password', 'passwordAgain']

/** One form, four buttons: 换一张, 生僻字, 免费获取验证码 and 注册. Nothing typed is lost by any of them, passwords excepted. */
export const submitRegistration = formAction({
  actor: anyone,
  page: () => paths.register,
  secret,
  read: wholeForm,
  run: async (deps, actor, form) => {
    switch (form.get('intent')) {
      case 'another':
        return showAgain(paths.register, form, secret, 'captcha')
      case 'rare':
        return toCharacters('register', form, secret)
      case 'code':
        return sendCode(deps, form, { page: paths.register, purpose: 'register', secret })
      default:
        return enter(await register(deps, actor, { typed: typedIn(form), browser: await browserMark() }))
    }
  },
  then: (to) => to,
})

/** Into the first session; who claims a number goes to the appeal at once (ACC-9). */
async function enter({ claiming, ...proven }: Awaited<ReturnType<typeof register>>): Promise<string> {
  await startSession(proven)
  return claiming ? paths.accountAppeal : paths.welcome
}
