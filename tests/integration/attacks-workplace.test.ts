/** The workplace as somebody would break it: saved opinions, old pages, two at once, what a closing leaves, figures after all of it. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { collection } from '#lib/cases/collection.ts'
import { approveBatch } from '#lib/commands/approve-batch.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { importCalendar } from '#lib/commands/import-calendar.ts'
import { moveDepartment } from '#lib/commands/move-department.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { searchCases } from '#lib/commands/search-cases.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { countedNow, recountPerson } from '#lib/commands/support/figures.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { runJobs, runLongJobs } from '#lib/jobs/run-jobs.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { reviewQueue } from '#lib/views/review-queue.ts'
import { caseRow, eventsOf } from '#tests/support/case-state.ts'
import {
  filledCase,
  putPicture,
  rowIds,
  submittedCase,
  submittedCorrection,
  submittedIdentity,
} from '#tests/support/cases.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
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
  const made = testDeps(await open())
  // Nothing is drawn for a second look.
  const limits = { ...made.env.limits, secondLookPercent: 0 }
  const deps: TestDeps = { ...made, env: { ...made.env, limits } }
  const places = await seedDepartments(deps)
  const staffAt = async (role: 'reviewer' | 'manager', departmentId: string) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const city = await staffAt('manager', places.guangzhou)
  const reviewer = await staffAt('reviewer', places.tianhe)
  const applicant = async () => (await makeApplicant(deps)).actor
  const decide = async (caseId: string, what: 'return' | 'approve', by: Staff = reviewer) => {
    deps.clock.advance(1000)
    await claimCase(deps, by, { caseId })
    const { version } = await caseRow(deps, caseId)
    if (what === 'return') await returnCase(deps, by, { caseId, version, opinions: faulty })
    else await approveCase(deps, by, { caseId, version, opinions: passes })
  }
  const agree = (caseId: string) =>
    deps.store.tx((q) =>
      q
        .update(deps.store.t.claimCheck)
        .set({ state: 'agrees' })
        .where(eq(deps.store.t.claimCheck.caseId, caseId)),
    )
  const into = async (from: string, to: string) => {
    const { read, t } = deps.store
    const [row] = await read.select().from(t.department).where(eq(t.department.id, from))
    await closeDepartment(deps, city, {
      departmentId: from,
      version: row?.version ?? 0,
      typed: { 'target.1': '440000', 'target.2': '440100', 'target.3': to, confirmed: '1' },
    })
  }
  /** Until there is no job left. */
  const work = async () => {
    for (let turn = 0; turn < 20 && (await runJobs(deps, 'test', 50)) > 0; turn += 1);
    while ((await runLongJobs(deps, 'test', 1)) > 0);
  }
  return { deps, places, staffAt, city, reviewer, applicant, decide, agree, into, work }
}

/** What was added up is what a recount finds. */
async function expectTrue(deps: TestDeps) {
  const { read, t } = deps.store
  const figures = async () => {
    while ((await foldFigures(deps, 7)) > 0);
    const rows = await read.select().from(t.figure)
    return Object.fromEntries(
      rows
        .filter(({ value }) => value !== 0)
        .map((one) => [`${one.departmentId} ${one.period} ${one.measure} ${one.bucket}`, one.value])
        .sort(),
    )
  }
  const kept = await figures()
  await recountFigures(deps)
  expect(kept).toEqual(await figures())
  expect(Object.values(kept).every((value) => Number(value) > 0)).toBe(true)
  return kept
}

