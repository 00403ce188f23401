/** EXM-1, EXM-3 under attack: seats, deadlines and money while others act in the very middle of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { entryOfCase } from '#db/queries/exam-entries.ts'
import { examSiteById } from '#db/queries/exams.ts'
import { payOrderByNumber } from '#db/queries/payments.ts'
import { amountText, type PaymentProvider } from '#lib/adapters/payment.ts'
import { acceptPaymentNotice } from '#lib/commands/accept-payment-notice.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { checkPayment } from '#lib/commands/check-payment.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { demoPay } from '#lib/commands/demo-pay.ts'
import { markRefunded } from '#lib/commands/mark-refunded.ts'
import { type ExamRegistration, registerForExam } from '#lib/commands/register-for-exam.ts'
import { removeExamSite } from '#lib/commands/remove-exam-site.ts'
import { saveExamSession } from '#lib/commands/save-exam-session.ts'
import { saveExamSite } from '#lib/commands/save-exam-site.ts'
import { saveExamWindow } from '#lib/commands/save-exam-window.ts'
import { closeForGood } from '#lib/commands/support/end-account.ts'
import { withdrawExam } from '#lib/commands/withdraw-exam.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { paymentRounds } from '#lib/jobs/payments.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { messageText } from '#lib/text/messages.ts'
import { ownExamPaper } from '#lib/views/exam-paper.ts'
import { demoPayView, paymentView, payOrderView } from '#lib/views/exam-payments.ts'
import { refundView } from '#lib/views/exam-refunds.ts'
import { pass } from '#tests/support/claims.ts'
import { makeStaff, seedDepartments, type TestDeps, testDeps, testNow } from '#tests/support/deps.ts'
import { candidate, leakedSeats } from '#tests/support/exam-candidates.ts'
import { publishedExam, siteIn, typedSession, typedSite } from '#tests/support/exams.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const guangdong = '440000'
const tianhe = '440106'
const yuexiu = '440104'
const minute = 60_000
const hour = 60 * minute
/** While registration is open. */
const open = '2026-12-10T02:00:00Z'
const { opensAt, collectBy, closesAt, payBy, fee } = typedSession
const terms = { opensAt, collectBy, closesAt, payBy, fee }
const lastPayment = new Date('2026-12-24T10:00:00Z')

