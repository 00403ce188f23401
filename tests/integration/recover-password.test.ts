import { eq } from 'drizzle-orm'
import { beforeEach, expect, it, vi } from 'vitest'
import { accountById } from '#db/queries/accounts.ts'
import { hashPassword, verifyPassword } from '#lib/auth/passwords.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { recoverPassword } from '#lib/commands/recover-password.ts'
import { accountTries } from '#lib/commands/support/sign-in-tries.ts'
import type { Deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { day, spend, usedUp } from '#lib/limits.ts'
import { anotherCode, testBrowser as browser, sentCode } from '#tests/support/codes.ts'
import {
  type ApplicantWish,
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  newPhone,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('#lib/auth/passwords.ts', async (original) => {
  const real = await original<typeof import('#lib/auth/passwords.ts')>()
  return { ...real, hashPassword: vi.fn(real.hashPassword), verifyPassword: vi.fn(real.verifyPassword) }
})

const address = '192.0.2.7'
const fresh = 'quite another 77'
const wrong = ['refused', 'recovery-wrong']

describeEachEngine('找回密码 (ACC-7)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
  })

  const form = (person: { number: string; name: string; phone: string }, code: string) => ({
    idNumber: person.number,
    name: person.name,
    phone: person.phone,
    code,
    newPassword: fresh,
    newPasswordAgain: fresh,
  })
  type Typed = Partial<ReturnType<typeof form>>
  const recover = (typed: Typed, from = address, of = browser) =>
    recoverPassword(deps, null, { typed, browser: of, address: from })
  const someone = async (wish: ApplicantWish = {}) => {
    const person = await makeApplicant(deps, wish)
    return { ...person, code: await sentCode(deps, person.phone, 'recover') }
  }
  const opens = async (id: string, password: string) => {
    const account = await accountById(deps.store.read, deps.store.t, deps.keys, id)
    return account !== null && (await verifyPassword(account.passwordHash, password))
  }
  const liveSessions = async (id: string) => {
    const { session } = deps.store.t
    const rows = await deps.store.read.select().from(session).where(eq(session.accountId, id))
    return rows.filter(({ endedAt }) => endedAt === null).length
  }

  it('sets a new password where everything is as registered, ends every session and says so', async () => {
    const person = await someone()
    const { id } = person.actor
    await openSession(deps, { accountId: id, address, agent: '' })
    await openSession(deps, { accountId: id, address, agent: '' })
    await recover(form(person, person.code))
    expect(await opens(id, fresh)).toBe(true)
    expect(await liveSessions(id)).toBe(0)
    await deliverOutbox(deps, 10)
    expect(deps.sent).toEqual([
      expect.objectContaining({
        phone: person.phone,
        purpose: 'notice',
        text: expect.stringContaining('密码已重置'),
      }),
    ])
    const { message, event } = deps.store.t
    expect(await deps.store.read.select({ kind: message.kind }).from(message)).toEqual([
      { kind: 'password-reset' },
    ])
    const events = await deps.store.read.select().from(event).where(eq(event.kind, 'password.reset'))
    expect(events).toEqual([expect.objectContaining({ actorId: id, personId: id, data: {} })])
  })

  it('opens the door again to who had used up the tries', async () => {
    const person = await someone()
    const key = accountTries(deps, person.actor.id, address)
    const limit = { limit: 1, windowMs: day }
    await deps.store.tx((q) => spend(q, deps.store.t, key, limit, deps.clock.now()))
    await recover(form(person, person.code))
    expect(await usedUp(deps.store.read, deps.store.t, key, 1, deps.clock.now())).toBeNull()
  })

  it('knows other writings of a name, and a permit renewed since', async () => {
    const dotted = await someone({ name: '阿依古丽·买买提' })
    await recover({ ...form(dotted, dotted.code), name: '阿依古丽•买买提' })
    const permit = await someone({
      idType: 'hkmo_permit',
      number: 'H1234567801',
      sex: 'male',
      birth: '1990-03-07',
    })
    await recover({ ...form(permit, permit.code), idNumber: 'ｈ12345678 02' })
    const passport = await someone({
      idType: 'foreign_passport',
      number: 'X1234567',
      nationality: 'FR',
      sex: 'male',
      birth: '1990-03-07',
    })
    await recover({ ...form(passport, passport.code), idNumber: 'x1234567' })
    for (const { actor } of [dotted, permit, passport]) expect(await opens(actor.id, fresh)).toBe(true)
  })

  it('answers every wrong part alike, changes nothing and leaves the code good', async () => {
    const person = await someone({ password: 'correct horse 42' })
    const other = await makeApplicant(deps, { name: '李四' })
    const right = form(person, person.code)
    for (const change of [
      { code: anotherCode(person.code) },
      { idNumber: other.number },
      { idNumber: 'nobody' },
      { name: other.name },
      { phone: other.phone },
      { phone: newPhone() },
    ])
      expect(await outcomeOf(recover({ ...right, ...change })), JSON.stringify(change)).toEqual(wrong)
    expect(await outcomeOf(recover(right, address, 'c'.repeat(43)))).toEqual(wrong)
    expect(await opens(person.actor.id, 'correct horse 42')).toBe(true)
    await recover(right)
    expect(await outcomeOf(recover(right))).toEqual(wrong)
  })

  it('takes no code of another form, and none after three minutes', async () => {
    const person = await makeApplicant(deps)
    const code = await sentCode(deps, person.phone, 'register')
    expect(await outcomeOf(recover(form(person, code)))).toEqual(wrong)
    const late = await sentCode(deps, person.phone, 'recover')
    deps.clock.advance(180_000)
    expect(await outcomeOf(recover(form(person, late)))).toEqual(wrong)
  })

  it('is for nobody whose account is closed or suspended, nor for staff', async () => {
    const { account } = deps.store.t
    for (const status of ['closed', 'suspended'] as const) {
      const person = await someone()
      await deps.store.tx((q) => q.update(account).set({ status }).where(eq(account.id, person.actor.id)))
      expect(await outcomeOf(recover(form(person, person.code)))).toEqual(wrong)
    }
    const staff = await makeStaff(deps, { role: 'operator', name: '李审核' })
    const phone = newPhone()
    const phoneIndex = deps.keys.blind('phone', phone)
    await deps.store.tx((q) => q.update(account).set({ phoneIndex }).where(eq(account.id, staff.actor.id)))
    const code = await sentCode(deps, phone, 'recover')
    expect(await outcomeOf(recover(form({ number: staff.login, name: '李审核', phone }, code)))).toEqual(
      wrong,
    )
  })

  it('tells faults of the form as such, before any look', async () => {
    const person = await someone()
    expect(await outcomeOf(recover({ ...form(person, ''), newPassword: '123' }))).toEqual([
      'refused',
      'code-empty',
      'password-too-short',
      'password-mismatch',
    ])
    expect(vi.mocked(hashPassword)).not.toHaveBeenCalledWith('123')
  })

  it('costs the same whether or not there is such an account', async () => {
    const person = await someone()
    const nobody = { number: newMainlandNumber(), name: '张三', phone: newPhone() }
    const nobodysCode = await sentCode(deps, nobody.phone, 'recover')
    const attempts: readonly Typed[] = [
      { ...form(person, anotherCode(person.code)) },
      { ...form(person, person.code), name: '李四' },
      { ...form(nobody, nobodysCode) },
      { ...form(nobody, anotherCode(nobodysCode)) },
    ]
    const costs = []
    for (const typed of attempts) {
      vi.mocked(hashPassword).mockClear()
      vi.mocked(verifyPassword).mockClear()
      let transactions = 0
      const { store } = deps
      const counted: Deps = {
        ...deps,
        store: {
          ...store,
          read: store.read,
          tx: (work) => {
            transactions += 1
            return store.tx(work)
          },
        },
      }
      const answer = await outcomeOf(recoverPassword(counted, null, { typed, browser, address }))
      costs.push({
        answer,
        hashes: vi.mocked(hashPassword).mock.calls.length,
        verified: vi.mocked(verifyPassword).mock.calls.length,
        transactions,
      })
    }
    expect(costs).toEqual(attempts.map(() => ({ answer: wrong, hashes: 1, verified: 0, transactions: 3 })))
  })

  it('is tried ten times a day for a number from one network, whether or not anybody has it', async () => {
    const person = await someone()
    for (const number of [person.number, newMainlandNumber()]) {
      const typed = { ...form(person, person.code), idNumber: number, phone: newPhone() }
      for (let tries = 1; tries <= 10; tries += 1) expect(await outcomeOf(recover(typed))).toEqual(wrong)
      const refusal = await recover(typed).catch((error: unknown) => error)
      expect(isFault(refusal, 'refused') && refusal.issues).toEqual([
        {
          at: null,
          code: 'recovery-too-many',
          params: { until: new Date(deps.clock.now().getTime() + day).toISOString() },
        },
      ])
      expect(await outcomeOf(recover(typed, '198.51.100.7'))).toEqual(wrong)
    }
    deps.clock.advance(day - 1)
    const typed = { ...form(person, person.code), phone: newPhone() }
    expect(await outcomeOf(recover(typed))).toEqual(['refused', 'recovery-too-many'])
    deps.clock.advance(1)
    expect(await outcomeOf(recover(typed))).toEqual(wrong)
  })

  it('is tried ten times a day for a phone by who has read its code, and not used up by strangers', async () => {
    const person = await makeApplicant(deps)
    const stranger = 'd'.repeat(43)
    const tryAs = (of: string, typed: string) =>
      outcomeOf(recover({ ...form(person, typed), idNumber: newMainlandNumber() }, address, of))
    for (let tries = 1; tries <= 12; tries += 1) expect(await tryAs(stranger, '123456')).toEqual(wrong)
    const code = await sentCode(deps, person.phone, 'recover')
    for (let tries = 1; tries <= 10; tries += 1) expect(await tryAs(browser, code)).toEqual(wrong)
    expect(await outcomeOf(recover(form(person, code)))).toEqual(['refused', 'recovery-too-many'])
    deps.clock.advance(day)
    const again = await sentCode(deps, person.phone, 'recover')
    expect(await outcomeOf(recover(form(person, again)))).toEqual(['done'])
  })

  it('done twice at once is done once', async () => {
    const person = await someone()
    const answers = await Promise.all([1, 2].map(() => outcomeOf(recover(form(person, person.code)))))
    expect(answers.sort()).toEqual([['done'], wrong])
    const { message } = deps.store.t
    expect(await deps.store.read.select().from(message)).toHaveLength(1)
  })
})