describeEachEngine('批量通过', (open) => {
  it('leaves what a colleague has written an opinion on, and does not wipe the opinion', async () => {
    const { deps, places, reviewer, staffAt, applicant, agree } = await office(open)
    const caseId = await submittedCase(deps, await applicant(), places.tianhe)
    await agree(caseId)
    const colleague = await staffAt('reviewer', places.tianhe)
    await claimCase(deps, colleague, { caseId })
    await saveOpinions(deps, colleague, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: faulty,
    })
    await releaseCase(deps, colleague, { caseId })
    expect((await reviewQueue(deps, reviewer, { tab: 'free', agreed: true })).rows).toEqual([])
    expect([...(await approveBatch(deps, reviewer, { caseIds: [caseId] })).values()]).toEqual(['unfit'])
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    expect(await deps.store.read.select().from(deps.store.t.finding)).toHaveLength(1)
  })

  it('leaves what a person sent back, for a person to see whether it was mended', async () => {
    const { deps, places, reviewer, applicant, agree, decide } = await office(open)
    const actor = await applicant()
    const caseId = await submittedCase(deps, actor, places.tianhe)
    await decide(caseId, 'return')
    deps.clock.advance(1000)
    await putPicture(deps, actor, { caseId, section: 'education', rowId: rowIds.education, slot: 'diploma' })
    await submitCase(deps, actor, { caseId, declared: true })
    await agree(caseId)
    expect((await reviewQueue(deps, reviewer, { tab: 'free', agreed: true })).rows).toEqual([])
    expect([...(await approveBatch(deps, reviewer, { caseIds: [caseId] })).values()]).toEqual(['unfit'])
  })

  it('of a page that is old leaves what was submitted anew since', async () => {
    const { deps, places, reviewer, applicant, agree } = await office(open)
    const actor = await applicant()
    const caseId = await submittedCase(deps, actor, places.tianhe)
    await agree(caseId)
    const [row] = (await reviewQueue(deps, reviewer, { tab: 'free', agreed: true })).rows
    deps.clock.advance(1000)
    await withdrawCase(deps, actor, { caseId })
    deps.clock.advance(1000)
    await submitCase(deps, actor, { caseId, declared: true })
    await agree(caseId)
    const versions = new Map([[caseId, row?.version ?? 0]])
    expect([...(await approveBatch(deps, reviewer, { caseIds: [caseId], versions })).values()]).toEqual([
      'gone',
    ])
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
  })
})

describeEachEngine('what a closing leaves', (open) => {
  it('a parent takes over its last child', async () => {
    const { deps, places, city, applicant, work } = await office(open)
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.department).set({ active: false }).where(eq(t.department.id, places.zhuhaiOwn)),
    )
    const { actor: province } = await makeStaff(deps, { role: 'manager', departmentId: places.guangdong })
    const caseId = await submittedCase(deps, await applicant(), places.xiangzhou)
    expect(
      await outcomeOf(
        closeDepartment(deps, province, {
          departmentId: places.xiangzhou,
          version: 1,
          typed: { 'target.1': '440000', 'target.2': places.zhuhai, confirmed: '1' },
        }),
      ),
    ).toEqual(['done'])
    await work()
    expect(await caseRow(deps, caseId)).toMatchObject({ sentTo: places.zhuhai })
    expect(city.id).not.toBe('')
  })

  it('identity pictures of a city go where its own node went', async () => {
    const { deps, places, into, work } = await office(open)
    const newcomer = async () => (await makeApplicant(deps, { verified: false })).actor
    const before = await submittedIdentity(deps, await newcomer(), '440100')
    await into(places.guangzhouOwn, places.yuexiu)
    await work()
    const after = await submittedIdentity(deps, await newcomer(), '440100')
    expect((await caseRow(deps, before)).sentTo).toBe(places.yuexiu)
    expect((await caseRow(deps, after)).sentTo).toBe(places.yuexiu)
  })
})

describeEachEngine('查找', (open) => {
  it('finds a name typed in wide letters', async () => {
    const { deps, places, reviewer } = await office(open)
    const { actor } = await makeApplicant(deps, { name: 'Ann Lee' })
    const caseId = await submittedCase(deps, actor, places.tianhe)
    for (const text of ['Ann Lee', 'ＡＮＮ　ＬＥＥ'])
      expect((await searchCases(deps, reviewer, text)).ids, text).toEqual([caseId])
  })
})