describeEachEngine('an exam under attack', (engine) => {
  let deps: TestDeps
  let provider: PaymentProvider
  let exam: { sessionId: string; siteId: string }
  let operator: Staff
  let manager: Staff
  /** Of the exam at hand. */
  let typed: typeof typedSession
  let year = 2027
  beforeAll(async () => {
    deps = testDeps(await engine())
    if (!deps.payment) throw new Error('no provider')
    provider = deps.payment
    await seedDepartments(deps)
    manager = (await makeStaff(deps, { role: 'manager', departmentId: guangdong })).actor
  })
  beforeEach(async () => {
    deps.clock.set(testNow)
    typed = { ...typedSession, level: 'senior', year: String(year) }
    year += 1
    const { sessionId, operator: made } = await publishedExam(deps, typed)
    operator = made
    exam = { sessionId, siteId: await siteIn(deps, manager, sessionId, guangdong) }
    deps.clock.set(open)
  })

  const asked = (): ExamRegistration => ({ ...exam, subjects: ['senior_practice'], declared: true })
  const applicant = async () => (await candidate(deps, tianhe)).actor
  const admitted = async () => {
    const actor = await applicant()
    return { actor, caseId: (await registerForExam(deps, actor, asked())).caseId }
  }
  const entry = async (caseId: string) => {
    const found = await entryOfCase(deps.store.read, deps.store.t, caseId)
    if (!found) throw new Error('no registration')
    return found
  }
  const site = async () => {
    const found = await examSiteById(deps.store.read, deps.store.t, exam.siteId)
    if (!found) throw new Error('no site')
    return found
  }
  const begin = async ({ actor, caseId }: { actor: Applicant; caseId: string }) => {
    const { number } = await beginPayment(deps, actor, { caseId })
    if (number === null) throw new Error('nothing to pay')
    return number
  }
  const order = async (number: string) => {
    const found = await payOrderByNumber(deps.store.read, deps.store.t, number)
    if (!found) throw new Error('no order')
    return found
  }
  const pay = async (number: string, more: { amount?: number } = {}) => {
    const notice = await provider.till?.pay({ ...(await order(number)), ...more })
    if (!notice) throw new Error('the provider takes no payment of it')
    return notice
  }
  const inProvince = () => ({ sessionId: exam.sessionId, departmentId: guangdong })
  const editSite = async (change: Partial<typeof typedSite>) => {
    const { version } = await site()
    const place = { ...inProvince(), siteId: exam.siteId, version }
    return saveExamSite(deps, manager, { ...place, typed: { ...typedSite, ...change } })
  }

  /** A registration in the middle of which, its entry written and its seat not yet taken, somebody else does something. */
  async function registering(actor: Applicant, act: () => Promise<unknown>) {
    const inside = Promise.withResolvers<void>()
    const acting = outcomeOf(inside.promise.then(act))
    const calendar: TestDeps['calendar'] = async () => {
      inside.resolve()
      // One writer at a time, as on SQLite, has the other wait until this is over.
      await Promise.race([acting, sleep(300)])
      return deps.calendar()
    }
    const made = await outcomeOf(registerForExam({ ...deps, calendar }, actor, asked()))
    return { made, other: await acting }
  }

  it('lets who registers while the deadline is put off pay until the new one', async () => {
    const actor = await applicant()
    const later = { ...terms, payBy: '2026-12-25T18:00' }
    await saveExamSession(deps, operator, {
      sessionId: exam.sessionId,
      version: 2,
      typed: { ...typed, payBy: later.payBy },
    })
    await saveExamWindow(deps, manager, { ...inProvince(), version: 0, typed: terms })
    const putOff = () => saveExamWindow(deps, manager, { ...inProvince(), version: 1, typed: later })
    expect(await registering(actor, putOff)).toEqual({ made: ['done'], other: ['done'] })
    const { examEntry } = deps.store.t
    const [mine] = await deps.store.read.select().from(examEntry).where(eq(examEntry.personId, actor.id))
    deps.clock.set(lastPayment)
    await paymentRounds(deps)()
    expect(await entry(mine?.caseId ?? '')).toMatchObject({
      state: 'awaiting-payment',
      payBy: new Date('2026-12-25T10:00:00Z'),
    })
    deps.clock.set('2026-12-25T10:00:00Z')
    await paymentRounds(deps)()
    expect((await entry(mine?.caseId ?? '')).state).toBe('expired')
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('seats nobody in another city than the one they confirmed, and nobody at a 报考点 that is gone', async () => {
    const moved = await registering(await applicant(), () => editSite({ city: '440400' }))
    const ends = [moved.made.join(' '), moved.other.join(' ')]
    expect([
      ['done', 'refused exam-site-held'],
      ['stale', 'done'],
    ]).toContainEqual(ends)
    expect((await site()).taken).toBe(moved.made[0] === 'done' ? 1 : 0)

    const { actor: last } = await candidate(deps, tianhe)
    const other = await siteIn(deps, manager, exam.sessionId, guangdong, { name: '另一报考点' })
    exam = { ...exam, siteId: other }
    const gone = await registering(last, () =>
      removeExamSite(deps, manager, { ...inProvince(), siteId: other, version: 1 }),
    )
    expect([
      ['done', 'refused exam-site-held'],
      ['refused exam-site-unknown', 'done'],
    ]).toContainEqual([gone.made.join(' '), gone.other.join(' ')])
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('leaves no registration for a person to judge in a department that closes meanwhile', async () => {
    const { actor } = await candidate(deps, yuexiu, { way: 'review' })
    const city = (await makeStaff(deps, { role: 'manager', departmentId: '440100' })).actor
    const into = { 'target.1': guangdong, 'target.2': '440100', 'target.3': tianhe, confirmed: '1' }
    const close = async () => {
      await closeDepartment(deps, city, { departmentId: yuexiu, version: 1, typed: into })
      while ((await runJobs(deps, 'test', 50)) > 0);
    }
    expect(await registering(actor, close)).toEqual({ made: ['done'], other: ['done'] })
    const { serviceCase } = deps.store.t
    const cases = await deps.store.read.select().from(serviceCase).where(eq(serviceCase.personId, actor.id))
    expect(cases).toMatchObject([{ state: 'waiting', sentTo: tianhe, departmentId: tianhe }])
  })

  it('gives out no seat twice while fifty people come, some go, and the seats become fewer', async () => {
    await editSite({ capacity: '20' })
    const people: Applicant[] = []
    for (let count = 0; count < 50; count += 1) people.push(await applicant())
    const first = await Promise.all(
      people.slice(0, 5).map(async (one) => ({ one, ...(await registerForExam(deps, one, asked())) })),
    )
    const ends = await Promise.all([
      ...people.slice(5).map((one) => outcomeOf(registerForExam(deps, one, asked()))),
      ...first.map(({ one, caseId }) => outcomeOf(withdrawExam(deps, one, { caseId }))),
      outcomeOf(editSite({ capacity: '12' })),
      outcomeOf(editSite({ capacity: '14' })),
    ])
    const told = new Set(ends.map((end) => end.join(' ')))
    for (const one of told)
      expect(['done', 'refused exam-site-full', 'refused exam-site-taken', 'stale']).toContain(one)
    const { taken, capacity } = await site()
    expect(taken).toBeLessThanOrEqual(capacity)
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('names the money that was paid where it is not the fee, to the person and to who pays it back', async () => {
    const one = await admitted()
    const number = await begin(one)
    await acceptPaymentNotice(deps, null, await pay(number, { amount: 9900 }))
    expect(await order(number)).toMatchObject({ state: 'refund-needed', why: 'amount' })
    expect((await refundView(deps, manager, number)).amount).toBe('99.00 元')
    expect((await paymentView(deps, one.actor, one.caseId))?.refunds).toMatchObject([{ amount: 9900 }])
    const today = dayOf(deps.clock.now())
    await markRefunded(deps, manager, { number, ref: 'R-20261210', day: today })
    const { message } = deps.store.t
    const told = await deps.store.read.select().from(message).where(eq(message.accountId, one.actor.id))
    const money = told.filter(({ kind }) => kind.startsWith('exam-refund'))
    expect(money.map(({ data }) => data.amount)).toEqual([9900, 9900])
  })

  it('asks the provider once about an order, however often 去缴费 is pressed', async () => {
    const one = await admitted()
    let asked = 0
    const counted = {
      ...deps,
      payment: {
        ...provider,
        query: (number: string) => {
          asked += 1
          return provider.query(number)
        },
      },
    }
    const numbers = new Set<string | null>()
    for (let times = 0; times < 8; times += 1)
      numbers.add((await beginPayment(counted, one.actor, one)).number)
    expect(numbers.size).toBe(1)
    expect(asked).toBe(1)
    // One that is over is ended first, whoever asked a moment ago.
    deps.clock.advance(2 * hour)
    expect(numbers).not.toContain((await beginPayment(counted, one.actor, one)).number)
  })

  it('goes on with everybody else where one registration cannot be told of', async () => {
    const [broken, paid, never] = [await admitted(), await admitted(), await admitted()]
    await pay(await begin(broken))
    deps.clock.advance(1)
    const number = await begin(paid)
    await pay(number)
    const { account } = deps.store.t
    await deps.store.tx((q) =>
      q.update(account).set({ phoneSealed: 'damaged' }).where(eq(account.id, broken.actor.id)),
    )
    const rounds = paymentRounds(deps)
    deps.clock.advance(3 * minute)
    await expect(rounds()).rejects.toThrow()
    expect((await entry(paid.caseId)).state).toBe('paid')
    deps.clock.set(lastPayment)
    await expect(rounds()).rejects.toThrow()
    expect((await entry(never.caseId)).state).toBe('expired')
    // Its seat waits for whoever mends it; its money is not lost.
    expect((await entry(broken.caseId)).state).toBe('awaiting-payment')
    await deps.store.tx((q) =>
      q.update(account).set({ phoneSealed: '' }).where(eq(account.id, broken.actor.id)),
    )
    deps.clock.advance(minute)
    await rounds()
    expect((await entry(broken.caseId)).state).toBe('paid')
  })

  it('finds payments though the clock of the machine was ahead and was put right', async () => {
    const rounds = paymentRounds(deps)
    deps.clock.advance(12 * hour)
    await rounds()
    deps.clock.set(open)
    const one = await admitted()
    await pay(await begin(one))
    deps.clock.advance(3 * minute)
    await rounds()
    expect((await entry(one.caseId)).state).toBe('paid')
  })

  it('shows an order, and takes the money of it, from nobody but its person', async () => {
    const one = await admitted()
    const number = await begin(one)
    const stranger = await applicant()
    for (const ask of [
      () => payOrderView(deps, stranger, number),
      () => demoPayView(deps, stranger, number),
      () => demoPay(deps, stranger, { number }),
      () => paymentView(deps, stranger, one.caseId),
      () => beginPayment(deps, stranger, one),
      () => checkPayment(deps, stranger, one),
      () => withdrawExam(deps, stranger, one),
      () => ownExamPaper(deps, stranger, exam.sessionId),
    ])
      expect(await outcomeOf(ask())).toEqual(['not-found'])
    expect((await order(number)).state).toBe('open')
  })

  it('is not closed at this very moment: a deadline comes forward to one that is still to come', async () => {
    const close = (closing: string) =>
      outcomeOf(
        saveExamWindow(deps, manager, {
          ...inProvince(),
          version: 0,
          typed: { ...terms, collectBy: closing, closesAt: closing },
        }),
      )
    expect(await close('2026-12-10T10:00')).toEqual(['refused', 'exam-not-earlier', 'exam-not-earlier'])
    expect(await close('2026-12-10T10:01')).toEqual(['done'])
  })

  it('lets nobody register and take back without end', async () => {
    const actor = await applicant()
    for (let times = 0; times < 10; times += 1) {
      const made = await registerForExam(deps, actor, asked())
      await withdrawExam(deps, actor, made)
    }
    expect(await outcomeOf(registerForExam(deps, actor, asked()))).toEqual(['refused', 'exam-too-many'])
    deps.clock.advance(hour)
    expect(await outcomeOf(registerForExam(deps, actor, asked()))).toEqual(['done'])
  })

  it('tells nobody whom a person let pass too late to pay by a time that is over', async () => {
    const { actor } = await candidate(deps, tianhe, { way: 'review' })
    const { caseId } = await registerForExam(deps, actor, asked())
    deps.clock.set(lastPayment)
    await pass(deps, (await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor, caseId)
    const { message } = deps.store.t
    const told = await deps.store.read.select().from(message).where(eq(message.accountId, actor.id))
    const approved = told.find(({ kind }) => kind === 'case-approved')
    expect(messageText('case-approved', approved?.data ?? {}).text).toMatch(/缴费已在 .* 截止/)
    await paymentRounds(deps)()
    expect((await entry(caseId)).state).toBe('expired')
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('is judged by the record as it is when it is sent, whatever the page before said', async () => {
    const { conduct, person, serviceCase } = deps.store.t
    const [banned, moved] = [await applicant(), await applicant()]
    const at = deps.clock.now()
    const of = { kind: 'penalty', personId: banned.id } as const
    const [caseId, id] = [newId(at), newId(at)]
    await deps.store.tx(async (q) => {
      await q
        .insert(serviceCase)
        .values({ ...of, id: caseId, state: 'approved', createdAt: at, updatedAt: at })
      await q.insert(conduct).values({
        ...of,
        id,
        caseId,
        nature: 'ban_5y',
        title: '',
        basis: '',
        authority: '',
        documentNo: '',
        decidedOn: dayOf(at),
        departmentId: tianhe,
        at,
      })
      await q.update(person).set({ departmentId: '440300' }).where(eq(person.id, moved.id))
    })
    expect(await outcomeOf(registerForExam(deps, banned, asked()))).toEqual(['refused', 'exam-unmet'])
    expect(await outcomeOf(registerForExam(deps, moved, asked()))).toEqual(['refused', 'exam-site-unknown'])
  })

  it('believes no notice of one provider about an order of another', async () => {
    const one = await admitted()
    const number = await begin(one)
    const trade = { number, state: 'paid', tradeNo: 'T1', amount: 5600, paidAt: null } as const
    const payment: PaymentProvider = {
      ...provider,
      provider: 'alipay',
      readNotice: async () => trade,
      query: async () => trade,
    }
    for (const state of ['paid', 'closed'] as const)
      await acceptPaymentNotice(
        { ...deps, payment: { ...payment, readNotice: async () => ({ ...trade, state }) } },
        null,
        {},
      )
    await paymentRounds({ ...deps, payment })()
    expect((await order(number)).state).toBe('open')
    expect((await entry(one.caseId)).state).toBe('awaiting-payment')
  })

  it('ends each race of payment, withdrawal and closing of the account with one of them', async () => {
    const people = []
    for (let count = 0; count < 6; count += 1) {
      const one = await admitted()
      people.push({ ...one, number: await begin(one) })
    }
    const notices: Awaited<ReturnType<typeof pay>>[] = []
    for (const { number } of people) notices.push(await pay(number))
    await Promise.all(
      people.flatMap((one, index) => [
        acceptPaymentNotice(deps, null, notices[index] ?? {}),
        deps.store.tx((q) => closeForGood(deps, q, one.actor.id, { reason: 'account-closed' })),
        index % 2 ? outcomeOf(withdrawExam(deps, one.actor, one)) : null,
      ]),
    )
    for (const { caseId, number } of people) {
      const { state, amount } = await order(number)
      expect([(await entry(caseId)).state, state]).toEqual(
        state === 'paid' ? ['paid', 'paid'] : ['withdrawn', 'refund-needed'],
      )
      expect(amountText(amount)).toBe('56.00')
    }
    expect(await leakedSeats(deps)).toEqual([])
  })
})
