/** EXM-3: every payment is one registration or one refund, whatever the provider, the clock and the network do. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { entryOfCase } from '#db/queries/exam-entries.ts'
import { payOrderByNumber, payOrdersOf } from '#db/queries/payments.ts'
import type { Store } from '#db/store.ts'
import { amountText, type PaymentProvider } from '#lib/adapters/payment.ts'
import { acceptPaymentNotice } from '#lib/commands/accept-payment-notice.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { checkPayment } from '#lib/commands/check-payment.ts'
import { demoPay } from '#lib/commands/demo-pay.ts'
import { expirePayments } from '#lib/commands/expire-payments.ts'
import { markRefunded } from '#lib/commands/mark-refunded.ts'
import { reconcilePayments } from '#lib/commands/reconcile-payments.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { withdrawExam } from '#lib/commands/withdraw-exam.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { paymentRounds } from '#lib/jobs/payments.ts'
import { paymentView } from '#lib/views/exam-payments.ts'
import { refundList, refundView } from '#lib/views/exam-refunds.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, leakedSeats, openExam } from '#tests/support/exam-candidates.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const minute = 60_000
const hour = 60 * minute
const unavailable = ['refused', 'payment-unavailable']
type Fields = Readonly<Record<string, string>>

describeEachEngine('paying for an exam', (open) => {
  let deps: TestDeps
  let provider: PaymentProvider
  /** As a provider that is away; its page and its notices go on. */
  let down = false
  beforeAll(async () => {
    const made = testDeps(await open())
    if (!made.payment) throw new Error('no provider')
    provider = made.payment
    const orDown = <T>(work: () => Promise<T>): Promise<T> =>
      down ? Promise.reject(refused(issue(null, 'payment-unavailable'))) : work()
    const payment: PaymentProvider = {
      ...provider,
      query: (number) => orDown(() => provider.query(number)),
      close: (number) => orDown(() => provider.close(number)),
    }
    deps = { ...made, payment }
    await seedDepartments(deps)
  })
  afterEach(() => {
    down = false
  })

  /** Somebody admitted, who has yet to pay 56 元. */
  async function admitted() {
    const exam = await openExam(deps)
    const { actor } = await candidate(deps, '440106')
    const { caseId } = await registerForExam(deps, actor, {
      ...exam,
      subjects: ['senior_practice'],
      declared: true,
    })
    return { actor, caseId, ...exam, payBy: new Date(exam.closesAt.getTime() + 6 * hour) }
  }
  type Admitted = Awaited<ReturnType<typeof admitted>>

  const entry = async ({ caseId }: { caseId: string }) => {
    const found = await entryOfCase(deps.store.read, deps.store.t, caseId)
    if (!found) throw new Error('no registration')
    return found
  }
  const order = async (number: string) => {
    const found = await payOrderByNumber(deps.store.read, deps.store.t, number)
    if (!found) throw new Error('no order')
    return found
  }
  const begin = async ({ actor, caseId }: Admitted) => {
    const { number } = await beginPayment(deps, actor, { caseId })
    if (number === null) throw new Error('nothing to pay')
    return number
  }
  /** Pays at the provider and gives what its server is about to post. */
  const pay = async (number: string, amount?: number) => {
    const notice = await provider.till?.pay({ ...(await order(number)), ...(amount ? { amount } : {}) })
    if (!notice) throw new Error('the provider takes no payment of it')
    return notice
  }
  const accept = (fields: Fields) => acceptPaymentNotice(deps, null, fields)
  const signed = (fields: Fields) => {
    const all = { app_id: 'demo', trade_status: 'TRADE_SUCCESS', trade_no: 'T1', ...fields }
    const text = Object.entries(all)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`)
      .join('&')
    return { ...all, sign: deps.keys.blind('demo-payment', text) }
  }
  const eventsOf = async (caseId: string) => {
    const { read, t } = deps.store
    const rows = await read.select().from(t.event).where(eq(t.event.caseId, caseId))
    return rows.filter(({ kind }) => kind.startsWith('exam.')).map(({ kind }) => kind)
  }
  const toldTo = async ({ id }: Applicant) => {
    const { read, t } = deps.store
    const rows = await read.select().from(t.message).where(eq(t.message.accountId, id))
    return rows.map(({ kind }) => kind).filter((kind) => kind.startsWith('exam-'))
  }
  /** After any storm: as often registered or refunded as paid, and no seat lost. */
  async function expectWhole({ actor, caseId }: Admitted, ends: { paid: number; refunds: number }) {
    const orders = await payOrdersOf(deps.store.read, deps.store.t, caseId)
    const events = await eventsOf(caseId)
    const count = (kind: string) => events.filter((one) => one === kind).length
    expect({
      paid: orders.filter(({ state }) => state === 'paid').length,
      refunds: orders.filter(({ state }) => state === 'refund-needed').length,
    }).toEqual(ends)
    expect([count('exam.paid'), count('exam.refund-needed')]).toEqual([ends.paid, ends.refunds])
    const told = await toldTo(actor)
    expect(told.filter((kind) => kind === 'exam-paid')).toHaveLength(ends.paid)
    expect(told.filter((kind) => kind === 'exam-refund')).toHaveLength(ends.refunds)
    expect(await leakedSeats(deps)).toEqual([])
  }

  it('completes the registration once, however often the notice comes', async () => {
    const one = await admitted()
    const number = await begin(one)
    expect(await order(number)).toMatchObject({ state: 'open', amount: 5600, provider: 'demo' })
    const notice = await pay(number)
    expect((await entry(one)).state).toBe('awaiting-payment')
    await accept(notice)
    const { number: given } = await entry(one)
    expect(given).toMatch(/^\d{14}$/)
    await accept(notice)
    await accept(notice)
    expect(await entry(one)).toMatchObject({ state: 'paid', number: given, paidAt: deps.clock.now() })
    expect(await order(number)).toMatchObject({ state: 'paid', tradeNo: notice.trade_no, why: '' })
    await expectWhole(one, { paid: 1, refunds: 0 })
    expect((await eventsOf(one.caseId)).sort()).toEqual(['exam.paid', 'exam.payment-begun'])
    expect(await beginPayment(deps, one.actor, one)).toEqual({ number: null, pageUrl: null })
    expect(await paymentView(deps, one.actor, one.caseId)).toMatchObject({
      standing: 'paid',
      number: given,
      mayPay: false,
      mayCheck: false,
    })
    expect(await outcomeOf(withdrawExam(deps, one.actor, one))).toEqual(['refused', 'exam-frozen'])
  })

  it('registers once under twenty notices at once, with the person and the rounds asking too', async () => {
    const one = await admitted()
    const notice = await pay(await begin(one))
    deps.clock.advance(3 * minute)
    await Promise.all([
      ...Array.from({ length: 20 }, () => accept(notice)),
      checkPayment(deps, one.actor, one),
      reconcilePayments(deps, { after: '', limit: 50 }),
    ])
    await expectWhole(one, { paid: 1, refunds: 0 })
  })

  it('has one open order for as many clicks as come at once, and uses it again while it is open', async () => {
    const one = await admitted()
    const numbers = await Promise.all([1, 2, 3, 4].map(() => begin(one)))
    expect(new Set(numbers).size).toBe(1)
    const [first = ''] = numbers
    expect((await order(first)).expiresAt).toEqual(new Date(deps.clock.now().getTime() + 2 * hour))
    deps.clock.advance(hour)
    expect(await begin(one)).toBe(first)
    expect((await paymentView(deps, one.actor, one.caseId))?.standing).toBe('confirming')
    // Over: the provider ends it before another is opened.
    deps.clock.advance(hour)
    const second = await begin(one)
    expect(second).not.toBe(first)
    expect((await order(first)).state).toBe('closed')
    expect((await provider.query(first)).state).toBe('closed')
    expect(await outcomeOf(demoPay(deps, one.actor, { number: first }))).toEqual([
      'refused',
      'payment-demo-over',
    ])
    deps.clock.set(new Date(one.payBy.getTime() - minute))
    expect((await order(await begin(one))).expiresAt).toEqual(one.payBy)
  })

  it('takes no payment of others, after the deadline to the moment, of what is over, and where nobody takes any', async () => {
    const one = await admitted()
    const { actor: stranger } = await makeApplicant(deps)
    expect(await outcomeOf(beginPayment(deps, stranger, one))).toEqual(['not-found'])
    expect(await outcomeOf(checkPayment(deps, stranger, one))).toEqual(['not-found'])
    expect(await outcomeOf(paymentView(deps, stranger, one.caseId))).toEqual(['not-found'])
    expect(await outcomeOf(beginPayment(deps, one.actor, { caseId: 'none' }))).toEqual(['not-found'])
    const off = { ...deps, payment: null }
    expect(await outcomeOf(beginPayment(off, one.actor, one))).toEqual(['refused', 'payment-off'])
    expect(await outcomeOf(acceptPaymentNotice(off, null, {}))).toEqual(['not-found'])
    expect(await paymentView(off, one.actor, one.caseId)).toMatchObject({ isOnline: false, mayPay: false })
    const number = await begin(one)
    expect(await outcomeOf(demoPay(deps, stranger, { number }))).toEqual(['not-found'])
    const plain = { ...deps, env: { ...deps.env, demo: false } }
    expect(await outcomeOf(demoPay(plain, one.actor, { number }))).toEqual(['not-found'])

    deps.clock.set(new Date(one.payBy.getTime() - 1))
    expect(await outcomeOf(beginPayment(deps, one.actor, one))).toEqual(['done'])
    deps.clock.set(one.payBy)
    expect(await outcomeOf(beginPayment(deps, one.actor, one))).toEqual(['refused', 'payment-over'])
    const two = await admitted()
    await withdrawExam(deps, two.actor, two)
    expect(await outcomeOf(beginPayment(deps, two.actor, two))).toEqual(['refused', 'payment-over'])
  })

  it('believes no notice that the provider did not sign for us', async () => {
    const one = await admitted()
    const number = await begin(one)
    const right = await pay(number)
    const { sign: _sign, ...unsigned } = right
    const other = await begin(await admitted())
    for (const fields of [
      {},
      unsigned,
      { ...right, sign: 'x' },
      { ...right, out_trade_no: other },
      { ...right, total_amount: '0.01' },
      signed({ out_trade_no: number, total_amount: '56.00', app_id: '2021000000000002' }),
      signed({ out_trade_no: number, total_amount: '56.00', trade_status: 'WHATEVER' }),
    ])
      expect(await outcomeOf(accept(fields))).toEqual(['refused', 'payment-notice-unsigned'])
    expect((await entry(one)).state).toBe('awaiting-payment')
    // Signed, and about nothing of ours.
    await accept(signed({ out_trade_no: 'P1', total_amount: '56.00' }))
    await accept(signed({ out_trade_no: number, total_amount: '56.00', trade_status: 'WAIT_BUYER_PAY' }))
    expect((await order(number)).state).toBe('open')
    await accept(right)
    await expectWhole(one, { paid: 1, refunds: 0 })
  })

  it('asks the provider where the amount of a notice is not the order’s, and sends money back that is not the fee', async () => {
    const one = await admitted()
    const number = await begin(one)
    const lie = signed({ out_trade_no: number, total_amount: '0.01' })
    await accept(lie)
    expect((await order(number)).state).toBe('open')
    await pay(number)
    down = true
    expect(await outcomeOf(accept(lie))).toEqual(unavailable)
    down = false
    await accept(lie)
    await expectWhole(one, { paid: 1, refunds: 0 })

    const two = await admitted()
    const wrong = await begin(two)
    await accept(await pay(wrong, 100))
    await accept(lie)
    expect(await order(wrong)).toMatchObject({ state: 'refund-needed', why: 'amount' })
    await expectWhole(two, { paid: 0, refunds: 1 })
    // The seat is still theirs, and the fee may be paid properly.
    await accept(await pay(await begin(two)))
    await expectWhole(two, { paid: 1, refunds: 1 })
  })

  it('learns of a payment by asking, and then the late notice changes nothing', async () => {
    const one = await admitted()
    const notice = await pay(await begin(one))
    expect(await checkPayment(deps, one.actor, one)).toBe('paid')
    await accept(notice)
    await expectWhole(one, { paid: 1, refunds: 0 })
  })

  it('sends money back for a registration that was taken back, whoever tells of the payment', async () => {
    const [one, two] = [await admitted(), await admitted()]
    const [first, second] = [await begin(one), await begin(two)]
    const notice = await pay(first)
    await pay(second)
    await withdrawExam(deps, one.actor, one)
    await withdrawExam(deps, two.actor, two)
    await Promise.all([accept(notice), accept(notice)])
    expect(await order(first)).toMatchObject({ state: 'refund-needed', why: 'entry-over' })
    // No notice: the round finds it, closed here or not, while the provider may take money for it.
    deps.clock.advance(3 * minute)
    await reconcilePayments(deps, { after: '', limit: 500 })
    expect(await order(second)).toMatchObject({ state: 'refund-needed', why: 'entry-over' })
    await expectWhole(one, { paid: 0, refunds: 1 })
    await expectWhole(two, { paid: 0, refunds: 1 })
    expect((await paymentView(deps, one.actor, one.caseId))?.refunds).toMatchObject([
      { number: first, amount: 5600, isDone: false },
    ])
  })

  it('registers by the seat: a payment of a closed order counts while the registration awaits one', async () => {
    const one = await admitted()
    const number = await begin(one)
    await accept(signed({ out_trade_no: number, trade_status: 'TRADE_CLOSED', total_amount: '56.00' }))
    expect((await order(number)).state).toBe('closed')
    await accept(signed({ out_trade_no: number, total_amount: '56.00' }))
    await accept(signed({ out_trade_no: number, trade_status: 'TRADE_CLOSED', total_amount: '56.00' }))
    expect((await order(number)).state).toBe('paid')
    await expectWhole(one, { paid: 1, refunds: 0 })
  })

  it('makes of two paid orders one registration and one refund', async () => {
    const one = await admitted()
    const first = await begin(one)
    deps.clock.advance(2 * hour)
    const second = await begin(one)
    expect(second).not.toBe(first)
    const notices = [first, second].map((number) =>
      signed({ out_trade_no: number, trade_no: `T${number}`, total_amount: '56.00' }),
    )
    await Promise.all([...notices, ...notices, ...notices].map(accept))
    await expectWhole(one, { paid: 1, refunds: 1 })
    const orders = await payOrdersOf(deps.store.read, deps.store.t, one.caseId)
    expect(orders.map(({ why }) => why).sort()).toEqual(['', 'paid-twice'])
  })

  it('gives the seat back after the deadline, and then what was paid goes back', async () => {
    const one = await admitted()
    const number = await begin(one)
    deps.clock.set(new Date(one.payBy.getTime() - 1))
    await paymentRounds(deps)()
    expect((await entry(one)).state).toBe('awaiting-payment')
    deps.clock.set(one.payBy)
    await paymentRounds(deps)()
    expect(await entry(one)).toMatchObject({ state: 'expired', holdKey: null, number: null })
    expect(await order(number)).toMatchObject({ state: 'closed' })
    expect((await provider.query(number)).state).toBe('closed')
    expect(await toldTo(one.actor)).toEqual(['exam-unpaid'])
    await expectWhole(one, { paid: 0, refunds: 0 })
    const late = signed({ out_trade_no: number, total_amount: '56.00' })
    await Promise.all([accept(late), accept(late)])
    expect(await order(number)).toMatchObject({ state: 'refund-needed', why: 'entry-over' })
    expect((await entry(one)).state).toBe('expired')
    await expectWhole(one, { paid: 0, refunds: 1 })
  })

  it('asks once more before it gives a seat back: what was paid in time is registered', async () => {
    const [one, never] = [await admitted(), await admitted()]
    await pay(await begin(one))
    deps.clock.set(new Date(Math.max(one.payBy.getTime(), never.payBy.getTime())))
    await expirePayments(deps, { except: [], limit: 100 })
    expect((await entry(one)).state).toBe('paid')
    expect((await entry(never)).state).toBe('expired')
    await expectWhole(one, { paid: 1, refunds: 0 })
  })

  it('takes no seat and loses no payment while the provider is away', async () => {
    const one = await admitted()
    const number = await begin(one)
    await pay(number)
    down = true
    expect(await outcomeOf(checkPayment(deps, one.actor, one))).toEqual(unavailable)
    deps.clock.advance(3 * minute)
    await reconcilePayments(deps, { after: '', limit: 500 })
    deps.clock.advance(2 * hour)
    expect(await outcomeOf(beginPayment(deps, one.actor, one))).toEqual(unavailable)
    deps.clock.set(one.payBy)
    expect(await expirePayments(deps, { except: [], limit: 1 })).toEqual([one.caseId])
    expect(await expirePayments(deps, { except: [one.caseId], limit: 1 })).toBeNull()
    await paymentRounds(deps)()
    expect((await entry(one)).state).toBe('awaiting-payment')
    down = false
    await paymentRounds(deps)()
    expect((await entry(one)).state).toBe('paid')
    await expectWhole(one, { paid: 1, refunds: 0 })
  })

  it('finds what was paid without a notice in rounds of a few, and ends what is over', async () => {
    const people = [await admitted(), await admitted(), await admitted()]
    const [paid, over, fresh] = people
    if (!paid || !over || !fresh) throw new Error('nobody')
    const number = await begin(over)
    deps.clock.advance(2 * hour)
    await pay(await begin(paid))
    // Too new: its notice is given a moment.
    expect(await reconcilePayments(deps, { after: '', limit: 500 })).toBe('')
    expect((await entry(paid)).state).toBe('awaiting-payment')
    expect((await order(number)).state).toBe('closed')
    deps.clock.advance(3 * minute)
    let after = ''
    do after = await reconcilePayments(deps, { after, limit: 1 })
    while (after !== '')
    expect((await entry(paid)).state).toBe('paid')
    expect((await entry(over)).state).toBe('awaiting-payment')
  })

  it('ends each race of deadline and payment with a registration, a refund, or nothing paid', async () => {
    for (let times = 0; times < 4; times += 1) {
      const one = await admitted()
      const number = await begin(one)
      deps.clock.set(new Date(one.payBy.getTime() - 1))
      const paying = provider.till?.pay(await order(number)).then(async (notice) => {
        if (notice) await Promise.all([accept(notice), accept(notice)])
      })
      deps.clock.set(one.payBy)
      await Promise.all([
        paying,
        expirePayments(deps, { except: [], limit: 10 }),
        checkPayment(deps, one.actor, one),
        times % 2 === 0 ? outcomeOf(withdrawExam(deps, one.actor, one)) : null,
      ])
      const { state } = await entry(one)
      const { state: ended } = await order(number)
      const isPaid = (await provider.query(number)).state === 'paid'
      if (state === 'paid') expect([ended, isPaid]).toEqual(['paid', true])
      else expect([ended, isPaid]).toEqual(isPaid ? ['refund-needed', true] : ['closed', false])
      await expectWhole(one, { paid: state === 'paid' ? 1 : 0, refunds: ended === 'refund-needed' ? 1 : 0 })
    }
  })

  it('comes to the same after a fault in the middle, or an answer that never arrived', async () => {
    const one = await admitted()
    const notice = await pay(await begin(one))
    const tx: Store['tx'] = (fn, how) =>
      deps.store.tx(async (q) => {
        await fn(q)
        throw new Error('killed')
      }, how)
    const store: Store = Object.create(deps.store, { tx: { value: tx } })
    await expect(acceptPaymentNotice({ ...deps, store }, null, notice)).rejects.toThrow('killed')
    await expectWhole(one, { paid: 0, refunds: 0 })
    expect((await entry(one)).state).toBe('awaiting-payment')
    // Written, and the answer lost: the provider calls again.
    await accept(notice)
    await accept(notice)
    await expectWhole(one, { paid: 1, refunds: 0 })
  })

  it('shows refunds to who looks after the province, and keeps how the money went back', async () => {
    const one = await admitted()
    const number = await begin(one)
    await withdrawExam(deps, one.actor, one)
    await accept(signed({ out_trade_no: number, trade_no: 'T9', total_amount: amountText(5600) }))
    const staff = async (role: 'operator' | 'manager' | 'reviewer', departmentId: string | null) =>
      (await makeStaff(deps, { role, departmentId })).actor
    const [operator, province, city, reviewer] = [
      await staff('operator', null),
      await staff('manager', '440000'),
      await staff('manager', '440100'),
      await staff('reviewer', '440000'),
    ]
    const pending = { done: false, after: '' }
    for (const actor of [operator, province])
      expect((await refundList(deps, actor, pending)).rows).toContainEqual(
        expect.objectContaining({ number, amount: '56.00 元', tradeNo: 'T9' }),
      )
    const refund = { number, ref: 'R-20261121', day: '2026-11-21' }
    for (const actor of [city, reviewer, one.actor]) {
      expect(await outcomeOf(refundList(deps, actor, pending))).toEqual(['not-found'])
      expect(await outcomeOf(refundView(deps, actor, number))).toEqual(['not-found'])
      expect(await outcomeOf(markRefunded(deps, actor, refund))).toEqual(['not-found'])
    }
    const paidOn = (await refundView(deps, province, number)).paidAt
    expect(paidOn).not.toBe('')
    const today = dayOf(deps.clock.now())
    const mark = (change: object) => outcomeOf(markRefunded(deps, province, { ...refund, ...change }))
    expect(await mark({ ref: '短', day: '' })).toEqual(['refused', 'refund-ref', 'refund-day-invalid'])
    expect(await mark({ day: '2999-01-01' })).toEqual(['refused', 'refund-day-future'])
    expect(await mark({ day: '2020-01-01' })).toEqual(['refused', 'refund-day-early'])
    expect(await mark({ number: 'P0' })).toEqual(['not-found'])
    const ends = await Promise.all([mark({ day: today }), mark({ day: today })])
    expect(ends.sort()).toEqual([['done'], ['refused', 'refund-done']])
    const { read, t } = deps.store
    const [logged, ...more] = await read.select().from(t.event).where(eq(t.event.kind, 'exam.refunded'))
    expect(more).toEqual([])
    expect(logged).toMatchObject({
      actorId: province.id,
      data: { order: number, ref: 'R-20261121', day: today },
    })
    // Told of once more, it stays as it is.
    await accept(signed({ out_trade_no: number, trade_no: 'T9', total_amount: '56.00' }))
    expect((await order(number)).state).toBe('refunded')
    expect((await refundList(deps, province, { done: true, after: '' })).rows).toHaveLength(1)
    expect((await toldTo(one.actor)).sort()).toEqual(['exam-refund', 'exam-refunded', 'exam-withdrawn'])
    const paidOrder = await begin(await admitted())
    expect(await mark({ number: paidOrder })).toEqual(['not-found'])
  })
})
