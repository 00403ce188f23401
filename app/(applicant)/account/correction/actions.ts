'use server'
import { toCharacters } from '#app/_form/to-characters.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireApplicant } from '#lib/auth/actors.ts'
import { mendIdentity } from '#lib/commands/mend-identity.ts'
import { paths } from '#lib/paths.ts'

const secret = ['intent', 'currentPassword']

/** 保存修改, and 生僻字 beside the name. */
export const submitMended = formAction({
  actor: requireApplicant,
  page: () => paths.accountCorrection,
  secret,
  read: wholeForm,
  run: async (deps, actor, form) => {
    if (form.get('intent') === 'rare') return toCharacters('mend', form, secret, actor.id)
    await mendIdentity(deps, actor, { typed: typedIn(form) })
    return `${paths.accountCorrection}?done=mended#main`
  },
  then: (to) => to,
})
