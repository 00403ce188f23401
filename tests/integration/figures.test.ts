/** Figures (ADM-2, REV-7): whatever happens, what was added up is what a recount finds. */
import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { recountDue } from '#lib/commands/recount-due.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { cancelWhere } from '#lib/commands/support/cancel-cases.ts'
import { enqueueJob } from '#lib/commands/support/jobs.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { runJobs, runLongJobs } from '#lib/jobs/run-jobs.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { rowIds, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import { newCollection, officeWithRegister, runDue } from '#tests/support/checks.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const passes = {
  verdicts: Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
  findings: [],
}
const faulty = {
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

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })).actor
  const city = (await makeStaff(deps, { role: 'manager', departmentId: places.guangzhou })).actor
  const applicant = async () => (await makeApplicant(deps)).actor
  const decide = async (caseId: string, what: 'return' | 'approve') => {
    deps.clock.advance(1000)
    await claimCase(deps, reviewer, { caseId })
    const { version } = await caseRow(deps, caseId)
    if (what === 'return') await returnCase(deps, reviewer, { caseId, version, opinions: faulty })
    else await approveCase(deps, reviewer, { caseId, version, opinions: passes })
  }
  return { deps, places, reviewer, city, applicant, decide }
}

/** `department period measure bucket` → number, of what is not zero, after everything was added up. */
async function figures(deps: TestDeps): Promise<Record<string, number>> {
  while ((await foldFigures(deps, 7)) > 0);
  const { read, t } = deps.store
  const rows = await read.select().from(t.figure)
  return Object.fromEntries(
    rows
      .filter(({ value }) => value !== 0)
      .map((one) => [`${one.departmentId} ${one.period} ${one.measure} ${one.bucket}`, one.value])
      .sort(),
  )
}

async function expectTrue(deps: TestDeps) {
  const kept = await figures(deps)
  await recountFigures(deps)
  expect(kept).toEqual(await figures(deps))
  return kept
}

