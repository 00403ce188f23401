import { eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import { accountById } from '#db/queries/accounts.ts'
import type { Store } from '#db/store.ts'
import { captchaDigits, issueCaptcha } from '#lib/auth/captcha-token.ts'
import { isProven } from '#lib/auth/proof.ts'
import { readSession } from '#lib/auth/session.ts'
import { closeSession, openSession } from '#lib/auth/session-rows.ts'
import { register } from '#lib/commands/register.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import { signIn } from '#lib/commands/sign-in.ts'
import { spendCaptcha } from '#lib/commands/support/captcha.ts'
import { checkSmsCode } from '#lib/commands/support/sms-code.ts'
import type { Deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { giveBack, take, usedUp } from '#lib/limits.ts'
import { networkOf } from '#lib/network.ts'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import { identityTypes } from '#lib/schemas/identity-number.ts'
import { codeWait } from '#lib/views/code-wait.ts'
import {
  type MadeApplicant,
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  newPhone,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const second = 1000
const minute = 60 * second
const browser = 'b'.repeat(43)
const address = '192.0.2.7'
const password = 'correct horse 42'
/** One browser stands for many people here. */
const manyPerBrowser = { LIMITS_SMS_PER_BROWSER_PER_HOUR: '100' }

/** The codes of a refusal, or [] when nothing was refused. Anything else that is thrown is a fault of the test. */
async function refusalOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work
    return []
  } catch (error) {
    if (isFault(error, 'refused'))
      return error.issues.map(({ at, code }) => (at === null ? code : `${at}: ${code}`))
    throw error
  }
}

function answered(deps: Deps) {
  const captchaToken = issueCaptcha(deps)
  return { captchaToken, captcha: captchaDigits(deps, captchaToken)?.digits ?? '' }
}

const askFor = (deps: Deps, phone: string, { from = address, of = browser } = {}) =>
  requestSmsCode(deps, null, {
    typed: { phone, ...answered(deps) },
    purpose: 'register',
    browser: of,
    address: from,
  })

/** The code as it reaches the phone: by way of the outbox and its worker. */
async function codeFor(deps: TestDeps, phone: string, of = browser): Promise<string> {
  await askFor(deps, phone, { of })
  await deliverOutbox(deps, 100)
  return deps.sent.findLast((message) => message.phone === phone)?.code ?? ''
}

const closed = (head: string) => head + identityCheckCharacter(head)

const another = (code: string) => (code === '000000' ? '111111' : '000000')

const person = (phone: string, code: string, wish: Record<string, string> = {}) => ({
  idType: 'mainland_id',
  idNumber: newMainlandNumber(),
  name: '欧阳明',
  phone,
  code,
  password,
  passwordAgain: password,
  ...wish,
})

const enrol = (deps: Deps, typed: Record<string, string>, of = browser) =>
  register(deps, null, { typed, browser: of })

const enter = (deps: Deps, typed: Record<string, string>, from = address) =>
  signIn(deps, null, { typed: { ...answered(deps), ...typed }, address: from, agent: 'test' })

const accountsIn = (store: Store) => store.read.select({ id: store.t.account.id }).from(store.t.account)

describe('networks', () => {
  it('counts one IPv4 address, and one IPv6 customer, as one', () => {
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7')
    expect(networkOf('2001:db8:0:1::1')).toBe(networkOf('2001:DB8:0:1:ffff::2'))
    expect(networkOf('2001:db8:0:2::1')).not.toBe(networkOf('2001:db8:0:1::1'))
    expect(networkOf('::1')).toBe('0:0:0:0')
  })
})

describeEachEngine('limits', (open) => {
  it('let through as many as they say, whoever is at it, and begin anew when the window ends', async () => {
    const store = await open()
    const { t } = store
    const now = new Date('2026-11-21T02:00:00.123Z')
    const turn = (at: Date) => store.tx((q) => take(q, t, 'k', { limit: 3, windowMs: minute }, at))
    const turns = await Promise.all(Array.from({ length: 8 }, () => turn(now)))
    expect(turns.filter(Boolean)).toHaveLength(3)
    expect(await usedUp(store.read, t, 'k', 3, now)).toEqual(new Date(now.getTime() + minute))
    expect(await turn(new Date(now.getTime() + minute - 1))).toBe(false)
    expect(await turn(new Date(now.getTime() + minute))).toBe(true)
  })

  it('take back what did not count', async () => {
    const store = await open()
    const { t } = store
    const now = new Date('2026-11-21T02:00:00Z')
    const turn = () => store.tx((q) => take(q, t, 'k', { limit: 1, windowMs: minute }, now))
    expect(await turn()).toBe(true)
    await store.tx((q) => giveBack(q, t, 'k'))
    expect(await turn()).toBe(true)
    expect(await turn()).toBe(false)
  })
})

describeEachEngine('captchas (ACC-3)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
  })
  const use = (token: string, answer: string) => deps.store.tx((q) => spendCaptcha(deps, q, token, answer))

  it('are right once, in any spelling of the digits', async () => {
    const { captchaToken, captcha } = answered(deps)
    const fullWidth = captcha.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
    expect(await use(captchaToken, ` ${fullWidth} `)).toBe(true)
    expect(await use(captchaToken, captcha)).toBe(false)
  })

  it('are used up by a wrong answer', async () => {
    const { captchaToken, captcha } = answered(deps)
    expect(await use(captchaToken, another(captcha))).toBe(false)
    expect(await use(captchaToken, captcha)).toBe(false)
  })

  it('answered twice at once are right once', async () => {
    const { captchaToken, captcha } = answered(deps)
    const answers = await Promise.all(Array.from({ length: 4 }, () => use(captchaToken, captcha)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('last three minutes', async () => {
    const early = answered(deps)
    const late = answered(deps)
    deps.clock.advance(179 * second)
    expect(await use(early.captchaToken, early.captcha)).toBe(true)
    deps.clock.advance(2 * second)
    expect(captchaDigits(deps, late.captchaToken)).toBeNull()
    expect(await use(late.captchaToken, late.captcha)).toBe(false)
  })

  it.each(['', 'x', 'a1.k1.AAAA'])('made by somebody else are none: %j', async (token) => {
    expect(await use(token, '12345')).toBe(false)
  })

  it('take the fixed answer in the demo alone, and still only once', async () => {
    const fixed = testDeps(deps.store, { env: { CAPTCHA_FIXED: '00000' } })
    const token = issueCaptcha(fixed)
    expect(await fixed.store.tx((q) => spendCaptcha(fixed, q, token, '00000'))).toBe(true)
    expect(await fixed.store.tx((q) => spendCaptcha(fixed, q, token, '00000'))).toBe(false)
    const real = { ...fixed, env: { ...fixed.env, demo: false } }
    expect(await real.store.tx((q) => spendCaptcha(real, q, issueCaptcha(real), '00000'))).toBe(false)
  })
})

describeEachEngine('SMS codes (ACC-3)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open(), { env: manyPerBrowser })
  })
  const judge = (phone: string, code: string, of = browser) =>
    checkSmsCode(deps, { phone, purpose: 'register', browser: of, code })

  it('reach the phone with their text and a key, once', async () => {
    const phone = newPhone()
    const code = await codeFor(deps, phone)
    await deliverOutbox(deps, 100)
    const received = deps.sent.filter((message) => message.phone === phone)
    expect(received).toEqual([
      { phone, purpose: 'register', code, text: expect.stringContaining(code), key: expect.any(String) },
    ])
    expect(code).toMatch(/^\d{6}$/)
  })

  it('are good after 179 seconds and over after 181', async () => {
    const phone = newPhone()
    const code = await codeFor(deps, phone)
    deps.clock.advance(179 * second)
    expect(await judge(phone, code)).not.toBeNull()
    deps.clock.advance(2 * second)
    expect(await judge(phone, code)).toBeNull()
  })

  it('are asked for once in three minutes, from whatever browser', async () => {
    const phone = newPhone()
    await askFor(deps, phone)
    deps.clock.advance(179 * second)
    expect(await refusalOf(askFor(deps, phone, { of: 'c'.repeat(43) }))).toEqual(['phone: sms-wait'])
    deps.clock.advance(2 * second)
    expect(await refusalOf(askFor(deps, phone))).toEqual([])
  })

  it('are sent once when the button is pressed many times at once', async () => {
    const phone = newPhone()
    const answers = await Promise.all(Array.from({ length: 5 }, () => refusalOf(askFor(deps, phone))))
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1)
  })

  it('cost a captcha, and a wrong one sends nothing and costs no wait', async () => {
    const phone = newPhone()
    const { captchaToken, captcha } = answered(deps)
    const wrong = requestSmsCode(deps, null, {
      typed: { phone, captchaToken, captcha: another(captcha) },
      purpose: 'register',
      browser,
      address,
    })
    expect(await refusalOf(wrong)).toEqual(['captcha: captcha-wrong'])
    expect(await refusalOf(askFor(deps, phone))).toEqual([])
  })

  it('name everything that is missing', async () => {
    const nothing = requestSmsCode(deps, null, { typed: {}, purpose: 'register', browser, address })
    expect(await refusalOf(nothing)).toEqual(['phone: phone-empty', 'captcha: captcha-empty'])
  })

  it('are limited per address and hour', async () => {
    const strict = testDeps(deps.store, { env: { LIMITS_SMS_PER_ADDRESS_PER_HOUR: '2' } })
    const from = '198.51.100.4'
    expect(await refusalOf(askFor(strict, newPhone(), { from }))).toEqual([])
    expect(await refusalOf(askFor(strict, newPhone(), { from }))).toEqual([])
    expect(await refusalOf(askFor(strict, newPhone(), { from }))).toEqual(['captcha: sms-too-many'])
    expect(await refusalOf(askFor(strict, newPhone(), { from: '198.51.100.5' }))).toEqual([])
    strict.clock.advance(60 * minute)
    expect(await refusalOf(askFor(strict, newPhone(), { from }))).toEqual([])
  })

  it('pass at the fifth try and never at the sixth', async () => {
    const [fifth, sixth] = [newPhone(), newPhone()]
    const codes = { fifth: await codeFor(deps, fifth), sixth: await codeFor(deps, sixth) }
    for (let tries = 0; tries < 4; tries += 1) expect(await judge(fifth, another(codes.fifth))).toBeNull()
    expect(await judge(fifth, codes.fifth)).not.toBeNull()
    for (let tries = 0; tries < 5; tries += 1) expect(await judge(sixth, another(codes.sixth))).toBeNull()
    expect(await judge(sixth, codes.sixth)).toBeNull()
  })

  it('cannot be guessed faster by guessing at once', async () => {
    const phone = newPhone()
    const code = await codeFor(deps, phone)
    await Promise.all(Array.from({ length: 9 }, () => judge(phone, another(code))))
    expect(await judge(phone, code)).toBeNull()
  })

  it('count for one phone, one browser and one purpose', async () => {
    const [phone, other] = [newPhone(), newPhone()]
    const code = await codeFor(deps, phone)
    await codeFor(deps, other)
    expect(await judge(other, code)).toBeNull()
    expect(await judge(phone, code, 'c'.repeat(43))).toBeNull()
    await deps.store.tx((q) => q.update(deps.store.t.smsCode).set({ purpose: 'reset' }))
    expect(await judge(phone, code)).toBeNull()
    await deps.store.tx((q) => q.update(deps.store.t.smsCode).set({ purpose: 'register' }))
    expect(await judge(phone, code)).not.toBeNull()
  })

  it('tell the wait to the browser that asked, also after a reload', async () => {
    const mine = 'm'.repeat(43)
    const phone = newPhone()
    await askFor(deps, phone, { of: mine })
    const sentAt = deps.clock.now()
    const wait = { sentAt, nextAt: new Date(sentAt.getTime() + 3 * minute), state: 'waiting' }
    deps.clock.advance(minute)
    expect(await codeWait(deps, mine, 'register')).toEqual(wait)
    expect(await codeWait(deps, 'n'.repeat(43), 'register')).toBeNull()
    expect(await codeWait(deps, null, 'register')).toBeNull()
    deps.clock.advance(2 * minute)
    expect(await codeWait(deps, mine, 'register')).toBeNull()
  })

  it('are read by keys that have been rotated meanwhile', async () => {
    const phone = newPhone()
    const old = makeAppKeys()
    const before = testDeps(deps.store, { keys: old })
    const code = await codeFor(before, phone)
    const after = testDeps(deps.store, { keys: makeAppKeys(old) })
    expect(await checkSmsCode(after, { phone, purpose: 'register', browser, code })).not.toBeNull()
  })
})

