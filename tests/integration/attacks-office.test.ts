/** The office as somebody would break it: power held for others, what is left in hands, files and logs asked for from outside. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { grantsOf } from '#db/queries/accounts.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { beginStaffExport } from '#lib/commands/begin-staff-export.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { deleteExport } from '#lib/commands/delete-export.ts'
import { endLeave } from '#lib/commands/end-leave.ts'
import { failExport } from '#lib/commands/fail-export.ts'
import { fetchExport } from '#lib/commands/fetch-export.ts'
import { giveGrant } from '#lib/commands/give-grant.ts'
import { inviteStaff } from '#lib/commands/invite-staff.ts'
import { renewWayIn } from '#lib/commands/renew-way-in.ts'
import { suspendStaff } from '#lib/commands/suspend-staff.ts'
import { takeLeave } from '#lib/commands/take-leave.ts'
import { writeExport } from '#lib/commands/write-export.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { newFileKey } from '#lib/files/store.ts'
import { newSecret } from '#lib/ids.ts'
import { leaveView } from '#lib/views/leave.ts'
import { caseRow, eventsOf } from '#tests/support/case-state.ts'
import { submittedCase } from '#tests/support/cases.ts'
import {
  makeApplicant,
  makeStaff,
  type StaffWish,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { exported, exportRow, wished } from '#tests/support/exports.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staffAt = async (role: StaffWish['role'], departmentId: string) =>
    (await makeStaff(deps, { role, departmentId })).actor
  /** As a request of this moment would find them. */
  const now = async ({ id }: Staff): Promise<Staff> => ({
    kind: 'staff',
    id,
    sessionId: 'test-session',
    grants: await grantsOf(deps.store.read, deps.store.t, id, deps.clock.now()),
  })
  const leave = (actor: Staff, of: Staff, until: string, deputy: string) =>
    takeLeave(deps, actor, { accountId: of.id, typed: { leaveUntil: until, deputy } })
  return { deps, places, staffAt, now, leave }
}

describeEachEngine('What is held for somebody on leave', (open) => {
  it('gives nobody the work of those they look after meanwhile, beyond that leave', async () => {
    const { deps, places, staffAt, now, leave } = await office(open)
    const manager = await staffAt('manager', places.guangzhou)
    const [district, reviewer] = [
      await staffAt('manager', places.tianhe),
      await staffAt('reviewer', places.tianhe),
    ]
    const deputy = await staffAt('viewer', places.guangzhou)
    await leave(manager, manager, '2026-11-22', deputy.id)
    const acting = await now(deputy)
    for (const below of [district, reviewer]) {
      expect(await leaveView(deps, acting, below.id)).toBeNull()
      expect(await outcomeOf(leave(acting, below, '2027-02-01', deputy.id))).toEqual(['not-found'])
    }
    deps.clock.set('2026-11-23T02:00:00.000Z')
    expect((await now(deputy)).grants).toMatchObject([{ role: 'viewer' }])
  })

  it('is for reviewing: nothing that lasts is given, renewed, invited or closed by it', async () => {
    const { deps, places, staffAt, now, leave } = await office(open)
    const manager = await staffAt('manager', places.guangzhou)
    const deputy = await staffAt('viewer', places.guangzhou)
    const below = await staffAt('reviewer', places.tianhe)
    await leave(manager, manager, '2026-11-25', deputy.id)
    const acting = await now(deputy)
    expect(acting.grants.some(({ role, deputyFor }) => role === 'manager' && deputyFor === manager.id)).toBe(
      true,
    )
    const office_ = {
      role: 'reviewer',
      'department.1': '440000',
      'department.2': '440100',
      'department.3': '440106',
    }
    for (const attempt of [
      () => giveGrant(deps, acting, { accountId: below.id, typed: office_ }),
      () => renewWayIn(deps, acting, { accountId: below.id, turn: newSecret() }),
      () => suspendStaff(deps, acting, { accountId: below.id }),
      () => inviteStaff(deps, acting, { typed: { ...office_, name: '新审核' }, turn: newSecret() }),
      () => closeDepartment(deps, acting, { departmentId: places.tianhe, version: 1, typed: {} }),
    ])
      expect(await outcomeOf(attempt())).toEqual(['not-found'])
    // What it is for still goes.
    const caseId = await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    expect(await outcomeOf(claimCase(deps, acting, { caseId }))).toEqual(['done'])
  })

  it('does not judge the case of whom it is held for', async () => {
    const { deps, places, now, leave, staffAt } = await office(open)
    const applicant = await makeApplicant(deps)
    const { actor: reviewer } = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.tianhe,
      number: applicant.number,
    })
    const deputy = await staffAt('reviewer', places.yuexiu)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const other = await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    expect(await outcomeOf(claimCase(deps, reviewer, { caseId }))).toEqual(['refused', 'own-case'])
    await leave(reviewer, reviewer, '2026-11-25', deputy.id)
    const acting = await now(deputy)
    expect(await outcomeOf(claimCase(deps, acting, { caseId }))).toEqual(['refused', 'own-case'])
    expect(await outcomeOf(claimCase(deps, acting, { caseId: other }))).toEqual(['done'])
  })

  it('leaves no case in hands that may not decide it any more', async () => {
    const { deps, places, staffAt, now, leave } = await office(open)
    const manager = await staffAt('manager', places.guangzhou)
    const [absent, deputy] = [
      await staffAt('reviewer', places.tianhe),
      await staffAt('reviewer', places.yuexiu),
    ]
    const waiting = async (departmentId: string) => {
      const id = await submittedCase(deps, (await makeApplicant(deps)).actor, departmentId)
      deps.clock.advance(1)
      return id
    }
    for (const end of [
      () => endLeave(deps, absent, { accountId: absent.id }),
      () => suspendStaff(deps, manager, { accountId: absent.id }),
    ]) {
      await leave(absent, absent, '2026-12-01', deputy.id)
      const [claimed, assigned, own] = [
        await waiting(places.tianhe),
        await waiting(places.tianhe),
        await waiting(places.yuexiu),
      ]
      const acting = await now(deputy)
      for (const caseId of [claimed, own]) await claimCase(deps, acting, { caseId })
      const { version } = await caseRow(deps, assigned)
      await assignCase(deps, manager, { caseId: assigned, version, reviewerId: deputy.id })
      deps.clock.advance(1)
      await end()
      for (const caseId of [claimed, assigned]) {
        expect(await caseRow(deps, caseId)).toMatchObject({ state: 'waiting', claimedBy: null })
        expect((await eventsOf(deps, caseId)).filter((kind) => kind === 'case.released')).toHaveLength(1)
      }
      expect(await caseRow(deps, own)).toMatchObject({ state: 'in_review', claimedBy: deputy.id })
    }
  })
})

