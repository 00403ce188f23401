/** EXM-3 by Alipay's 电脑网站支付: addresses, questions and notices over the wire, and the pages that lead there. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { Payment } from '#app/(applicant)/exams/_payment.tsx'
import { answerDemoPayment, askPayment, startPayment } from '#app/(applicant)/exams/payment/actions.ts'
import DemoPayPage from '#app/(applicant)/exams/payment/demo/[number]/page.tsx'
import { POST as notified } from '#app/(applicant)/exams/payment/notice/route.ts'
import PayOrderPage from '#app/(applicant)/exams/payment/orders/[number]/page.tsx'
import RefundPage from '#app/(operator)/exam-sessions/refunds/[number]/page.tsx'
import { mark } from '#app/(operator)/exam-sessions/refunds/actions.ts'
import RefundsPage from '#app/(operator)/exam-sessions/refunds/page.tsx'
import { entryOfCase } from '#db/queries/exam-entries.ts'
import { payOrdersOf } from '#db/queries/payments.ts'
import { alipayPayment } from '#lib/adapters/payment-alipay.ts'
import { tradesInFolder } from '#lib/adapters/payment-demo.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { checkPayment } from '#lib/commands/check-payment.ts'
import { expirePayments } from '#lib/commands/expire-payments.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { withdrawExam } from '#lib/commands/withdraw-exam.ts'
import { paymentOf } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { paymentView } from '#lib/views/exam-payments.ts'
import { type AlipayGateway, startAlipayGateway } from '#tests/support/alipay-gateway.ts'
import { makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, leakedSeats, openExam } from '#tests/support/exam-candidates.ts'
import { ended, jar, posted, shown } from '#tests/support/next-side.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const unavailable = ['refused', 'payment-unavailable']

describeEachEngine('paying for an exam by Alipay', (open) => {
  let gateway: AlipayGateway
  let deps: TestDeps
  let folder: string
  let notes: string[] = []
  const serve = (one: TestDeps) => Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(one))
  beforeAll(async () => {
    gateway = await startAlipayGateway()
    folder = await mkdtemp(path.join(tmpdir(), 'demo-payments-'))
    const made = testDeps(await open(), { env: { ...gateway.env, PAYMENT_PROVIDER: 'alipay' } })
    const { payment: settings, origin } = made.env
    if (settings.provider !== 'alipay') throw new Error('not the provider of this test')
    const payment = alipayPayment({
      settings,
      returnUrl: (number) => `${origin}/exams/payment/orders/${number}`,
      notifyUrl: `${origin}/exams/payment/notice`,
      clock: made.clock,
      note: (line) => notes.push(line),
    })
    deps = { ...made, payment }
    await seedDepartments(deps)
  })
  beforeEach(() => {
    jar.clear()
    serve(deps)
  })
  afterEach(() => {
    gateway.mode = 'answers'
    notes = []
  })
  afterAll(async () => {
    await gateway.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  async function admitted() {
    const exam = await openExam(deps)
    const { actor } = await candidate(deps, '440106')
    const { caseId } = await registerForExam(deps, actor, {
      ...exam,
      subjects: ['senior_practice'],
      declared: true,
    })
    await signIn(actor.id)
    return { actor, caseId, session: exam.sessionId, form: { session: exam.sessionId, case: caseId } }
  }
  type Admitted = Awaited<ReturnType<typeof admitted>>
  const stateOf = async ({ caseId }: Admitted) =>
    (await entryOfCase(deps.store.read, deps.store.t, caseId))?.state
  const begin = async ({ form }: Admitted) =>
    /^303 \/exams\/payment\/orders\/(P\d{20})$/.exec(await posted(startPayment, form))?.[1] ?? ''
  const orderPage = (number: string, search = {}) =>
    shown((props) => PayOrderPage({ ...props, params: Promise.resolve({ number }) }), search)
  const panel = async ({ actor, caseId }: Admitted, checked = false) =>
    renderToStaticMarkup(Payment({ view: await paymentView(deps, actor, caseId), checked }))
  const linkIn = (page: string) =>
    /<a href="(http[^"]*)"[^>]*>前往支付宝付款<\/a>/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  /** What a browser does: opens the page of the provider, so that it knows of the trade. */
  const visit = async (number: string) => {
    const answer = await fetch(linkIn(await orderPage(number)))
    if (answer.status !== 200) throw new Error('the provider does not take the order')
  }
  const settle = (number: string) => {
    const trade = gateway.trades.get(number)
    if (!trade) throw new Error('no such trade')
    trade.state = 'TRADE_SUCCESS'
    return trade
  }
  const called = async (fields: Readonly<Record<string, string>>, more = {}) => {
    const body = new URLSearchParams(fields).toString()
    const headers = { 'content-length': String(Buffer.byteLength(body)), ...more }
    const answer = await notified(new Request('http://x', { method: 'POST', body, headers }))
    return `${answer.status} ${await answer.text()}`
  }

  it('leads to Alipay by a page of ours and back, and believes its notice', async () => {
    const one = await admitted()
    expect(await panel(one)).toMatch(/待缴费[\s\S]*56\.00 元[\s\S]*支付宝缴费<\/button>/)
    const number = await begin(one)
    const page = await orderPage(number)
    expect(page).not.toContain('style=')
    expect(page).not.toMatch(/<form[^>]*action="http/)
    const address = new URL(linkIn(page))
    expect(address.href.startsWith(gateway.url)).toBe(true)
    expect(address.searchParams.get('notify_url')).toBe(`${deps.env.origin}/exams/payment/notice`)
    expect(address.searchParams.get('return_url')).toBe(`${deps.env.origin}/exams/payment/orders/${number}`)
    expect(JSON.parse(address.searchParams.get('biz_content') ?? '')).toMatchObject({
      out_trade_no: number,
      total_amount: '56.00',
      product_code: 'FAST_INSTANT_TRADE_PAY',
    })
    await visit(number)
    settle(number)
    // Whatever the return address carries.
    expect(await orderPage(number, { out_trade_no: number, trade_status: 'TRADE_SUCCESS' })).toContain(
      '支付确认中',
    )
    expect(await panel(one)).toContain('支付确认中')
    expect(await stateOf(one)).toBe('awaiting-payment')
    jar.clear()
    const notice = gateway.tradeNotice(number, { subject: '中文 & = %41+' })
    expect([await called(notice), await called(notice)]).toEqual(['200 success', '200 success'])
    expect(await stateOf(one)).toBe('paid')
    await signIn(one.actor.id)
    expect(await orderPage(number)).toContain('报名成功')
    expect(await panel(one)).toMatch(/报名成功[\s\S]*报名序号/)
    expect([gateway.refusedSignatures, notes]).toEqual([0, []])
  })

  it('finds a payment by asking, and says so where there is none yet', async () => {
    const one = await admitted()
    const number = await begin(one)
    // Nobody has opened the page of Alipay.
    expect(await posted(askPayment, one.form)).toBe(`303 /exams/${one.session}?done=payment-checked`)
    await visit(number)
    deps.clock.advance(2_000)
    const back = await posted(askPayment, { ...one.form, order: number })
    expect(back).toBe(`303 /exams/payment/orders/${number}?done=payment-checked`)
    expect(await orderPage(number, { done: 'payment-checked' })).toContain('还没有查到这笔缴费')
    const trade = settle(number)
    deps.clock.advance(2_000)
    expect(await posted(askPayment, { ...one.form, order: number })).toBe(
      `303 /exams/payment/orders/${number}`,
    )
    const [order] = await payOrdersOf(deps.store.read, deps.store.t, one.caseId)
    expect(order).toMatchObject({ state: 'paid', tradeNo: trade.tradeNo })
    expect(order?.paidAt).toEqual(new Date('2026-11-21T02:00:30.000Z'))
  })

  it('refuses notices that Alipay did not sign for our application, and wants to be called again where it must ask', async () => {
    const one = await admitted()
    const number = await begin(one)
    await visit(number)
    settle(number)
    const right = gateway.tradeNotice(number)
    for (const fields of [
      {},
      { ...right, total_amount: '0.01' },
      { ...right, sign_type: 'RSA' },
      gateway.tradeNotice(number, { app_id: '2021000000000002' }),
      gateway.notice(gateway.tradeNotice(number), gateway.keys.app.privateKey),
      gateway.notice({ outer_order_no: number }),
    ])
      expect(await called(fields)).toBe('403 fail')
    expect(await called(right, { 'content-length': String(64 * 1024 + 1) })).toBe('413 fail')
    // Another amount than the order's: its word alone is not enough.
    gateway.mode = 'down'
    expect(await called(gateway.tradeNotice(number, { total_amount: '0.01' }))).toBe('200 fail')
    expect(await stateOf(one)).toBe('awaiting-payment')
    expect(await called(right)).toBe('200 success')
    expect(await stateOf(one)).toBe('paid')
    expect(await called(gateway.tradeNotice('P0', { trade_status: 'TRADE_SUCCESS' }))).toBe('200 success')
    serve({ ...deps, payment: null })
    expect(await called(right)).toBe('404 fail')
  })

  it('believes no answer that Alipay did not sign, says within about three seconds that none came, and holds the seat meanwhile', async () => {
    const one = await admitted()
    const number = await begin(one)
    await visit(number)
    const deadline = (await entryOfCase(deps.store.read, deps.store.t, one.caseId))?.payBy
    for (const mode of ['unsigned', 'forged', 'altered', 'doubled', 'busy', 'down', 'slow'] as const) {
      gateway.mode = mode
      deps.clock.advance(2_000)
      const started = performance.now()
      expect([mode, ...(await outcomeOf(checkPayment(deps, one.actor, one)))]).toEqual([mode, ...unavailable])
      expect(performance.now() - started).toBeLessThan(4_000)
    }
    expect(notes).toHaveLength(7)
    gateway.mode = 'down'
    deps.clock.set(deadline ?? '')
    await expirePayments(deps, { except: [], limit: 100 })
    expect(await stateOf(one)).toBe('awaiting-payment')
    expect(await panel(one)).toContain('截止前已经付款的，请点“查询缴费结果”')
    gateway.mode = 'answers'
    await expirePayments(deps, { except: [], limit: 100 })
    expect(await stateOf(one)).toBe('expired')
    expect(gateway.trades.get(number)?.state).toBe('TRADE_CLOSED')
    expect(await panel(one)).toContain('已关闭（逾期未缴费）')
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('shows what has to go back, and staff enter that it did', async () => {
    const one = await admitted()
    const number = await begin(one)
    await visit(number)
    settle(number)
    await withdrawExam(deps, one.actor, one)
    expect(await called(gateway.tradeNotice(number))).toBe('200 success')
    expect(await panel(one)).toMatch(/56\.00 元 的付款需要退款[\s\S]*这次报名已经关闭或撤回/)
    expect(await shown(RefundsPage)).toBe('404')
    await signIn((await makeStaff(deps, { role: 'manager', departmentId: '440000' })).actor.id)
    expect(await shown(RefundsPage)).toMatch(new RegExp(`${number}[\\s\\S]*56\\.00 元[\\s\\S]*登记已退款`))
    const refundPage = (search = {}) =>
      shown((props) => RefundPage({ ...props, params: Promise.resolve({ number }) }), search)
    expect(await refundPage()).toContain('退款流水号')
    const to = await posted(mark, { order: number, ref: '短', day: '2026-11-21' })
    const echo = /\?echo=([\w-]{43})#errors$/.exec(to)?.[1]
    expect(await refundPage({ echo })).toMatch(/退款流水号请填 6 至 64 位[\s\S]*value="短"/)
    const day = dayOf(deps.clock.now())
    expect(await posted(mark, { order: number, ref: 'R1234567', day })).toBe(
      '303 /exam-sessions/refunds?done=marked',
    )
    expect(await shown(RefundsPage)).not.toContain(number)
    expect(await shown(RefundsPage, { state: 'refunded' })).toContain(number)
    expect(await panel(one)).toContain('56.00 元 的付款已经退款')
  })

  it('says that nothing is paid online where nobody takes payments', async () => {
    const one = await admitted()
    const off = { ...deps, payment: null }
    const view = await paymentView(off, one.actor, one.caseId)
    const said = renderToStaticMarkup(Payment({ view, checked: false }))
    expect(said).toContain('没有开通在线缴费')
    expect(said).not.toContain('<button')
    serve(off)
    expect(await posted(startPayment, one.form)).toMatch(/^303 \/exams\/[\w-]+\?echo=/)
  })

  it('plays the same in the demonstration, by a page of ours', async () => {
    const env = { ...deps.env, payment: { provider: 'demo' } as const }
    const payment = paymentOf(env, deps.keys, deps.clock, tradesInFolder(folder))
    serve({ ...deps, env, payment })
    const one = await admitted()
    const number =
      /^303 \/exams\/payment\/demo\/(P\d{20})$/.exec(await posted(startPayment, one.form))?.[1] ?? ''
    const demoPage = () => shown(() => DemoPayPage({ params: Promise.resolve({ number }) }))
    expect(await demoPage()).toMatch(/仅用于演示，不会扣款[\s\S]*56\.00 元/)
    const back = `303 /exams/payment/orders/${number}`
    expect(await posted(answerDemoPayment, { order: number, answer: 'reject' })).toBe(back)
    expect(await stateOf(one)).toBe('awaiting-payment')
    expect(await posted(answerDemoPayment, { order: number, answer: 'accept' })).toBe(back)
    expect(await stateOf(one)).toBe('paid')
    expect(await demoPage()).toContain('已经支付或关闭')
    serve(deps)
    expect(await ended(DemoPayPage({ params: Promise.resolve({ number }) }))).toBe('404')
  })
})
