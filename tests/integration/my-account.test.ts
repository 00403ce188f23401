import { eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { beforeEach, expect, it } from 'vitest'
import { accountById, heldBy } from '#db/queries/accounts.ts'
import { captchaDigits, issueCaptcha } from '#lib/auth/captcha-token.ts'
import { verifyPassword } from '#lib/auth/passwords.ts'
import { sessionIdOf } from '#lib/auth/session.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { beginExport } from '#lib/commands/begin-export.ts'
import { changePassword } from '#lib/commands/change-password.ts'
import { changePhone } from '#lib/commands/change-phone.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeAccount } from '#lib/commands/close-account.ts'
import { endOtherSessions } from '#lib/commands/end-other-sessions.ts'
import { endOneSession } from '#lib/commands/end-session.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { register } from '#lib/commands/register.ts'
import { signIn } from '#lib/commands/sign-in.ts'
import type { Actor, Applicant, Staff } from '#lib/domain/actor.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { accountOverview } from '#lib/views/my-account.ts'
import { ownSessions, signInHistory } from '#lib/views/own-sessions.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledCase, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import { anotherCode, testBrowser as browser, sentCode } from '#tests/support/codes.ts'
import {
  type ApplicantWish,
  makeApplicant,
  makeStaff,
  newPhone,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const hour = 3_600_000
const day = 24 * hour
const address = '192.0.2.7'
const password = 'correct horse 42'
const fresh = 'quite another 77'
const refused = (...codes: string[]) => ['refused', ...codes]

describeEachEngine('我的账户 (ACC-8)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open(), { env: { LIMITS_SIGN_IN_FAILURES_PER_DAY: '10' } })
  })

  /** Somebody signed in here and on two other devices. */
  const signedIn = async (wish: ApplicantWish = {}) => {
    const person = await makeApplicant(deps, { password, ...wish })
    return { ...person, actor: await inBrowsers(person.actor) }
  }
  async function inBrowsers<A extends Applicant | Staff>(actor: A): Promise<A> {
    const tokens = []
    for (let device = 0; device < 3; device += 1)
      tokens.push(await openSession(deps, { accountId: actor.id, address, agent: 'Chrome/1 Windows' }))
    return { ...actor, sessionId: sessionIdOf(tokens[0] ?? '') }
  }
  const stored = async (id: string) => {
    const account = await accountById(deps.store.read, deps.store.t, deps.keys, id)
    if (!account) throw new Error('no such account')
    return account
  }
  const opens = async (id: string, typed: string) => verifyPassword((await stored(id)).passwordHash, typed)
  const sessionIds = async (actor: Applicant | Staff) => (await ownSessions(deps, actor)).map(({ id }) => id)
  const events = async (kind: string) => {
    const { event } = deps.store.t
    return deps.store.read.select().from(event).where(eq(event.kind, kind))
  }
  const messages = async (accountId: string) => {
    const { message } = deps.store.t
    const rows = await deps.store.read.select().from(message).where(eq(message.accountId, accountId))
    return rows.map(({ kind }) => kind)
  }
  const sentTo = async (phone: string) => {
    await deliverOutbox(deps, 100)
    return deps.sent.filter((one) => one.phone === phone).map(({ text }) => text)
  }

  const passwords = (current = password, next = fresh, totp = '') => ({
    typed: { currentPassword: current, newPassword: next, newPasswordAgain: next, totp },
  })

  it('changes the password, ends the other sessions and tells it', async () => {
    const { actor, phone } = await signedIn()
    await changePassword(deps, actor, passwords())
    expect(await opens(actor.id, fresh)).toBe(true)
    expect(await sessionIds(actor)).toEqual([actor.sessionId])
    expect(await messages(actor.id)).toEqual(['password-changed'])
    expect(await sentTo(phone)).toEqual([expect.stringContaining('密码已修改')])
    expect(await events('password.changed')).toEqual([
      expect.objectContaining({ actorId: actor.id, data: {} }),
    ])
  })

  it('refuses a wrong present password, ten times a day, whatever page asks', async () => {
    const { actor } = await signedIn()
    expect(await outcomeOf(changePassword(deps, actor, passwords(password, '123')))).toEqual(
      refused('password-too-short'),
    )
    for (let tries = 1; tries <= 9; tries += 1)
      expect(await outcomeOf(changePassword(deps, actor, passwords('wrong')))).toEqual(
        refused('password-wrong'),
      )
    const closing = { typed: { currentPassword: 'wrong', closing: '1' } }
    expect(await outcomeOf(closeAccount(deps, actor, closing))).toEqual(refused('password-wrong'))
    expect(await outcomeOf(changePassword(deps, actor, passwords()))).toEqual(refused('password-too-many'))
    deps.clock.advance(day - 1)
    expect(await outcomeOf(changePassword(deps, actor, passwords()))).toEqual(refused('password-too-many'))
    deps.clock.advance(1)
    expect(await outcomeOf(changePassword(deps, actor, passwords()))).toEqual(['done'])
    expect(await opens(actor.id, fresh)).toBe(true)
  })

  it('counts no right password', async () => {
    const { actor } = await signedIn()
    for (let round = 0; round < 6; round += 1) {
      await changePassword(deps, actor, passwords(password, fresh))
      await changePassword(deps, actor, passwords(fresh, password))
    }
    expect(await opens(actor.id, password)).toBe(true)
  })

  it('asks staff for their authenticator as well, each code once', async () => {
    const made = await makeStaff(deps, { role: 'operator', password })
    const actor = await inBrowsers(made.actor)
    const totp = () =>
      generateSync({ secret: made.totpSecret, epoch: Math.floor(deps.clock.now().getTime() / 1000) })
    const change = (current: string, code: string, next = fresh) =>
      outcomeOf(changePassword(deps, actor, passwords(current, next, code)))
    expect(await change(password, '')).toEqual(refused('totp-empty'))
    expect(await change(password, anotherCode(totp()))).toEqual(refused('totp-wrong'))
    expect(await change('wrong', totp())).toEqual(refused('password-wrong'))
    expect(await change(password, totp())).toEqual(['done'])
    expect(await change(fresh, totp(), password)).toEqual(refused('totp-wrong'))
    expect(await opens(actor.id, fresh)).toBe(true)
    expect(await sessionIds(actor)).toEqual([actor.sessionId])
  })

  it('changes the password once where two do so at once', async () => {
    const { actor } = await signedIn()
    const answers = await Promise.all(
      [fresh, 'a third horse 9'].map((next) =>
        outcomeOf(changePassword(deps, actor, passwords(password, next))),
      ),
    )
    expect(answers.filter(([first]) => first === 'done')).toHaveLength(1)
    expect(answers.filter(([first, code]) => first === 'stale' || code === 'password-wrong')).toHaveLength(1)
  })

  it('is nobody’s who only claims a number', async () => {
    const { actor } = await signedIn()
    const claimant: Actor = { ...actor, kind: 'claimant' }
    for (const attempt of [
      changePassword(deps, claimant, passwords()),
      beginExport(deps, claimant, { typed: { currentPassword: password } }),
      changePhone(deps, claimant, { typed: {}, browser }),
      closeAccount(deps, claimant, { typed: {} }),
    ])
      expect(await outcomeOf(attempt)).toEqual(['not-found'])
  })

  const phoneForm = async (old: string, next: string, more: Record<string, string> = {}, of = browser) => ({
    typed: {
      newPhone: next,
      codeNew: await sentCode(deps, next, 'phone-new', of),
      codeOld: old === '' ? '' : await sentCode(deps, old, 'phone-old', of),
      currentPassword: '',
      ...more,
    },
    browser: of,
  })

  it('changes the phone by a code to each, and tells the old one', async () => {
    const { actor, phone } = await signedIn()
    const next = newPhone()
    const form = await phoneForm(phone, next)
    await changePhone(deps, actor, form)
    expect((await stored(actor.id)).phone).toBe(next)
    expect(await heldBy(deps.store.read, deps.store.t, deps.keys, { phone })).toBeNull()
    expect(await sentTo(phone)).toEqual([expect.stringContaining('手机号已更换')])
    expect(await sentTo(next)).toEqual([])
    expect(await messages(actor.id)).toEqual(['phone-changed'])
    expect(await events('phone.changed')).toHaveLength(1)
    // Both codes are used up.
    const { smsCode } = deps.store.t
    const used = await deps.store.read.select().from(smsCode)
    expect(used.map(({ usedAt }) => usedAt !== null)).toEqual([true, true])
  })

  it('tells which of the two codes is wrong, and uses up neither', async () => {
    const { actor, phone } = await signedIn()
    const form = await phoneForm(phone, newPhone())
    const { typed } = form
    const wrong = (change: Partial<typeof typed>) =>
      changePhone(deps, actor, { ...form, typed: { ...typed, ...change } }).catch(
        (error: { issues: unknown }) => error.issues,
      )
    const atNew = { at: 'codeNew', code: 'code-wrong' }
    const atOld = { at: 'codeOld', code: 'code-wrong' }
    expect(await wrong({ codeNew: anotherCode(typed.codeNew) })).toEqual([atNew])
    expect(await wrong({ codeOld: anotherCode(typed.codeOld) })).toEqual([atOld])
    expect(await wrong({ codeNew: typed.codeOld, codeOld: typed.codeNew })).toEqual([atNew, atOld])
    expect((await stored(actor.id)).phone).toBe(phone)
    expect(await outcomeOf(changePhone(deps, actor, form))).toEqual(['done'])
  })

  it('says that a phone is held only to its holder, and moves it only where they say so', async () => {
    const { actor, phone } = await signedIn()
    const other = await makeApplicant(deps)
    const form = await phoneForm(phone, other.phone)
    const guessed = { ...form, typed: { ...form.typed, codeNew: anotherCode(form.typed.codeNew) } }
    expect(await outcomeOf(changePhone(deps, actor, guessed))).toEqual(refused('code-wrong'))
    expect(await outcomeOf(changePhone(deps, actor, form))).toEqual(refused('phone-held'))
    expect(await events('account.taken')).toEqual([expect.objectContaining({ data: { what: 'phone-held' } })])
    expect((await stored(other.actor.id)).phone).toBe(other.phone)
    await changePhone(deps, actor, { ...form, typed: { ...form.typed, release: '1' } })
    expect((await stored(actor.id)).phone).toBe(other.phone)
    expect(await stored(other.actor.id)).toMatchObject({ phone: '', phoneIndex: null, number: other.number })
    expect(await events('phone.released')).toEqual([expect.objectContaining({ personId: other.actor.id })])
    expect(await messages(other.actor.id)).toEqual(['phone-released'])
    expect(await sentTo(other.phone)).toEqual([])
  })

  it('tells who holds phones five times a day for each', async () => {
    const { actor, phone } = await signedIn()
    const other = await makeApplicant(deps)
    const form = await phoneForm(phone, other.phone)
    for (let tries = 1; tries <= 5; tries += 1)
      expect(await outcomeOf(changePhone(deps, actor, form))).toEqual(refused('phone-held'))
    expect(await outcomeOf(changePhone(deps, actor, form))).toEqual(refused('taken-too-often'))
    deps.clock.advance(day)
    expect(await outcomeOf(changePhone(deps, actor, await phoneForm(phone, other.phone)))).toEqual(
      refused('phone-held'),
    )
  })

  it('gives a phone to who lost theirs, by the password', async () => {
    const { actor, phone } = await signedIn()
    const thief = await signedIn()
    await changePhone(deps, thief.actor, await phoneForm(thief.phone, phone, { release: '1' }))
    const form = await phoneForm('', newPhone(), { currentPassword: 'wrong' })
    expect(await outcomeOf(changePhone(deps, actor, form))).toEqual(refused('password-wrong'))
    const right = { ...form, typed: { ...form.typed, currentPassword: password } }
    expect(await outcomeOf(changePhone(deps, actor, right))).toEqual(['done'])
    expect((await stored(actor.id)).phone).toBe(form.typed.newPhone)
  })

  it('gives one phone to one of two who ask at once', async () => {
    const [one, two] = [await signedIn(), await signedIn()]
    const next = newPhone()
    const forms = [
      { of: one, form: await phoneForm(one.phone, next) },
      { of: two, form: await phoneForm(two.phone, next, {}, 'e'.repeat(43)) },
    ]
    const answers = await Promise.all(
      forms.map(({ of, form }) => outcomeOf(changePhone(deps, of.actor, form))),
    )
    expect(answers.filter(([, code]) => code === 'phone-held')).toHaveLength(1)
    expect(answers.filter(([first]) => first === 'done')).toHaveLength(1)
    const holder = await heldBy(deps.store.read, deps.store.t, deps.keys, { phone: next })
    expect([one.actor.id, two.actor.id]).toContain(holder)
  })

  it('changes no phone of staff', async () => {
    const { actor } = await makeStaff(deps, { role: 'operator' })
    expect(await outcomeOf(changePhone(deps, actor, { typed: {}, browser }))).toEqual(['not-found'])
  })

  it('shows the live sessions, this one first, and ends one or all the others', async () => {
    const { actor } = await signedIn()
    const stranger = await signedIn()
    const [here, second, third] = await ownSessions(deps, actor)
    expect(here).toMatchObject({ id: actor.sessionId, isHere: true, device: 'Chrome · Windows', address })
    expect(await outcomeOf(endOneSession(deps, stranger.actor, { sessionId: second?.id ?? '' }))).toEqual([
      'not-found',
    ])
    expect(await outcomeOf(endOneSession(deps, actor, { sessionId: 'nothing' }))).toEqual(['not-found'])
    const both = await Promise.all(
      [1, 2].map(() => outcomeOf(endOneSession(deps, actor, { sessionId: second?.id ?? '' }))),
    )
    expect(both).toEqual([['done'], ['done']])
    expect(await events('session.ended')).toHaveLength(1)
    expect((await sessionIds(actor)).sort()).toEqual([actor.sessionId, third?.id].sort())
    await endOtherSessions(deps, actor)
    expect(await sessionIds(actor)).toEqual([actor.sessionId])
    expect(await sessionIds(stranger.actor)).toHaveLength(3)
  })

  it('leaves out sessions that have been idle too long', async () => {
    const { actor } = await signedIn()
    deps.clock.advance(31 * 60_000)
    expect(await ownSessions(deps, actor)).toEqual([])
  })

  it('writes down who tried the door and how it went, and nothing where there is no account', async () => {
    const person = await makeApplicant(deps, { password })
    const enter = (login: string, typed: string) => {
      const captchaToken = issueCaptcha(deps)
      const captcha = captchaDigits(deps, captchaToken)?.digits ?? ''
      const agent = 'Mozilla/5.0 (iPhone) Version/17 Safari/604'
      const form = { login, password: typed, captcha, captchaToken }
      return outcomeOf(signIn(deps, null, { typed: form, address, agent }))
    }
    expect(await enter(person.phone, 'wrong')).toEqual(refused('sign-in-wrong'))
    expect(await enter(newPhone(), 'wrong')).toEqual(refused('sign-in-wrong'))
    deps.clock.advance(1000)
    expect(await enter(person.number, password)).toEqual(['done'])
    const { rows, next } = await signInHistory(deps, person.actor, '')
    expect(rows).toEqual([
      expect.objectContaining({ isIn: true, outcome: '登录成功', device: 'Safari · iPhone', address }),
      expect.objectContaining({ isIn: false, outcome: '密码或验证码不对，没有登录' }),
    ])
    expect(next).toBeNull()
    expect(await deps.store.read.select().from(deps.store.t.signInRecord)).toHaveLength(2)
  })

  it('shows fifty sign-ins at a time, and forgets them after half a year', async () => {
    const { actor } = await makeApplicant(deps)
    const { signInRecord } = deps.store.t
    const start = deps.clock.now().getTime()
    await deps.store.tx((q) =>
      q.insert(signInRecord).values(
        Array.from({ length: 51 }, (_, index) => ({
          id: `${String(index).padStart(8, '0')}-0000-7000-8000-000000000000`,
          accountId: actor.id,
          outcome: 'wrong' as const,
          at: new Date(start + index * 1000),
        })),
      ),
    )
    const first = await signInHistory(deps, actor, '')
    expect(first.rows).toHaveLength(50)
    const rest = await signInHistory(deps, actor, first.next ?? '')
    expect(rest.rows.map(({ id }) => id)).toEqual(['00000000-0000-7000-8000-000000000000'])
    expect(rest.next).toBeNull()
    expect((await signInHistory(deps, actor, 'x\0')).rows).toHaveLength(50)
    deps.clock.set(new Date(start + 180 * day + 1))
    await sweep(deps)
    expect(await deps.store.read.select().from(signInRecord)).toHaveLength(50)
  })

  it('shows nothing of a person unmasked', async () => {
    const person = await makeApplicant(deps, { name: '欧阳明', phone: '13812345678' })
    const shown = await accountOverview(deps, person.actor)
    expect(shown.phone).toBe('138****5678')
    const text = JSON.stringify(shown)
    for (const secret of [person.number, '13812345678', '欧阳明']) expect(text).not.toContain(secret)
  })

  const closing = { typed: { currentPassword: password, closing: '1' } }

  it('closes the account: signed out, cases cancelled, number and phone free, what was submitted kept', async () => {
    const { tianhe, guangzhou } = await seedDepartments(deps)
    const person = await signedIn({ verified: false })
    const { actor, number, phone } = person
    const draft = await filledCase(deps, actor, tianhe)
    const identity = await submittedIdentity(deps, actor, guangzhou)
    await closeAccount(deps, actor, closing)

    const { serviceCase, caseSection, attachment, caseRound, roundFile } = deps.store.t
    const { read } = deps.store
    const cases = await read.select().from(serviceCase).where(eq(serviceCase.personId, actor.id))
    expect(cases.map(({ state, openKey }) => ({ state, openKey }))).toEqual([
      { state: 'cancelled', openKey: null },
      { state: 'cancelled', openKey: null },
    ])
    expect(await read.select().from(caseSection).where(eq(caseSection.caseId, draft))).toEqual([])
    expect(await read.select().from(attachment).where(eq(attachment.caseId, draft))).toEqual([])
    expect(await read.select().from(caseRound).where(eq(caseRound.caseId, identity))).toHaveLength(1)
    expect(await read.select().from(roundFile).where(eq(roundFile.caseId, identity))).toHaveLength(3)
    expect((await events('case.cancelled')).map(({ data }) => data.reason)).toEqual([
      'account-closed',
      'account-closed',
    ])
    expect(await stored(actor.id)).toMatchObject({
      status: 'closed',
      numberIndex: null,
      identityIndex: null,
      phoneIndex: null,
      phone: '',
      number,
    })
    expect(await ownSessions(deps, actor)).toEqual([])
    expect(await sentTo(phone)).toContainEqual(expect.stringContaining('您的账户已注销'))

    const code = await sentCode(deps, phone, 'register')
    const typed = { idType: 'mainland_id', idNumber: number, name: person.name, phone, code }
    const again = { ...typed, password, passwordAgain: password }
    const { accountId } = await register(deps, null, { typed: again, browser })
    expect(accountId).not.toBe(actor.id)
  })

  it('keeps the approved record when the account is closed', async () => {
    const { tianhe } = await seedDepartments(deps)
    const { actor } = await signedIn()
    const caseId = await submittedCase(deps, actor, tianhe)
    const { person } = deps.store.t
    const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor
    await claimCase(deps, reviewer, { caseId })
    const { version } = await caseRow(deps, caseId)
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    await approveCase(deps, reviewer, { caseId, version, opinions: { verdicts, findings: [] } })
    await closeAccount(deps, actor, closing)
    expect(await deps.store.read.select().from(person).where(eq(person.id, actor.id))).toHaveLength(1)
    expect((await caseRow(deps, caseId)).state).toBe('approved')
  })

  it('closes nothing without password and tick, and no account of staff', async () => {
    const { actor } = await signedIn()
    expect(await outcomeOf(closeAccount(deps, actor, { typed: { currentPassword: password } }))).toEqual(
      refused('closing-unconfirmed'),
    )
    const wrong = { typed: { ...closing.typed, currentPassword: 'wrong' } }
    expect(await outcomeOf(closeAccount(deps, actor, wrong))).toEqual(refused('password-wrong'))
    expect((await stored(actor.id)).status).toBe('active')
    const staff = await makeStaff(deps, { role: 'operator', password })
    expect(await outcomeOf(closeAccount(deps, staff.actor, closing))).toEqual(['not-found'])
  })

  it('closed twice at once is closed once', async () => {
    await seedDepartments(deps)
    const { actor, phone } = await signedIn()
    await openDraft(deps, actor, 'collection')
    const answers = await Promise.all([1, 2].map(() => outcomeOf(closeAccount(deps, actor, closing))))
    expect(answers).toEqual([['done'], ['done']])
    expect(await events('account.closed')).toHaveLength(1)
    expect(await events('case.cancelled')).toHaveLength(1)
    expect(await sentTo(phone)).toHaveLength(1)
  })
})
