'use server'
import { showAgain } from '#app/_form/show-again.ts'
import { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { searchAudit } from '#lib/commands/search-audit.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue, ok, refuse } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { auditedLogin } from '#lib/views/audit.ts'

/** A login name tells who somebody is: it is posted, and the address holds the account's id. */
export const open = formAction({
  actor: requireStaff,
  page: () => paths.audit(),
  read: (form) => ok(form.get('login').slice(0, 100)),
  run: async (deps, actor, login) => {
    const account = await auditedLogin(deps, actor, login)
    if (account === null) throw refused(issue('login', 'audit-login'))
    return account
  },
  then: (account) => `${paths.audit({ account })}#main`,
})

const people = paths.auditPeople()

/** A name in an address would stand in histories and logs (SEC-4): who was found is kept, and the page shows it. */
export const search = formAction({
  actor: requireStaff,
  page: () => people,
  read: (form) => {
    const text = form.get('search').trim().slice(0, 100)
    return text === '' ? refuse(issue('search', 'audit-search-empty')) : ok(text)
  },
  run: async (deps, actor, text) => {
    const { ids, more } = await searchAudit(deps, actor, text)
    const [only] = ids.length === 1 ? ids : []
    const found = new Form({
      search: [text],
      found: ids,
      more: more ? ['1'] : [],
      ...(only === undefined ? {} : { person: [only] }),
    })
    return showAgain(people, found, [], 'main', actor.id)
  },
  then: (to) => to,
})

/** One of several who were found. */
export const choose = formAction({
  actor: requireStaff,
  page: () => people,
  read: (form) => {
    const person = form.get('person')
    if (!/^[0-9a-f-]{36}$/.test(person)) throw notFound()
    return ok(person)
  },
  run: (_deps, actor, person) => showAgain(people, new Form({ person: [person] }), [], 'main', actor.id),
  then: (to) => to,
})
