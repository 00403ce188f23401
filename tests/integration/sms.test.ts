import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type SmsMessage, smsAway, smsFailed, smsRefused } from '#lib/adapters/sms.ts'
import { requestSmsCode } from '#lib/commands/request-sms-code.ts'
import { enqueueSms } from '#lib/commands/support/outbox.ts'
import { checkSmsCode } from '#lib/commands/support/sms-code.ts'
import { smsOf } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { pauseAfter } from '#lib/jobs/back-off.ts'
import { deliverOutbox, type Unsent } from '#lib/jobs/outbox.ts'
import { codeWait } from '#lib/views/code-wait.ts'
import { smsFate } from '#lib/views/sms-fate.ts'
import { newPhone, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { answeredCaptcha, askForCode } from '#tests/support/sms-codes.ts'
import { aliyunSettings, aliyunStandIn } from '#tests/support/sms-stand-ins.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const newBrowser = () => randomBytes(32).toString('base64url')
const newAddress = () => `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`

/** `done`, or the issue a request was refused with, and until when. */
async function answerOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked
    return 'done'
  } catch (error) {
    if (!isFault(error, 'refused')) throw error
    return error.issues.map(({ at, code }) => `${at}: ${code}`).join()
  }
}
const untilOf = async (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => (isFault(error, 'refused') ? error.issues[0]?.params?.until : error),
  )

/** The same dependencies with another provider. */
const carriedBy = (deps: TestDeps, send: (message: SmsMessage) => unknown): TestDeps => ({
  ...deps,
  sms: { send: async (message) => void (await send(message)) },
})
const refusing = (deps: TestDeps) =>
  carriedBy(deps, () => {
    throw smsRefused('isv.MOBILE_NUMBER_ILLEGAL')
  })

describeEachEngine('how often codes are sent (ACC-3)', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open(), {
      env: { LIMITS_SMS_PER_BROWSER_PER_HOUR: '2', LIMITS_SMS_PER_PHONE_PER_DAY: '3' },
    })
  })
  const ask = (phone: string, browser = newBrowser(), address = newAddress()) =>
    askForCode(deps, phone, { browser, address })

  it('so many per browser and hour', async () => {
    const browser = newBrowser()
    const end = new Date(deps.clock.now().getTime() + hour)
    for (let times = 0; times < 2; times += 1) expect(await answerOf(ask(newPhone(), browser))).toBe('done')
    expect(await untilOf(ask(newPhone(), browser))).toBe(end.toISOString())
    deps.clock.advance(hour - 1)
    expect(await answerOf(ask(newPhone(), browser))).toBe('captcha: sms-too-many')
    expect(await answerOf(ask(newPhone()))).toBe('done')
    deps.clock.advance(1)
    expect(await answerOf(ask(newPhone(), browser))).toBe('done')
  })

  it('so many per phone and day', async () => {
    const phone = newPhone()
    const end = new Date(deps.clock.now().getTime() + 24 * hour)
    for (let times = 0; times < 3; times += 1) {
      expect(await answerOf(ask(phone))).toBe('done')
      deps.clock.advance(3 * minute)
    }
    expect(await untilOf(ask(phone))).toBe(end.toISOString())
    deps.clock.set(new Date(end.getTime() - 1))
    expect(await answerOf(ask(phone))).toBe('phone: sms-phone-day')
    expect(await answerOf(ask(newPhone()))).toBe('done')
    deps.clock.set(end)
    expect(await answerOf(ask(phone))).toBe('done')
  })

  it('one per phone, whoever of twenty asks at once', async () => {
    const phone = newPhone()
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerOf(ask(phone))))
    expect(answers.toSorted()).toEqual(['done', ...Array(19).fill('phone: sms-wait')])
    await deliverOutbox(deps, 100)
    expect(deps.sent.filter((message) => message.phone === phone)).toHaveLength(1)
  })

  it('two per browser, however many it asks for at once', async () => {
    const browser = newBrowser()
    const answers = await Promise.all(Array.from({ length: 12 }, () => answerOf(ask(newPhone(), browser))))
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(2)
  })

  describe('a try that one limit refuses costs nothing of the others', () => {
    const strict = () =>
      testDeps(deps.store, {
        env: {
          LIMITS_SMS_PER_ADDRESS_PER_HOUR: '2',
          LIMITS_SMS_PER_BROWSER_PER_HOUR: '2',
          LIMITS_SMS_PER_PHONE_PER_DAY: '2',
        },
      })
    const from = (of: TestDeps, phone: string, browser: string, address: string) =>
      answerOf(askForCode(of, phone, { browser, address }))

    it('where the phone has to wait', async () => {
      const own = strict()
      const [phone, browser, address] = [newPhone(), newBrowser(), newAddress()]
      expect(await from(own, phone, browser, address)).toBe('done')
      for (let times = 0; times < 4; times += 1)
        expect(await from(own, phone, browser, address)).toBe('phone: sms-wait')
      // The second of network, browser and day is still there.
      own.clock.advance(3 * minute)
      expect(await from(own, phone, browser, address)).toBe('done')
      own.clock.advance(3 * minute)
      expect(await from(own, phone, newBrowser(), newAddress())).toBe('phone: sms-phone-day')
      expect(await from(own, newPhone(), browser, newAddress())).toBe('captcha: sms-too-many')
      expect(await from(own, newPhone(), newBrowser(), address)).toBe('captcha: sms-too-many')
    })

    it('where the phone has had its day’s', async () => {
      const own = strict()
      const [phone, browser, address] = [newPhone(), newBrowser(), newAddress()]
      for (let times = 0; times < 2; times += 1) {
        await from(own, phone, newBrowser(), newAddress())
        own.clock.advance(3 * minute)
      }
      for (let times = 0; times < 3; times += 1)
        expect(await from(own, phone, browser, address)).toBe('phone: sms-phone-day')
      for (let times = 0; times < 2; times += 1)
        expect(await from(own, newPhone(), browser, address)).toBe('done')
    })

    it('where the browser, or the network, has had its hour’s', async () => {
      const own = strict()
      const [phone, browser, address, other] = [newPhone(), newBrowser(), newAddress(), newAddress()]
      for (let times = 0; times < 2; times += 1) await from(own, newPhone(), browser, address)
      expect(await from(own, phone, browser, other)).toBe('captcha: sms-too-many')
      expect(await from(own, phone, newBrowser(), address)).toBe('captcha: sms-too-many')
      expect(await from(own, phone, newBrowser(), other)).toBe('done')
      expect(await from(own, newPhone(), newBrowser(), other)).toBe('done')
      expect(await from(own, newPhone(), newBrowser(), other)).toBe('captcha: sms-too-many')
    })

    it('and uses the captcha up', async () => {
      const own = strict()
      const [phone, browser, address] = [newPhone(), newBrowser(), newAddress()]
      await from(own, phone, browser, address)
      const typed = { phone, ...answeredCaptcha(own) }
      const again = () =>
        answerOf(requestSmsCode(own, null, { typed, purpose: 'register', browser, address }))
      expect(await again()).toBe('phone: sms-wait')
      own.clock.advance(2 * minute + 59 * second)
      expect(await again()).toBe('captcha: captcha-wrong')
    })
  })
})

