'use server'
import { showAgain } from '#app/_form/show-again.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { pageOfEcho } from '#lib/action/echo.ts'
import { formAction } from '#lib/action/form-action.ts'
import { anyone } from '#lib/auth/actors.ts'
import { client } from '#lib/auth/client.ts'
import { startSession } from '#lib/auth/next-auth.ts'
import { signIn } from '#lib/commands/sign-in.ts'
import { paths } from '#lib/paths.ts'
import { afterSignIn } from './_next.ts'

const secret = ['intent', 'captcha', 'captchaToken', 'password', 'totp']

/**
 * 登录 and 换一张. After signing in, back to where a late POST was kept, or to the page that was asked for, else to where
 * the account's work is.
 */
export const submitSignIn = formAction({
  actor: anyone,
  page: () => paths.login(),
  secret,
  read: wholeForm,
  run: async (deps, actor, form) => {
    if (form.get('intent') === 'another') return showAgain(paths.login(), form, secret, 'captcha')
    const proven = await signIn(deps, actor, { typed: typedIn(form), ...(await client()) })
    await startSession(proven)
    return (await pageOfEcho(form.get('echo'))) ?? afterSignIn(proven.kind, form.get('next'))
  },
  then: (to) => to,
})
