/** What becomes of people and cases whose department closes (ADM-1). */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { pauseForRegister } from '#lib/commands/pause-for-register.ts'
import { reopenDepartment } from '#lib/commands/reopen-department.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { clockMarks, dueOf } from '#lib/domain/due.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { departmentView } from '#lib/views/department.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow, eventsOf, rowsOf } from '#tests/support/case-state.ts'
import { filledCase, rowIds, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passes = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
const fault = {
  verdicts: { ...passes.verdicts, education: 'problem' },
  findings: [
    {
      at: 'finding.education.0',
      section: 'education',
      rowId: rowIds.education,
      target: 'slot:diploma',
      reason: 'diploma-missing',
      note: '请上传毕业证书',
    },
  ],
}
const into = (id: string) => ({
  'target.1': '440000',
  'target.2': '440100',
  'target.3': id,
  confirmed: '1',
})

async function office(open: Open, env: Record<string, string> = {}) {
  const deps = testDeps(await open(), { env })
  const places = await seedDepartments(deps)
  const city = (await makeStaff(deps, { role: 'manager', departmentId: places.guangzhou })).actor
  const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })).actor
  const applicant = async () => (await makeApplicant(deps)).actor
  const close = (from = places.tianhe as string, to = places.yuexiu as string, version = 1) =>
    closeDepartment(deps, city, { departmentId: from, version, typed: into(to) })
  /** Until there is no job left. */
  const work = async () => {
    for (let turns = 0; turns < 20 && (await runJobs(deps, 'test', 50)) > 0; turns += 1);
  }
  return { deps, places, city, reviewer, applicant, close, work }
}

async function judged(deps: TestDeps, reviewer: Staff, caseId: string, what: 'return' | 'approve') {
  await claimCase(deps, reviewer, { caseId })
  const { version } = await caseRow(deps, caseId)
  if (what === 'return') await returnCase(deps, reviewer, { caseId, version, opinions: fault })
  else await approveCase(deps, reviewer, { caseId, version, opinions: passes })
}

const messagesTo = async ({ store: { read, t } }: TestDeps, caseId: string) =>
  (await read.select().from(t.message).where(eq(t.message.caseId, caseId))).map(({ kind, data }) => ({
    ...data,
    kind,
  }))

const dueByLog = async (deps: TestDeps, caseId: string) => {
  const { read, t } = deps.store
  const events = await read.select().from(t.event).where(eq(t.event.caseId, caseId)).orderBy(t.event.id)
  return dueOf(clockMarks(events), await deps.calendar())
}