describeEachEngine('registration (ACC-1)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open(), { env: manyPerBrowser })
  })

  const numbers: Readonly<Record<(typeof identityTypes)[number], Record<string, string>>> = {
    mainland_id: { idNumber: newMainlandNumber('19900307', 'male') },
    hkmo_permit: { idNumber: 'h1234567801', sex: 'male', birth: '1990-03-07' },
    tw_permit: { idNumber: '１２３４５６７８', sex: 'male', birth: '1990年3月7日' },
    foreign_passport: { idNumber: 'x1234567', nationality: 'FR', sex: 'male', birth: '19900307' },
    hkmo_residence: { idNumber: closed('81000019900307231') },
    tw_residence: { idNumber: closed('83000019900307231') },
    foreign_pr_card: { idNumber: 'FRA123456789012', sex: 'male', birth: '1990.3.7' },
  }

  it.each(identityTypes)('takes a person with %s, and opens what was sealed', async (idType) => {
    const phone = newPhone()
    const typed = person(phone, await codeFor(deps, phone), { idType, ...numbers[idType] })
    const proven = await enrol(deps, typed)
    expect(isProven(deps, proven)).toBe(true)
    const { read, t } = deps.store
    expect(await accountById(read, t, deps.keys, proven.accountId)).toMatchObject({
      kind: 'applicant',
      status: 'active',
      idType,
      number: typed.idNumber.normalize('NFKC').toUpperCase(),
      name: '欧阳明',
      phone,
      sex: 'male',
      birth: '1990-03-07',
      identityState: 'none',
    })
    const [row] = await read.select().from(t.account).where(eq(t.account.id, proven.accountId))
    expect(JSON.stringify(row)).not.toContain(phone)
    expect(JSON.stringify(row)).not.toContain('欧阳')
  })

  it('says everything that is wrong at once, and asks no code of the database', async () => {
    const typed = {
      ...person('139', '', { name: ' ', password: 'short', passwordAgain: 'other' }),
      idNumber: '1',
    }
    expect(await refusalOf(enrol(deps, typed))).toEqual([
      'idNumber: id-length',
      'name: name-empty',
      'phone: phone-format',
      'code: code-empty',
      'password: password-too-short',
      'passwordAgain: password-mismatch',
    ])
  })

  it('refuses a wrong code and takes the right one afterwards', async () => {
    const phone = newPhone()
    const code = await codeFor(deps, phone)
    const typed = person(phone, another(code))
    expect(await refusalOf(enrol(deps, typed))).toEqual(['code: code-wrong'])
    expect(await refusalOf(enrol(deps, { ...typed, code }, 'c'.repeat(43)))).toEqual(['code: code-wrong'])
    expect(await refusalOf(enrol(deps, { ...typed, code }))).toEqual([])
  })

  it('counts wrong codes though each form is refused', async () => {
    const phone = newPhone()
    const code = await codeFor(deps, phone)
    const typed = person(phone, another(code))
    for (let tries = 0; tries < 5; tries += 1)
      expect(await refusalOf(enrol(deps, typed))).toEqual(['code: code-wrong'])
    expect(await refusalOf(enrol(deps, { ...typed, code }))).toEqual(['code: code-wrong'])
  })

  it('uses a code up', async () => {
    const phone = newPhone()
    const code = await codeFor(deps, phone)
    expect(await refusalOf(enrol(deps, person(phone, code)))).toEqual([])
    expect(await refusalOf(enrol(deps, person(phone, code)))).toEqual(['code: code-wrong'])
  })

  it('tells that a number or phone is taken only to who has proven the phone (ACC-9)', async () => {
    const known = await makeApplicant(deps)
    const mine = newPhone()
    const code = await codeFor(deps, mine)
    const typed = person(mine, another(code), { idNumber: known.number })
    expect(await refusalOf(enrol(deps, typed))).toEqual(['code: code-wrong'])
    expect(await refusalOf(enrol(deps, { ...typed, code }))).toEqual(['idNumber: id-taken'])
    // The code is still good for a corrected number.
    expect(await refusalOf(enrol(deps, person(mine, code)))).toEqual([])

    const theirs = await codeFor(deps, known.phone)
    expect(await refusalOf(enrol(deps, person(known.phone, theirs)))).toEqual(['phone: phone-taken'])
  })

  it('stops telling somebody who tries many numbers', async () => {
    const mine = newPhone()
    const code = await codeFor(deps, mine)
    const { number } = await makeApplicant(deps)
    const probe = () => refusalOf(enrol(deps, person(mine, code, { idNumber: number })))
    for (let asked = 0; asked < 5; asked += 1) expect(await probe()).toEqual(['idNumber: id-taken'])
    expect(await probe()).toEqual(['taken-too-often'])
    // A number nobody has is answered alike, else the answer would tell.
    expect(await refusalOf(enrol(deps, person(mine, code)))).toEqual(['taken-too-often'])
    deps.clock.advance(24 * 60 * minute)
    expect(await refusalOf(enrol(deps, person(mine, await codeFor(deps, mine))))).toEqual([])
  })

  it('knows a renewed permit as the same person (ACC-2)', async () => {
    await makeApplicant(deps, { idType: 'hkmo_permit', number: 'M8765432101' })
    const phone = newPhone()
    const typed = person(phone, await codeFor(deps, phone), {
      idType: 'hkmo_permit',
      idNumber: 'M8765432102',
      sex: 'female',
      birth: '1990-03-07',
    })
    expect(await refusalOf(enrol(deps, typed))).toEqual(['idNumber: id-taken'])
  })

  it('sent many times at once makes one account', async () => {
    const before = (await accountsIn(deps.store)).length
    const phone = newPhone()
    const typed = person(phone, await codeFor(deps, phone))
    const answers = await Promise.all(Array.from({ length: 4 }, () => refusalOf(enrol(deps, typed))))
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1)
    expect((await accountsIn(deps.store)).length).toBe(before + 1)
  })

  it('of one person from two phones at once makes one account', async () => {
    const idNumber = newMainlandNumber()
    const phones = [newPhone(), newPhone()]
    const forms: Record<string, string>[] = []
    for (const phone of phones) forms.push(person(phone, await codeFor(deps, phone), { idNumber }))
    const answers = await Promise.all(forms.map((typed) => refusalOf(enrol(deps, typed))))
    expect(answers.toSorted((a, b) => a.length - b.length)).toEqual([[], ['idNumber: id-taken']])
  })
})

