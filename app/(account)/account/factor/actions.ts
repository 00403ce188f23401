'use server'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { beginFactor } from '#lib/commands/begin-factor.ts'
import { replaceFactor } from '#lib/commands/replace-factor.ts'
import { replaceRecoveryCodes } from '#lib/commands/replace-recovery-codes.ts'
import { paths } from '#lib/paths.ts'
import { showCodes } from './_codes.ts'

const page = () => paths.accountFactor

/** One form, two buttons: what it proves is the same, what follows is not. */
export const confirm = formAction({
  actor: requireStaff,
  page,
  secret: ['intent', 'currentPassword', 'totp'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    const typed = typedIn(form)
    if (form.get('intent') === 'codes')
      return showCodes(actor.id, await replaceRecoveryCodes(deps, actor, { typed }))
    const ticket = await beginFactor(deps, actor, { typed })
    const kept = new Form({ ticket: [ticket] })
    const echo = await keep({
      page: paths.accountFactor,
      form: kept,
      secret: [],
      issues: [],
      notice: '',
      ownerId: actor.id,
    })
    return `${withEcho(paths.accountFactor, echo)}#main`
  },
  then: (to) => to,
})

/** A refusal keeps the ticket, so that the same QR is shown again. */
export const finish = formAction({
  actor: requireStaff,
  page,
  secret: ['totp'],
  read: wholeForm,
  run: (deps, actor, form) =>
    replaceFactor(deps, actor, { ticket: form.get('ticket'), typed: typedIn(form) }),
  then: () => `${paths.accountFactor}?done=replaced#main`,
})
