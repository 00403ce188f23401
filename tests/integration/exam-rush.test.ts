/** EXM-3 in the weeks of registration: what still keeps somebody from it, what is judged first, and transactions that stay short. */
import { eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { examSessionById, nationalTerms } from '#db/queries/exams.ts'
import type { Q, Store } from '#db/store.ts'
import { acceptPaymentNotice } from '#lib/commands/accept-payment-notice.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { checkPayment } from '#lib/commands/check-payment.ts'
import { claimNext } from '#lib/commands/claim-next.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawExam } from '#lib/commands/withdraw-exam.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import { homeReadiness, readinessOf } from '#lib/views/exam-readiness.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { filledCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, openExam } from '#tests/support/exam-candidates.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const tianhe = '440106'
const subjects = ['senior_practice']
const day = 86_400_000

describeEachEngine('weeks of registration', (open) => {
  let deps: TestDeps
  let reviewer: Staff
  beforeEach(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
    reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor
  })

  const sessionOf = async (id: string) => {
    const found = await examSessionById(deps.store.read, deps.store.t, id)
    if (!found) throw new Error('no session')
    return found
  }
  const linesOf = async (actor: Applicant, sessionId: string) => {
    const session = await sessionOf(sessionId)
    return readinessOf(deps, actor, session, nationalTerms(session))
  }
  const blocksOf = async (actor: Applicant, sessionId: string) =>
    (await linesOf(actor, sessionId)).map(({ block }) => block)
  const textOf = async (actor: Applicant, sessionId: string) =>
    (await linesOf(actor, sessionId)).flatMap(({ texts }) => texts).join('')

  it('tell each person what is still in the way, and by when to see to it', async () => {
    const { sessionId, closesAt, siteId } = await openExam(deps)
    const fresh = (await makeApplicant(deps, { verified: false })).actor
    expect(await blocksOf(fresh, sessionId)).toEqual(['identity', 'collection'])
    const { actor } = await makeApplicant(deps)
    expect(await blocksOf(actor, sessionId)).toEqual(['collection'])
    // It closes on 2026-12-11 at 10:00: five working days before the 10th end with the 3rd.
    expect(await textOf(actor, sessionId)).toContain('请在 2026年12月3日前提交')
    const caseId = await filledCase(deps, actor, tianhe)
    expect(await blocksOf(actor, sessionId)).toEqual(['collection-draft'])
    expect(await homeReadiness(deps, actor)).toMatchObject({
      sessionId,
      lines: [{ block: 'collection-draft' }],
    })
    await submitCase(deps, actor, { caseId, declared: true })
    expect(await blocksOf(actor, sessionId)).toEqual(['collection-waiting'])
    expect(await textOf(actor, sessionId)).toContain('前办结')
    const { serviceCase, qualification } = deps.store.t
    const set = (change: Partial<typeof serviceCase.$inferInsert>) =>
      deps.store.tx((q) => q.update(serviceCase).set(change).where(eq(serviceCase.id, caseId)))
    await set({ dueOn: '2026-12-11' })
    expect(await textOf(actor, sessionId)).toContain('晚于报名截止时间')
    await set({ state: 'returned' })
    expect(await blocksOf(actor, sessionId)).toEqual(['collection-returned'])

    // On record: nothing for who may sit it, what a change could mend for who may not, nothing where none could.
    const able = (await candidate(deps, tianhe)).actor
    expect(await blocksOf(able, sessionId)).toEqual([])
    expect(await homeReadiness(deps, able)).toBeNull()
    const transfer = newId(deps.clock.now())
    await deps.store.tx((q) =>
      q.insert(serviceCase).values({
        id: transfer,
        kind: 'transfer',
        personId: able.id,
        state: 'waiting',
        sentTo: tianhe,
        dueOn: '2026-11-27',
        submittedAt: deps.clock.now(),
        createdAt: deps.clock.now(),
        updatedAt: deps.clock.now(),
      }),
    )
    expect(await blocksOf(able, sessionId)).toEqual(['transfer'])
    expect(await homeReadiness(deps, able)).toMatchObject({ lines: [{ block: 'transfer' }] })
    await deps.store.tx((q) => q.delete(serviceCase).where(eq(serviceCase.id, transfer)))
    const hold = (level: string) =>
      deps.store.tx((q) => q.update(qualification).set({ level }).where(eq(qualification.personId, able.id)))
    await hold('junior')
    expect(await blocksOf(able, sessionId)).toEqual(['record'])
    expect(await textOf(able, sessionId)).toContain('没有登记会计师资格')
    expect(await homeReadiness(deps, able)).toBeNull()
    await openDraft(deps, able, 'change-qualifications')
    await deps.store.tx((q) =>
      q
        .update(serviceCase)
        .set({ state: 'waiting', dueOn: '2026-11-27' })
        .where(eq(serviceCase.personId, able.id)),
    )
    expect(await blocksOf(able, sessionId)).toEqual(['change-waiting'])
    await hold('senior')
    expect(await blocksOf(able, sessionId)).toEqual([])

    // Who has registered has nothing to see to; the days run out; afterwards there is nothing to say.
    await hold('intermediate')
    await registerForExam(deps, able, { sessionId, siteId, subjects, declared: true })
    expect(await homeReadiness(deps, able)).toBeNull()
    deps.clock.set(new Date(closesAt.getTime() - 3 * day))
    expect(await textOf(fresh, sessionId)).toContain('剩下的工作日可能来不及')
    deps.clock.set(closesAt)
    expect(await blocksOf(fresh, sessionId)).toEqual([])
    expect(await homeReadiness(deps, fresh)).toBeNull()
  })

  it('bring collections and changes first, on every page and for the next case, and only while an exam is near there', async () => {
    const { serviceCase, examSession } = deps.store.t
    const { actor } = await makeApplicant(deps)
    const now = deps.clock.now()
    /** Waiting since so many minutes. */
    const waits = async (kind: 'identity' | 'collection' | 'change-education', minutes: number) => {
      const id = newId(now)
      await deps.store.tx((q) =>
        q.insert(serviceCase).values({
          id,
          kind,
          personId: actor.id,
          number: id,
          state: 'waiting',
          round: 1,
          departmentId: tianhe,
          sentTo: tianhe,
          submittedAt: new Date(now.getTime() - minutes * 60_000),
          dueOn: '2026-11-27',
          createdAt: now,
          updatedAt: now,
        }),
      )
      return id
    }
    const others: string[] = []
    for (let n = 0; n < 25; n += 1) others.push(await waits('identity', 500 - n))
    const ours: string[] = []
    for (let n = 0; n < 20; n += 1) ours.push(await waits(n % 2 ? 'collection' : 'change-education', 400 - n))
    const pages = async (request: { kind?: 'identity' } = {}) => {
      const found: string[][] = []
      for (let after = ''; ; ) {
        const page = await reviewQueue(deps, reviewer, { tab: 'free', after, ...request })
        found.push(page.rows.map(({ id }) => id))
        if (page.next === null) return { found, isRush: page.isRush }
        after = page.next
      }
    }
    const usual = await pages()
    expect(usual.isRush).toBe(false)
    expect(usual.found.flat()).toEqual([...others, ...ours])

    const exam = await openExam(deps)
    const near = await pages()
    expect(near.isRush).toBe(true)
    // The first part fills a page to the line: the next begins with the second.
    expect(near.found.map((rows) => rows.length)).toEqual([20, 20, 5])
    expect(near.found.flat()).toEqual([...ours, ...others])
    const first = await reviewQueue(deps, reviewer, { tab: 'free' })
    expect(first.rows.every(({ rush }) => rush)).toBe(true)
    expect((await pages({ kind: 'identity' })).found.flat()).toEqual(others)
    expect((await reviewQueue(deps, reviewer, { tab: 'free', after: 'nonsense' })).rows[0]?.id).toBe(ours[0])

    // A page that ended before the window did goes on with nothing left out.
    const opens = (from: number) =>
      deps.store.tx((q) =>
        q
          .update(examSession)
          .set({ opensAt: new Date(now.getTime() + from * day) })
          .where(eq(examSession.id, exam.sessionId)),
      )
    await opens(14.5)
    const after = await reviewQueue(deps, reviewer, { tab: 'free', after: first.next ?? '' })
    expect(after.rows[0]?.id).toBe(others[0])
    expect((await pages()).isRush).toBe(false)
    await opens(14)
    expect((await pages()).isRush).toBe(true)

    // 领取下一件 follows the same order: what comes first, then the rest.
    deps.clock.advance(1)
    expect(await claimNext(deps, reviewer, {})).toBe(ours[0])
    await deps.store.tx((q) =>
      q.update(serviceCase).set({ state: 'approved' }).where(eq(serviceCase.kind, 'collection')),
    )
    await deps.store.tx((q) =>
      q.update(serviceCase).set({ state: 'approved' }).where(eq(serviceCase.kind, 'change-education')),
    )
    deps.clock.advance(60_000)
    expect(await claimNext(deps, reviewer, {})).toBe(others[0])
  })

  it('keep their transactions short: so many statements and no more, with no provider asked inside', async () => {
    let [inside, statements] = [0, 0]
    const counted = new Set(['select', 'selectDistinct', 'insert', 'update', 'delete'])
    const watched = (q: Q): Q =>
      new Proxy(q, {
        get(target, name) {
          const found: unknown = Reflect.get(target, name)
          // What was built before runs by the connection itself.
          if (name === 'session') statements += 1
          if (typeof found !== 'function') return found
          if (counted.has(String(name))) statements += 1
          return found.bind(target)
        },
      })
    const tx: Store['tx'] = async (work) => {
      inside += 1
      try {
        return await deps.store.tx((q) => work(watched(q)))
      } finally {
        inside -= 1
      }
    }
    const provider = deps.payment
    if (!provider) throw new Error('no provider')
    const asked: string[] = []
    const outside =
      <A extends readonly unknown[], R>(name: string, work: (...of: A) => Promise<R>) =>
      (...of: A) => {
        asked.push(`${name}${inside}`)
        return work(...of)
      }
    const watching: TestDeps = {
      ...deps,
      store: Object.create(deps.store, { tx: { value: tx } }),
      payment: {
        ...provider,
        pageUrl: outside('pageUrl', provider.pageUrl),
        query: outside('query', provider.query),
        close: outside('close', provider.close),
      },
    }
    /** How many statements the work took. */
    const cost = async (work: () => Promise<unknown>) => {
      statements = 0
      await work()
      return statements
    }
    const exam = await openExam(deps)
    const register = async (actor: Applicant) =>
      registerForExam(watching, actor, { ...exam, subjects, declared: true })
    // The first of all builds its queries, which is counted too.
    await register((await candidate(deps, tianhe)).actor)
    const { actor } = await candidate(deps, tianhe)
    let caseId = ''
    const alone = await cost(async () => {
      caseId = (await register(actor)).caseId
    })
    expect(alone).toBeLessThanOrEqual(70)
    // However many have registered before.
    for (let n = 0; n < 5; n += 1) await register((await candidate(deps, tianhe)).actor)
    const late = (await candidate(deps, tianhe)).actor
    let spare = ''
    expect(
      await cost(async () => {
        spare = (await register(late)).caseId
      }),
    ).toBe(alone)

    let number = ''
    expect(
      await cost(async () => {
        number = (await beginPayment(watching, actor, { caseId })).number ?? ''
      }),
    ).toBeLessThanOrEqual(20)
    const { payOrder } = deps.store.t
    const [order] = await deps.store.read.select().from(payOrder).where(eq(payOrder.number, number))
    const notice = order && (await provider.till?.pay(order))
    if (!notice) throw new Error('the provider takes no payment of it')
    expect(await cost(() => acceptPaymentNotice(watching, null, notice))).toBeLessThanOrEqual(25)
    await checkPayment(watching, actor, { caseId })
    expect(await cost(() => withdrawExam(watching, late, { caseId: spare }))).toBeLessThanOrEqual(30)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((one) => !one.endsWith('0'))).toEqual([])

    // The clock is read when the transaction has begun: a form that was opened in time and sent too late is too late.
    const slow = (await candidate(deps, tianhe)).actor
    const queued: TestDeps = {
      ...deps,
      store: Object.create(deps.store, {
        tx: {
          value: (work: (q: Q) => Promise<unknown>) => {
            deps.clock.set(exam.closesAt)
            return deps.store.tx(work)
          },
        },
      }),
    }
    expect(await outcomeOf(registerForExam(queued, slow, { ...exam, subjects, declared: true }))).toEqual([
      'refused',
      'exam-closed',
    ])
  })
})