describeEachEngine('figures under attack', (open) => {
  it('are true when a record is moved in the very moment it is changed', async () => {
    const { deps, places, applicant, decide, into } = await office(open)
    const person = await applicant()
    const caseId = await submittedCase(deps, person, places.tianhe)
    await decide(caseId, 'approve')
    await into(places.tianhe, places.yuexiu)
    const { t } = deps.store
    let told = () => {}
    const isRead = new Promise<void>((resolve) => {
      told = resolve
    })
    const moving = isRead.then(() => moveDepartment(deps, { departmentId: places.tianhe }))
    const changing = deps.store.tx(async (q) => {
      const before = await countedNow(deps, q, person.id)
      told()
      await new Promise((resolve) => setTimeout(resolve, 300))
      await q.update(t.account).set({ birth: '1980-01-01' }).where(eq(t.account.id, person.id))
      await recountPerson(deps, q, person.id, before)
    })
    await Promise.all([changing, moving])
    const all = await expectTrue(deps)
    expect(all[`${places.yuexiu}  people all`]).toBe(1)
  })

  it('are true after two mergers, a correction in two stages, withdrawals and mended returns', async () => {
    const { deps, places, applicant, decide, into, work, staffAt, city } = await office(open)
    const [kept, mended, drafted, cancelled] = [
      await applicant(),
      await applicant(),
      await applicant(),
      await applicant(),
    ]
    const approved = await submittedCase(deps, kept, places.tianhe)
    await decide(approved, 'approve')
    const returned = await submittedCase(deps, mended, places.tianhe)
    await decide(returned, 'return')
    await putPicture(deps, mended, {
      caseId: returned,
      section: 'education',
      rowId: rowIds.education,
      slot: 'diploma',
    })
    deps.clock.set('2026-12-02T02:00:00.000Z')
    await submitCase(deps, mended, { caseId: returned, declared: true })
    await decide(returned, 'return')
    const withdrawn = await submittedCase(deps, drafted, places.tianhe)
    await withdrawCase(deps, drafted, { caseId: withdrawn })
    await expectTrue(deps)
    const corrected = await submittedCorrection(deps, kept, {
      newNumber: newMainlandNumber('19750101', 'male'),
    })
    const own = await staffAt('reviewer', places.guangzhouOwn)
    const correct = async (by: Staff) => {
      deps.clock.advance(1000)
      await claimCase(deps, by, { caseId: corrected })
      const { version } = await caseRow(deps, corrected)
      await approveCase(deps, by, {
        caseId: corrected,
        version,
        opinions: { verdicts: { correction: 'pass' }, findings: [] },
      })
    }
    await correct(own)
    await expectTrue(deps)
    await into(places.tianhe, places.yuexiu)
    await expectTrue(deps)
    await into(places.yuexiu, places.guangzhouOwn)
    await work()
    await expectTrue(deps)
    await correct(city)
    const all = await expectTrue(deps)
    expect(all[`${places.guangzhouOwn}  born 1975`]).toBe(1)
    expect(all[`${places.guangzhouOwn}  sex male`]).toBe(1)
    deps.clock.advance(1000)
    await submitCase(deps, drafted, { caseId: withdrawn, declared: true })
    await submittedCase(deps, cancelled, places.guangzhouOwn)
    await expectTrue(deps)
    expect(await eventsOf(deps, withdrawn)).toContain('case.submitted')
  })
})

describeEachEngine('a closing amid the work of everybody', (open) => {
  it('leaves every case in one place, every person told once, and the figures true', async () => {
    const { deps, places, city, reviewer, applicant, decide, into, work } = await office(open)
    const people: Applicant[] = []
    for (let n = 0; n < 8; n += 1) people.push(await applicant())
    const cases: { caseId: string; actor: (typeof people)[number] }[] = []
    for (const actor of people.slice(0, 7))
      cases.push({ actor, caseId: await submittedCase(deps, actor, places.tianhe) })
    const [a, b, c, d, e, f, g] = cases.map(({ caseId }) => caseId) as [string, ...string[]]
    const draft = await filledCase(deps, people[7] as Applicant, places.tianhe)
    await decide(a, 'approve')
    for (const caseId of [b, c, d]) await claimCase(deps, reviewer, { caseId: caseId ?? '' })
    const version = async (caseId: string) => (await caseRow(deps, caseId)).version
    const seen = new Map<string, number>()
    for (const { caseId } of cases) seen.set(caseId, await version(caseId))
    const at = (caseId: string | undefined) => ({
      caseId: caseId ?? '',
      version: seen.get(caseId ?? '') ?? 0,
    })
    const person = (index: number) => people[index] as Applicant
    const outcomes = await Promise.all([
      into(places.tianhe, places.yuexiu),
      moveDepartment(deps, { departmentId: places.tianhe }),
      outcomeOf(approveCase(deps, reviewer, { ...at(b), opinions: passes })),
      outcomeOf(returnCase(deps, reviewer, { ...at(c), opinions: faulty })),
      outcomeOf(releaseCase(deps, reviewer, at(d))),
      outcomeOf(withdrawCase(deps, person(4), at(e))),
      outcomeOf(
        forwardCase(deps, city, {
          ...at(f),
          department: `440000/440100/${places.guangzhouOwn}`,
          reason: 'other-office',
        }),
      ),
      outcomeOf(assignCase(deps, city, { ...at(g), reviewerId: reviewer.id })),
      outcomeOf(submitCase(deps, person(7), { caseId: draft, declared: true })),
      moveDepartment(deps, { departmentId: places.tianhe }),
      foldFigures(deps, 3),
      recountFigures(deps),
      foldFigures(deps),
      moveDepartment(deps, { departmentId: places.tianhe }),
    ])
    expect(outcomes).toHaveLength(14)
    await Promise.all([
      moveDepartment(deps, { departmentId: places.tianhe }),
      moveDepartment(deps, { departmentId: places.tianhe }),
    ])
    await work()
    await sweep(deps)
    await work()
    for (const { caseId } of [...cases, { caseId: draft }]) {
      const row = await caseRow(deps, caseId)
      if (row.state !== 'approved') expect(row.departmentId, row.state).not.toBe(places.tianhe)
      if (row.state === 'waiting') expect(row).toMatchObject({ claimedBy: null, sentTo: row.departmentId })
      const { read, t } = deps.store
      const told = await read.select().from(t.message).where(eq(t.message.caseId, caseId))
      const moves = told.filter(({ kind }) => kind === 'case-forwarded' || kind === 'department-merged')
      expect(moves.length, row.state).toBeLessThanOrEqual(1)
    }
    const all = await expectTrue(deps)
    expect(
      Object.keys(all).filter((key) => key.startsWith(`${places.tianhe}  `) && !key.includes('.approved')),
    ).toEqual([])
  })
})