describeEachEngine('figures', (open) => {
  it('follow a case to its return, at its department and above', async () => {
    const { deps, places, decide, applicant, reviewer } = await office(open)
    const actor = await applicant()
    const caseId = await submittedCase(deps, actor, places.tianhe)
    const at = (place: string) => [
      `${place}  cases collection.waiting`,
      `${place}  due 2026-11-27`,
      `${place} 2026-11 submitted collection`,
    ]
    expect(Object.keys(await expectTrue(deps)).sort()).toEqual(
      ['', '440000', places.guangzhou, places.tianhe].flatMap(at).sort(),
    )
    await decide(caseId, 'return')
    const returned = await expectTrue(deps)
    expect(returned[`${places.tianhe} 2026-11 decided collection.returned`]).toBe(1)
    expect(returned[`${places.tianhe} 2026-11 reason diploma-missing`]).toBe(1)
    expect(returned[`${places.tianhe} 2026-11 by ${reviewer.id}`]).toBe(1)
    expect(returned[`${places.guangzhou} 2026-11 by ${reviewer.id}`]).toBeUndefined()
  })

  it('count an approved record once, as it is, and not as it was', async () => {
    const { deps, places, decide, applicant } = await office(open)
    const caseId = await submittedCase(deps, await applicant(), places.tianhe)
    deps.clock.set('2026-12-09T02:00:00.000Z')
    await decide(caseId, 'approve')
    const all = await expectTrue(deps)
    for (const place of ['', '440000', places.guangzhou, places.tianhe]) {
      expect(all[`${place}  people all`]).toBe(1)
      expect(all[`${place}  cases collection.approved`]).toBe(1)
      expect(all[`${place}  cases collection.waiting`]).toBeUndefined()
      expect(all[`${place} 2026-12 decided collection.approved`]).toBe(1)
      expect(all[`${place} 2026-12 overdue collection`]).toBe(1)
      expect(all[`${place} 2026-12 rounds collection.1`]).toBe(1)
      expect(all[`${place} 2026-12 days collection.13`]).toBe(1)
    }
    expect(Object.keys(all).filter((key) => key.startsWith('  born')).length).toBe(1)
  })

  it('are true after forwarding, withdrawing, refusing, cancelling, other working days and a merger', async () => {
    const { deps, places, city, decide, applicant } = await office(open)
    const person = await applicant()
    const kept = await submittedCase(deps, person, places.tianhe)
    await decide(kept, 'approve')
    const returned = await submittedCase(deps, await applicant(), places.tianhe)
    await decide(returned, 'return')
    const forwarded = await submittedCase(deps, await applicant(), places.tianhe)
    await forwardCase(deps, city, {
      caseId: forwarded,
      version: (await caseRow(deps, forwarded)).version,
      department: `440000/${places.guangzhou}/${places.yuexiu}`,
      reason: 'other-office',
    })
    const taken = await applicant()
    const withdrawn = await submittedCase(deps, taken, places.tianhe)
    await withdrawCase(deps, taken, { caseId: withdrawn })
    const newcomer = (await makeApplicant(deps, { verified: false })).actor
    const identity = await submittedIdentity(deps, newcomer, '440100')
    await claimCase(deps, city, { caseId: identity })
    await refuseCase(deps, city, {
      caseId: identity,
      version: (await caseRow(deps, identity)).version,
      note: '照片与证件不是同一人',
      // What is refused for good is no 退回原因.
      opinions: {
        verdicts: { identity: 'problem' },
        findings: [
          {
            at: 'finding.identity.0',
            section: 'identity',
            rowId: 'main',
            target: 'slot:face',
            reason: 'name-or-number-differs',
            note: '',
          },
        ],
      },
    })
    const cancelled = await submittedCase(deps, await applicant(), places.tianhe)
    await deps.store.tx((q) =>
      cancelWhere(deps, q, eq(deps.store.t.serviceCase.id, cancelled), { reason: 'test' }),
    )
    await submittedCase(deps, await applicant(), places.tianhe)
    await expectTrue(deps)

    // A notice takes away two working days of what is still waiting.
    const off = new Set(['2026-11-25', '2026-11-26'])
    const calendar = await deps.calendar()
    const isWorkday = (day: string) => !off.has(day) && calendar.isWorkday(day)
    const noticed = { ...deps, calendar: async () => ({ ...calendar, isWorkday }) }
    expect(await recountDue(noticed, { from: '2026-11-20' })).toBeGreaterThan(0)
    await expectTrue(deps)
    await closeDepartment(deps, city, {
      departmentId: places.tianhe,
      version: 1,
      typed: {
        'target.1': '440000',
        'target.2': places.guangzhou,
        'target.3': places.yuexiu,
        confirmed: '1',
      },
    })
    for (let turn = 0; turn < 20 && (await runJobs(deps, 'test', 50)) > 0; turn += 1);
    const all = await expectTrue(deps)
    expect(all[`${places.yuexiu}  people all`]).toBe(1)
    expect(all[`${places.tianhe}  people all`]).toBeUndefined()
    expect(all[`${places.yuexiu}  cases collection.waiting`]).toBe(2)
    expect(all[`${places.guangzhou}  cases collection.waiting`]).toBe(2)
  })

  it('count what a register sent back by itself apart, as nobody’s decision', async () => {
    const made = await officeWithRegister(await open())
    const one = await newCollection(made)
    made.register.holds('education', { name: '张叁' })
    await one.submit()
    await runDue(made.deps)
    const all = await expectTrue(made.deps)
    expect(all['  cases collection.returned']).toBe(1)
    expect(all[' 2026-11 decided collection.returned-by-check']).toBe(1)
    expect(Object.keys(all).filter((key) => / (by|days|reason) /.test(key))).toEqual([])
  })

  it('count each change once, whoever adds up at the same time', async () => {
    const { deps, places, applicant } = await office(open)
    for (let n = 0; n < 4; n += 1) await submittedCase(deps, await applicant(), places.tianhe)
    await Promise.all(Array.from({ length: 8 }, () => foldFigures(deps, 2)))
    const all = await expectTrue(deps)
    expect(all['  cases collection.waiting']).toBe(4)
  })

  it('are counted while people go on working, and none is lost or doubled', async () => {
    const { deps, places, applicant } = await office(open)
    const people = [await applicant(), await applicant(), await applicant()]
    await Promise.all([
      ...people.map((actor) => submittedCase(deps, actor, places.tianhe)),
      recountFigures(deps),
      foldFigures(deps),
      recountFigures(deps),
    ])
    const all = await expectTrue(deps)
    expect(all['  cases collection.waiting']).toBe(3)
  })

  it('are counted by the job that a migration leaves behind', async () => {
    const { deps, places, applicant } = await office(open)
    await submittedCase(deps, await applicant(), places.tianhe)
    const { t } = deps.store
    await deps.store.tx(async (q) => {
      await q.delete(t.figureDelta)
      await enqueueJob(deps, q, { kind: 'recount-figures', data: {} })
    })
    expect(await figures(deps)).toEqual({})
    expect(await runJobs(deps, 'test', 10)).toBe(0)
    expect(await runLongJobs(deps, 'test', 1)).toBe(1)
    expect((await figures(deps))['  cases collection.waiting']).toBe(1)
    const left = await deps.store.read
      .select()
      .from(t.job)
      .where(and(eq(t.job.kind, 'recount-figures')))
    expect(left.every(({ doneAt }) => doneAt !== null)).toBe(true)
  })
})
