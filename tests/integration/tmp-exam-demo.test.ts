import { expect, it } from 'vitest'
import { demoSessions } from '#db/seed/demo-exams.ts'
import { sessionClosing } from '#lib/domain/exam-conditions.ts'
import { ownEligibility } from '#lib/views/eligibility.ts'
import { ensureApplicant } from '#ops/demo/accounts.ts'
import { bringTo } from '#ops/demo/progress.ts'
import { newMainlandNumber, newPhone, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { describeEachEngine } from '#tests/support/stores.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { openExam } from '#tests/support/exam-candidates.ts'
import { roundAt, openSnapshot } from '#db/queries/cases.ts'

describeEachEngine('demo', (open) => {
  it('x', async () => {
    const deps = testDeps(await open())
    await seedDepartments(deps)
    for (const rows of ['student', 'employed'] as const) {
      const person = { state: 'approved' as const, name: '欧阳试', numberHead: newMainlandNumber(rows === 'student' ? '20041102' : '19900512').slice(0, 17), phone: newPhone(), rows, departmentId: '440106' }
      const actor = await ensureApplicant(deps, person)
      await bringTo(deps, actor, person)
      const out = []
      for (const level of ['junior', 'intermediate', 'senior'] as const)
        out.push((await ownEligibility(deps, actor, sessionClosing({ level, year: 2027 }, new Date('2026-12-24'))))?.verdict)
      console.log(rows, out)
      const exam = await openExam(deps, { level: rows === 'student' ? 'junior' : 'senior' })
      const { caseId } = await registerForExam(deps, actor, { sessionId: exam.sessionId, siteId: exam.siteId, subjects: [], declared: true })
      const round = await roundAt(deps.store.read, deps.store.t, caseId, 1)
      if (round) console.log(openSnapshot(deps.keys, round).sections.map((s) => [s.section, s.rows.flatMap((r) => r.slots.map((x) => `${x.slot}:${x.files.length}`)).join(' ')].join('=')), round.snapshotSealed.length)
    }
    void demoSessions
    expect(1).toBe(1)
  })
})