describeEachEngine('a message the provider refuses', (open) => {
  let deps: TestDeps
  let limited: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
    limited = testDeps(deps.store, {
      env: { LIMITS_SMS_PER_BROWSER_PER_HOUR: '1', LIMITS_SMS_PER_PHONE_PER_DAY: '1' },
    })
  })
  const rowOf = async (id: string) => {
    const { outbox } = deps.store.t
    const [row] = await deps.store.read.select().from(outbox).where(eq(outbox.id, id))
    if (!row) throw new Error('no such message')
    return row
  }

  it('ends at once, with its code, and is never sent again', async () => {
    const [phone, browser] = [newPhone(), newBrowser()]
    const asked: SmsMessage[] = []
    const carrier = carriedBy(deps, (message) => {
      asked.push(message)
      throw smsRefused('isv.MOBILE_NUMBER_ILLEGAL')
    })
    const { outboxId } = await askForCode(deps, phone, { browser })
    const told: Unsent[] = []
    expect(await deliverOutbox(carrier, 10, (unsent) => told.push(unsent))).toBe(0)
    expect(told).toEqual([{ id: outboxId, fate: 'refused', reason: 'isv.MOBILE_NUMBER_ILLEGAL' }])
    const now = deps.clock.now()
    expect(await rowOf(outboxId)).toMatchObject({ refusedAt: now, deadAt: now, sentAt: null })
    expect(await codeWait(deps, browser, 'register')).toBeNull()
    const code = asked[0]?.code ?? ''
    expect(code).toMatch(/^\d{6}$/)
    expect(await checkSmsCode(deps, { phone, purpose: 'register', browser, code })).toBeNull()
    deps.clock.advance(hour)
    await deliverOutbox(carrier, 10)
    expect(asked).toHaveLength(1)
  })

  it('costs neither the phone nor the browser anything', async () => {
    const [phone, browser, address] = [newPhone(), newBrowser(), newAddress()]
    const ask = () => answerOf(askForCode(limited, phone, { browser, address }))
    for (let times = 0; times < 3; times += 1) {
      expect(await ask()).toBe('done')
      await deliverOutbox(refusing(limited), 10)
    }
    expect(await ask()).toBe('done')
    expect(await deliverOutbox(limited, 10)).toBe(1)
    expect(await ask()).toBe('captcha: sms-too-many')
    expect(await answerOf(askForCode(limited, phone, { address }))).toBe('phone: sms-phone-day')
  })

  it('costs the network what it cost, so that nobody tries out numbers', async () => {
    const strict = testDeps(deps.store, { env: { LIMITS_SMS_PER_ADDRESS_PER_HOUR: '2' } })
    const address = newAddress()
    for (let times = 0; times < 2; times += 1) {
      await askForCode(strict, newPhone(), { browser: newBrowser(), address })
      await deliverOutbox(refusing(strict), 10)
    }
    expect(await answerOf(askForCode(strict, newPhone(), { browser: newBrowser(), address }))).toBe(
      'captcha: sms-too-many',
    )
  })

  it('frees the turn it took and not the one after it', async () => {
    const phone = newPhone()
    await askForCode(deps, phone, { browser: newBrowser() })
    const late = carriedBy(deps, async () => {
      deps.clock.advance(3 * minute)
      await askForCode(deps, phone, { browser: newBrowser() })
      throw smsRefused('isv.MOBILE_NUMBER_ILLEGAL')
    })
    await deliverOutbox(late, 1)
    expect(await answerOf(askForCode(deps, phone, { browser: newBrowser() }))).toBe('phone: sms-wait')
    await deliverOutbox(deps, 10)
  })

  it('ends where it carries no code, too', async () => {
    const id = await deps.store.tx((q) =>
      enqueueSms(deps, q, {
        phone: newPhone(),
        purpose: 'outcome',
        text: '您的申请已审核通过',
        notice: { number: 'C1', event: '审核通过' },
      }),
    )
    await deliverOutbox(refusing(deps), 10)
    expect(await smsFate(deps, id, 0)).toBe('refused')
  })

  it('is told as it was sent, when another worker was faster', async () => {
    const { outboxId } = await askForCode(deps, newPhone(), { browser: newBrowser() })
    const slower = carriedBy(deps, async () => {
      deps.clock.advance(minute)
      await deliverOutbox(deps, 10)
      throw smsRefused('isv.MOBILE_NUMBER_ILLEGAL')
    })
    await deliverOutbox(slower, 10)
    expect(await rowOf(outboxId)).toMatchObject({ refusedAt: null, deadAt: null })
    expect(await smsFate(deps, outboxId, 0)).toBe('sent')
  })

  it('is refused by a cloud that knows no such number, and the next try reaches it', async () => {
    vi.stubEnv('http_proxy', '')
    let says = 'isv.MOBILE_NUMBER_ILLEGAL'
    const cloud = await aliyunStandIn(() => says)
    const sms = smsOf({ dataDir: '/nowhere', sms: aliyunSettings(cloud.url) }, deps.clock)
    const real = { ...deps, sms }
    const phone = newPhone()
    const first = await askForCode(real, phone, { browser: newBrowser() })
    expect(await deliverOutbox(real, 10)).toBe(0)
    expect(await smsFate(real, first.outboxId, 0)).toBe('refused')
    says = 'OK'
    const next = await askForCode(real, phone, { browser: newBrowser() })
    expect(await deliverOutbox(real, 10)).toBe(1)
    expect(cloud.calls.map(({ url }) => url.searchParams.get('OutId'))).toEqual([
      first.outboxId,
      next.outboxId,
    ])
  })
})

