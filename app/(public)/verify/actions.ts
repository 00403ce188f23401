'use server'
import { formAction } from '#lib/action/form-action.ts'
import { anyone } from '#lib/auth/actors.ts'
import { paths } from '#lib/paths.ts'
import { checkCode } from '#lib/schemas/receipt-code.ts'

/** 查验: leads to the address of the code, which is what a QR code leads to as well. */
export const verify = formAction({
  actor: anyone,
  page: () => paths.verify(),
  read: (form) => checkCode(form.get('code')),
  run: async (_deps, _actor, code) => code,
  then: (code) => `${paths.verify(code)}#main`,
})
