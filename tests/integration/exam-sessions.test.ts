/** 考试安排 (EXM-1): sessions, windows and 报考点 by who looks after them, and what people see of them. */
import { and, eq, lt, sql } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { examSessionById, examSiteById, publishedSessions, windowOf } from '#db/queries/exams.ts'
import { publishExamSession } from '#lib/commands/publish-exam-session.ts'
import { removeExamSite } from '#lib/commands/remove-exam-site.ts'
import { saveExamSession } from '#lib/commands/save-exam-session.ts'
import { saveExamSite } from '#lib/commands/save-exam-site.ts'
import { saveExamWindow } from '#lib/commands/save-exam-window.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import { examNotices } from '#lib/views/exam-notices.ts'
import { examProvinceView, examSessionList, examSessionView, examSiteView } from '#lib/views/exam-sessions.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import {
  publishedExam,
  siteIn,
  type TypedSessionForm,
  typedSession,
  typedSite,
} from '#tests/support/exams.ts'
import { onRecord } from '#tests/support/exports.ts'
import { planner } from '#tests/support/plans.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const guangdong = '440000'
const { opensAt, collectBy, closesAt, payBy, fee } = typedSession
const terms = { opensAt, collectBy, closesAt, payBy, fee }
/** While registration is open. */
const open = '2026-12-10T02:00:00Z'