describeEachEngine('merging a department into another', (open) => {
  it('takes along its people and its open cases of every state, and leaves what is decided', async () => {
    const { deps, places, city, reviewer, applicant, close, work } = await office(open)
    const { read, t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.department).set({ reviewDays: 10 }).where(eq(t.department.id, places.yuexiu)),
    )
    const people = {
      draft: await applicant(),
      waiting: await applicant(),
      claimed: await applicant(),
      returned: await applicant(),
      approved: await applicant(),
      elsewhere: await applicant(),
    }
    const cases = {
      draft: await filledCase(deps, people.draft, places.tianhe),
      waiting: await submittedCase(deps, people.waiting, places.tianhe),
      claimed: await submittedCase(deps, people.claimed, places.tianhe),
      returned: await submittedCase(deps, people.returned, places.tianhe),
      approved: await submittedCase(deps, people.approved, places.tianhe),
      elsewhere: await submittedCase(deps, people.elsewhere, places.guangzhouOwn),
    }
    deps.clock.advance(1)
    await claimCase(deps, reviewer, { caseId: cases.claimed })
    await judged(deps, reviewer, cases.returned, 'return')
    await judged(deps, reviewer, cases.approved, 'approve')
    const edited = async () =>
      Object.fromEntries(
        (await read.select().from(t.caseSection).where(eq(t.caseSection.caseId, cases.returned))).map(
          ({ section, editedFor }) => [section, editedFor],
        ),
      )
    const before = { edited: await edited(), approved: await caseRow(deps, cases.approved) }
    deps.clock.set('2026-11-24T02:00:00.000Z')

    await close()
    expect((await departmentView(deps, city, places.tianhe)).left).toEqual({
      isEmpty: false,
      people: '1',
      cases: '4',
    })
    await work()

    const now = async (name: keyof typeof cases) => caseRow(deps, cases[name])
    const there = { departmentId: places.yuexiu, sentTo: places.yuexiu }
    const free = { claimedBy: null, claimedAt: null, claimedUntil: null }
    expect(await now('draft')).toMatchObject({ state: 'draft', departmentId: places.yuexiu, sentTo: null })
    for (const name of ['waiting', 'claimed'] as const) {
      // Ten working days of the department that took over, from today.
      expect(await now(name)).toMatchObject({ ...there, ...free, state: 'waiting', dueOn: '2026-12-08' })
      expect(await dueByLog(deps, cases[name])).toBe('2026-12-08')
      expect(await messagesTo(deps, cases[name])).toContainEqual(
        expect.objectContaining({
          kind: 'case-forwarded',
          department: '广东省广州市越秀区',
          due: '2026-12-08',
        }),
      )
      expect(await eventsOf(deps, cases[name])).toContain('case.forwarded')
    }
    expect(await now('returned')).toMatchObject({ ...there, state: 'returned', dueOn: '' })
    expect(await dueByLog(deps, cases.returned)).toBe('')
    for (const name of ['draft', 'returned'] as const) {
      expect((await messagesTo(deps, cases[name])).at(-1)).toMatchObject({
        kind: 'department-merged',
        department: '广东省广州市越秀区',
      })
      expect((await rowsOf(deps, cases[name], 'department'))[0]?.values.departmentId).toBe(places.yuexiu)
    }
    // That its department closed mends nothing.
    expect(await edited()).toEqual(before.edited)
    expect(await now('approved')).toEqual(before.approved)
    expect(await now('elsewhere')).toMatchObject({ sentTo: places.guangzhouOwn })
    const rounds = await read.select().from(t.caseRound)
    expect(
      rounds.filter(({ departmentId }) => departmentId === places.tianhe).map((one) => one.caseId),
    ).toEqual([cases.approved])
    const [person] = await read.select().from(t.person)
    expect(person?.departmentId).toBe(places.yuexiu)
    expect((await departmentView(deps, city, places.tianhe)).left).toBeNull()
    expect(await outcomeOf(claimCase(deps, reviewer, { caseId: cases.waiting }))).toEqual(['not-found'])

    const { actor: next } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    // REV-3: nobody passed it on, and the history does not say so.
    const { history } = await reviewCase(deps, next, cases.waiting)
    expect(history.map(({ kind }) => kind)).not.toContain('case.forwarded')
    expect(history.find(({ kind }) => kind === 'case.department-merged')).toMatchObject({
      by: '系统',
      move: { from: '广东省广州市天河区', to: '广东省广州市越秀区' },
    })
    await judged(deps, next, cases.claimed, 'approve')
    await submitCase(deps, people.draft, { caseId: cases.draft, declared: true })
    expect(await now('draft')).toMatchObject({ ...there, state: 'waiting' })
    // Run again, as after a crash, it finds nothing to do.
    await work()
    await sweep(deps)
    expect(
      (await messagesTo(deps, cases.waiting)).filter(({ kind }) => kind === 'case-forwarded'),
    ).toHaveLength(1)
  })

  it('lets machine checks go on, and keeps a clock still that stood still', async () => {
    const { deps, places, applicant, close, work } = await office(open, { REGISTER_PROVIDER: 'register' })
    const { read, t } = deps.store
    const checking = await submittedCase(deps, await applicant(), places.tianhe)
    const paused = await submittedCase(deps, await applicant(), places.tianhe)
    const claims = await read.select().from(t.claimCheck).where(eq(t.claimCheck.caseId, paused))
    expect((await caseRow(deps, checking)).state).toBe('checking')
    deps.clock.advance(1)
    for (const { id } of claims) await pauseForRegister(deps, { claimId: id })
    expect(await caseRow(deps, paused)).toMatchObject({ state: 'checking', dueOn: '' })
    // The checks wait: only what is moved is moved.
    await deps.store.tx((q) => q.update(t.job).set({ runAt: new Date('2026-11-30T00:00:00Z') }))
    deps.clock.set('2026-11-24T02:00:00.000Z')
    await close()
    await work()
    expect(await caseRow(deps, checking)).toMatchObject({
      state: 'checking',
      sentTo: places.yuexiu,
      dueOn: '2026-12-01',
    })
    expect(await caseRow(deps, paused)).toMatchObject({
      state: 'checking',
      sentTo: places.yuexiu,
      dueOn: '',
    })
    expect(await dueByLog(deps, paused)).toBe('')
    deps.clock.set('2026-12-01T02:00:00.000Z')
    await work()
    expect(await caseRow(deps, checking)).toMatchObject({ state: 'waiting', dueOn: '2026-12-01' })
    expect(await caseRow(deps, paused)).toMatchObject({ state: 'waiting', dueOn: '2026-12-08' })
  })

  it('catches what is submitted in the very moment, and what slipped past', async () => {
    const { deps, places, applicant, close, work } = await office(open)
    const { t } = deps.store
    const people = await Promise.all([1, 2, 3, 4].map(applicant))
    const cases: { actor: (typeof people)[number]; caseId: string }[] = []
    for (const actor of people) cases.push({ actor, caseId: await filledCase(deps, actor, places.tianhe) })
    const [submitted] = await Promise.all([
      Promise.all(
        cases.map(({ actor, caseId }) => outcomeOf(submitCase(deps, actor, { caseId, declared: true }))),
      ),
      close(),
      work(),
    ])
    await work()
    await sweep(deps)
    await work()
    for (const [index, { caseId }] of cases.entries()) {
      const row = await caseRow(deps, caseId)
      expect(row.departmentId).toBe(places.yuexiu)
      const isIn = submitted[index]?.[0] === 'done'
      expect([row.state, row.sentTo]).toEqual(isIn ? ['waiting', places.yuexiu] : ['draft', null])
    }
    // As a transaction would leave it that began before the closing and ended after the move.
    const [first] = cases
    const late = first?.caseId ?? ''
    await deps.store.tx((q) =>
      q
        .update(t.serviceCase)
        .set({ state: 'waiting', departmentId: places.tianhe, sentTo: places.tianhe })
        .where(eq(t.serviceCase.id, late)),
    )
    await sweep(deps)
    await sweep(deps)
    const waiting = (await deps.store.read.select().from(t.job)).filter(({ doneAt }) => doneAt === null)
    expect(waiting).toHaveLength(1)
    await work()
    expect(await caseRow(deps, late)).toMatchObject({ sentTo: places.yuexiu, departmentId: places.yuexiu })
  })

  it('follows a department that closes in its turn, and stops where one is reopened', async () => {
    const { deps, places, city, applicant, close, work } = await office(open)
    const first = await submittedCase(deps, await applicant(), places.tianhe)
    await close()
    await close(places.yuexiu, places.guangzhouOwn)
    await work()
    expect(await caseRow(deps, first)).toMatchObject({ sentTo: places.guangzhouOwn })
    await reopenDepartment(deps, city, { departmentId: places.tianhe, version: 2 })
    const second = await submittedCase(deps, await applicant(), places.tianhe)
    await work()
    await sweep(deps)
    await work()
    expect(await caseRow(deps, second)).toMatchObject({ sentTo: places.tianhe })
  })

  it('moves more than fits into one turn, and cases that chose no department themselves', async () => {
    const { deps, places, close, work } = await office(open)
    const { read, t } = deps.store
    const { actor: person } = await makeApplicant(deps, { verified: false })
    const identity = await submittedIdentity(deps, person, '440100')
    const many = Array.from({ length: 120 }, (_, index) => index)
    const { id: _, openKey: __, number: ___, ...like } = await caseRow(deps, identity)
    await deps.store.tx((q) =>
      q.insert(t.serviceCase).values(
        many.map((index) => ({
          ...like,
          id: `many-${index}`,
          openKey: `many-${index}`,
          number: `many-${index}`,
        })),
      ),
    )
    await close(places.guangzhouOwn, places.yuexiu)
    await work()
    const left = await read
      .select({ id: t.serviceCase.id })
      .from(t.serviceCase)
      .where(eq(t.serviceCase.sentTo, places.guangzhouOwn))
    expect(left).toEqual([])
    expect(await caseRow(deps, identity)).toMatchObject({ sentTo: places.yuexiu, state: 'waiting' })
    const moves = (await read.select().from(t.event)).filter(({ kind }) => kind === 'department.moved')
    // In no order: PostgreSQL gives rows as it likes.
    expect(moves.map(({ data }) => data.cases).toSorted()).toEqual([21, 50, 50])
  })
})
