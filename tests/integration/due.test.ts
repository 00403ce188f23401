import { asc, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { type Registers, registerFailed } from '#lib/adapters/registers.ts'
import { caseKinds } from '#lib/cases/all.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { clockMarks, dueOf } from '#lib/domain/due.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { caseRow, rowsOf } from '#tests/support/case-state.ts'
import { filledCase, rowIds, submittedCorrection, typedRows, typeRow } from '#tests/support/cases.ts'
import { pass, sendBack } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

/** Agrees with everything, unless it is down or knows another school. */
function register() {
  const says = { down: false, school: '' }
  const registers: Registers = {
    async look(kind, subject) {
      if (says.down) throw registerFailed('down')
      const differs = kind === 'education' && says.school !== ''
      return { records: [differs ? { ...subject, school: says.school } : subject], source: '2026-09-01' }
    },
  }
  return { registers, says }
}

async function office(open: Open) {
  const { registers, says } = register()
  const deps: TestDeps = {
    ...testDeps(await open(), {
      now: '2026-09-01T02:00:00Z',
      env: { REGISTER_PROVIDER: 'register', LIMITS_REGISTER_RETRY_HOURS: '720' },
    }),
    registers,
  }
  return { deps, says, places: await seedDepartments(deps) }
}

/** The day that follows from the log, and the case as it is stored. */
async function counted(deps: TestDeps, caseId: string) {
  const { read, t } = deps.store
  const events = await read.select().from(t.event).where(eq(t.event.caseId, caseId)).orderBy(asc(t.event.id))
  const { state, dueOn } = await caseRow(deps, caseId)
  return { state, dueOn, computed: dueOf(clockMarks(events), await deps.calendar()) }
}

/** Acts at each moment and finds the due day of the table, stored and computed. */
async function follow(
  deps: TestDeps,
  caseId: string,
  steps: readonly (readonly [at: string, act: () => Promise<unknown>, state: string, dueOn: string])[],
) {
  for (const [at, act, state, dueOn] of steps) {
    deps.clock.set(`${at.replace(' ', 'T')}:00+08:00`)
    await act()
    const found = await counted(deps, caseId)
    expect([at, found]).toEqual([at, { state, dueOn, computed: dueOn }])
    if (!isUnderReview(found.state)) expect(found.dueOn).toBe('')
  }
}

/** What a reviewer does with a collection. */
function reviewing(deps: TestDeps, reviewer: Staff, caseId: string) {
  const { sections } = caseKinds.collection
  const shown = async () => ({ caseId, version: (await caseRow(deps, caseId)).version })
  return {
    claim: () => claimCase(deps, reviewer, { caseId }),
    release: () => releaseCase(deps, reviewer, { caseId }),
    approve: async () =>
      approveCase(deps, reviewer, {
        ...(await shown()),
        opinions: { verdicts: Object.fromEntries(sections.map((one) => [one, 'pass'])), findings: [] },
      }),
    sendBack: async () =>
      returnCase(deps, reviewer, {
        ...(await shown()),
        opinions: {
          verdicts: { education: 'problem' },
          findings: [
            {
              at: 'finding.education.0',
              section: 'education',
              rowId: rowIds.education,
              target: 'school',
              reason: 'other',
              note: '请核对学校名称',
            },
          ],
        },
      }),
  }
}

async function collected(open: Open) {
  const scene = await office(open)
  const { deps, places } = scene
  const { actor } = await makeApplicant(deps)
  const caseId = await filledCase(deps, actor, places.tianhe)
  const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
  return {
    ...scene,
    caseId,
    /** Types the school row anew, with what was objected to put right. */
    async mend(school: string) {
      const rows = await rowsOf(deps, caseId, 'education')
      const at = { caseId, section: 'education', rowId: rowIds.education, rev: rows[0]?.rev ?? 0 } as const
      await typeRow(deps, actor, at, { ...typedRows.education, school })
    },
    submit: () => submitCase(deps, actor, { caseId, declared: true }),
    withdraw: () => withdrawCase(deps, actor, { caseId }),
    /** Every job that is due, as often as a worker would. */
    work: () => runJobs(deps, 'test', 50),
    ...reviewing(deps, reviewer, caseId),
  }
}

describeEachEngine('the due day that is stored follows from the log alone', (open) => {
  // 15 to 23 February, 25 to 27 September and 1 to 7 October 2026 are free; 14 and 28 February, 20 September and 10 October worked.
  it('from submission over holidays, a failing register and a return to approval', async () => {
    const { deps, caseId, says, submit, work, mend, withdraw, claim, release, sendBack, approve } =
      await collected(open)
    const fails = () => {
      says.down = true
      return work()
    }
    const answers = () => {
      says.down = false
      return work()
    }
    await follow(deps, caseId, [
      ['2026-09-18 10:00', submit, 'checking', '2026-09-24'],
      ['2026-09-21 10:00', fails, 'checking', ''],
      ['2026-09-22 10:00', work, 'checking', ''],
      ['2026-09-30 10:00', answers, 'waiting', '2026-10-10'],
      ['2026-10-05 10:00', claim, 'in_review', '2026-10-10'],
      ['2026-10-05 10:05', sendBack, 'returned', ''],
      ['2026-10-06 10:00', () => mend('暨南大学'), 'returned', ''],
      ['2026-10-06 23:59', submit, 'checking', '2026-10-13'],
      ['2026-10-07 00:01', work, 'waiting', '2026-10-13'],
      ['2026-10-08 10:00', withdraw, 'draft', ''],
      ['2026-10-09 10:00', submit, 'waiting', '2026-10-15'],
      ['2026-10-10 10:00', claim, 'in_review', '2026-10-15'],
      ['2026-10-10 10:05', claim, 'in_review', '2026-10-15'],
      ['2026-10-10 10:10', release, 'waiting', '2026-10-15'],
      ['2026-10-12 10:00', claim, 'in_review', '2026-10-15'],
      ['2026-10-12 10:05', approve, 'approved', ''],
    ])
  })

  it('where the register fails on the last day and knows otherwise in the end', async () => {
    const { deps, caseId, says, submit, work } = await collected(open)
    const fails = () => {
      says.down = true
      return work()
    }
    await follow(deps, caseId, [
      ['2026-02-06 10:00', submit, 'checking', '2026-02-13'],
      ['2026-02-13 10:00', fails, 'checking', ''],
      [
        '2026-02-21 10:00',
        () => {
          Object.assign(says, { down: false, school: '暨南大学' })
          return work()
        },
        'returned',
        '',
      ],
    ])
  })

  it('where nobody could look before it was over, and the register failed then', async () => {
    const { deps, caseId, says, submit, work } = await collected(open)
    says.down = true
    await follow(deps, caseId, [
      ['2026-02-06 10:00', submit, 'checking', '2026-02-13'],
      ['2026-02-26 10:00', work, 'checking', '2026-02-13'],
      [
        '2026-03-02 10:00',
        () => {
          says.down = false
          return work()
        },
        'waiting',
        '2026-02-13',
      ],
    ])
  })

  it('where it is taken back while it stands still', async () => {
    const { deps, caseId, says, submit, work, withdraw } = await collected(open)
    says.down = true
    await follow(deps, caseId, [
      ['2026-09-28 10:00', submit, 'checking', '2026-10-10'],
      ['2026-09-29 10:00', work, 'checking', ''],
      ['2026-09-30 10:00', withdraw, 'draft', ''],
      [
        '2026-10-02 10:00',
        () => {
          says.down = false
          return work()
        },
        'draft',
        '',
      ],
      ['2026-10-03 10:00', submit, 'checking', '2026-10-13'],
      ['2026-10-09 10:00', work, 'waiting', '2026-10-13'],
    ])
  })

  it('through two stages and a department that takes longer', async () => {
    const { deps, places } = await office(open)
    const { department } = deps.store.t
    await deps.store.tx((q) =>
      q.update(department).set({ reviewDays: 10 }).where(eq(department.id, places.guangzhouOwn)),
    )
    const { actor } = await makeApplicant(deps)
    const [first, second] = await Promise.all(
      [1, 2].map(
        async () => (await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhou })).actor,
      ),
    )
    if (!first || !second) throw new Error('no staff')
    deps.clock.set('2026-09-21T10:00:00+08:00')
    const caseId = await submittedCorrection(deps, actor, { newName: '张三丰' })
    await follow(deps, caseId, [
      ['2026-09-22 10:00', async () => undefined, 'waiting', '2026-10-12'],
      ['2026-09-30 10:00', () => pass(deps, first, caseId), 'waiting', '2026-10-20'],
      ['2026-10-09 10:00', () => sendBack(deps, second, caseId, 'slot:face'), 'returned', ''],
    ])
  })
})