describeEachEngine('addresses of the queue', (open) => {
  it('that nobody could have been given begin at the beginning', async () => {
    const { deps, places, reviewer, applicant } = await office(open)
    await submittedCase(deps, await applicant(), places.tianhe)
    for (const after of [`999999999999999..${crypto.randomUUID()}`, `0.9999-99-99.${crypto.randomUUID()}`])
      for (const tab of ['free', 'soon', 'decided'] as const)
        await reviewQueue(deps, reviewer, { tab, after })
  })
})

describeEachEngine('what was found in the workplace', (open) => {
  it('are true after a calendar has changed the days of what was decided', async () => {
    const { deps, places, applicant, decide, into, work } = await office(open)
    const caseId = await submittedCase(deps, await applicant(), places.tianhe)
    deps.clock.set('2026-12-09T02:00:00.000Z')
    await decide(caseId, 'return')
    const days = ['01-01', '05-01', '10-01', '10-02', '10-03', '11-25', '11-26', '11-27']
    const lines = days.map((day, index) => ({
      line: index + 1,
      day: `2026-${day}`,
      type: '休',
      working: false,
      name: '',
    }))
    expect((await importCalendar(deps, { year: '2026', source: 'notice', lines })).faults).toEqual([])
    deps.clock.advance(10 * 60_000)
    await work()
    await into(places.tianhe, places.yuexiu)
    await work()
    await expectTrue(deps)
  })

  it('a case in its second stage is judged anew from the first where its department closed', async () => {
    const { deps, places, applicant, into, work, staffAt } = await office(open)
    const person = await applicant()
    const caseId = await submittedCorrection(deps, person, { newName: '张新' })
    const own = await staffAt('reviewer', places.guangzhouOwn)
    deps.clock.advance(1000)
    await claimCase(deps, own, { caseId })
    await approveCase(deps, own, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: { verdicts: { correction: 'pass' }, findings: [] },
    })
    expect((await caseRow(deps, caseId)).stage).toBe(2)
    await into(places.guangzhouOwn, places.yuexiu)
    await work()
    expect(await caseRow(deps, caseId)).toMatchObject({ sentTo: places.yuexiu, stage: 1 })
  })

  it('one case that cannot be read holds up nobody else', async () => {
    const { deps, places, applicant, into, work } = await office(open)
    const { t } = deps.store
    const broken = await submittedCase(deps, await applicant(), places.tianhe)
    const sound = await submittedCase(deps, await applicant(), places.tianhe)
    await deps.store.tx((q) =>
      q.update(t.caseSection).set({ rowsSealed: 'broken' }).where(eq(t.caseSection.caseId, broken)),
    )
    await into(places.tianhe, places.yuexiu)
    for (let turn = 0; turn < 5; turn += 1) {
      await work()
      deps.clock.advance(60 * 60_000)
    }
    expect((await caseRow(deps, sound)).sentTo).toBe(places.yuexiu)
  })

  it('the second of two clicks on 转办 or 指派 finds it done', async () => {
    const { deps, places, applicant, reviewer, city } = await office(open)
    const caseId = await submittedCase(deps, await applicant(), places.tianhe)
    const assigning = { caseId, version: (await caseRow(deps, caseId)).version, reviewerId: reviewer.id }
    expect(await outcomeOf(assignCase(deps, city, assigning))).toEqual(['done'])
    expect(await outcomeOf(assignCase(deps, city, assigning))).toEqual(['done'])
    const forwarding = {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      department: `440000/440100/${places.yuexiu}`,
      reason: 'other-office',
    }
    expect(await outcomeOf(forwardCase(deps, reviewer, forwarding))).toEqual(['done'])
    expect(await outcomeOf(forwardCase(deps, reviewer, forwarding))).toEqual(['done'])
  })
})