describeEachEngine('sessions of exams (EXM-1)', (engine) => {
  let deps: TestDeps
  let operator: Staff
  let manager: Staff
  let places: Awaited<ReturnType<typeof seedDepartments>>
  beforeEach(async () => {
    deps = testDeps(await engine())
    places = await seedDepartments(deps)
    operator = await staff('operator', null)
    manager = await staff('manager', guangdong)
    return () => deps.store.close()
  })
  const staff = async (role: Parameters<typeof makeStaff>[1]['role'], departmentId: string | null) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const save = (
    actor: Actor,
    sessionId: string | null,
    version: number,
    change: Partial<TypedSessionForm> = {},
  ) => outcomeOf(saveExamSession(deps, actor, { sessionId, version, typed: { ...typedSession, ...change } }))
  const publish = (actor: Actor, sessionId: string, version: number) =>
    outcomeOf(publishExamSession(deps, actor, { sessionId, version }))
  const window = (
    actor: Actor,
    sessionId: string,
    version: number,
    change: Partial<typeof terms> | null = {},
    departmentId: string = guangdong,
  ) =>
    outcomeOf(
      saveExamWindow(deps, actor, {
        sessionId,
        departmentId,
        version,
        typed: change && { ...terms, ...change },
      }),
    )
  const site = (
    actor: Actor,
    sessionId: string,
    siteId: string | null,
    version: number,
    change: Partial<typeof typedSite> = {},
    departmentId: string = guangdong,
  ) =>
    outcomeOf(
      saveExamSite(deps, actor, {
        sessionId,
        departmentId,
        siteId,
        version,
        typed: { ...typedSite, ...change },
      }),
    )
  const remove = (actor: Actor, sessionId: string, siteId: string, version: number) =>
    outcomeOf(removeExamSite(deps, actor, { sessionId, departmentId: guangdong, siteId, version }))
  const read = (id: string) => examSessionById(deps.store.read, deps.store.t, id)
  const siteRow = (id: string) => examSiteById(deps.store.read, deps.store.t, id)
  const inForce = (sessionId: string, province: string = guangdong) =>
    windowOf(deps.store.read, deps.store.t, sessionId, province)
  const sessions = () => deps.store.read.select().from(deps.store.t.examSession)
  const events = async () =>
    (await deps.store.read.select().from(deps.store.t.event))
      .filter(({ kind }) => kind.startsWith('exam.'))
      .map(({ kind, actorId }) => `${kind} ${actorId === operator.id ? 'operator' : 'manager'}`)
  const only = async () => {
    const [one] = await sessions()
    if (!one) throw new Error('no session')
    return one.id
  }
  /** Seats as registrations take them, without a word to the version. */
  const take = (id: string, taken: number) =>
    deps.store.tx((q) =>
      q.update(deps.store.t.examSite).set({ taken }).where(eq(deps.store.t.examSite.id, id)),
    )
  /** A registration in this state, as the command of applicants leaves it. */
  async function entry(sessionId: string, siteId: string, state: 'awaiting-payment' | 'expired' | 'paid') {
    const { actor } = await makeApplicant(deps)
    const caseId = await submittedCase(deps, actor, places.tianhe)
    await deps.store.tx((q) =>
      q.insert(deps.store.t.examEntry).values({
        caseId,
        sessionId,
        personId: actor.id,
        departmentId: guangdong,
        siteId,
        subjects: 'junior_practice economic_law_basics',
        fee: 11200,
        payBy: new Date('2026-12-24T10:00:00Z'),
        state,
        createdAt: deps.clock.now(),
      }),
    )
    return async () => {
      const { examEntry } = deps.store.t
      const [row] = await deps.store.read.select().from(examEntry).where(eq(examEntry.caseId, caseId))
      return row?.payBy.toISOString()
    }
  }

  it('are made, changed and published once, whoever clicks twice', async () => {
    expect(await save(operator, null, 0)).toEqual(['done'])
    expect(await save(operator, null, 0)).toEqual(['done'])
    const id = await only()
    expect(await save(operator, null, 0, { fee: '60' })).toEqual(['refused', 'exam-session-exists'])
    expect(await save(operator, null, 0, { level: 'senior' })).toEqual(['done'])
    expect(await save(operator, id, 1, { level: 'senior' })).toEqual(['refused', 'exam-session-exists'])
    expect(await save(operator, id, 1, { fee: '60' })).toEqual(['done'])
    expect(await save(operator, id, 1, { fee: '60' })).toEqual(['done'])
    expect(await save(operator, id, 1, { fee: '61' })).toEqual(['stale'])
    expect(await save(operator, id, 2, { fee: '-1', examTo: '' })).toEqual([
      'refused',
      'exam-fee',
      'required',
    ])
    expect(await read(id)).toMatchObject({ fee: 6000, version: 2, publishedAt: null })
    const shown = () => publishedSessions(deps.store.read, deps.store.t, '2026-11-21')
    expect(await shown()).toEqual([])
    expect(await publish(operator, id, 1)).toEqual(['stale'])
    expect(await publish(operator, id, 2)).toEqual(['done'])
    expect(await publish(operator, id, 2)).toEqual(['done'])
    expect((await shown()).map((one) => one.id)).toEqual([id])
    expect(await publishedSessions(deps.store.read, deps.store.t, '2027-05-19')).toEqual([])
    expect(await events()).toEqual([
      'exam.session-saved operator',
      'exam.session-saved operator',
      'exam.session-saved operator',
      'exam.session-published operator',
    ])
  })

  it('keep what people were told', async () => {
    await save(operator, null, 0)
    const draft = await only()
    deps.clock.set('2026-12-24T04:00:00Z')
    expect(await publish(operator, draft, 1)).toEqual(['refused', 'exam-publish-late'])
    deps.clock.set('2026-12-24T03:59:59.999Z')
    expect(await publish(operator, draft, 1)).toEqual(['done'])
    deps.clock.set(open)
    const change = (more: Partial<TypedSessionForm>) => save(operator, draft, 2, more)
    expect(await change({ level: 'senior', opensAt: '2026-12-06T09:00', fee: '1' })).toEqual([
      'refused',
      'exam-level-fixed',
      'exam-begun',
      'exam-fee-fixed',
    ])
    expect(await change({ year: '2028' })).toEqual(['refused', 'exam-level-fixed'])
    expect(await change({ collectBy: '2026-12-10T09:59', closesAt: '2026-12-10T09:59' })).toEqual([
      'refused',
      'exam-not-earlier',
      'exam-not-earlier',
    ])
    expect(await change({ payBy: '2026-12-25T18:00', notice: '延期' })).toEqual(['done'])
  })

  it('have a window of their own in a province, inside the national one', async () => {
    const { sessionId } = await publishedExam(deps)
    const own = { opensAt: '2026-12-10T09:00', collectBy: '2026-12-22T12:00', fee: '50.00' }
    expect(await inForce(sessionId)).toMatchObject({ isOwn: false, fee: 5600, version: 0 })
    expect(await window(manager, sessionId, 0, { opensAt: '2026-12-05T08:59' })).toEqual([
      'refused',
      'exam-outside',
    ])
    expect(await window(manager, sessionId, 0, { payBy: '2026-12-24T11:59', fee: '' })).toEqual([
      'refused',
      'required',
      'exam-pay-early',
    ])
    expect(await window(manager, sessionId, 0, own)).toEqual(['done'])
    expect(await window(manager, sessionId, 0, own)).toEqual(['done'])
    expect(await inForce(sessionId)).toMatchObject({
      isOwn: true,
      fee: 5000,
      version: 1,
      opensAt: new Date('2026-12-10T01:00:00Z'),
      closesAt: new Date('2026-12-24T04:00:00Z'),
    })
    expect(await inForce(sessionId, places.shenzhen)).toMatchObject({ isOwn: false, fee: 5600 })
    expect(await window(manager, sessionId, 0, { ...own, fee: '51' })).toEqual(['stale'])
    const both = await Promise.all([
      window(manager, sessionId, 1, { ...own, fee: '52' }),
      window(operator, sessionId, 1, { ...own, fee: '53' }),
    ])
    expect(both.flat().sort()).toEqual(['done', 'stale'])
    const first = await Promise.all(
      ['54', '55'].map((one) => window(operator, sessionId, 0, { fee: one }, places.shenzhen)),
    )
    expect(first.flat().sort()).toEqual(['done', 'stale'])
    // The national window does not leave a province behind.
    expect(await save(operator, sessionId, 2, { opensAt: '2026-12-11T09:00' })).toEqual([
      'refused',
      'exam-provinces-outside',
    ])
    deps.clock.set(open)
    expect(await window(manager, sessionId, 2, own)).toEqual(['refused', 'exam-fee-fixed'])
    // Back to what holds nationwide: never to a price or a beginning that people were not told.
    expect(await window(manager, sessionId, 2, null)).toEqual(['refused', 'exam-begun', 'exam-fee-fixed'])
    deps.clock.set('2026-12-01T00:00:00Z')
    expect(await window(manager, sessionId, 1, null)).toEqual(['stale'])
    expect(await window(manager, sessionId, 2, null)).toEqual(['done'])
    expect(await window(manager, sessionId, 2, null)).toEqual(['done'])
    expect(await inForce(sessionId)).toMatchObject({ isOwn: false, fee: 5600, version: 0 })
    expect(await window(manager, 'nowhere', 0, own)).toEqual(['not-found'])
  })

  it('put off what is to be paid for who has registered, and bring nobody’s forward', async () => {
    const { sessionId } = await publishedExam(deps)
    const siteId = await siteIn(deps, operator, sessionId, guangdong)
    const waiting = await entry(sessionId, siteId, 'awaiting-payment')
    const over = await entry(sessionId, siteId, 'expired')
    const first = '2026-12-24T10:00:00.000Z'
    expect(await save(operator, sessionId, 2, { payBy: '2026-12-26T18:00' })).toEqual(['done'])
    expect([await waiting(), await over()]).toEqual(['2026-12-26T10:00:00.000Z', first])
    expect(await window(manager, sessionId, 0, { payBy: '2026-12-25T18:00' })).toEqual(['done'])
    expect(await waiting()).toBe('2026-12-26T10:00:00.000Z')
    expect(await save(operator, sessionId, 3, { payBy: '2026-12-28T18:00' })).toEqual(['done'])
    expect(await waiting()).toBe('2026-12-26T10:00:00.000Z')
    expect(await window(manager, sessionId, 1, { payBy: '2026-12-27T18:00' })).toEqual(['done'])
    expect([await waiting(), await over()]).toEqual(['2026-12-27T10:00:00.000Z', first])
  })

  it('have 报考点 whose seats are never fewer than are held', async () => {
    const { sessionId } = await publishedExam(deps)
    const id = await siteIn(deps, manager, sessionId, guangdong)
    expect(await site(manager, sessionId, null, 0)).toEqual(['done'])
    expect(await site(manager, sessionId, null, 0, { capacity: '7' })).toEqual([
      'refused',
      'exam-site-name-taken',
    ])
    expect(await site(manager, sessionId, null, 0, { name: '越秀', city: '430100' })).toEqual([
      'refused',
      'not-offered',
    ])
    expect(await site(manager, sessionId, null, 0, { name: '越秀', capacity: '1' })).toEqual(['done'])
    expect(await site(manager, sessionId, id, 1, { name: '越秀' })).toEqual([
      'refused',
      'exam-site-name-taken',
    ])
    expect(await site(manager, sessionId, id, 1, { name: '天河', city: '440400' })).toEqual(['done'])
    expect(await site(manager, sessionId, id, 1)).toEqual(['stale'])
    await take(id, 3)
    const moved = { name: '天河', city: '440400' }
    expect(await site(manager, sessionId, id, 2, { ...moved, capacity: '2' })).toEqual([
      'refused',
      'exam-site-taken',
    ])
    expect(await site(manager, sessionId, id, 2)).toEqual(['refused', 'exam-site-held'])
    expect(await site(manager, sessionId, id, 2, { ...moved, capacity: '3' })).toEqual(['done'])
    expect(await siteRow(id)).toMatchObject({ capacity: 3, taken: 3, version: 3 })
    expect(await remove(manager, sessionId, id, 3)).toEqual(['refused', 'exam-site-held'])
    // Whoever is first: what is left is never fewer seats than are held.
    const { examSite } = deps.store.t
    await site(manager, sessionId, id, 3, { ...moved, capacity: '12' })
    await Promise.all([
      ...Array.from({ length: 6 }, () =>
        deps.store.tx((q) =>
          q
            .update(examSite)
            .set({ taken: sql`${examSite.taken} + 1` })
            .where(and(eq(examSite.id, id), lt(examSite.taken, examSite.capacity))),
        ),
      ),
      site(manager, sessionId, id, 4, { ...moved, capacity: '5' }),
    ])
    const left = await siteRow(id)
    expect(left?.taken).toBeLessThanOrEqual(left?.capacity ?? 0)
    expect(await site(manager, 'nowhere', id, 3, moved)).toEqual(['not-found'])
    expect(await site(manager, sessionId, newId(deps.clock.now()), 1)).toEqual(['not-found'])
  })

  it('lose a 报考点 only where nobody registered', async () => {
    const { sessionId } = await publishedExam(deps)
    const [free, used] = [
      await siteIn(deps, manager, sessionId, guangdong),
      await siteIn(deps, manager, sessionId, guangdong, { name: '越秀' }),
    ]
    await entry(sessionId, used, 'expired')
    expect(await remove(manager, sessionId, used, 1)).toEqual(['refused', 'exam-site-used'])
    expect(await remove(manager, sessionId, free, 2)).toEqual(['stale'])
    const raced = await Promise.all([
      remove(manager, sessionId, free, 1),
      remove(operator, sessionId, free, 1),
    ])
    expect(raced.flat().sort()).toEqual(['done', 'not-found'])
    expect(await siteRow(free)).toBeNull()
  })

  it('are nobody else’s', async () => {
    const { sessionId } = await publishedExam(deps)
    const siteId = await siteIn(deps, operator, sessionId, guangdong)
    const { actor: applicant } = await makeApplicant(deps)
    const before = [await sessions(), await siteRow(siteId), await events()]
    const strangers: Record<string, Actor> = {
      'manager of a city': await staff('manager', places.guangzhou),
      'manager of another province': await staff('manager', places.shenzhen),
      reviewer: await staff('reviewer', guangdong),
      viewer: await staff('viewer', guangdong),
      auditor: await staff('auditor', guangdong),
      'a suspended operator': { ...operator, id: newId(deps.clock.now()) },
      'somebody whose office ended': { ...(await staff('viewer', guangdong)), grants: manager.grants },
      applicant,
    }
    for (const [name, actor] of Object.entries(strangers)) {
      const tried = [
        await save(actor, null, 0, { level: 'senior' }),
        await save(actor, sessionId, 2, { fee: '1' }),
        await save(actor, sessionId, 2, { fee: '' }),
        await publish(actor, sessionId, 2),
        await window(actor, sessionId, 0, { fee: '1' }),
        await window(actor, sessionId, 0, null),
        await site(actor, sessionId, null, 0, { name: '越秀' }),
        await site(actor, sessionId, siteId, 1, { capacity: '1' }),
        await remove(actor, sessionId, siteId, 1),
      ]
      expect([name, ...new Set(tried.flat())]).toEqual([name, 'not-found'])
    }
    // The manager of a province changes nothing that holds nationwide.
    expect(await save(manager, null, 0, { level: 'senior' })).toEqual(['not-found'])
    expect(await save(manager, sessionId, 2, { fee: '1' })).toEqual(['not-found'])
    expect(await publish(manager, sessionId, 2)).toEqual(['not-found'])
    for (const id of [places.guangzhou, places.tianhe, places.shenzhen, 'nowhere', '']) {
      expect(await window(manager, sessionId, 0, {}, id)).toEqual(['not-found'])
      expect(await site(manager, sessionId, null, 0, { name: '越秀' }, id)).toEqual(['not-found'])
    }
    expect(await window(operator, sessionId, 0, { fee: '1' }, places.guangzhou)).toEqual(['not-found'])
    // One province's 报考点 is not another's to change, whatever the address says.
    const beside = await staff('manager', places.shenzhen)
    expect(await site(beside, sessionId, siteId, 1, { city: '440300' }, places.shenzhen)).toEqual([
      'not-found',
    ])
    expect([await sessions(), await siteRow(siteId), await events()]).toEqual(before)

    const reads = (actor: Staff) => [
      outcomeOf(examSessionList(deps, actor)),
      outcomeOf(examSessionView(deps, actor, sessionId)),
      outcomeOf(examProvinceView(deps, actor, sessionId, guangdong)),
      outcomeOf(examSiteView(deps, actor, { sessionId, departmentId: guangdong, siteId })),
    ]
    for (const actor of Object.values(strangers)) {
      if (actor.kind !== 'staff' || actor.grants === manager.grants || actor.grants === operator.grants)
        continue
      const isBeside = actor === strangers['manager of another province']
      expect((await Promise.all(reads(actor))).flat()).toEqual(
        isBeside ? ['done', 'done', 'not-found', 'not-found'] : Array(4).fill('not-found'),
      )
    }
    expect((await examSessionView(deps, beside, sessionId)).provinces.map(({ id }) => id)).toEqual([
      places.shenzhen,
    ])
    expect((await examSessionView(deps, operator, sessionId)).provinces.map(({ id }) => id)).toEqual([
      guangdong,
      places.shenzhen,
    ])
    await deps.store.tx((q) => q.update(deps.store.t.department).set({ active: false }))
    expect(await window(manager, sessionId, 0, { fee: '1' })).toEqual(['refused', 'department-closed'])
    expect(await site(manager, sessionId, siteId, 1, { capacity: '1' })).toEqual([
      'refused',
      'department-closed',
    ])
    expect(await remove(manager, sessionId, siteId, 1)).toEqual(['refused', 'department-closed'])
  })

  it('tell everybody the national dates, and people on record those of their province', async () => {
    const { actor } = await makeApplicant(deps)
    expect(await examNotices(deps, null)).toEqual({ province: null, rows: [] })
    const ask = await planner(engine, deps.store)
    const { read: reads, t } = deps.store
    // What everybody's home page asks: one read by its index.
    expect(await ask.of(publishedSessions(reads, t, '2026-11-21').toSQL())).toContain('exam_session_level')
    await ask.end()
    const { sessionId } = await publishedExam(deps)
    await save(operator, null, 0, { level: 'intermediate' })
    await window(manager, sessionId, 0, { opensAt: '2026-12-11T09:00' })
    const phases = async (personId: string | null) =>
      (await examNotices(deps, personId)).rows.map(({ title, phase }) => `${title} ${phase}`)
    const title = '2027 年度初级会计专业技术资格考试'
    expect(await phases(null)).toEqual([`${title} before`])
    deps.clock.set(open)
    expect(await phases(null)).toEqual([`${title} open`])
    expect(await phases(actor.id)).toEqual([`${title} open`])
    const { actor: registered } = await onRecord(deps, places.tianhe)
    expect(await examNotices(deps, registered.id)).toMatchObject({
      province: '广东省',
      rows: [{ phase: 'before', isOwn: true, opensAt: '2026年12月11日 09:00' }],
    })
    deps.clock.set('2026-12-24T04:00:00Z')
    expect(await phases(null)).toEqual([`${title} paying`])
    deps.clock.set('2026-12-24T10:00:00Z')
    expect(await phases(null)).toEqual([`${title} over`])
  })
})
