import { beforeEach, expect, it, vi } from 'vitest'
import { type CodeStep, sendCode } from '#app/_form/send-code.ts'
import { echoOf } from '#lib/action/echo.ts'
import type { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { anyone, requireApplicant } from '#lib/auth/actors.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { deliverOutbox } from '#lib/jobs/outbox.ts'
import { codeWait } from '#lib/views/code-wait.ts'
import { makeApplicant, newPhone, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar } from '#tests/support/next-side.ts'
import { answeredCaptcha } from '#tests/support/sms-codes.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)

const secret = ['captcha', 'captchaToken', 'code', 'password']
const whole = (form: Form) => ({ ok: true, value: form }) as const
const step: CodeStep = { page: '/register', purpose: 'register', secret }

describeEachEngine('the step behind 免费获取验证码', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  /** Where a posted form ends; meanwhile its message is delivered, or not. */
  async function post(
    values: Record<string, string>,
    delivered: TestDeps | null,
    over: Partial<CodeStep> = {},
  ) {
    const action = formAction({
      actor: over.ownerId === undefined ? anyone : requireApplicant,
      page: () => over.page ?? step.page,
      secret,
      read: whole,
      run: (d, _actor, form) => sendCode(d, form, { ...step, ...over }),
      then: (to) => to,
    })
    const data = new FormData()
    for (const [name, value] of Object.entries({ ...answeredCaptcha(deps), ...values }))
      data.append(name, value)
    const answer = action(data).then(
      () => 'nothing',
      (error: Error) => error.message,
    )
    for (let looks = 0; delivered && looks < 20; looks += 1) {
      const done = await Promise.race([
        answer.then(() => true),
        deliverOutbox(delivered, 10).then(() => false),
      ])
      if (done) break
      await new Promise((later) => setTimeout(later, 50))
    }
    return answer
  }
  const left = async (answer: string, page = '/register') =>
    echoOf(/[?&]echo=([\w-]{43})/.exec(answer)?.[1] ?? 'none', page)
  const refusing = (): TestDeps => ({
    ...deps,
    sms: {
      send: async () => {
        throw Object.assign(new Error('no'), { code: 'sms-refused' })
      },
    },
  })
  const browser = () => jar.get('eb')?.value ?? null

  it('leads to the code once the message went out, with what was typed and no secret', async () => {
    const phone = newPhone()
    const answer = await post({ phone, name: '张三', password: 'secret' }, deps)
    expect(answer).toMatch(/^303 \/register\?echo=[\w-]{43}#code$/)
    expect(await left(answer)).toMatchObject({ issues: [], values: { phone: [phone], name: ['张三'] } })
    expect((await left(answer))?.values).not.toHaveProperty('password')
    expect(deps.sent).toMatchObject([{ phone, purpose: 'register' }])
    expect(await codeWait(deps, browser(), 'register')).toMatchObject({ state: 'sent' })
  })

  it('says so when the provider does not take the message, and lets the phone be corrected at once', async () => {
    const phone = newPhone()
    const answer = await post({ phone }, refusing())
    expect(answer).toMatch(/^303 \/register\?echo=[\w-]{43}#errors$/)
    expect(await left(answer)).toMatchObject({
      issues: [{ at: 'phone', code: 'sms-refused' }],
      values: { phone: [phone] },
    })
    expect(await codeWait(deps, browser(), 'register')).toBeNull()
    expect(await post({ phone }, deps)).toMatch(/#code$/)
  })

  it('does not claim that it was sent while it waits', async () => {
    const began = performance.now()
    expect(await post({ phone: newPhone() }, null)).toMatch(/#code$/)
    expect(performance.now() - began).toBeGreaterThan(2400)
    expect(await codeWait(deps, browser(), 'register')).toMatchObject({ state: 'waiting' })
  })

  it('asks at once again for what is wrong in the form, and sends nothing', async () => {
    const answer = await post({ phone: '1', captcha: '' }, deps)
    expect((await left(answer))?.issues).toEqual([
      { at: 'phone', code: 'phone-format' },
      { at: 'captcha', code: 'captcha-empty' },
    ])
    expect(deps.sent).toEqual([])
  })

  it('sends to a phone the form does not hold, on a page that is one person’s', async () => {
    const { actor, phone } = await makeApplicant(deps)
    const token = await openSession(deps, { accountId: actor.id, address: '', agent: '' })
    jar.set('sid', { value: token })
    const own = {
      page: '/account/phone',
      purpose: 'phone-old',
      at: 'oldCode',
      phone,
      phoneAt: null,
      ownerId: actor.id,
    } as const
    const answer = await post({ newPhone: newPhone() }, deps, own)
    expect(answer).toMatch(/^303 \/account\/phone\?echo=[\w-]{43}#oldCode$/)
    expect(deps.sent).toMatchObject([{ phone, purpose: 'phone-old' }])
    expect(await left(answer, '/account/phone')).toMatchObject({ ownerId: actor.id, issues: [] })
    const again = await post({}, deps, own)
    expect((await left(again, '/account/phone'))?.issues).toMatchObject([{ at: null, code: 'sms-wait' }])
    jar.delete('sid')
    expect(await left(answer, '/account/phone')).toBeNull()
  })
})
