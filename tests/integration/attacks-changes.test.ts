/** What happens to 信息变更 that nobody meant to happen (CHG). */
import { eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { begin as beginAction } from '#app/(applicant)/changes/actions.ts'
import ResumePage from '#app/(applicant)/collection/resume/page.tsx'
import { caseFile } from '#db/queries/case-file.ts'
import { departmentById } from '#db/queries/departments.ts'
import { openRecord } from '#db/queries/records.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveBatch } from '#lib/commands/approve-batch.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { removeFile } from '#lib/commands/attach-file.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { dropDraft } from '#lib/commands/drop-draft.ts'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { recountFigures } from '#lib/commands/recount-figures.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { cancelCases } from '#lib/commands/support/end-account.ts'
import { moveCase } from '#lib/commands/support/move-work.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import type { ChangeSection } from '#lib/domain/changes.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { asPosted } from '#lib/readers/sample.ts'
import type { Values } from '#lib/sections/define.ts'
import { changeDesk, changePage } from '#lib/views/changes.ts'
import { pictureFor } from '#lib/views/file.ts'
import { ownData } from '#lib/views/own-data.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { casePictures } from '#lib/views/review-pictures.ts'
import { caseRow, placed, rowsOf } from '#tests/support/case-state.ts'
import { filledCase, putPicture, rowIds, submittedCorrection, typedRows } from '#tests/support/cases.ts'
import { madeUpRegister, runDue } from '#tests/support/checks.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)

const passing = (sections: readonly string[]) => ({
  verdicts: Object.fromEntries(sections.map((section) => [section, 'pass'])),
  findings: [],
})

async function approve(deps: TestDeps, reviewer: Staff, caseId: string, sections: readonly string[]) {
  deps.clock.advance(1000)
  await claimCase(deps, reviewer, { caseId })
  const { version } = await caseRow(deps, caseId)
  await approveCase(deps, reviewer, { caseId, version, opinions: passing(sections) })
}

type Fill = (deps: TestDeps, actor: Applicant, caseId: string) => Promise<void>

/** Somebody whose collection was approved, and what they do with their record. */
async function recorded(open: Open, { fill, registers = false }: { fill?: Fill; registers?: boolean } = {}) {
  const register = madeUpRegister()
  const made = testDeps(await open(), { env: registers ? { REGISTER_PROVIDER: 'register' } : {} })
  const deps: TestDeps = registers ? { ...made, registers: register.registers } : made
  const places = await seedDepartments(deps)
  const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })).actor
  const { actor } = await makeApplicant(deps)
  const send = async (caseId: string) => {
    deps.clock.advance(1000)
    return submitCase(deps, actor, { caseId, declared: true })
  }
  const first = await filledCase(deps, actor, places.tianhe)
  await fill?.(deps, actor, first)
  await send(first)
  const type = async (caseId: string, section: ChangeSection, rowId: string, values: Values) => {
    const known = (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)
    return saveEntry(deps, actor, {
      caseId,
      section,
      rowId,
      rev: known?.rev ?? 0,
      form: asPosted({ ...typedRows[section], ...values }),
    })
  }
  const enter = async () => {
    await approve(deps, reviewer, first, collection.sections)
    deps.clock.advance(1000)
  }
  if (!registers) await enter()
  const record = async () => {
    const held = await openRecord(deps.store.read, deps.store.t, deps.keys, actor.id)
    if (!held) throw new Error('no record')
    return held
  }
  const rows = async (page: ChangeSection) => (await record()).proposals.get(page)?.rows ?? []
  const begin = (page: ChangeSection) => openDraft(deps, actor, `change-${page}`)
  const drop = async (caseId: string, section: ChangeSection, rowId: string) =>
    removeEntry(deps, actor, {
      caseId,
      section,
      rowId,
      rev: (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)?.rev ?? 0,
    })
  return { deps, places, reviewer, actor, record, rows, begin, type, send, drop, first, register, enter }
}

