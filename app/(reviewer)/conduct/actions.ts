'use server'
import { showAgain } from '#app/_form/show-again.ts'
import { wholeForm } from '#app/_form/typed.ts'
import { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { enterPenalty } from '#lib/commands/enter-penalty.ts'
import { publishAward } from '#lib/commands/publish-award.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'

const isId = (text: string) => /^[0-9a-f-]{36}$/.test(text)

/**
 * 行政处罚登记, step by step in one form: `find` the person, `check` what was typed, `enter` it, or `back` to mend it. Whom it is about
 * stands in no address (SEC-4): each page is shown from an echo.
 */
export const penalty = formAction({
  actor: requireStaff,
  page: () => paths.penaltyNew,
  secret: ['intent'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    const intent = form.get('intent')
    const at = (step: string, values: Form['values'] = form.values) =>
      showAgain(paths.penaltyNew, new Form({ ...values, step: [step] }), ['intent'], 'main', actor.id)
    if (intent === 'another') return at('find', {})
    if (intent === 'find' || intent === 'back') return at('fill')
    const confirmed = intent === 'enter'
    const { number } = await enterPenalty(deps, actor, {
      number: form.get('number'),
      name: form.get('name'),
      form,
      confirmed,
    })
    return confirmed ? `${paths.conductEntries({ entered: number })}#main` : at('confirm')
  },
  then: (to) => to,
})

export const publish = formAction({
  actor: requireStaff,
  page: () => paths.conductEntries(),
  read: (form) => {
    const entryId = form.get('entry')
    if (!isId(entryId)) throw notFound()
    return ok({ entryId, published: form.get('become') === 'published' })
  },
  run: (deps, actor, input) => publishAward(deps, actor, input),
  then: (_, { published }) =>
    `${paths.conductEntries({ done: published ? 'published' : 'unpublished' })}#main`,
})
