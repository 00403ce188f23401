'use server'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { showCodes } from '#app/(account)/account/factor/_codes.ts'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { anyone } from '#lib/auth/actors.ts'
import { startSession } from '#lib/auth/next-auth.ts'
import { acceptInvitation } from '#lib/commands/accept-invitation.ts'
import { paths } from '#lib/paths.ts'

const tokenIn = (form: Form) => (/^[\w-]{43}$/.test(form.get('token')) ? form.get('token') : '-')

/** Makes the account or the way into it, signs in, and shows the recovery codes. */
export const accept = formAction({
  actor: anyone,
  page: (form) => paths.invitation(tokenIn(form)),
  // The link's secret is stored nowhere.
  keptAs: paths.invitation(''),
  secret: ['token', 'password', 'passwordAgain', 'totp'],
  read: wholeForm,
  run: async (deps, _actor, form) => {
    const accepted = await acceptInvitation(deps, null, { token: tokenIn(form), typed: typedIn(form) })
    await startSession(accepted)
    return showCodes(accepted.accountId, accepted.recoveryCodes, { isFirst: accepted.isNew })
  },
  then: (to) => to,
})