const departmentForm = (place: string, situation: string) => ({
  situation,
  household: '440100',
  'departmentId.1': '440000',
  'departmentId.2': '440100',
  'departmentId.3': place,
})
type Page = 'department' | ChangeSection
const over: (
  deps: TestDeps,
  actor: Applicant,
  caseId: string,
  section: Page,
  rowId: string,
  values: Values,
) => Promise<void> = async (deps, actor, caseId, section, rowId, values) => {
  const rev = (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)?.rev ?? 0
  await saveEntry(deps, actor, { caseId, section, rowId, rev, form: asPosted(values) })
}
const takeOut = async (deps: TestDeps, actor: Applicant, caseId: string, section: Page, rowId: string) => {
  const rev = (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)?.rev ?? 0
  await removeEntry(deps, actor, { caseId, section, rowId, rev })
}
const master = {
  ...typedRows.education,
  school: '暨南大学',
  level: 'master_program',
  degree: 'none',
  degreeNo: '',
  diplomaNo: '',
  'enrolled.year': '2024',
  'enrolled.month': '09',
  'graduated.open': '1',
  'graduated.year': '',
  'graduated.month': '',
}
/** At school, without a job, and not of class （一）. */
const student: Fill = async (deps, actor, caseId) => {
  await over(deps, actor, caseId, 'department', 'main', departmentForm('440106', 'student'))
  await over(deps, actor, caseId, 'scope', 'main', { scope: 'qualified_not_practising' })
  await takeOut(deps, actor, caseId, 'employment', rowIds.employment)
  await over(deps, actor, caseId, 'education', 'edurow2', master)
  for (const [rowId, slot] of [
    [rowIds.education, 'diploma'],
    ['edurow2', 'studyProof'],
  ] as const)
    await putPicture(deps, actor, { caseId, section: 'education', rowId, slot })
  await removeFileOf(deps, actor, caseId, 'resume')
}
/** Of a job that is no accounting work. */
const notPractising: Fill = async (deps, actor, caseId) => {
  await over(deps, actor, caseId, 'scope', 'main', { scope: 'qualified_not_practising' })
  await over(deps, actor, caseId, 'employment', rowIds.employment, {
    ...typedRows.employment,
    accounting: 'no',
  })
  await removeFileOf(deps, actor, caseId, 'resume')
}

async function figures(deps: TestDeps) {
  while ((await foldFigures(deps, 7)) > 0);
  const { read, t } = deps.store
  return Object.fromEntries(
    (await read.select().from(t.figure))
      .filter(({ value }) => value !== 0)
      .map((one) => [`${one.departmentId} ${one.period} ${one.measure} ${one.bucket}`, one.value])
      .sort(),
  )
}

const endedJob = {
  'end.open': '',
  'end.year': '2020',
  'end.month': '01',
  [`posts.${rowIds.post}.end.open`]: '',
  [`posts.${rowIds.post}.end.year`]: '2020',
  [`posts.${rowIds.post}.end.month`]: '01',
}

describeEachEngine('what life does to a record can be told by a change', (open) => {
  it('a student graduates', async () => {
    const { begin, type, send } = await recorded(open, { fill: student })
    const caseId = await begin('education')
    await type(caseId, 'education', 'edurow2', {
      ...master,
      'graduated.open': '',
      'graduated.year': '2026',
      'graduated.month': '06',
      diplomaNo: '105591202602000123',
    })
    expect(await outcomeOf(send(caseId))).toEqual(['done'])
  })

  it('somebody employed leaves their job', async () => {
    const { begin, type, send } = await recorded(open)
    const caseId = await begin('employment')
    await type(caseId, 'employment', rowIds.employment, endedJob)
    expect(await outcomeOf(send(caseId))).toEqual(['done'])
  })

  it('somebody takes up accounting work and so comes into class （一）, in whichever order they tell it', async () => {
    const { deps, actor, reviewer, begin, type, send, record } = await recorded(open, { fill: notPractising })
    const told = async (page: 'scope' | 'employment') => {
      const caseId = await begin(page)
      if (page === 'scope') await type(caseId, 'scope', 'main', { scope: 'accounting_staff' })
      else {
        await saveEntry(deps, actor, {
          caseId,
          section: 'employment',
          rowId: rowIds.employment,
          rev: (await rowsOf(deps, caseId, 'employment'))[0]?.rev ?? 0,
          form: asPosted(typedRows.employment),
          addChild: true,
        })
        await type(caseId, 'employment', rowIds.employment, {})
        await putPicture(deps, actor, {
          caseId,
          section: 'employment',
          rowId: rowIds.post,
          slot: 'appointment',
        })
        await putPicture(deps, actor, { caseId, section: 'employment', rowId: 'all', slot: 'resume' })
      }
      const [outcome] = await outcomeOf(send(caseId))
      if (outcome === 'done') await approve(deps, reviewer, caseId, [page])
    }
    for (const page of ['scope', 'employment', 'scope'] as const) await told(page)
    expect((await record()).proposals.get('scope')?.rows[0]?.values.scope).toBe('accounting_staff')
  })
})