describeEachEngine('the outbox under a provider that is slow or down', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
  })
  const notice = (text: string) =>
    deps.store.tx((q) => enqueueSms(deps, q, { phone: newPhone(), purpose: 'outcome', text }))

  it('sends five at once, so that a slow one does not hold the others', async () => {
    let [under, most] = [0, 0]
    for (let n = 0; n < 12; n += 1) await notice(`message ${n}`)
    const done: string[] = []
    const others = Promise.withResolvers<void>()
    const five = Promise.withResolvers<void>()
    const slow = carriedBy(deps, async ({ text }) => {
      under += 1
      most = Math.max(most, under)
      // However long it takes to hand them over: were fewer sent at once, nothing would ever be answered.
      if (under === 5) five.resolve()
      await five.promise
      // The slow one answers when all the others have: were they held by it, that would be never.
      await (text === 'message 0' ? others.promise : sleep(10))
      if (done.push(text) === 11) others.resolve()
      under -= 1
    })
    expect(await deliverOutbox(slow, 100)).toBe(12)
    expect(most).toBe(5)
    expect(done.at(-1)).toBe('message 0')
  })

  it('sends codes before notices', async () => {
    for (let n = 0; n < 3; n += 1) await notice('older')
    deps.clock.advance(minute)
    await askForCode(deps, newPhone())
    expect(await deliverOutbox(deps, 1)).toBe(1)
    expect(deps.sent[0]?.purpose).toBe('register')
  })

  it('never sends a code that ran out while the provider was down', async () => {
    const phone = newPhone()
    const { outboxId } = await askForCode(deps, phone)
    let tries = 0
    const down = carriedBy(deps, () => {
      tries += 1
      throw smsFailed('timeout')
    })
    for (let at = 0; at < 180; at += 1) {
      await deliverOutbox(down, 10)
      deps.clock.advance(second)
    }
    expect(tries).toBe(7)
    const told: Unsent[] = []
    expect(await deliverOutbox(deps, 10, (unsent) => told.push(unsent))).toBe(0)
    expect(told).toEqual([{ id: outboxId, fate: 'expired', reason: '' }])
    expect(deps.sent).toEqual([])
    expect(await smsFate(deps, outboxId, 0)).toBe('refused')
  })

  it('tells of every try that failed, and of no person', async () => {
    const id = await notice('您的申请已审核通过')
    const told: Unsent[] = []
    const down = carriedBy(deps, ({ phone }) => {
      throw new Error(`no route for ${phone}`)
    })
    for (let times = 1; times <= 10; times += 1) {
      await deliverOutbox(down, 10, (unsent) => told.push(unsent))
      deps.clock.advance(pauseAfter(times))
    }
    expect(told).toEqual([
      ...Array(9).fill({ id, fate: 'later', reason: 'Error' }),
      { id, fate: 'dead', reason: 'Error' },
    ])
    expect(await smsFate(deps, id, 0)).toBe('refused')
  })

  it('counts no try while the provider is given a rest', async () => {
    const id = await notice('patient')
    const resting = carriedBy(deps, () => {
      throw smsAway()
    })
    for (let times = 0; times < 40; times += 1) {
      await deliverOutbox(resting, 10)
      deps.clock.advance(30 * second)
    }
    expect(await smsFate(deps, id, 0)).toBe('waiting')
    expect(await deliverOutbox(deps, 10)).toBe(1)
  })

  it('leaves the provider alone after five failures, and all get through when it is back', async () => {
    vi.stubEnv('http_proxy', '')
    let says = 'isp.SYSTEM_ERROR'
    const cloud = await aliyunStandIn(() => says)
    const sms = smsOf({ dataDir: '/nowhere', sms: aliyunSettings(cloud.url) }, deps.clock)
    const real = { ...deps, sms }
    const ids: string[] = []
    for (let n = 0; n < 12; n += 1)
      ids.push(
        await deps.store.tx((q) =>
          enqueueSms(deps, q, {
            phone: newPhone(),
            purpose: 'outcome',
            text: 't',
            notice: { number: `C${n}`, event: '通过' },
          }),
        ),
      )
    expect(await deliverOutbox(real, 100)).toBe(0)
    // Up to four more are under way when the fifth has failed.
    const failed = cloud.calls.length
    expect(failed).toBeGreaterThanOrEqual(5)
    expect(failed).toBeLessThan(10)
    deps.clock.advance(29 * second)
    await deliverOutbox(real, 100)
    expect(cloud.calls).toHaveLength(failed)
    says = 'OK'
    // One is let through first; where five are under way at once, the other four wait for their next turn.
    for (let rounds = 0; rounds < 3; rounds += 1) {
      deps.clock.advance(4 * second)
      await deliverOutbox(real, 100)
    }
    expect(await Promise.all(ids.map((id) => smsFate(deps, id, 0)))).toEqual(Array(12).fill('sent'))
    const keys = cloud.calls.map(({ url }) => url.searchParams.get('OutId'))
    expect(new Set(keys).size).toBe(12)
    expect(keys).toHaveLength(12 + failed)
  })
})

describeEachEngine('what became of a message', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
  })

  it('is known as soon as it was sent', async () => {
    const { outboxId } = await askForCode(deps, newPhone(), { browser: newBrowser() })
    const began = performance.now()
    const fate = smsFate(deps, outboxId, 2500)
    await sleep(200)
    await deliverOutbox(deps, 10)
    expect(await fate).toBe('sent')
    expect(performance.now() - began).toBeLessThan(1500)
  })

  it('is left open when patience is over', async () => {
    const { outboxId } = await askForCode(deps, newPhone(), { browser: newBrowser() })
    const began = performance.now()
    expect(await smsFate(deps, outboxId, 400)).toBe('waiting')
    expect(performance.now() - began).toBeGreaterThan(390)
    await deliverOutbox(deps, 10)
  })

  it('is told to the browser that waits for it', async () => {
    const browser = newBrowser()
    await askForCode(deps, newPhone(), { browser })
    expect(await codeWait(deps, browser, 'register')).toMatchObject({ state: 'waiting' })
    await deliverOutbox(deps, 10)
    expect(await codeWait(deps, browser, 'register')).toMatchObject({ state: 'sent' })
  })
})
