import { and, eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import { accountById } from '#db/queries/accounts.ts'
import { staffPage } from '#db/queries/staff.ts'
import { captchaDigits, issueCaptcha } from '#lib/auth/captcha-token.ts'
import { isProven } from '#lib/auth/proof.ts'
import { readSession } from '#lib/auth/session.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { acceptInvitation } from '#lib/commands/accept-invitation.ts'
import { beginFactor } from '#lib/commands/begin-factor.ts'
import { endGrant } from '#lib/commands/end-grant.ts'
import { giveGrant } from '#lib/commands/give-grant.ts'
import { inviteOperator } from '#lib/commands/invite-operator.ts'
import { inviteStaff } from '#lib/commands/invite-staff.ts'
import { renewWayIn } from '#lib/commands/renew-way-in.ts'
import { replaceFactor } from '#lib/commands/replace-factor.ts'
import { replaceRecoveryCodes } from '#lib/commands/replace-recovery-codes.ts'
import { resumeStaff } from '#lib/commands/resume-staff.ts'
import { revokeInvitation } from '#lib/commands/revoke-invitation.ts'
import { signIn } from '#lib/commands/sign-in.ts'
import { suspendStaff } from '#lib/commands/suspend-staff.ts'
import type { Actor, Role, Staff } from '#lib/domain/actor.ts'
import { newSecret, secretId } from '#lib/ids.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { openLink, ownFactor } from '#lib/views/invitation.ts'
import { hasQueue } from '#lib/views/review-queue.ts'
import { invitationList, inviteChoices, staffList, staffPageSize } from '#lib/views/staff.ts'
import { staffMember } from '#lib/views/staff-member.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { planner } from '#tests/support/plans.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const second = 1000
const hour = 3_600_000
const password = 'correct horse 42'

let hosts = 0
const newHost = () => `203.0.113.${(++hosts % 250) + 1}`

const at = (path: string) =>
  Object.fromEntries(path.split('/').map((id, index) => [`department.${index + 1}`, id]))
const guangzhou = '440000/440100'
const tianhe = '440000/440100/440106'

describeEachEngine('staff (ACC-10)', (open) => {
  let deps: TestDeps
  let operator: Staff
  let manager: Staff
  beforeEach(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
    operator = (await makeStaff(deps, { role: 'operator' })).actor
    manager = (await makeStaff(deps, { role: 'manager', departmentId: '440100' })).actor
  })

  // A store for every test: without this their connections add up.
  afterEach(() => deps.store.close())

  const wish = (role: Role, path: string, more: Record<string, string> = {}) => ({
    name: '李审核',
    role,
    ...(path === '' ? {} : at(path)),
    ...more,
  })
  const invite = (actor: Actor, typed: unknown = wish('reviewer', tianhe), turn = newSecret()) =>
    inviteStaff(deps, actor, { typed, turn })

  const codeOf = (secret: string, now = deps.clock.now()) =>
    generateSync({ strategy: 'totp', secret, epoch: Math.floor(now.getTime() / 1000) })
  const otherThan = (code: string) => (code === '000000' ? '111111' : '000000')

  /** What the page of a link shows, as an authenticator takes it. */
  async function shown(token: string) {
    const link = await openLink(deps, token)
    return { secret: link?.enrolment.secret.replaceAll(' ', '') ?? '', ticket: link?.ticket ?? '' }
  }
  const filled = async (token: string, more: Record<string, string> = {}) => {
    const { secret, ticket } = await shown(token)
    return { ...typedBy(codeOf(secret), ticket), ...more }
  }
  const typedBy = (totp: string, ticket: string) => ({
    login: `member-${newSecret()
      .slice(0, 6)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, 'x')}`,
    password,
    passwordAgain: password,
    totp,
    ticket,
  })
  /** Goes through the form behind a link; gives the secret its page showed as well. */
  const accept = async (token: string, more: Record<string, string> = {}) => {
    const { secret, ticket } = await shown(token)
    const typed = { ...typedBy(codeOf(secret), ticket), ...more }
    return { ...(await acceptInvitation(deps, null, { token, typed })), secret }
  }

  /** Somebody who came in by an invitation, as they are now. */
  async function joined(typed = wish('reviewer', tianhe), login = 'member') {
    const { token } = await invite(operator, typed)
    const { accountId, recoveryCodes, secret } = await accept(token, { login })
    deps.clock.advance(30 * second)
    return { id: accountId, login, secret, recoveryCodes }
  }
  const enter = (login: string, totp: string, word = password, from = newHost()) => {
    const captchaToken = issueCaptcha(deps)
    const captcha = captchaDigits(deps, captchaToken)?.digits ?? ''
    const typed = { login, password: word, totp, captcha, captchaToken }
    return signIn(deps, null, { typed, address: from, agent: 'test' })
  }
  const begin = (accountId: string) => openSession(deps, { accountId, address: '192.0.2.7', agent: 'test' })
  const actorOf = async (token: string) => {
    const found = await readSession(deps, token)
    return found?.actor.kind === 'staff' ? found.actor : null
  }
  const kinds = async () => {
    const { read, t } = deps.store
    return (await read.select({ kind: t.event.kind }).from(t.event).orderBy(t.event.id)).map(
      ({ kind }) => kind,
    )
  }
  const statusOf = async (id: string) =>
    (await accountById(deps.store.read, deps.store.t, deps.keys, id))?.status
  const grantsIn = async (id: string) => {
    const { read, t } = deps.store
    return read.select().from(t.staffGrant).where(eq(t.staffGrant.accountId, id))
  }

  describe('inviting', () => {
    it('makes one link for two clicks, and stores nothing one could come in with', async () => {
      const turn = newSecret()
      const [one, two] = await Promise.all([
        invite(manager, wish('reviewer', tianhe), turn),
        invite(manager, wish('reviewer', tianhe), turn),
      ])
      expect(one.token).toBe(two.token)
      expect(one.expiresAt.getTime() - deps.clock.now().getTime()).toBe(72 * hour)
      const rows = await deps.store.read.select().from(deps.store.t.invitation)
      expect(rows).toMatchObject([{ id: secretId(one.token), departmentId: '440106', role: 'reviewer' }])
      expect(JSON.stringify(rows)).not.toContain(one.token)
      expect(JSON.stringify(rows)).not.toContain('李审核')
      expect((await kinds()).filter((kind) => kind === 'staff.invited')).toHaveLength(1)
      expect((await invite(manager, wish('viewer', tianhe), turn)).token).not.toBe(one.token)
    })

    it('with a link that is dead already tells the second click to look again', async () => {
      const turn = newSecret()
      const { token } = await invite(manager, wish('reviewer', tianhe), turn)
      await revokeInvitation(deps, manager, { invitationId: secretId(token) })
      expect(await outcomeOf(invite(manager, wish('reviewer', tianhe), turn))).toEqual(['stale'])
    })

    it('is for who stands above in the tree', async () => {
      const no = async (actor: Actor, role: Role, path: string) => outcomeOf(invite(actor, wish(role, path)))
      expect(await no(manager, 'reviewer', '440000/440400')).toEqual(['refused', 'staff-outside-scope'])
      expect(await no(manager, 'reviewer', '440000')).toEqual(['refused', 'staff-outside-scope'])
      expect(await no(manager, 'manager', guangzhou)).toEqual(['refused', 'staff-manager-below'])
      expect(await no(manager, 'auditor', '')).toEqual(['refused', 'staff-outside-scope'])
      expect(await no(manager, 'operator', '')).toEqual(['refused', 'staff-role-beyond-you'])
      expect(await no(manager, 'reviewer', 'nowhere')).toEqual(['refused', 'required'])
      for (const [role, path] of [
        ['reviewer', guangzhou],
        ['manager', tianhe],
        ['viewer', tianhe],
        ['auditor', guangzhou],
      ] as const)
        expect([role, await no(manager, role, path)]).toEqual([role, ['done']])
      for (const role of ['operator', 'auditor'] as const)
        expect([role, await no(operator, role, '')]).toEqual([role, ['done']])
      expect(await no(operator, 'manager', '440000')).toEqual(['done'])
    })

    it('is nothing to anybody else, whatever they type', async () => {
      const others: Actor[] = [
        (await makeStaff(deps, { role: 'reviewer', departmentId: '440000' })).actor,
        (await makeStaff(deps, { role: 'viewer', departmentId: '440000' })).actor,
        (await makeStaff(deps, { role: 'auditor' })).actor,
        (await makeApplicant(deps)).actor,
      ]
      for (const actor of others)
        for (const typed of [wish('reviewer', tianhe), {}])
          expect(await outcomeOf(invite(actor, typed))).toEqual(['not-found'])
    })

    it('ends with the inviter’s own suspension or office, though their page is still open', async () => {
      await suspendStaff(deps, operator, { accountId: manager.id })
      expect(await outcomeOf(invite(manager))).toEqual(['not-found'])
      await resumeStaff(deps, operator, { accountId: manager.id })
      expect(await outcomeOf(invite(manager))).toEqual(['done'])
      const [grant] = await grantsIn(manager.id)
      await endGrant(deps, operator, { accountId: manager.id, grantId: grant?.id ?? '' })
      expect(await outcomeOf(invite(manager))).toEqual(['not-found'])
    })

    it('of an operator from the machine needs a name', async () => {
      expect(await outcomeOf(inviteOperator(deps, null, { name: ' ' }))).toEqual(['refused', 'name-empty'])
      const { token } = await inviteOperator(deps, null, { name: '唐宁' })
      expect(await openLink(deps, token)).toMatchObject({ name: '唐宁', login: null, office: '平台运维' })
      const { accountId } = await accept(token)
      expect(await grantsIn(accountId)).toMatchObject([{ role: 'operator', departmentId: null, until: null }])
    })
  })

  describe('accepting', () => {
    it('makes an account with its office, and proves its holder', async () => {
      const number = newMainlandNumber()
      const { token } = await invite(manager, wish('reviewer', tianhe, { idNumber: number }))
      const before = await deps.store.read.select().from(deps.store.t.event)
      await shown(token)
      expect(await deps.store.read.select().from(deps.store.t.event)).toEqual(before)
      const accepted = await accept(token, { login: 'Tian-He' })
      expect(isProven(deps, accepted)).toBe(true)
      const byId = (id: string) => accountById(deps.store.read, deps.store.t, deps.keys, id)
      // The same person as an applicant: their cases are their own (REV-2).
      const applicant = await byId((await makeApplicant(deps, { number })).actor.id)
      expect(applicant?.identityIndex).toMatch(/^[0-9a-f]{64}$/)
      expect(await byId(accepted.accountId)).toMatchObject({
        kind: 'staff',
        status: 'active',
        login: 'tian-he',
        name: '李审核',
        totpSecret: accepted.secret,
        ownIdentityIndex: applicant?.identityIndex,
      })
      expect(await grantsIn(accepted.accountId)).toMatchObject([
        { role: 'reviewer', departmentId: '440106', until: null },
      ])
      expect(await kinds()).toContain('staff.joined')
    })

    it('uses the code up: it lets nobody in a second time', async () => {
      const { token } = await invite(operator)
      const { secret } = await accept(token, { login: 'member' })
      expect(await outcomeOf(enter('member', codeOf(secret)))).toEqual(['refused', 'sign-in-wrong'])
      deps.clock.advance(30 * second)
      expect(await outcomeOf(enter('member', codeOf(secret)))).toEqual(['done'])
    })

    it('tells everything that is wrong, and leaves the link as it was', async () => {
      const { token } = await invite(operator)
      const right = await filled(token)
      const attempt = (more: Record<string, string>) =>
        outcomeOf(acceptInvitation(deps, null, { token, typed: { ...right, ...more } }))
      await makeStaff(deps, { role: 'viewer', departmentId: '440106', login: 'taken' })
      expect(await attempt({ login: '1', password: '12345678', passwordAgain: '1', totp: '' })).toEqual([
        'refused',
        'login-name-format',
        'password-common',
        'password-mismatch',
        'totp-empty',
      ])
      expect(await attempt({ totp: otherThan(right.totp) })).toEqual(['refused', 'totp-wrong'])
      const other = await shown((await invite(operator)).token)
      for (const ticket of ['', 'x', other.ticket])
        expect(await attempt({ ticket, totp: codeOf(other.secret) })).toEqual(['refused', 'totp-wrong'])
      expect(await attempt({ login: 'TAKEN' })).toEqual(['refused', 'login-taken'])
      expect(await attempt({})).toEqual(['done'])
    })

    it('happens once, under several at once too', async () => {
      const { token } = await invite(operator)
      const typed = await Promise.all([1, 2, 3].map((n) => filled(token, { login: `member-${'abc'[n]}x` })))
      const ended = await Promise.all(
        typed.map((one) => outcomeOf(acceptInvitation(deps, null, { token, typed: one }))),
      )
      expect(ended.filter(([how]) => how === 'done')).toHaveLength(1)
      expect(ended.filter(([, code]) => code === 'invitation-over')).toHaveLength(2)
      const { read, t } = deps.store
      expect(await read.select().from(t.account).where(eq(t.account.kind, 'staff'))).toHaveLength(3)
      expect(await read.select().from(t.recoveryCode)).toHaveLength(10)
    })

    it('answers alike for a link that is used, taken back, too old, or none', async () => {
      const [used, revoked, old, ofSuspended, ofFormer] = [
        (await invite(operator)).token,
        (await invite(operator)).token,
        (await invite(operator)).token,
        (await invite(manager)).token,
        (await invite(manager)).token,
      ]
      await accept(used)
      await revokeInvitation(deps, operator, { invitationId: secretId(revoked) })
      const [grant] = await grantsIn(manager.id)
      await endGrant(deps, operator, { accountId: manager.id, grantId: grant?.id ?? '' })
      expect(await openLink(deps, ofFormer)).toBeNull()
      await suspendStaff(deps, operator, { accountId: manager.id })
      const typed = { login: 'member', password, passwordAgain: password, totp: '123456' }
      const answers = async (tokens: readonly string[]) =>
        Promise.all(
          tokens.map(async (token) => [
            await openLink(deps, token),
            await outcomeOf(acceptInvitation(deps, null, { token, typed })),
            await outcomeOf(acceptInvitation(deps, null, { token, typed: {} })),
          ]),
        )
      const dead = [null, ['refused', 'invitation-over'], ['refused', 'invitation-over']]
      expect(await answers([used, revoked, ofSuspended, ofFormer, newSecret(), '-', ''])).toEqual(
        Array(7).fill(dead),
      )
      expect(await openLink(deps, old)).not.toBeNull()
      deps.clock.advance(72 * hour)
      expect(await answers([old])).toEqual([dead])
    })
  })

  it('lets somebody in whose page was shown before the keys were changed', async () => {
    const old = makeAppKeys()
    const before = testDeps(deps.store, { keys: old })
    const { token } = await inviteOperator(before, null, { name: '唐宁' })
    const link = await openLink(before, token)
    const secret = link?.enrolment.secret.replaceAll(' ', '') ?? ''
    const after = testDeps(deps.store, { keys: makeAppKeys(old) })
    const typed = {
      login: 'member',
      password,
      passwordAgain: password,
      totp: codeOf(secret),
      ticket: link?.ticket,
    }
    expect(await outcomeOf(acceptInvitation(after, null, { token, typed }))).toEqual(['done'])
  })

  it('forgets an invitation a month after its end', async () => {
    await invite(operator)
    const held = async () => deps.store.read.select().from(deps.store.t.invitation)
    deps.clock.advance(72 * hour)
    await sweep(deps)
    expect(await held()).toHaveLength(1)
    deps.clock.advance(30 * 24 * hour + 1)
    await sweep(deps)
    expect(await held()).toEqual([])
  })

  describe('taking a link back', () => {
    it('is for who might have given it', async () => {
      const { token } = await invite(operator, wish('manager', guangzhou))
      const invitationId = secretId(token)
      const below = (await makeStaff(deps, { role: 'manager', departmentId: '440106' })).actor
      const applicant = (await makeApplicant(deps)).actor
      for (const actor of [manager, below, applicant])
        expect(await outcomeOf(revokeInvitation(deps, actor, { invitationId }))).toEqual(['not-found'])
      expect(await outcomeOf(revokeInvitation(deps, operator, { invitationId: 'none' }))).toEqual([
        'not-found',
      ])
      const above = (await makeStaff(deps, { role: 'manager', departmentId: '440000' })).actor
      expect(await outcomeOf(revokeInvitation(deps, above, { invitationId }))).toEqual(['done'])
      expect(await outcomeOf(revokeInvitation(deps, above, { invitationId }))).toEqual(['done'])
      expect((await kinds()).filter((kind) => kind === 'staff.invitation-revoked')).toHaveLength(1)
      expect(await openLink(deps, token)).toBeNull()
    })
    it('comes too late once it was used', async () => {
      const { token } = await invite(operator)
      await accept(token)
      expect(await outcomeOf(revokeInvitation(deps, operator, { invitationId: secretId(token) }))).toEqual([
        'not-found',
      ])
    })
  })

  describe('recovery codes', () => {
    it('stand in for the authenticator, once each, as they are written down', async () => {
      const { recoveryCodes, login, id } = await joined()
      expect(recoveryCodes).toHaveLength(10)
      expect(new Set(recoveryCodes).size).toBe(10)
      for (const code of recoveryCodes) expect(code).toMatch(/^[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}$/)
      const [one = '', two = ''] = recoveryCodes
      expect(await outcomeOf(enter(login, one, 'wrong'))).toEqual(['refused', 'sign-in-wrong'])
      const answers = await Promise.all([one, one].map((code) => outcomeOf(enter(login, code))))
      expect(answers.filter(([how]) => how === 'done')).toHaveLength(1)
      expect(await outcomeOf(enter(login, one))).toEqual(['refused', 'sign-in-wrong'])
      expect(await outcomeOf(enter(login, two.toLowerCase().replace('-', ' ')))).toEqual(['done'])
      expect((await staffMember(deps, operator, id)).codes).toBe(8)
      const stored = JSON.stringify(await deps.store.read.select().from(deps.store.t.recoveryCode))
      for (const code of recoveryCodes) {
        expect(stored).not.toContain(code)
        expect(stored).not.toContain(code.replace('-', ''))
      }
    })
    it('of somebody else, or made up, are as wrong as a wrong password and count as that', async () => {
      const strict = {
        ...deps,
        env: { ...deps.env, limits: { ...deps.env.limits, signInFailuresPerDay: 3 } },
      }
      const other = await joined(undefined, 'other')
      const mine = await joined()
      const from = newHost()
      const tried = []
      for (const code of [other.recoveryCodes[0] ?? '', 'ABCDE-FGHJK', 'ABCDE-FGHJK', 'ABCDE-FGHJK']) {
        const captchaToken = issueCaptcha(strict)
        const captcha = captchaDigits(strict, captchaToken)?.digits ?? ''
        const typed = { login: mine.login, password, totp: code, captcha, captchaToken }
        tried.push(await outcomeOf(signIn(strict, null, { typed, address: from, agent: '' })))
      }
      expect(tried).toEqual([...Array(3).fill(['refused', 'sign-in-wrong']), ['refused', 'sign-in-blocked']])
    })
    it('are made anew by their holder, with password and second factor', async () => {
      const { id, secret, login, recoveryCodes } = await joined()
      const actor = await actorOf(await begin(id))
      if (!actor) throw new Error('no session')
      const renewed = (typed: unknown, who: Actor = actor) => replaceRecoveryCodes(deps, who, { typed })
      const totp = codeOf(secret)
      expect(await outcomeOf(renewed({}))).toEqual(['refused', 'password-empty', 'totp-empty'])
      expect(await outcomeOf(renewed({ currentPassword: 'wrong', totp }))).toEqual([
        'refused',
        'password-wrong',
      ])
      expect(await outcomeOf(renewed({ currentPassword: password, totp: otherThan(totp) }))).toEqual([
        'refused',
        'totp-wrong',
      ])
      expect(
        await outcomeOf(renewed({ currentPassword: password, totp }, (await makeApplicant(deps)).actor)),
      ).toEqual(['not-found'])
      const fresh = await renewed({ currentPassword: password, totp })
      expect(fresh).toHaveLength(10)
      expect(await outcomeOf(enter(login, recoveryCodes[0] ?? ''))).toEqual(['refused', 'sign-in-wrong'])
      expect(await outcomeOf(enter(login, fresh[0] ?? ''))).toEqual(['done'])
      const [, again = ''] = fresh
      expect(await outcomeOf(renewed({ currentPassword: password, totp: again }))).toEqual(['done'])
    })
  })

  describe('a new authenticator', () => {
    it('counts once it is proven, and then alone', async () => {
      const { id, secret, login } = await joined()
      const [here, elsewhere] = [await begin(id), await begin(id)]
      const actor = await actorOf(here)
      if (!actor) throw new Error('no session')
      const account = async () => {
        const found = await accountById(deps.store.read, deps.store.t, deps.keys, id)
        if (!found) throw new Error('no account')
        return found
      }
      const begun = (typed: unknown) => beginFactor(deps, actor, { typed })
      expect(await outcomeOf(begun({ currentPassword: password, totp: otherThan(codeOf(secret)) }))).toEqual([
        'refused',
        'totp-wrong',
      ])
      const ticket = await begun({ currentPassword: password, totp: codeOf(secret) })
      expect((await account()).totpSecret).toBe(secret)
      const next =
        (await ownFactor(deps, await account(), ticket)).enrolment?.secret.replaceAll(' ', '') ?? ''
      expect(next).not.toBe(secret)

      const stranger = await joined(undefined, 'stranger')
      const finish = (given: string, totp: string, who: Actor = actor) =>
        outcomeOf(replaceFactor(deps, who, { ticket: given, typed: { totp } }))
      const theirs = await actorOf(await begin(stranger.id))
      if (!theirs) throw new Error('no session')
      expect(await finish(ticket, codeOf(next), theirs)).toEqual(['refused', 'ticket-over'])
      for (const wrong of ['', 'x', `${ticket}x`])
        expect(await finish(wrong, codeOf(next))).toEqual(['refused', 'ticket-over'])
      expect(await finish(ticket, '')).toEqual(['refused', 'totp-empty'])
      expect(await finish(ticket, otherThan(codeOf(next)))).toEqual(['refused', 'totp-wrong'])
      expect(await finish(ticket, codeOf(next), (await makeApplicant(deps)).actor)).toEqual(['not-found'])
      const used = codeOf(next)
      const both = await Promise.all([finish(ticket, used), finish(ticket, used)])
      expect(both.filter(([how]) => how === 'done')).toHaveLength(1)
      expect(await finish(ticket, codeOf(next))).toEqual(['refused', 'ticket-over'])

      expect(await actorOf(here)).not.toBeNull()
      expect(await actorOf(elsewhere)).toBeNull()
      expect(await outcomeOf(enter(login, used))).toEqual(['refused', 'sign-in-wrong'])
      deps.clock.advance(30 * second)
      expect(await outcomeOf(enter(login, codeOf(secret)))).toEqual(['refused', 'sign-in-wrong'])
      expect(await outcomeOf(enter(login, codeOf(next)))).toEqual(['done'])
    })
    it('is not begun by a ticket of half an hour ago', async () => {
      const { id, secret } = await joined()
      const actor = await actorOf(await begin(id))
      if (!actor) throw new Error('no session')
      const ticket = await beginFactor(deps, actor, {
        typed: { currentPassword: password, totp: codeOf(secret) },
      })
      deps.clock.advance(hour / 2)
      expect(await outcomeOf(replaceFactor(deps, actor, { ticket, typed: { totp: '123456' } }))).toEqual([
        'refused',
        'ticket-over',
      ])
    })
  })

  describe('making the way in anew', () => {
    const renew = (actor: Actor, accountId: string, turn = newSecret()) =>
      renewWayIn(deps, actor, { accountId, turn })

    it('leaves what there is until the link is used, and nothing of it then', async () => {
      const member = await joined()
      const session = await begin(member.id)
      const [first, turn] = [await renew(manager, member.id), newSecret()]
      const [second_, again] = [await renew(manager, member.id, turn), await renew(manager, member.id, turn)]
      expect(again.token).toBe(second_.token)
      expect(await openLink(deps, first.token)).toBeNull()
      expect(await openLink(deps, second_.token)).toMatchObject({
        login: 'member',
        office: '',
        name: '李审核',
      })
      expect(await actorOf(session)).not.toBeNull()
      expect(await outcomeOf(enter('member', codeOf(member.secret)))).toEqual(['done'])

      const changed = 'another horse 43'
      const accepted = await accept(second_.token, { login: '', password: changed, passwordAgain: changed })
      const { secret } = accepted
      expect(accepted.accountId).toBe(member.id)
      expect(await actorOf(session)).toBeNull()
      deps.clock.advance(30 * second)
      const wrong = ['refused', 'sign-in-wrong']
      expect(await outcomeOf(enter('member', codeOf(secret)))).toEqual(wrong)
      expect(await outcomeOf(enter('member', codeOf(member.secret), changed))).toEqual(wrong)
      expect(await outcomeOf(enter('member', member.recoveryCodes[0] ?? '', changed))).toEqual(wrong)
      expect(await outcomeOf(enter('member', codeOf(secret), changed))).toEqual(['done'])
      expect(await outcomeOf(enter('member', accepted.recoveryCodes[0] ?? '', changed))).toEqual(['done'])
      expect(await grantsIn(member.id)).toHaveLength(1)
    })

    it('is not for oneself, the suspended, or those beyond one’s scope', async () => {
      const member = await joined()
      const beside = (await makeStaff(deps, { role: 'manager', departmentId: '440400' })).actor
      const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: '440000' })).actor
      const applicant = await makeApplicant(deps)
      for (const actor of [beside, reviewer, applicant.actor])
        expect(await outcomeOf(renew(actor, member.id))).toEqual(['not-found'])
      expect(await outcomeOf(renew(operator, applicant.actor.id))).toEqual(['not-found'])
      expect(await outcomeOf(renew(operator, operator.id))).toEqual(['refused', 'staff-self'])
      expect(await outcomeOf(renew(manager, operator.id))).toEqual(['not-found'])
      await suspendStaff(deps, manager, { accountId: member.id })
      expect(await outcomeOf(renew(manager, member.id))).toEqual(['refused', 'staff-suspended'])
    })

    it('dies with a suspension, for good', async () => {
      const member = await joined()
      const { token } = await renew(manager, member.id)
      await suspendStaff(deps, manager, { accountId: member.id })
      expect(await openLink(deps, token)).toBeNull()
      await resumeStaff(deps, manager, { accountId: member.id })
      expect(await openLink(deps, token)).toBeNull()
    })
  })

  describe('suspending', () => {
    it('shuts somebody out at once, and twice is once', async () => {
      const member = await joined()
      const session = await begin(member.id)
      await Promise.all([1, 2].map(() => suspendStaff(deps, manager, { accountId: member.id })))
      expect((await kinds()).filter((kind) => kind === 'staff.suspended')).toHaveLength(1)
      expect(await actorOf(session)).toBeNull()
      expect(await outcomeOf(enter('member', codeOf(member.secret)))).toEqual(['refused', 'sign-in-wrong'])
      await Promise.all([1, 2].map(() => resumeStaff(deps, manager, { accountId: member.id })))
      expect((await kinds()).filter((kind) => kind === 'staff.resumed')).toHaveLength(1)
      expect(await actorOf(session)).toBeNull()
      expect(await outcomeOf(enter('member', codeOf(member.secret)))).toEqual(['done'])
    })

    it('takes the invitations back that the suspended have given', async () => {
      const { token } = await invite(manager)
      await suspendStaff(deps, operator, { accountId: manager.id })
      await resumeStaff(deps, operator, { accountId: manager.id })
      expect(await openLink(deps, token)).toBeNull()
    })

    it.each([
      ['suspending', suspendStaff],
      ['resuming', resumeStaff],
    ] as const)('%s is not for those beside, above or without staff', async (_, command) => {
      const member = await joined()
      const both = (await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })).actor
      await giveGrant(deps, operator, { accountId: both.id, typed: { role: 'viewer', ...at('440000') } })
      const beside = (await makeStaff(deps, { role: 'manager', departmentId: '440104' })).actor
      const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: '440000' })).actor
      const auditor = (await makeStaff(deps, { role: 'auditor' })).actor
      const applicant = await makeApplicant(deps)
      const ended = (actor: Actor, accountId: string) => outcomeOf(command(deps, actor, { accountId }))
      for (const actor of [beside, reviewer, auditor, applicant.actor])
        expect(await ended(actor, member.id)).toEqual(['not-found'])
      expect(await ended(manager, both.id)).toEqual(['refused', 'staff-beyond-you'])
      expect(await ended(manager, manager.id)).toEqual(['refused', 'staff-self'])
      expect(await ended(manager, operator.id)).toEqual(['not-found'])
      expect(await ended(operator, applicant.actor.id)).toEqual(['not-found'])
      expect(await ended(operator, 'nobody')).toEqual(['not-found'])
      expect(await statusOf(member.id)).toBe('active')
    })

    it('spares the last operator for good', async () => {
      const { t } = deps.store
      const passing = (await makeStaff(deps, { role: 'operator' })).actor
      await deps.store.tx((q) =>
        q
          .update(t.staffGrant)
          .set({ until: new Date(deps.clock.now().getTime() + hour) })
          .where(eq(t.staffGrant.accountId, passing.id)),
      )
      const accountId = operator.id
      const [grant] = await grantsIn(accountId)
      const last = ['refused', 'staff-last-operator']
      expect(await outcomeOf(suspendStaff(deps, passing, { accountId }))).toEqual(last)
      expect(await outcomeOf(endGrant(deps, passing, { accountId, grantId: grant?.id ?? '' }))).toEqual(last)
      await makeStaff(deps, { role: 'operator' })
      expect(await outcomeOf(endGrant(deps, passing, { accountId, grantId: grant?.id ?? '' }))).toEqual([
        'done',
      ])
    })

    it('of two operators by each other at once leaves one', async () => {
      const other = (await makeStaff(deps, { role: 'operator' })).actor
      const ended = await Promise.all([
        outcomeOf(suspendStaff(deps, operator, { accountId: other.id })),
        outcomeOf(suspendStaff(deps, other, { accountId: operator.id })),
      ])
      expect(ended.filter(([how]) => how === 'done')).toHaveLength(1)
      const states = [await statusOf(operator.id), await statusOf(other.id)]
      expect(states.toSorted()).toEqual(['active', 'suspended'])
    })
  })

  describe('changing what somebody may do', () => {
    const give = (actor: Actor, accountId: string, typed: unknown) =>
      outcomeOf(giveGrant(deps, actor, { accountId, typed }))
    const yuexiu = { role: 'reviewer', ...at('440000/440100/440104') }

    it('counts at their next request', async () => {
      const member = await joined()
      const session = await begin(member.id)
      expect(await give(manager, member.id, yuexiu)).toEqual(['done'])
      expect((await actorOf(session))?.grants.map(({ departmentId }) => departmentId).toSorted()).toEqual([
        '440104',
        '440106',
      ])
      for (const { id: grantId } of await grantsIn(member.id))
        await endGrant(deps, manager, { accountId: member.id, grantId })
      const now = await actorOf(session)
      expect(now?.grants).toEqual([])
      expect(now && hasQueue(now)).toBe(false)
      // Who took it away can give it back.
      expect(await give(manager, member.id, yuexiu)).toEqual(['done'])
      expect((await actorOf(session))?.grants).toHaveLength(1)
    })

    it('is done once by two clicks, and the same office again is another end for it', async () => {
      const member = await joined()
      await Promise.all([1, 2].map(() => give(manager, member.id, yuexiu)))
      expect(await grantsIn(member.id)).toHaveLength(2)
      expect(await give(manager, member.id, { ...yuexiu, until: '2026-11-22' })).toEqual(['done'])
      expect(await grantsIn(member.id)).toHaveLength(2)
      const session = await begin(member.id)
      expect((await actorOf(session))?.grants).toHaveLength(2)
      const [grant] = (await grantsIn(member.id)).filter(({ departmentId }) => departmentId === '440104')
      expect(grant?.until).toEqual(new Date('2026-11-22T16:00:00Z'))
      const grantId = grant?.id ?? ''
      await Promise.all([1, 2].map(() => endGrant(deps, manager, { accountId: member.id, grantId })))
      expect((await kinds()).filter((kind) => kind === 'staff.grant-ended')).toHaveLength(1)
    })

    it('is not for those beside, above or without staff, nor beyond what one may give', async () => {
      const member = await joined()
      const beside = (await makeStaff(deps, { role: 'manager', departmentId: '440400' })).actor
      const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: '440000' })).actor
      const applicant = (await makeApplicant(deps)).actor
      const [grant] = await grantsIn(member.id)
      const grantId = grant?.id ?? ''
      for (const actor of [beside, reviewer, applicant]) {
        expect(await give(actor, member.id, yuexiu)).toEqual(['not-found'])
        expect(await give(actor, member.id, {})).toEqual(['not-found'])
        expect(await outcomeOf(endGrant(deps, actor, { accountId: member.id, grantId }))).toEqual([
          'not-found',
        ])
      }
      expect(await give(manager, member.id, {})).toEqual(['refused', 'required'])
      expect(await give(manager, member.id, { role: 'reviewer', ...at('440000/440400') })).toEqual([
        'refused',
        'staff-outside-scope',
      ])
      expect(await give(manager, member.id, { role: 'manager', ...at(guangzhou) })).toEqual([
        'refused',
        'staff-manager-below',
      ])
      expect(await give(manager, member.id, { role: 'operator' })).toEqual([
        'refused',
        'staff-role-beyond-you',
      ])
      expect(await give(manager, manager.id, yuexiu)).toEqual(['refused', 'staff-self'])
      expect(await give(operator, member.id, { role: 'operator', until: '2027-01-01' })).toEqual([
        'refused',
        'staff-operator-until',
      ])
      const [own] = await grantsIn(manager.id)
      expect(
        await outcomeOf(endGrant(deps, manager, { accountId: member.id, grantId: own?.id ?? '' })),
      ).toEqual(['not-found'])
      expect(
        await outcomeOf(endGrant(deps, manager, { accountId: manager.id, grantId: own?.id ?? '' })),
      ).toEqual(['refused', 'staff-self'])
      expect((await grantsIn(member.id)).every(({ until }) => until === null)).toBe(true)
    })
  })

  describe('the pages', () => {
    const names = async (actor: Staff, search = '') =>
      (await staffList(deps, actor, { search, after: '' })).rows.map(({ login }) => login)

    it('show staff in one’s own subtree, and of theirs the offices there', async () => {
      const [here, above, beside] = [
        await makeStaff(deps, { role: 'reviewer', departmentId: '440106', login: 'here', name: '何静' }),
        await makeStaff(deps, { role: 'reviewer', departmentId: '440000', login: 'above' }),
        await makeStaff(deps, { role: 'reviewer', departmentId: '440400', login: 'beside' }),
      ]
      await giveGrant(deps, operator, {
        accountId: here.actor.id,
        typed: { role: 'viewer', ...at('440000/440400') },
      })
      const listed = await names(manager)
      expect(listed).toContain('here')
      for (const login of ['above', 'beside']) expect(listed).not.toContain(login)
      const { rows } = await staffList(deps, manager, { search: 'HERE', after: '' })
      expect(rows).toMatchObject([
        {
          name: '何静',
          offices: ['审核员 · 广东省广州市天河区'],
          isBare: false,
          status: 'active',
          seenAt: null,
        },
      ])
      expect(await names(manager, '何静')).toEqual(['here'])
      expect(await names(manager, '何')).toEqual([])
      expect(await names(manager, 'beside')).toEqual([])
      expect(await names(operator, 'beside')).toEqual(['beside'])
      expect(await staffMember(deps, manager, here.actor.id)).toMatchObject({
        isGoverned: false,
        isSelf: false,
        grants: [{ role: '审核员', department: '广东省广州市天河区' }],
      })
      expect(await staffMember(deps, manager, manager.id)).toMatchObject({ isSelf: true, isGoverned: false })
      for (const { actor } of [above, beside])
        expect(await outcomeOf(staffMember(deps, manager, actor.id))).toEqual(['not-found'])
      expect(await outcomeOf(staffMember(deps, operator, 'x'))).toEqual(['not-found'])
    })

    it('say when somebody was last there', async () => {
      const { id, login, secret } = await joined()
      await enter(login, codeOf(secret))
      const then = deps.clock.now()
      deps.clock.advance(hour)
      await outcomeOf(enter(login, '000000'))
      expect((await staffMember(deps, manager, id)).seenAt).toEqual(then)
      const { rows } = await staffList(deps, manager, { search: login, after: '' })
      expect(rows.map(({ seenAt }) => seenAt)).toEqual([then])
    })

    it('go on showing who lost their last office, to who could give it back', async () => {
      const { actor, login } = await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })
      const { t } = deps.store
      await deps.store.tx((q) =>
        q
          .update(t.staffGrant)
          .set({ until: deps.clock.now() })
          .where(and(eq(t.staffGrant.accountId, actor.id))),
      )
      expect(await names(manager)).toContain(login)
      expect(await staffMember(deps, manager, actor.id)).toMatchObject({ grants: [], isGoverned: true })
      await giveGrant(deps, operator, { accountId: actor.id, typed: { role: 'viewer', ...at('440000') } })
      expect(await names(manager)).not.toContain(login)
      expect(await outcomeOf(staffMember(deps, manager, actor.id))).toEqual(['not-found'])
    })

    it('are nothing to staff who look after nobody', async () => {
      for (const wished of [
        { role: 'reviewer', departmentId: '440000' },
        { role: 'viewer', departmentId: '440000' },
        { role: 'auditor' },
      ] as const) {
        const { actor } = await makeStaff(deps, wished)
        expect(await outcomeOf(staffList(deps, actor, { search: '', after: '' }))).toEqual(['not-found'])
        expect(await outcomeOf(invitationList(deps, actor, { after: '' }))).toEqual(['not-found'])
        expect(await outcomeOf(staffMember(deps, actor, manager.id))).toEqual(['not-found'])
        expect(inviteChoices(actor)).toBeNull()
      }
      expect(inviteChoices(manager)).toMatchObject({ department: '440100' })
    })

    it('are found by what was granted, not among all the people there are', async () => {
      const store = await open()
      const { clock } = testDeps(store)
      const plans = await planner(open, store)
      try {
        for (const scope of [null, ['440000/440100']]) {
          const query = staffPage(store.read, store.t, {
            scope,
            after: null,
            limit: 21,
            now: clock.now(),
            search: null,
            presence: null,
          })
          const plan = await plans.of(query.toSQL())
          expect(plan).not.toMatch(/SCAN account|Seq Scan on account/)
          expect(plan).toMatch(/staff_grant/)
        }
      } finally {
        await plans.end()
      }
    })

    it('go from page to page without a gap', async () => {
      for (let made = 0; made < staffPageSize + 3; made += 1) {
        await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })
        await invite(manager, wish('reviewer', tianhe, { name: `李${made}` }))
        deps.clock.advance(1)
      }
      const read = async (
        page: (after: string) => Promise<{ rows: readonly { id: string }[]; next: string | null }>,
      ) => {
        const seen: string[] = []
        for (let after: string | null = ''; after !== null; ) {
          const { rows, next } = await page(after)
          expect(rows.length).toBeLessThanOrEqual(staffPageSize)
          seen.push(...rows.map(({ id }) => id))
          after = next
        }
        return seen
      }
      const people = await read((after) => staffList(deps, manager, { search: '', after }))
      expect(new Set(people).size).toBe(people.length)
      expect(people).toHaveLength(staffPageSize + 4)
      const open_ = await read((after) => invitationList(deps, manager, { after }))
      expect(new Set(open_).size).toBe(staffPageSize + 3)
    })

    it('list open invitations in scope, and say which may be taken back', async () => {
      await invite(operator, wish('manager', guangzhou, { name: '同级' }))
      await invite(operator, wish('reviewer', tianhe, { name: '下级' }))
      await invite(operator, wish('reviewer', '440000', { name: '上级' }))
      const used = await invite(operator, wish('reviewer', tianhe, { name: '已用' }))
      await accept(used.token)
      const { rows } = await invitationList(deps, manager, { after: 'nonsense' })
      expect(rows.map(({ name, revocable }) => [name, revocable]).toSorted()).toEqual([
        ['下级', true],
        ['同级', false],
      ])
      expect((await invitationList(deps, operator, { after: '' })).rows).toHaveLength(3)
    })
  })
})