const removeFileOf = async (
  deps: TestDeps,
  actor: Parameters<typeof removeFile>[1],
  caseId: string,
  slot: string,
) => {
  for (const one of await placed(deps, caseId))
    if (one.slot === slot) await removeFile(deps, actor, { caseId, attachmentId: one.attachmentId })
}

describeEachEngine('a change', (open) => {
  it('leaves the figures as a recount finds them, by rule, by a person, returned and given up', async () => {
    const { deps, actor, reviewer, begin, type, send } = await recorded(open)
    const check = async () => {
      const kept = await figures(deps)
      await recountFigures(deps)
      expect(kept).toEqual(await figures(deps))
    }
    await check()
    const basic = await begin('basic')
    await type(basic, 'basic', 'main', { email: 'a@b.cn' })
    await send(basic)
    await check()
    const schools = await begin('education')
    await type(schools, 'education', rowIds.education, { level: 'master_program', degree: 'master' })
    await send(schools)
    await check()
    await approve(deps, reviewer, schools, ['education'])
    await check()
    const next = await begin('education')
    await type(next, 'education', rowIds.education, { school: '暨南大学' })
    await send(next)
    deps.clock.advance(1000)
    await claimCase(deps, reviewer, { caseId: next })
    await returnCase(deps, reviewer, {
      caseId: next,
      version: (await caseRow(deps, next)).version,
      opinions: {
        verdicts: { education: 'problem' },
        findings: [
          {
            at: 'finding.education.0',
            section: 'education',
            rowId: rowIds.education,
            target: 'school',
            reason: 'answer-incomplete',
            note: '',
          },
        ],
      },
    })
    await check()
    await dropDraft(deps, actor, { caseId: next })
    await check()
  })

  it('cannot be passed with others, nor passed on', async () => {
    const { deps, places, reviewer, begin, type, send, enter } = await recorded(open, {
      registers: true,
    })
    await runDue(deps)
    await enter()
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    await runDue(deps)
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    expect([...(await approveBatch(deps, reviewer, { caseIds: [caseId] })).values()]).toEqual(['unfit'])
    await claimCase(deps, reviewer, { caseId })
    expect(
      await outcomeOf(
        forwardCase(deps, reviewer, {
          caseId,
          version: (await caseRow(deps, caseId)).version,
          department: `440000/${places.guangzhou}/${places.tianhe}`,
          reason: 'workplace',
        }),
      ),
    ).toEqual(['refused', 'forward-kind'])
  })

  it('asks registers about what it touches, returns by itself, and keeps the proofs of what it does not touch', async () => {
    const s = await recorded(open, { registers: true })
    const { deps, actor, reviewer, register, begin, type, send, record, enter, first } = s
    register.holds('education', { school: '暨南大学' })
    await runDue(deps)
    expect((await caseRow(deps, first)).state).toBe('returned')
    await type(first, 'education', rowIds.education, {})
    for (const slot of ['diploma', 'chsiReport'])
      await putPicture(deps, actor, { caseId: first, section: 'education', rowId: rowIds.education, slot })
    await send(first)
    await runDue(deps)
    await enter()
    const before = (await record()).files.filter(({ section }) => section === 'education')
    expect(before).toHaveLength(2)
    // What a person passed against the register is not asked again because something else of the row changes.
    const beside = await begin('education')
    await type(beside, 'education', rowIds.education, { 'enrolled.year': '2007' })
    register.asked.length = 0
    await send(beside)
    expect([register.asked, (await caseRow(deps, beside)).state]).toEqual([[], 'waiting'])
    await withdrawCase(deps, actor, { caseId: beside })
    await type(beside, 'education', rowIds.education, { 'enrolled.year': '2007', major: '审计学' })
    await send(beside)
    await runDue(deps)
    expect([register.asked.length > 0, (await caseRow(deps, beside)).state]).toEqual([true, 'returned'])
    await dropDraft(deps, actor, { caseId: beside })
    const caseId = await begin('education')
    await type(caseId, 'education', 'edurow2', {
      school: '中山大学',
      level: 'master_program',
      degree: 'master',
      'enrolled.year': '2013',
      'enrolled.month': '09',
      'graduated.year': '2016',
      'graduated.month': '06',
      diplomaNo: '105581201605000123',
      degreeNo: '1055832016000123',
    })
    register.holds('education', {})
    register.asked.length = 0
    await send(caseId)
    await runDue(deps)
    expect(register.asked.toSorted()).toEqual(['degree', 'education'])
    await approve(deps, reviewer, caseId, ['education'])
    expect((await record()).files.filter(({ section }) => section === 'education')).toEqual(before)
    // 变更删除 of the row the register does not know takes its pictures along.
    const next = await begin('education')
    await s.drop(next, 'education', rowIds.education)
    await send(next)
    await runDue(deps)
    await approve(deps, reviewer, next, ['education'])
    expect((await record()).files.filter(({ section }) => section === 'education')).toEqual([])
    // And a change that a register contradicts comes back, asks for proof, and goes to a person.
    const third = await begin('education')
    register.holds('education', { school: '暨南大学' })
    await type(third, 'education', 'edurow2', {
      school: '华南师范大学',
      level: 'master_program',
      degree: 'master',
      'enrolled.year': '2013',
      'enrolled.month': '09',
      'graduated.year': '2016',
      'graduated.month': '06',
      diplomaNo: '105581201605000123',
      degreeNo: '1055832016000123',
    })
    await send(third)
    await runDue(deps)
    expect((await caseRow(deps, third)).state).toBe('returned')
    const desk = await changeDesk(deps, actor, 'education')
    expect(desk?.obstacles.map(({ code }) => code)).toEqual(['section-awaits-mending'])
    await type(third, 'education', 'edurow2', {
      school: '华南师范大学',
      level: 'master_program',
      degree: 'master',
      'enrolled.year': '2013',
      'enrolled.month': '09',
      'graduated.year': '2016',
      'graduated.month': '06',
      diplomaNo: '105581201605000123',
      degreeNo: '1055832016000123',
    })
    expect(await outcomeOf(send(third))).toContain('section-incomplete')
    for (const slot of ['diploma', 'chsiReport'])
      await putPicture(deps, actor, { caseId: third, section: 'education', rowId: 'edurow2', slot })
    await send(third)
    await runDue(deps)
    expect((await caseRow(deps, third)).state).toBe('waiting')
    await approve(deps, reviewer, third, ['education'])
    expect((await record()).files.filter(({ section }) => section === 'education')).toHaveLength(2)
  })

  it('and sweeps leave every picture the record has', async () => {
    const { deps, actor, reviewer, begin, send, record } = await recorded(open)
    const caseId = await begin('basic')
    await removeFileOf(deps, actor, caseId, 'idFront')
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'idFront' })
    await send(caseId)
    await approve(deps, reviewer, caseId, ['basic'])
    const jobs = await begin('employment')
    await removeFileOf(deps, actor, jobs, 'resume')
    deps.clock.advance(200 * 24 * 3_600_000)
    await sweep(deps)
    expect((await caseRow(deps, jobs)).state).toBe('cancelled')
    for (const { fileId } of (await record()).files)
      expect((await pictureFor(deps, actor, fileId)).bytes.length).toBe(64)
    expect((await changePage(deps, actor, 'employment'))?.open).toBeNull()
  })

  it('shows its pictures to its reviewers, and to nobody of another department', async () => {
    const { deps, places, actor, reviewer, begin, type, send, record } = await recorded(open)
    const other = (await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })).actor
    const caseId = await begin('basic')
    await removeFileOf(deps, actor, caseId, 'idFront')
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'idFront' })
    const fresh = (await placed(deps, caseId)).find(({ slot }) => slot === 'idFront')?.fileId ?? ''
    expect(await outcomeOf(pictureFor(deps, reviewer, fresh))).toEqual(['not-found'])
    await type(caseId, 'basic', 'main', { email: 'b@c.cn' })
    await send(caseId)
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    expect((await pictureFor(deps, reviewer, fresh)).bytes.length).toBe(64)
    expect(await outcomeOf(pictureFor(deps, other, fresh))).toEqual(['not-found'])
    expect(await outcomeOf(reviewCase(deps, other, caseId))).toEqual(['not-found'])
    // What it replaces is to be compared with.
    const old = (await record()).files.find(({ slot }) => slot === 'idFront')?.fileId ?? ''
    expect((await pictureFor(deps, reviewer, old)).bytes.length).toBe(64)
    await withdrawCase(deps, actor, { caseId })
    // With a picture beside it, an email never goes by rule.
    await send(caseId)
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
  })

  it('follows its record into the department that took over, drafts and what is under review alike', async () => {
    const { deps, places, begin, type, send, record } = await recorded(open)
    const boss = (await makeStaff(deps, { role: 'manager', departmentId: places.guangzhou })).actor
    const jobs = await begin('employment')
    await type(jobs, 'employment', rowIds.employment, { employer: '广州珠江实业集团有限公司' })
    await send(jobs)
    const schools = await begin('education')
    await type(schools, 'education', rowIds.education, { school: '暨南大学' })
    const { t } = deps.store
    const [row] = await deps.store.read.select().from(t.department).where(eq(t.department.id, places.tianhe))
    await closeDepartment(deps, boss, {
      departmentId: places.tianhe,
      version: row?.version ?? 0,
      typed: { 'target.1': '440000', 'target.2': '440100', 'target.3': places.yuexiu, confirmed: '1' },
    })
    for (let turns = 0; turns < 20 && (await runJobs(deps, 'test', 50)) > 0; turns += 1);
    expect((await record()).departmentId).not.toBe(places.tianhe)
    const to = (await record()).departmentId
    for (const id of [jobs, schools]) expect((await caseRow(deps, id)).departmentId).toBe(to)
    expect(await outcomeOf(send(schools))).toEqual(['done'])
    const next = (await makeStaff(deps, { role: 'reviewer', departmentId: to })).actor
    await approve(deps, next, jobs, ['employment'])
    await approve(deps, next, schools, ['education'])
    expect((await caseRow(deps, jobs)).state).toBe('approved')
    expect((await record()).departmentId).toBe(to)
  })

  it('is compared with the record in its second round too', async () => {
    const { deps, reviewer, begin, type, send } = await recorded(open)
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    deps.clock.advance(1000)
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: {
        verdicts: { education: 'problem' },
        findings: [
          {
            at: 'finding.education.0',
            section: 'education',
            rowId: rowIds.education,
            target: 'major',
            reason: 'answer-incomplete',
            note: '',
          },
        ],
      },
    })
    await type(caseId, 'education', rowIds.education, { school: '暨南大学', major: '审计学' })
    await send(caseId)
    const view = await reviewCase(deps, reviewer, caseId)
    expect(Object.fromEntries(view.sections.find(({ id }) => id === 'education')?.changed ?? [])).toEqual({
      [`${rowIds.education}/school`]: '中山大学',
      [`${rowIds.education}/major`]: '会计学',
    })
    expect(view.comparedWith).toBe('record')
  })

  it('of two pages that fit the record one by one and not together applies one of them', async () => {
    const { deps, reviewer, begin, type, send, record } = await recorded(open, {
      fill: async (deps, actor, caseId) => {
        await notPractising(deps, actor, caseId)
        await over(deps, actor, caseId, 'education', rowIds.education, {
          ...typedRows.education,
          level: 'doctor_program',
          degree: 'doctor',
        })
      },
    })
    const scope = await begin('scope')
    await type(scope, 'scope', 'main', { scope: 'intermediate_candidate_phd' })
    const schools = await begin('education')
    await type(schools, 'education', rowIds.education, { level: 'master_program', degree: 'master' })
    expect(await outcomeOf(send(scope))).toEqual(['done'])
    expect(await outcomeOf(send(schools))).toEqual(['done'])
    const ends = await Promise.all([
      outcomeOf(approve(deps, reviewer, scope, ['scope'])),
      outcomeOf(approve(deps, reviewer, schools, ['education'])),
    ])
    expect(ends.toSorted()).toEqual([['done'], ['refused', 'change-fits-no-more']])
    const held = await record()
    const [cls, degree] = [
      held.proposals.get('scope')?.rows[0]?.values.scope,
      held.proposals.get('education')?.rows[0]?.values.degree,
    ]
    expect([
      ['intermediate_candidate_phd', 'doctor'],
      ['qualified_not_practising', 'master'],
    ]).toContainEqual([cls, degree])
  })

  it('is passed on from a closed department before the record is', async () => {
    const { deps, places, begin, type, send } = await recorded(open)
    const jobs = await begin('employment')
    await type(jobs, 'employment', rowIds.employment, { employer: '广州珠江实业集团有限公司' })
    await send(jobs)
    const { store, keys } = deps
    await store.tx(async (q) => {
      const file = await caseFile(q, store.t, keys, jobs)
      const target = await departmentById(q, store.t, places.yuexiu)
      if (!file || !target) throw new Error('nothing to move')
      await moveCase(deps, q, file, places.tianhe, target)
    })
    expect((await caseRow(deps, jobs)).departmentId).toBe(places.yuexiu)
  })

  it('of the employment stands in the 简历表 that is printed', async () => {
    const { deps, actor, reviewer, begin, type, send } = await recorded(open)
    const caseId = await begin('employment')
    await type(caseId, 'employment', rowIds.employment, { employer: '广州珠江实业集团有限公司' })
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    jar.set('sid', {
      value: await openSession(deps, {
        accountId: actor.id,
        address: '192.0.2.7',
        agent: 'Chrome/1 Windows',
      }),
    })
    // It has to be signed before it is sent: the sheet holds what is typed.
    expect(await shown(ResumePage)).toContain('广州珠江实业集团有限公司')
    await send(caseId)
    await approve(deps, reviewer, caseId, ['employment'])
    jar.clear()
    jar.set('sid', {
      value: await openSession(deps, {
        accountId: actor.id,
        address: '192.0.2.7',
        agent: 'Chrome/1 Windows',
      }),
    })
    expect(await shown(ResumePage)).toContain('广州珠江实业集团有限公司')
  })

  it('makes no page of the record worse that was not in order before', async () => {
    const { deps, begin, type, send } = await recorded(open, {
      fill: async (deps, actor, caseId) => {
        await student(deps, actor, caseId)
        await over(deps, actor, caseId, 'education', 'edurow2', {
          ...master,
          'graduated.open': '',
          'graduated.year': '2027',
          'graduated.month': '01',
        })
      },
    })
    // The graduation that was expected has passed: the page lacks its number now.
    deps.clock.advance(150 * 24 * 3_600_000)
    const caseId = await begin('scope')
    await type(caseId, 'scope', 'main', { scope: 'intermediate_candidate_phd' })
    expect(await outcomeOf(send(caseId))).toEqual(['refused', 'section-incomplete'])
  })

  it('in which a person found fault is for a person to see again, whatever is left of it', async () => {
    const { deps, actor, reviewer, begin, type, send, rows } = await recorded(open)
    const caseId = await begin('basic')
    const address = { address: '广州市某处不详' }
    await type(caseId, 'basic', 'main', { ...address, politics: 'cpc_member' })
    await send(caseId)
    deps.clock.advance(1000)
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: {
        verdicts: { basic: 'problem' },
        findings: [
          {
            at: 'finding.basic.0',
            section: 'basic',
            rowId: 'main',
            target: 'address',
            reason: 'answer-incomplete',
            note: '',
          },
        ],
      },
    })
    await type(caseId, 'basic', 'main', address)
    expect((await changeDesk(deps, actor, 'basic'))?.automatic).toBe(false)
    await send(caseId)
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    expect((await rows('basic'))[0]?.values.address).toBe(typedRows.basic.address)
  })

  it('and a corrected name pass each other, whichever is decided first', async () => {
    const { deps, places, actor, reviewer, begin, type, send, rows } = await recorded(open)
    const own = places.guangzhouOwn
    const [first, second] = [
      (await makeStaff(deps, { role: 'reviewer', departmentId: own })).actor,
      (await makeStaff(deps, { role: 'reviewer', departmentId: own })).actor,
    ]
    const correction = await submittedCorrection(deps, actor, { newName: '张叁' })
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    await approve(deps, first, correction, ['correction'])
    const ends = await Promise.all([
      outcomeOf(approve(deps, second, correction, ['correction'])),
      outcomeOf(approve(deps, reviewer, caseId, ['education'])),
    ])
    expect(ends).toEqual([['done'], ['done']])
    expect((await rows('education'))[0]?.values.school).toBe('暨南大学')
    expect((await caseRow(deps, correction)).state).toBe('approved')
  })

  it('raced by the closing of the account is decided or ended, never left open', async () => {
    const { deps, actor, reviewer, begin, type, send, rows } = await recorded(open)
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    const basic = await begin('basic')
    await type(basic, 'basic', 'main', { email: 'z@z.cn' })
    await Promise.all([
      outcomeOf(approve(deps, reviewer, caseId, ['education'])),
      outcomeOf(send(basic)),
      deps.store.tx((q) => cancelCases(deps, q, actor.id, { reason: 'account-closed', actorId: actor.id })),
    ])
    const [one, two] = [await caseRow(deps, caseId), await caseRow(deps, basic)]
    for (const { state, openKey } of [one, two]) {
      expect(['approved', 'cancelled']).toContain(state)
      expect(openKey).toBeNull()
    }
    expect((await rows('education'))[0]?.values.school).toBe(
      one.state === 'approved' ? '暨南大学' : '中山大学',
    )
    expect((await rows('basic'))[0]?.values.email).toBe(
      two.state === 'approved' ? 'z@z.cn' : typedRows.basic.email,
    )
    const kept = await figures(deps)
    await recountFigures(deps)
    expect(kept).toEqual(await figures(deps))
  })

  it('shows a picture it replaces beside the one that is to take its place, in each round', async () => {
    const { deps, actor, reviewer, begin, send, record } = await recorded(open)
    const old = (await record()).files.find(({ slot }) => slot === 'idFront')?.fileId
    const caseId = await begin('basic')
    await removeFileOf(deps, actor, caseId, 'idFront')
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'idFront' })
    await send(caseId)
    const look = async (asked = {}) => (await casePictures(deps, reviewer, caseId, asked)).shown
    const shown = await look()
    expect(shown).toMatchObject({ changed: true, former: 1, before: 0 })
    expect((await look({ picture: String(shown?.number), before: '1' }))?.held?.fileId).toBe(old)
    expect((await casePictures(deps, reviewer, caseId)).comparedWith).toBe('record')
  })

  it('of a row that the draft has removed opens the draft and no blank row of its name', async () => {
    const { deps, actor, begin, drop } = await recorded(open, { fill: student })
    const caseId = await begin('education')
    await drop(caseId, 'education', 'edurow2')
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    jar.set('sid', {
      value: await openSession(deps, {
        accountId: actor.id,
        address: '192.0.2.7',
        agent: 'Chrome/1 Windows',
      }),
    })
    const press = (row: string) => posted(beginAction, { section: 'education', row, intent: 'row' })
    expect(await press(rowIds.education)).toContain(`/changes/education/edit/${rowIds.education}`)
    expect(await press('edurow2')).not.toContain('edurow2')
  })

  it('is told to its person with everything else that is kept of them', async () => {
    const { deps, actor, begin, type, send } = await recorded(open)
    const sent = await begin('education')
    await type(sent, 'education', rowIds.education, { school: '暨南大学' })
    await send(sent)
    const draft = await begin('basic')
    await type(draft, 'basic', 'main', { email: 'draft@example.com' })
    const told = JSON.stringify((await ownData(deps, actor)).data)
    for (const word of ['暨南大学', '中山大学', 'draft@example.com']) expect(told).toContain(word)
  })

  it('raced by its withdrawal is approved or taken back, never both', async () => {
    const { deps, actor, reviewer, begin, type, send, rows } = await recorded(open)
    const caseId = await begin('education')
    await type(caseId, 'education', rowIds.education, { school: '暨南大学' })
    await send(caseId)
    await Promise.all([
      outcomeOf(approve(deps, reviewer, caseId, ['education'])),
      outcomeOf(withdrawCase(deps, actor, { caseId })),
      outcomeOf(dropDraft(deps, actor, { caseId })),
    ])
    const { state } = await caseRow(deps, caseId)
    const school = (await rows('education'))[0]?.values.school
    expect(school).toBe(state === 'approved' ? '暨南大学' : '中山大学')
  })
})