describeEachEngine('signing in (ACC-6)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
  })
  let made: MadeApplicant
  beforeAll(async () => {
    made = await makeApplicant(deps, { password, number: '11010519491231002X' })
  })
  let hosts = 0
  const newHost = () => `203.0.113.${++hosts}`

  it.each([
    ['the number in lower case', ({ number }: { number: string }) => number.toLowerCase()],
    ['the number in full width', ({ number }: { number: string }) => [...number].map(wide).join('')],
    ['the phone', ({ phone }: { phone: string }) => phone],
    [
      'the phone as people write it',
      ({ phone }: { phone: string }) => `+86 ${phone.slice(0, 3)}-${phone.slice(3)}`,
    ],
  ])('takes %s', async (_, login) => {
    expect(await enter(deps, { login: login(made), password })).toMatchObject({ kind: 'applicant' })
  })

  it('knows a person by the permit that was renewed', async () => {
    const { actor } = await makeApplicant(deps, { password, idType: 'hkmo_permit', number: 'H8765432101' })
    expect(await enter(deps, { login: 'h8765432102', password })).toMatchObject({ accountId: actor.id })
  })

  it('proves the account for half a minute, and no other account', async () => {
    const { actor, phone } = await makeApplicant(deps, { password })
    const proven = await enter(deps, { login: phone, password })
    expect(proven.accountId).toBe(actor.id)
    expect(isProven(deps, proven)).toBe(true)
    expect(isProven(deps, { ...proven, accountId: 'somebody' })).toBe(false)
    expect(isProven(deps, { ...proven, proof: `${Date.now() + 1e9}.x` })).toBe(false)
    deps.clock.advance(31 * second)
    expect(isProven(deps, proven)).toBe(false)
  })

  it('answers every wrong combination alike', async () => {
    const from = newHost()
    const { phone, number } = await makeApplicant(deps, { password })
    const suspended = await makeApplicant(deps, { password })
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'suspended' }).where(eq(t.account.id, suspended.actor.id)),
    )
    const wrong = ['sign-in-wrong']
    expect(await refusalOf(enter(deps, { login: phone, password: 'wrong' }, from))).toEqual(wrong)
    expect(await refusalOf(enter(deps, { login: number, password: `${password} ` }, from))).toEqual(wrong)
    expect(await refusalOf(enter(deps, { login: newPhone(), password }, from))).toEqual(wrong)
    expect(await refusalOf(enter(deps, { login: suspended.phone, password }, from))).toEqual(wrong)
  })

  it('needs a captcha of its own every time', async () => {
    const { phone } = await makeApplicant(deps, { password })
    const used = answered(deps)
    expect(await refusalOf(enter(deps, { login: phone, password, ...used }))).toEqual([])
    expect(await refusalOf(enter(deps, { login: phone, password, ...used }))).toEqual([
      'captcha: captcha-wrong',
    ])
    expect(await refusalOf(enter(deps, { captcha: '' }))).toEqual([
      'login: login-empty',
      'password: password-empty',
      'captcha: captcha-empty',
    ])
  })

  it('slows an address down after five failures, for a minute and the right password too', async () => {
    const [from, elsewhere] = [newHost(), newHost()]
    const { phone } = await makeApplicant(deps, { password })
    for (let failed = 0; failed < 5; failed += 1)
      expect(await refusalOf(enter(deps, { login: newPhone(), password }, from))).toEqual(['sign-in-wrong'])
    expect(await refusalOf(enter(deps, { login: phone, password }, from))).toEqual(['sign-in-slow'])
    expect(await refusalOf(enter(deps, { login: phone, password }, elsewhere))).toEqual([])
    deps.clock.advance(minute)
    expect(await refusalOf(enter(deps, { login: phone, password }, from))).toEqual([])
  })

  it('does not count what succeeds', async () => {
    const from = newHost()
    const { phone } = await makeApplicant(deps, { password })
    for (let times = 0; times < 7; times += 1)
      expect(await refusalOf(enter(deps, { login: phone, password }, from))).toEqual([])
  })

  describe('after the failures of a day from one network', () => {
    const strictly = () =>
      testDeps(deps.store, {
        env: { LIMITS_SIGN_IN_FAILURES_PER_DAY: '3', LIMITS_SIGN_IN_FAILURES_PER_ADDRESS: '100' },
      })
    const fail = async (strict: TestDeps, login: string, from: string) =>
      refusalOf(enter(strict, { login, password: 'wrong' }, from))

    it('blocks what was typed, held by somebody or not, there and nowhere else', async () => {
      const strict = strictly()
      const [from, elsewhere] = [newHost(), newHost()]
      const { phone } = await makeApplicant(strict, { password })
      const stranger = newPhone()
      for (const login of [phone, phone, phone, stranger, stranger, stranger])
        expect(await fail(strict, login, from)).toEqual(['sign-in-wrong'])
      expect(await refusalOf(enter(strict, { login: phone, password }, from))).toEqual(['sign-in-blocked'])
      expect(await refusalOf(enter(strict, { login: stranger, password }, from))).toEqual(['sign-in-blocked'])
      expect(await refusalOf(enter(strict, { login: phone, password }, elsewhere))).toEqual([])
      strict.clock.advance(24 * 60 * minute)
      expect(await refusalOf(enter(strict, { login: phone, password }, from))).toEqual([])
    })

    it('never tells that a phone and a number are one person’s', async () => {
      const strict = strictly()
      const from = newHost()
      const one = await makeApplicant(strict, { password })
      const [stranger, other] = [newPhone(), newMainlandNumber()]
      for (const login of [one.phone, one.number, one.phone, stranger, other, stranger])
        expect(await fail(strict, login, from)).toEqual(['sign-in-wrong'])
      // Three failures of the account; its password is not asked any more, and nothing says so.
      for (const login of [one.number, one.phone, other, stranger])
        expect(await refusalOf(enter(strict, { login, password }, from))).toEqual(['sign-in-wrong'])
      for (const login of [one.phone, stranger])
        expect(await refusalOf(enter(strict, { login, password }, from))).toEqual(['sign-in-blocked'])
      expect(await refusalOf(enter(strict, { login: one.number, password }, newHost()))).toEqual([])
    })

    it('gives every try back to who gets in', async () => {
      const strict = strictly()
      const from = newHost()
      const { phone } = await makeApplicant(strict, { password })
      for (let times = 0; times < 5; times += 1)
        expect(await refusalOf(enter(strict, { login: phone, password }, from))).toEqual([])
    })
  })

  describe('where a passport is called like something else', () => {
    /** As it was registered before such numbers were refused, or by a way round the form. */
    const named = async (number: string, nationality: string, own = 'another password 7') => {
      const { actor } = await makeApplicant(deps, {
        password: own,
        idType: 'foreign_passport',
        number: 'X0000001',
        nationality,
      })
      const { t } = deps.store
      await deps.store.tx((q) =>
        q
          .update(t.account)
          .set({
            numberIndex: deps.keys.blind('number', number),
            identityIndex: deps.keys.blind('identity', `foreign_passport:${nationality}:${number}`),
          })
          .where(eq(t.account.id, actor.id)),
      )
      return actor.id
    }

    it('lets the holder of a number, phone or staff login in as before', async () => {
      const victim = await makeApplicant(deps, { password })
      const permit = await makeApplicant(deps, { password, idType: 'tw_permit', number: '87654321' })
      const hired = await makeStaff(deps, {
        role: 'reviewer',
        departmentId: '440106',
        password,
        login: 'yuexiu',
      })
      for (const [number, nationality] of [
        [victim.number, 'FR'],
        [victim.phone, 'DE'],
        ['YUEXIU', 'US'],
        ['87654321', 'GB'],
      ] as const)
        await named(number, nationality)
      for (const login of [victim.number, victim.phone])
        expect(await enter(deps, { login, password }, newHost())).toMatchObject({
          accountId: victim.actor.id,
        })
      expect(await enter(deps, { login: '87654321', password }, newHost())).toMatchObject({
        accountId: permit.actor.id,
      })
      const totp = generateSync({
        strategy: 'totp',
        secret: hired.totpSecret,
        epoch: Math.floor(deps.clock.now().getTime() / 1000),
      })
      expect(await enter(deps, { login: 'yuexiu', password, totp }, newHost())).toMatchObject({
        accountId: hired.actor.id,
      })
    })

    it('tells passports of one number and several countries by their passwords', async () => {
      const ids = [
        await named('C7654321', 'FR', 'password of one'),
        await named('C7654321', 'US', 'password of two'),
      ]
      for (const [place, word] of ['password of one', 'password of two'].entries())
        expect(await enter(deps, { login: 'c7654321', password: word }, newHost())).toMatchObject({
          accountId: ids[place],
        })
      expect(await refusalOf(enter(deps, { login: 'c7654321', password }, newHost()))).toEqual([
        'sign-in-wrong',
      ])
    })
  })

  describe('as staff (ACC-10)', () => {
    const codeAt = (secret: string, now: Date) =>
      generateSync({ strategy: 'totp', secret, epoch: Math.floor(now.getTime() / 1000) })
    const hire = () => makeStaff(deps, { role: 'reviewer', departmentId: '440106', password })

    it('takes login, password and a code, letters in any case', async () => {
      const { actor, login, totpSecret } = await hire()
      const totp = codeAt(totpSecret, deps.clock.now())
      expect(await enter(deps, { login: login.toUpperCase(), password, totp })).toMatchObject({
        accountId: actor.id,
        kind: 'staff',
      })
    })

    it('answers a missing, wrong or stale code as it answers a wrong password', async () => {
      const from = newHost()
      const { login, totpSecret } = await hire()
      const now = deps.clock.now()
      const right = codeAt(totpSecret, now)
      const stale = codeAt(totpSecret, new Date(now.getTime() - 90 * second))
      for (const totp of ['', another(right), stale, 'abcdef'])
        expect(await refusalOf(enter(deps, { login, password, totp }, from))).toEqual(['sign-in-wrong'])
      deps.clock.advance(minute)
      const later = codeAt(totpSecret, deps.clock.now())
      expect(await refusalOf(enter(deps, { login, password: 'wrong', totp: later }, from))).toEqual([
        'sign-in-wrong',
      ])
      expect(await refusalOf(enter(deps, { login, password, totp: later }, from))).toEqual([])
    })

    it('forgives a clock that is half a minute off', async () => {
      const { login, totpSecret } = await hire()
      const totp = codeAt(totpSecret, new Date(deps.clock.now().getTime() - 30 * second))
      expect(await refusalOf(enter(deps, { login, password, totp }))).toEqual([])
    })

    it('takes a code once, also when sent twice at once', async () => {
      const { login, totpSecret } = await hire()
      const totp = codeAt(totpSecret, deps.clock.now())
      const answers = await Promise.all(
        [1, 2, 3].map(() => refusalOf(enter(deps, { login, password, totp }, newHost()))),
      )
      expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1)
      expect(await refusalOf(enter(deps, { login, password, totp }, newHost()))).toEqual(['sign-in-wrong'])
      deps.clock.advance(30 * second)
      const next = codeAt(totpSecret, deps.clock.now())
      expect(await refusalOf(enter(deps, { login, password, totp: next }, newHost()))).toEqual([])
    })
  })
})

