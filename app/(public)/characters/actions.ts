'use server'
import { backTo, echoOf, keep, keepOpen } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { anyone } from '#lib/auth/actors.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { isOffered, namePageOf, namePages } from '#lib/views/characters.ts'

/** What a result button posts; forged values are not there (404). */
function picked(form: Form) {
  const page = namePageOf(form.get('page'))
  const character = form.get('character')
  if (!page || !isOffered(character)) throw notFound()
  return { page, character, echo: form.get('echo'), q: form.get('q'), n: form.get('n') }
}

/**
 * Puts a character behind the name of the form that asked for it and leads back to that form. Where the form is gone
 * (15 minutes), back to the search, which says so.
 */
export const pickCharacter = formAction({
  actor: anyone,
  page: () => paths.characters(),
  read: (form) => ok(picked(form)),
  run: async (_deps, _actor, { page, character, echo: id, q, n }) => {
    const { address, field } = namePages[page]
    const echo = await echoOf(id, address)
    if (echo?.page !== address) return paths.characters({ page, q, n })
    const name = (echo.values[field]?.[0] ?? '') + character
    const form = new Form({ ...echo.values, [field]: [name] })
    const kept = { page: address, form, secret: [], issues: [] }
    const { ownerId } = echo
    const next = ownerId === null ? await keepOpen(kept) : await keep({ ...kept, notice: '', ownerId })
    // Where this network may keep no more, what was typed is worth more than the character.
    return `${backTo(address, next ?? echo.id)}#${field}`
  },
  then: (to) => to,
})
