/** EXM-3: registering for an exam, every no of it, and seats that never leak. */
import { eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { entryOfCase } from '#db/queries/exam-entries.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { type ExamRegistration, registerForExam } from '#lib/commands/register-for-exam.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { closeForGood } from '#lib/commands/support/end-account.ts'
import { enterPaid } from '#lib/commands/support/exam-paid.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { withdrawExam } from '#lib/commands/withdraw-exam.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { isFault } from '#lib/domain/errors.ts'
import { personMeasures } from '#lib/domain/figures.ts'
import { newId } from '#lib/ids.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { issueText } from '#lib/text/issues.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { pass, refuse } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, leakedSeats, openExam } from '#tests/support/exam-candidates.ts'
import { onRecord } from '#tests/support/exports.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const senior = ['senior_practice']
const ofPeople: ReadonlySet<string> = new Set(personMeasures)

describeEachEngine('registering for an exam', (open) => {
  let deps: TestDeps
  let reviewer: Staff
  beforeAll(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
    reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })).actor
  })

  const asked = (
    at: { sessionId: string; siteId: string },
    more: Partial<ExamRegistration> = {},
  ): ExamRegistration => ({ ...at, subjects: senior, declared: true, ...more })
  const entry = async (caseId: string) => {
    const found = await entryOfCase(deps.store.read, deps.store.t, caseId)
    if (!found) throw new Error('no entry')
    return found
  }
  const stateOf = async (caseId: string) => (await entry(caseId)).state

  /** The figures of cases as they were kept are those counted anew; people here came on the record past the commands. */
  async function expectCounted() {
    const { read, t } = deps.store
    const figures = async () => {
      while ((await foldFigures(deps, 50)) > 0);
      return (await read.select().from(t.figure))
        .filter(({ value, measure }) => value !== 0 && !ofPeople.has(measure))
        .map(({ departmentId, period, measure, bucket, value }) =>
          [departmentId, period, measure, bucket, value].join(' '),
        )
        .sort()
    }
    const kept = await figures()
    await recountFigures(deps)
    expect(kept).toEqual(await figures())
  }

  it('admits at once whoever meets the conditions, with a seat, the fee and the deadline, and takes the second click for the first', async () => {
    const session = await openExam(deps)
    const { actor } = await candidate(deps, '440106')
    const { caseId, number } = await registerForExam(deps, actor, asked(session))
    expect(number).toMatch(/^K\d{16}$/)
    expect(await caseRow(deps, caseId)).toMatchObject({ state: 'approved', openKey: null, kind: 'exam' })
    expect(await entry(caseId)).toMatchObject({
      state: 'awaiting-payment',
      fee: 5600,
      subjects: 'senior_practice',
      departmentId: '440000',
      holdKey: `${actor.id}:${session.sessionId}`,
      number: null,
    })
    expect(await registerForExam(deps, actor, asked(session))).toEqual({ caseId, number })
    const { t, read } = deps.store
    const told = (await read.select().from(t.message)).filter(({ accountId }) => accountId === actor.id)
    expect(told.map(({ kind }) => kind)).toEqual(['case-approved'])
    expect(told[0]?.data).toMatchObject({ kind: 'exam', payBy: (await entry(caseId)).payBy.toISOString() })
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('refuses everything that is in the way at once, and whoever has no business there', async () => {
    const exam = await openExam(deps)
    const stranger = (await makeApplicant(deps)).actor
    const register = (actor: Applicant, more: Partial<ExamRegistration> = {}) =>
      outcomeOf(registerForExam(deps, actor, asked(exam, more)))
    expect(await register(stranger, { declared: false, subjects: ['junior_practice'] })).toEqual([
      'refused',
      'exam-before-approval',
      'declaration-required',
      'not-offered',
    ])

    const { actor } = await candidate(deps, '440106')
    expect(await register(actor, { declared: false })).toEqual(['refused', 'declaration-required'])
    expect(await register(actor, { siteId: '' })).toEqual(['refused', 'exam-site-required'])
    const elsewhere = await openExam(deps)
    expect(await register(actor, { siteId: elsewhere.siteId })).toEqual(['refused', 'exam-site-unknown'])
    const full = await openExam(deps, { capacity: 0 })
    expect(await register(actor, full)).toEqual(['refused', 'exam-site-full'])
    const hidden = await openExam(deps, { published: false })
    expect(await register(actor, hidden)).toEqual(['not-found'])
    expect(await register(actor, { sessionId: 'nothing' })).toEqual(['not-found'])

    const middle = await openExam(deps, { level: 'intermediate' })
    const bare = (await onRecord(deps, '440106')).actor
    expect(await register(bare, { ...middle, subjects: [] })).toEqual([
      'refused',
      // The level that is held, and no way that is open.
      ...Array(7).fill('exam-unmet'),
      'exam-subject-required',
    ])

    const { t } = deps.store
    const at = deps.clock.now()
    const transfer = newId(at)
    await deps.store.tx((q) =>
      q.insert(t.serviceCase).values({
        id: transfer,
        kind: 'transfer',
        personId: actor.id,
        state: 'waiting',
        createdAt: at,
        updatedAt: at,
      }),
    )
    expect(await register(actor)).toEqual(['refused', 'while-transfer'])
    await deps.store.tx((q) => q.delete(t.serviceCase).where(eq(t.serviceCase.id, transfer)))
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'closed' }).where(eq(t.account.id, actor.id)),
    )
    expect(await register(actor)).toEqual(['not-found'])
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('tells each condition that is not met, in words', async () => {
    const exam = await openExam(deps)
    const { actor } = await onRecord(deps, '440106')
    const told = await registerForExam(deps, actor, asked(exam)).catch((error: unknown) =>
      isFault(error) ? error.issues.map((one) => issueText(one)) : [],
    )
    expect(told).toEqual([
      '博士学位，取得会计师后从事会计工作满 2 年：没有登记这样的学历或学位；会计工作还差 2 年',
      '大学本科学历、学士学位、第二学士学位、研究生班毕业或硕士学位，取得会计师后从事会计工作满 5 年：会计工作还差 5 年',
      '大学专科学历，取得会计师后从事会计工作满 10 年：会计工作还差 10 年',
    ])
  })

  it('opens and closes to the millisecond, in each province by its own clock', async () => {
    const now = deps.clock.now()
    const exam = await openExam(deps, {
      opensAt: '2026-12-01T01:00:00.000Z',
      closesAt: '2026-12-20T04:00:00.000Z',
    })
    const at = async (instant: string) => {
      deps.clock.set(instant)
      const { actor } = await candidate(deps, '440106')
      return outcomeOf(registerForExam(deps, actor, asked(exam)))
    }
    expect(await at('2026-12-01T00:59:59.999Z')).toEqual(['refused', 'exam-not-open'])
    expect(await at('2026-12-01T01:00:00.000Z')).toEqual(['done'])
    expect(await at('2026-12-20T03:59:59.999Z')).toEqual(['done'])
    expect(await at('2026-12-20T04:00:00.000Z')).toEqual(['refused', 'exam-closed'])
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.insert(t.examWindow).values({
        sessionId: exam.sessionId,
        departmentId: '440000',
        opensAt: new Date('2026-12-01T01:00:00Z'),
        collectBy: new Date('2026-12-09T04:00:00Z'),
        closesAt: new Date('2026-12-10T04:00:00Z'),
        payBy: new Date('2026-12-10T10:00:00Z'),
        fee: 6100,
      }),
    )
    expect(await at('2026-12-10T04:00:00.000Z')).toEqual(['refused', 'exam-closed'])
    expect(await at('2026-12-10T03:59:59.999Z')).toEqual(['done'])
    const fees = (await deps.store.read.select().from(t.examEntry))
      .filter(({ sessionId }) => sessionId === exam.sessionId)
      .map(({ fee }) => fee)
    expect(fees.sort()).toEqual([5600, 5600, 6100])
    deps.clock.set(now)
  })

  it('makes one registration of twenty at once by one person, and three of ten people for three seats', async () => {
    const exam = await openExam(deps, { capacity: 3 })
    const { actor } = await candidate(deps, '440106')
    const made = await Promise.all(
      Array.from({ length: 20 }, () => registerForExam(deps, actor, asked(exam))),
    )
    expect(new Set(made.map(({ caseId }) => caseId)).size).toBe(1)
    await withdrawExam(deps, actor, { caseId: made[0]?.caseId ?? '' })

    const people = []
    for (let count = 0; count < 10; count += 1) people.push((await candidate(deps, '440106')).actor)
    const outcomes = await Promise.all(
      people.map((person) => outcomeOf(registerForExam(deps, person, asked(exam)))),
    )
    const all = outcomes.map((outcome) => outcome.join(' ')).sort()
    expect(all).toEqual([...Array(3).fill('done'), ...Array(7).fill('refused exam-site-full')])
    const [site] = (await deps.store.read.select().from(deps.store.t.examSite)).filter(
      ({ id }) => id === exam.siteId,
    )
    expect(site?.taken).toBe(3)
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('leaves to a reviewer what no rule decides, with the lines and the record beside it', async () => {
    const exam = await openExam(deps)
    const sent = async () => {
      const { actor } = await candidate(deps, '440106', { way: 'review' })
      return { actor, ...(await registerForExam(deps, actor, asked(exam))) }
    }
    const first = await sent()
    expect(await caseRow(deps, first.caseId)).toMatchObject({ state: 'waiting', sentTo: '440106' })
    expect(await stateOf(first.caseId)).toBe('reviewing')
    const desk = await reviewCase(deps, reviewer, first.caseId)
    // The person's own: a refusal is read by them, though nothing is sent back.
    expect(desk).toMatchObject({ returnable: false, isEntered: false })
    expect(desk.sections.map(({ id, judged }) => [id, judged])).toEqual([
      ['registration', null],
      ['exam', 'exam'],
      ['eligibility', null],
      ['basic', null],
      ['education', null],
      ['employment', null],
      ['qualifications', null],
    ])
    const lines = desk.sections[2]?.answers.rows.flatMap(({ answers }) => answers) ?? []
    expect(lines.map(({ label, shown }) => `${label} ${shown}`)).toContain(
      '人工审核 取得会计师（中级会计专业技术资格）；不是通过考试取得，能否用于报考需要人工审核',
    )
    expect(desk.sections[1]?.answers.rows[0]?.answers.map(({ shown }) => shown)).toEqual([
      `${exam.year} 年度高级会计专业技术资格考试`,
      '广东省广州市 第一考点',
      '高级会计实务',
      '56.00 元',
      '需要人工审核：不是通过考试取得，能否用于报考需要人工审核',
    ])
    await pass(deps, reviewer, first.caseId)
    expect(await stateOf(first.caseId)).toBe('awaiting-payment')

    const second = await sent()
    await refuse(deps, reviewer, second.caseId, '评审取得的资格不能报考')
    expect(await stateOf(second.caseId)).toBe('closed')
    expect(await outcomeOf(withdrawExam(deps, second.actor, second))).toEqual(['refused', 'exam-entry-over'])
    // Another one may follow.
    expect(await outcomeOf(registerForExam(deps, second.actor, asked(exam)))).toEqual(['done'])

    const third = await sent()
    await claimCase(deps, reviewer, third)
    expect(await outcomeOf(withdrawExam(deps, third.actor, third))).toEqual([
      'refused',
      'withdraw-while-claimed',
    ])
    deps.clock.advance(86_400_000)
    await withdrawExam(deps, third.actor, third)
    await withdrawExam(deps, third.actor, third)
    expect(await caseRow(deps, third.caseId)).toMatchObject({
      state: 'cancelled',
      openKey: null,
      claimedBy: null,
      dueOn: '',
    })
    expect(await stateOf(third.caseId)).toBe('withdrawn')
    expect(await leakedSeats(deps)).toEqual([])
    await expectCounted()
  })

  it('is taken back before it is paid and by its person alone, never as a draft', async () => {
    const exam = await openExam(deps, { level: 'intermediate', fee: 6000 })
    const { t, read } = deps.store
    const { actor } = await candidate(deps, '440106')
    await deps.store.tx((q) => q.delete(t.qualification).where(eq(t.qualification.personId, actor.id)))
    const choice = asked(exam, { subjects: ['economic_law', 'financial_management'] })
    const { caseId } = await registerForExam(deps, actor, choice)
    expect(await entry(caseId)).toMatchObject({ subjects: 'financial_management economic_law', fee: 12_000 })
    const other = { ...choice, subjects: ['economic_law'] }
    expect(await outcomeOf(registerForExam(deps, actor, other))).toEqual(['refused', 'exam-registered'])

    const stranger = (await makeApplicant(deps)).actor
    expect(await outcomeOf(withdrawExam(deps, stranger, { caseId }))).toEqual(['not-found'])
    expect(await outcomeOf(withdrawExam(deps, actor, { caseId: 'nothing' }))).toEqual(['not-found'])
    expect(await outcomeOf(withdrawCase(deps, actor, { caseId }))).toEqual(['not-found'])
    expect(await outcomeOf(openDraft(deps, actor, 'exam'))).toEqual(['not-found'])
    expect(await outcomeOf(submitCase(deps, actor, { caseId, declared: true }))).toEqual([
      'refused',
      'case-frozen',
    ])

    const at = deps.clock.now()
    await deps.store.tx((q) =>
      q.insert(t.payOrder).values({
        id: newId(at),
        number: newId(at),
        caseId,
        personId: actor.id,
        amount: 12_000,
        provider: 'demo',
        state: 'open',
        createdAt: at,
        expiresAt: at,
      }),
    )
    await withdrawExam(deps, actor, { caseId })
    expect(await entry(caseId)).toMatchObject({ state: 'withdrawn', holdKey: null })
    expect((await caseRow(deps, caseId)).state).toBe('approved')
    const [order] = (await read.select().from(t.payOrder)).filter((one) => one.caseId === caseId)
    expect(order?.state).toBe('closed')

    const again = await registerForExam(deps, actor, other)
    expect(again.caseId).not.toBe(caseId)
    expect(await deps.store.tx((q) => enterPaid(deps, q, again.caseId))).toMatch(/^\d{14}$/)
    expect(await deps.store.tx((q) => enterPaid(deps, q, again.caseId))).toBeNull()
    expect(await outcomeOf(withdrawExam(deps, actor, again))).toEqual(['refused', 'exam-frozen'])
    expect(await leakedSeats(deps)).toEqual([])
  })

  it('is paid at once where it costs nothing', async () => {
    const exam = await openExam(deps, { fee: 0 })
    const { actor } = await candidate(deps, '440106')
    const { caseId } = await registerForExam(deps, actor, asked(exam))
    const paid = await entry(caseId)
    expect(paid).toMatchObject({ state: 'paid', fee: 0, paidAt: deps.clock.now() })
    expect(paid.number).toMatch(/^\d{14}$/)
  })

  it('ends with its account unless it is paid, and goes on with a department that is merged', async () => {
    const exam = await openExam(deps)
    const registered = async (way: 'exam' | 'review') => {
      const { actor, number: identity } = await candidate(deps, '440106', { way })
      return { actor, identity, ...(await registerForExam(deps, actor, asked(exam))) }
    }
    const [waiting, owing, paid] = [
      await registered('review'),
      await registered('exam'),
      await registered('exam'),
    ]
    await deps.store.tx((q) => enterPaid(deps, q, paid.caseId))
    for (const { actor } of [waiting, owing, paid])
      await deps.store.tx((q) => closeForGood(deps, q, actor.id, { reason: 'account-closed' }))
    expect(await stateOf(waiting.caseId)).toBe('withdrawn')
    expect(await stateOf(owing.caseId)).toBe('withdrawn')
    expect(await stateOf(paid.caseId)).toBe('paid')
    expect(await leakedSeats(deps)).toEqual([])

    // Whoever has only typed that number hears nothing of it.
    const claims = await makeApplicant(deps, { number: paid.identity, verified: false })
    const heard = await outcomeOf(registerForExam(deps, claims.actor, asked(exam)))
    expect(heard).toContain('exam-before-approval')
    expect(heard).not.toContain('exam-registered-before')
    await deps.store.tx((q) => closeForGood(deps, q, claims.actor.id, { reason: 'account-closed' }))
    // Who comes back under the same number has that seat still, and no second one.
    const back = async ({ identity }: { readonly identity: string }) => {
      const { actor } = await candidate(deps, '440106', { number: identity })
      return outcomeOf(registerForExam(deps, actor, asked(exam)))
    }
    expect(await back(paid)).toEqual(['refused', 'exam-registered-before'])
    expect(await back(owing)).toEqual(['done'])
    expect(await leakedSeats(deps)).toEqual([])

    const merged = await registered('review')
    const typed = { 'target.1': '440000', 'target.2': '440100', 'target.3': '440104', confirmed: '1' }
    const city = (await makeStaff(deps, { role: 'manager', departmentId: '440100' })).actor
    await closeDepartment(deps, city, { departmentId: '440106', version: 1, typed })
    while ((await runJobs(deps, 'test', 50)) > 0);
    expect(await caseRow(deps, merged.caseId)).toMatchObject({ sentTo: '440104', state: 'waiting' })
    expect(await stateOf(merged.caseId)).toBe('reviewing')
    const there = (await makeStaff(deps, { role: 'reviewer', departmentId: '440104' })).actor
    await pass(deps, there, merged.caseId)
    expect(await entry(merged.caseId)).toMatchObject({ state: 'awaiting-payment', departmentId: '440000' })
    expect(await leakedSeats(deps)).toEqual([])
    await expectCounted()
  })
})