describeEachEngine('A list of cases', (open) => {
  it('says who decided them to who may see how much each of the staff does, and to nobody else', async () => {
    const { deps, places, staffAt, now, leave } = await office(open)
    const reviewer = await staffAt('reviewer', places.tianhe)
    const caseId = await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    deps.clock.advance(1)
    await claimCase(deps, reviewer, { caseId })
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    const { version } = await caseRow(deps, caseId)
    await approveCase(deps, reviewer, { caseId, version, opinions: { verdicts, findings: [] } })
    const manager = await staffAt('manager', places.guangzhou)
    const viewer = await staffAt('viewer', places.guangzhou)
    const { actor: operator } = await makeStaff(deps, { role: 'operator' })
    await leave(manager, manager, '2026-12-01', viewer.id)
    const rowsFor = async (actor: Staff) =>
      (await exported(deps, actor, wished('cases', [places.guangdong, places.guangzhou]))).rows
    for (const actor of [manager, operator]) expect(JSON.stringify(await rowsFor(actor))).toContain('李审核')
    // What is held for somebody on leave is for nothing here.
    for (const actor of [viewer, await now(viewer)]) {
      const rows = await rowsFor(actor)
      expect(rows).toHaveLength(2)
      expect(JSON.stringify(rows)).not.toMatch(/李审核|审核人员/)
    }
  })
})

describeEachEngine('A file that is being written', (open) => {
  it('is there to be fetched when it is finished, though another run or a giving up comes that very moment', async () => {
    const { deps, places, staffAt } = await office(open)
    const manager = await staffAt('manager', places.guangzhou)
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    const late = [
      (others: TestDeps, exportId: string) => writeExport(others, { exportId, storageKey: newFileKey() }),
      (others: TestDeps, exportId: string) => failExport(others, { exportId }),
    ]
    for (const another of late) {
      const typed = wished('cases', [places.guangdong, places.guangzhou])
      const exportId = await beginStaffExport(deps, manager, { typed })
      const gate = Promise.withResolvers<void>()
      const written = Promise.withResolvers<void>()
      const first = writeExport(
        {
          ...deps,
          files: {
            ...deps.files,
            put: async (key, bytes) => {
              await deps.files.put(key, bytes)
              written.resolve()
              await gate.promise
            },
          },
        },
        { exportId, storageKey: newFileKey() },
      )
      await written.promise
      const remove = async (key: string) => {
        gate.resolve()
        await first
        await deps.files.delete(key)
      }
      await another({ ...deps, files: { ...deps.files, delete: remove } }, exportId)
      gate.resolve()
      await first
      const row = await exportRow(deps, exportId)
      if (row?.doneAt)
        expect((await fetchExport(deps, manager, { exportId })).bytes.length).toBeGreaterThan(0)
      else expect(row).toMatchObject({ storageKey: null, failedAt: expect.any(Date) })
      await deleteExport(deps, manager, { exportId })
    }
    for await (const { key } of deps.files.list()) expect(await isPicture(deps, key)).toBe(true)
  })
})

const isPicture = async ({ store: { read, t } }: TestDeps, key: string) =>
  (await read.select().from(t.storedFile).where(eq(t.storedFile.storageKey, key))).length > 0