const wide = (character: string) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)

describeEachEngine('sessions (SEC-5)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
  })
  const begin = (accountId: string) => openSession(deps, { accountId, address, agent: 'test' })
  const stay = async (token: string, minutes: number, step: number) => {
    for (let passed = 0; passed < minutes; passed += step) {
      deps.clock.advance(step * minute)
      if (!(await readSession(deps, token))) return passed + step
    }
    return null
  }

  it('know the person, and store nothing one could sign in with', async () => {
    const { actor, name } = await makeApplicant(deps)
    const token = await begin(actor.id)
    expect(await readSession(deps, token)).toMatchObject({
      actor: { kind: 'applicant', id: actor.id },
      account: { name },
    })
    const rows = await deps.store.read.select().from(deps.store.t.session)
    expect(JSON.stringify(rows)).not.toContain(token)
    for (const other of [undefined, '', 'x', rows[0]?.id]) expect(await readSession(deps, other)).toBeNull()
  })

  it('end when an applicant is idle for more than 30 minutes, staff 15', async () => {
    const applicant = await begin((await makeApplicant(deps)).actor.id)
    const staff = await begin((await makeStaff(deps, { role: 'manager', departmentId: '440000' })).actor.id)
    deps.clock.advance(15 * minute)
    expect(await readSession(deps, staff)).not.toBeNull()
    deps.clock.advance(15 * minute)
    expect(await readSession(deps, applicant)).not.toBeNull()
    expect(await readSession(deps, staff)).not.toBeNull()
    deps.clock.advance(15 * minute + 1)
    expect(await readSession(deps, staff)).toBeNull()
    deps.clock.advance(15 * minute)
    expect(await readSession(deps, applicant)).toBeNull()
  })

  it('end after eight hours, however busy', async () => {
    const token = await begin((await makeApplicant(deps)).actor.id)
    expect(await stay(token, 9 * 60, 20)).toBe(8 * 60)
  })

  it('end when they are ended, and only those', async () => {
    const { actor } = await makeApplicant(deps)
    const [one, other] = [await begin(actor.id), await begin(actor.id)]
    await closeSession(deps, one)
    await closeSession(deps, one)
    await closeSession(deps, undefined)
    expect(await readSession(deps, one)).toBeNull()
    expect(await readSession(deps, other)).not.toBeNull()
  })

  it('of a suspended member of staff are nobody’s from the next request on, and a grant counts at once', async () => {
    const { actor } = await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })
    const token = await begin(actor.id)
    const { t } = deps.store
    expect((await readSession(deps, token))?.actor).toMatchObject({
      grants: [{ role: 'reviewer', path: '440000/440100/440106' }],
    })
    await deps.store.tx((q) =>
      q.update(t.staffGrant).set({ until: deps.clock.now() }).where(eq(t.staffGrant.accountId, actor.id)),
    )
    expect((await readSession(deps, token))?.actor).toMatchObject({ grants: [] })
    const set = (status: 'active' | 'suspended') =>
      deps.store.tx((q) => q.update(t.account).set({ status }).where(eq(t.account.id, actor.id)))
    await set('suspended')
    expect(await readSession(deps, token)).toBeNull()
    await set('active')
    expect(await readSession(deps, token)).not.toBeNull()
  })
})
