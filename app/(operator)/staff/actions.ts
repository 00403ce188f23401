'use server'
import { showAgain } from '#app/_form/show-again.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { endGrant } from '#lib/commands/end-grant.ts'
import { endLeave as endTheirLeave } from '#lib/commands/end-leave.ts'
import { giveGrant } from '#lib/commands/give-grant.ts'
import { inviteStaff } from '#lib/commands/invite-staff.ts'
import { renewWayIn } from '#lib/commands/renew-way-in.ts'
import { resumeStaff } from '#lib/commands/resume-staff.ts'
import { revokeInvitation } from '#lib/commands/revoke-invitation.ts'
import { suspendStaff } from '#lib/commands/suspend-staff.ts'
import { takeLeave as takeTheirLeave } from '#lib/commands/take-leave.ts'
import { notFound } from '#lib/domain/errors.ts'
import { ok } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { showLink } from './_link.tsx'

const idIn = (form: Form, name: string) => {
  const id = form.get(name)
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound()
  return id
}
const memberPage = (form: Form) => paths.staffMember(idIn(form, 'account'))
const doneAt = (accountId: string, done: string) => `${paths.staffMember(accountId)}?done=${done}#main`

/** A name in an address would stand in histories and logs (SEC-4): what is looked for is kept, and the page finds it. */
export const search = formAction({
  actor: requireStaff,
  page: () => paths.staff(),
  read: wholeForm,
  run: (_deps, actor, form) =>
    showAgain(paths.staff(), new Form({ search: [form.get('search').slice(0, 100)] }), [], 'main', actor.id),
  then: (to) => to,
})

export const invite = formAction({
  actor: requireStaff,
  page: () => paths.staffInvite,
  secret: ['intent', 'turn'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    if (form.get('intent') === 'levels')
      return showAgain(paths.staffInvite, form, ['intent', 'turn'], 'department', actor.id)
    const link = await inviteStaff(deps, actor, { typed: typedIn(form), turn: form.get('turn') })
    return showLink(paths.staffInvite, actor.id, link, form.get('name'))
  },
  then: (to) => to,
})

export const revoke = formAction({
  actor: requireStaff,
  page: (form) => (form.get('account') === '' ? paths.staff({ tab: 'open' }) : memberPage(form)),
  read: (form) => ok({ invitationId: form.get('invitation'), accountId: form.get('account') }),
  run: (deps, actor, input) => revokeInvitation(deps, actor, input),
  then: (_, { accountId }) =>
    accountId === '' ? `${paths.staff({ tab: 'open', done: 'revoked' })}#main` : doneAt(accountId, 'revoked'),
})

export const give = formAction({
  actor: requireStaff,
  page: memberPage,
  secret: ['intent'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    const accountId = idIn(form, 'account')
    if (form.get('intent') === 'levels')
      return showAgain(memberPage(form), form, ['intent'], 'department', actor.id)
    await giveGrant(deps, actor, { accountId, typed: typedIn(form) })
    return doneAt(accountId, 'given')
  },
  then: (to) => to,
})

export const end = formAction({
  actor: requireStaff,
  page: memberPage,
  read: (form) => ok({ accountId: idIn(form, 'account'), grantId: idIn(form, 'grant') }),
  run: (deps, actor, input) => endGrant(deps, actor, input),
  then: (_, { accountId }) => doneAt(accountId, 'ended'),
})

export const suspend = formAction({
  actor: requireStaff,
  page: memberPage,
  read: (form) => ok({ accountId: idIn(form, 'account') }),
  run: (deps, actor, input) => suspendStaff(deps, actor, input),
  then: (_, { accountId }) => doneAt(accountId, 'suspended'),
})

export const resume = formAction({
  actor: requireStaff,
  page: memberPage,
  read: (form) => ok({ accountId: idIn(form, 'account') }),
  run: (deps, actor, input) => resumeStaff(deps, actor, input),
  then: (_, { accountId }) => doneAt(accountId, 'resumed'),
})

export const renew = formAction({
  actor: requireStaff,
  page: memberPage,
  secret: ['turn'],
  read: (form) => ok({ accountId: idIn(form, 'account'), turn: form.get('turn') }),
  run: async (deps, actor, input) =>
    showLink(paths.staffMember(input.accountId), actor.id, await renewWayIn(deps, actor, input), ''),
  then: (to) => to,
})

/** 开始请假 and 修改请假, of somebody one looks after. */
export const takeLeave = formAction({
  actor: requireStaff,
  page: memberPage,
  read: wholeForm,
  run: async (deps, actor, form) => {
    const accountId = idIn(form, 'account')
    await takeTheirLeave(deps, actor, { accountId, typed: typedIn(form) })
    return doneAt(accountId, 'leave')
  },
  then: (to) => to,
})

/** 结束请假, of somebody one looks after. */
export const endLeave = formAction({
  actor: requireStaff,
  page: memberPage,
  read: (form) => ok({ accountId: idIn(form, 'account') }),
  run: (deps, actor, input) => endTheirLeave(deps, actor, input),
  then: (_, { accountId }) => doneAt(accountId, 'back'),
})
