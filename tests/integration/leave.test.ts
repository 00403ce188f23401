/** 请假 and 代审 (ADM-1, REV-2): every verb and every no of it, called directly. */
import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { accountById, grantsOf } from '#db/queries/accounts.ts'
import { readSession } from '#lib/auth/session.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { approveBatch } from '#lib/commands/approve-batch.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimNext } from '#lib/commands/claim-next.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { endGrant } from '#lib/commands/end-grant.ts'
import { endLeave } from '#lib/commands/end-leave.ts'
import { giveGrant } from '#lib/commands/give-grant.ts'
import { inviteStaff } from '#lib/commands/invite-staff.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { suspendStaff } from '#lib/commands/suspend-staff.ts'
import { takeLeave } from '#lib/commands/take-leave.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { newSecret } from '#lib/ids.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { leaveView, ownLeaveView } from '#lib/views/leave.ts'
import { ownOffices } from '#lib/views/my-account.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { staffList } from '#lib/views/staff.ts'
import { staffMember } from '#lib/views/staff-member.ts'
import { caseRow, eventsOf } from '#tests/support/case-state.ts'
import { submittedAppeal, submittedCase } from '#tests/support/cases.ts'
import { approve, inboxOf, pass } from '#tests/support/claims.ts'
import {
  makeApplicant,
  makeClaimant,
  makeStaff,
  newMainlandNumber,
  type StaffWish,
  seedDepartments,
  testDeps,
} from '#tests/support/deps.ts'
import { outcomeOf as no } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const hour = 3_600_000
const day = 24 * hour
/** The deps stand at 21 November 2026, 10:00 in Beijing. */
const until = '2026-12-01'
const lastMoment = '2026-12-01T16:00:00.000Z'

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const { read, t } = deps.store
  const staffAt = async (role: StaffWish['role'], departmentId: string, more: Partial<StaffWish> = {}) =>
    (await makeStaff(deps, { role, departmentId, ...more })).actor
  const grantRows = (accountId: string) =>
    read.select().from(t.staffGrant).where(eq(t.staffGrant.accountId, accountId))
  /** As a request of this moment would find them. */
  const now = async ({ id }: Staff): Promise<Staff> => ({
    kind: 'staff',
    id,
    sessionId: 'test-session',
    grants: await grantsOf(read, t, id, deps.clock.now()),
  })
  const events = async (kind: string) =>
    (await read.select().from(t.event).where(eq(t.event.kind, kind))).map(({ actorId, personId, data }) => ({
      actorId,
      personId,
      ...data,
    }))
  const awayUntil = async ({ id }: Staff) => (await accountById(read, t, deps.keys, id))?.awayUntil
  const leave = (actor: Actor, of: { id: string } = actor, typed: Record<string, string> = {}) =>
    takeLeave(deps, actor, { accountId: of.id, typed: { leaveUntil: until, ...typed } })
  const change = (id: string, set: Partial<typeof t.account.$inferInsert>) =>
    deps.store.tx((q) => q.update(t.account).set(set).where(eq(t.account.id, id)))
  return {
    deps,
    places,
    staffAt,
    grantRows,
    now,
    events,
    awayUntil,
    leave,
    change,
    absent: await staffAt('reviewer', places.tianhe, { name: '王某' }),
    colleague: await staffAt('reviewer', places.yuexiu, { name: '陈某', login: 'chen' }),
    manager: await staffAt('manager', places.guangzhou),
    operator: (await makeStaff(deps, { role: 'operator' })).actor,
  }
}
type Scene = Awaited<ReturnType<typeof office>>

const waitingAt = async ({ deps }: Scene, departmentId: string) => {
  const id = await submittedCase(deps, (await makeApplicant(deps)).actor, departmentId)
  deps.clock.advance(1)
  return id
}
const opinions = { verdicts: {}, findings: [] }

describeEachEngine('请假', (open) => {
  it('lets go of what one holds, and keeps one from taking up, deciding or being handed anything', async () => {
    const scene = await office(open)
    const { deps, places, absent, manager, leave } = scene
    const [held, lapsed, free] = [
      await waitingAt(scene, places.tianhe),
      await waitingAt(scene, places.tianhe),
      await waitingAt(scene, places.tianhe),
    ]
    await claimCase(deps, absent, { caseId: lapsed })
    deps.clock.advance(hour)
    await claimCase(deps, absent, { caseId: held })
    deps.clock.advance(1)
    await leave(absent)
    expect(await caseRow(deps, held)).toMatchObject({ state: 'waiting', claimedBy: null, claimedUntil: null })
    expect((await eventsOf(deps, held)).filter((kind) => kind === 'case.released')).toHaveLength(1)
    // It was nobody's any more.
    expect(await eventsOf(deps, lapsed)).not.toContain('case.released')
    expect(await scene.events('staff.leave-began')).toEqual([
      { actorId: absent.id, personId: absent.id, until },
    ])
    const { version } = await caseRow(deps, held)
    for (const attempt of [
      () => claimCase(deps, absent, { caseId: held }),
      () => claimNext(deps, absent, {}),
      () => approveBatch(deps, absent, { caseIds: [free] }),
      () => approveCase(deps, absent, { caseId: held, version, opinions }),
      () => saveOpinions(deps, absent, { caseId: held, version, opinions }),
    ])
      expect(await no(attempt())).toEqual(['refused', 'on-leave'])
    expect(await no(assignCase(deps, manager, { caseId: held, version, reviewerId: absent.id }))).toEqual([
      'refused',
      'assign-away',
    ])
    expect((await reviewCase(deps, manager, held)).reviewers?.map(({ id }) => id)).toEqual([manager.id])
    expect(await reviewCase(deps, absent, held)).toMatchObject({
      mayClaim: false,
      notForYou: { code: 'on-leave' },
    })
    expect(await claimNext(deps, manager, {})).toBe(held)
  })

  it('refuses to decide though a lease were left, and gives it back by 释放', async () => {
    const scene = await office(open)
    const { deps, places, absent, change } = scene
    const caseId = await waitingAt(scene, places.tianhe)
    await claimCase(deps, absent, { caseId })
    await change(absent.id, { awayUntil: until })
    const { version } = await caseRow(deps, caseId)
    expect(await no(approveCase(deps, absent, { caseId, version, opinions }))).toEqual([
      'refused',
      'on-leave',
    ])
    expect(await no(claimCase(deps, absent, { caseId }))).toEqual(['refused', 'on-leave'])
    expect(await no(releaseCase(deps, absent, { caseId }))).toEqual(['done'])
  })

  it('ends by itself the day after, or at once by the person or who looks after them', async () => {
    const scene = await office(open)
    const { deps, absent, manager, leave, awayUntil } = scene
    const mayClaim = async () => (await no(claimNext(deps, absent, {})))[1] !== 'on-leave'
    await leave(absent)
    expect(await mayClaim()).toBe(false)
    deps.clock.set(new Date(Date.parse(lastMoment) - 1))
    expect(await mayClaim()).toBe(false)
    deps.clock.set(lastMoment)
    expect(await mayClaim()).toBe(true)
    // It is over: there is nothing to end.
    await endLeave(deps, absent, { accountId: absent.id })
    expect(await scene.events('staff.leave-ended')).toEqual([])

    const typed = { leaveUntil: '2026-12-20' }
    await leave(absent, absent, typed)
    await endLeave(deps, absent, { accountId: absent.id })
    await endLeave(deps, absent, { accountId: absent.id })
    expect([await awayUntil(absent), await mayClaim()]).toEqual(['', true])
    expect(await inboxOf(deps, absent.id)).toEqual([])
    await leave(manager, absent, typed)
    expect(await mayClaim()).toBe(false)
    await endLeave(deps, manager, { accountId: absent.id })
    expect(await mayClaim()).toBe(true)
    expect((await scene.events('staff.leave-ended')).map(({ actorId }) => actorId).toSorted()).toEqual(
      [absent.id, manager.id].toSorted(),
    )
    expect((await inboxOf(deps, absent.id)).toSorted()).toEqual(['leave-ended', 'leave-set'])
  })

  it('is entered once for two clicks, and changed by the next form', async () => {
    const scene = await office(open)
    const { absent, leave, awayUntil } = scene
    await Promise.all([leave(absent), leave(absent)])
    expect(await scene.events('staff.leave-began')).toHaveLength(1)
    await leave(absent, absent, { leaveUntil: '2026-11-25' })
    expect(await awayUntil(absent)).toBe('2026-11-25')
    expect(await scene.events('staff.leave-began')).toHaveLength(1)
    expect(await scene.events('staff.leave-changed')).toMatchObject([{ until: '2026-11-25' }])
  })

  it('lasts from today to ninety days on, and says what is wrong with a day', async () => {
    const { absent, manager, leave, awayUntil } = await office(open)
    for (const actor of [absent, manager])
      for (const [leaveUntil, code] of [
        ['2026-11-20', 'leave-until'],
        ['2027-02-20', 'leave-until'],
        ['soon', 'leave-until'],
        ['', 'required'],
      ] as const)
        expect(await no(leave(actor, absent, { leaveUntil }))).toEqual(['refused', code])
    expect(await awayUntil(absent)).toBe('')
    expect(await no(leave(absent, absent, { leaveUntil: '2027-02-19' }))).toEqual(['done'])
    expect(await no(leave(absent, absent, { leaveUntil: '2026-11-21' }))).toEqual(['done'])
  })

  it('is the business of the person and of who looks after them, and of nobody else', async () => {
    const scene = await office(open)
    const { deps, places, absent, colleague, manager, operator, staffAt, leave, awayUntil } = scene
    const district = await staffAt('manager', places.tianhe)
    const beside = await staffAt('manager', places.yuexiu)
    const viewer = await staffAt('viewer', places.tianhe)
    const { actor: auditor } = await makeStaff(deps, { role: 'auditor' })
    const { actor: applicant } = await makeApplicant(deps)
    for (const actor of [colleague, beside, viewer, auditor, applicant]) {
      for (const typed of [{ leaveUntil: until }, { leaveUntil: 'x' }])
        expect(await no(leave(actor, absent, typed))).toEqual(['not-found'])
      expect(await no(endLeave(deps, actor, { accountId: absent.id }))).toEqual(['not-found'])
    }
    expect(await no(leave(absent, { id: 'nobody' }))).toEqual(['not-found'])
    expect(await no(leave(manager, applicant))).toEqual(['not-found'])
    // Who reviews nothing has no leave here.
    for (const actor of [viewer, auditor, operator, applicant])
      expect(await no(leave(actor))).toEqual(['not-found'])
    expect(await no(leave(manager, viewer))).toEqual(['refused', 'leave-without-office'])
    // A manager is looked after from above.
    expect(await no(leave(district, manager))).toEqual(['not-found'])
    expect(await no(leave(await staffAt('manager', places.guangzhou), manager))).toEqual([
      'refused',
      'staff-beyond-you',
    ])
    expect(await no(leave(manager, district))).toEqual(['done'])
    expect(await no(leave(operator, district))).toEqual(['done'])
    expect(await no(leave(district, absent))).toEqual(['done'])
    await suspendStaff(deps, operator, { accountId: beside.id })
    expect(await no(leave(operator, beside))).toEqual(['refused', 'leave-suspended'])
    expect(await no(leave(beside))).toEqual(['not-found'])
    expect(await awayUntil(absent)).toBe(until)
  })

  it('takes no right of a manager away, nor the way in', async () => {
    const scene = await office(open)
    const { deps, places, manager, absent, leave } = scene
    const token = await openSession(deps, { accountId: manager.id, address: '', agent: '' })
    const caseId = await waitingAt(scene, places.tianhe)
    await leave(manager)
    expect((await readSession(deps, token))?.actor.id).toBe(manager.id)
    const typed = {
      name: '新审核',
      role: 'reviewer',
      'department.1': '440000',
      'department.2': '440100',
      'department.3': '440106',
    }
    expect(await no(inviteStaff(deps, manager, { typed, turn: newSecret() }))).toEqual(['done'])
    const { version } = await caseRow(deps, caseId)
    expect(await no(assignCase(deps, manager, { caseId, version, reviewerId: absent.id }))).toEqual(['done'])
    const assigned = (await caseRow(deps, caseId)).version
    expect(await no(releaseCase(deps, manager, { caseId, version: assigned }))).toEqual(['done'])
    expect(await no(claimCase(deps, manager, { caseId }))).toEqual(['refused', 'on-leave'])
    expect(await no(suspendStaff(deps, manager, { accountId: absent.id }))).toEqual(['done'])
  })

  it('leaves nothing in one’s hands that is claimed or assigned at the same moment', async () => {
    const scene = await office(open)
    const { deps, places, absent, manager, leave } = scene
    for (let turn = 0; turn < 3; turn += 1) {
      const [claimed, assigned] = [
        await waitingAt(scene, places.tianhe),
        await waitingAt(scene, places.tianhe),
      ]
      const { version } = await caseRow(deps, assigned)
      await Promise.all([
        no(claimCase(deps, absent, { caseId: claimed })),
        no(assignCase(deps, manager, { caseId: assigned, version, reviewerId: absent.id })),
        leave(absent),
      ])
      for (const id of [claimed, assigned])
        expect(await caseRow(deps, id)).toMatchObject({ state: 'waiting', claimedBy: null })
      await endLeave(deps, absent, { accountId: absent.id })
    }
  })
})

/** Somebody on leave whose work a colleague does. */
async function deputised(open: Open) {
  const scene = await office(open)
  await scene.leave(scene.absent, scene.absent, { deputy: scene.colleague.id })
  return { ...scene, deputy: await scene.now(scene.colleague) }
}

const actingGrants = async (scene: Scene, { id }: Staff) =>
  (await scene.grantRows(id)).filter(({ deputyFor }) => deputyFor !== null)

describeEachEngine('代审', (open) => {
  it('hands over what the absent reviews, to the end of the leave, and takes it back', async () => {
    const scene = await deputised(open)
    const { deps, places, absent, deputy, colleague, now } = scene
    expect(await actingGrants(scene, deputy)).toMatchObject([
      {
        role: 'reviewer',
        departmentId: places.tianhe,
        deputyFor: absent.id,
        until: new Date(lastMoment),
      },
    ])
    expect(await scene.events('staff.deputy-given')).toEqual([
      {
        actorId: absent.id,
        personId: deputy.id,
        role: 'reviewer',
        department: places.tianhe,
        for: absent.id,
        until: lastMoment,
      },
    ])
    expect(await inboxOf(deps, deputy.id)).toEqual(['deputy-given'])
    const caseId = await waitingAt(scene, places.tianhe)
    // The actor of a request before it was given.
    expect(await claimNext(deps, colleague, {})).toBeNull()
    expect(await claimNext(deps, deputy, {})).toBe(caseId)
    await endLeave(deps, absent, { accountId: absent.id })
    expect((await now(deputy)).grants).toHaveLength(1)
    expect(await no(claimCase(deps, await now(deputy), { caseId }))).toEqual(['not-found'])
    expect(await scene.events('staff.deputy-ended')).toMatchObject([
      { actorId: absent.id, personId: deputy.id, department: places.tianhe, for: absent.id },
    ])
    expect((await inboxOf(deps, deputy.id)).toSorted()).toEqual(['deputy-ended', 'deputy-given'])
  })

  it('stops at the very next request, whatever it rests on has ended', async () => {
    const ends: Record<string, (scene: Awaited<ReturnType<typeof deputised>>) => Promise<unknown>> = {
      'the leave': ({ deps, absent }) => endLeave(deps, absent, { accountId: absent.id }),
      'its last day': async ({ deps }) => deps.clock.set(lastMoment),
      'the office of the absent': async ({ deps, operator, absent, grantRows }) =>
        endGrant(deps, operator, {
          accountId: absent.id,
          grantId: (await grantRows(absent.id))[0]?.id ?? '',
        }),
      'their account': ({ deps, operator, absent }) => suspendStaff(deps, operator, { accountId: absent.id }),
      'the account of the deputy': ({ deps, operator, deputy }) =>
        suspendStaff(deps, operator, { accountId: deputy.id }),
      'the office the deputy was chosen by': async ({ deps, operator, deputy, places, grantRows }) =>
        endGrant(deps, operator, {
          accountId: deputy.id,
          grantId:
            (await grantRows(deputy.id)).find(({ departmentId }) => departmentId === places.yuexiu)?.id ?? '',
        }),
      'the department': async ({ deps, operator, places }) =>
        closeDepartment(deps, operator, {
          departmentId: places.tianhe,
          version: 1,
          typed: {
            'target.1': places.guangdong,
            'target.2': places.guangzhou,
            'target.3': places.yuexiu,
            confirmed: '1',
          },
        }),
      'what the manager took away': async (scene) =>
        endGrant(scene.deps, scene.operator, {
          accountId: scene.deputy.id,
          grantId: (await actingGrants(scene, scene.deputy))[0]?.id ?? '',
        }),
      'another deputy': async ({ absent, places, staffAt, leave }) =>
        leave(absent, absent, { deputy: (await staffAt('reviewer', places.zhuhai)).id }),
      'a leave without one': ({ absent, leave }) => leave(absent),
    }
    for (const [what, end] of Object.entries(ends)) {
      const scene = await deputised(open)
      const { deps, deputy, places, absent } = scene
      const token = await openSession(deps, { accountId: deputy.id, address: '', agent: '' })
      const covers = async () => {
        const found = await readSession(deps, token)
        return (
          found?.actor.kind === 'staff' &&
          found.actor.grants.some(({ departmentId }) => departmentId === places.tianhe)
        )
      }
      expect(await covers(), what).toBe(true)
      await end(scene)
      expect(await covers(), what).toBe(false)
      expect(
        (await scene.now(deputy)).grants.filter(({ deputyFor }) => deputyFor === absent.id),
        what,
      ).toEqual([])
      await deps.store.close()
    }
  })

  it('leaves no case in hands that see it no more, taken away or run out by itself', async () => {
    const scene = await deputised(open)
    const { deps, places, absent, deputy, operator, manager, leave, now } = scene
    const states = (ids: readonly string[]) =>
      Promise.all(ids.map(async (id) => (await caseRow(deps, id)).state))
    const held = await waitingAt(scene, places.tianhe)
    const own = await waitingAt(scene, places.yuexiu)
    const acting = await now(deputy)
    for (const caseId of [held, own]) await claimCase(deps, acting, { caseId })
    const [given] = await actingGrants(scene, deputy)
    await endGrant(deps, operator, { accountId: deputy.id, grantId: given?.id ?? '' })
    expect(await states([held, own])).toEqual(['waiting', 'in_review'])
    expect(await caseRow(deps, held)).toMatchObject({ claimedBy: null, claimedUntil: null })

    // Nobody is there at midnight: the sweep after it takes them out, and what was done before stays.
    await leave(absent, absent, { deputy: deputy.id })
    deps.clock.set(new Date(Date.parse(lastMoment) - hour))
    const { version } = await caseRow(deps, held)
    await assignCase(deps, manager, { caseId: held, version, reviewerId: deputy.id })
    await claimCase(deps, await now(deputy), { caseId: own })
    await sweep(deps)
    expect(await states([held, own])).toEqual(['in_review', 'in_review'])
    deps.clock.set(lastMoment)
    await claimCase(deps, await now(deputy), { caseId: own })
    await sweep(deps)
    expect(await states([held, own])).toEqual(['waiting', 'in_review'])
    expect((await eventsOf(deps, held)).filter((kind) => kind === 'case.released')).toHaveLength(2)
    await sweep(deps)
    expect(await eventsOf(deps, own)).not.toContain('case.released')
    expect(await claimNext(deps, absent, {})).toBe(held)
  })

  it('and whoever loses an office, for good or by its end, holds nothing of it any more', async () => {
    const scene = await office(open)
    const { deps, places, absent, operator, grantRows } = scene
    const caseId = await waitingAt(scene, places.tianhe)
    await claimCase(deps, absent, { caseId })
    await endGrant(deps, operator, {
      accountId: absent.id,
      grantId: (await grantRows(absent.id))[0]?.id ?? '',
    })
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
    const shut = await scene.staffAt('reviewer', places.tianhe)
    await claimCase(deps, shut, { caseId })
    await suspendStaff(deps, operator, { accountId: shut.id })
    expect((await caseRow(deps, caseId)).state).toBe('waiting')
  })

  it('never lasts longer than the office it stands for, however that is shortened', async () => {
    const scene = await office(open)
    const { deps, operator, absent, colleague, leave, places } = scene
    const give = (id: string, department: string, last: string) =>
      giveGrant(deps, operator, {
        accountId: id,
        typed: {
          role: 'reviewer',
          'department.1': places.guangdong,
          'department.2': places.guangzhou,
          'department.3': department,
          until: last,
        },
      })
    await give(absent.id, places.tianhe, '2026-11-28')
    await leave(absent, absent, { deputy: colleague.id })
    const end = async () => (await actingGrants(scene, colleague))[0]?.until?.toISOString()
    expect(await end()).toBe('2026-11-28T16:00:00.000Z')
    await give(absent.id, places.tianhe, '2026-11-24')
    expect(await end()).toBe('2026-11-24T16:00:00.000Z')
    await give(colleague.id, places.yuexiu, '2026-11-23')
    expect(await end()).toBe('2026-11-23T16:00:00.000Z')
    // What lasts longer again is handed over again by the person alone.
    await give(absent.id, places.tianhe, '')
    await give(colleague.id, places.yuexiu, '')
    expect(await end()).toBe('2026-11-23T16:00:00.000Z')
    await leave(absent, absent, { deputy: colleague.id })
    expect(await end()).toBe(lastMoment)
    expect(await scene.events('staff.deputy-given')).toHaveLength(1)
  })

  it('is by somebody of the same division who is there, and not the same person', async () => {
    const scene = await office(open)
    const { deps, places, leave, manager, staffAt, operator, awayUntil, change } = scene
    const number = newMainlandNumber()
    const absent = await staffAt('reviewer', places.tianhe, { number })
    const twin = await staffAt('reviewer', places.yuexiu, { number })
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.insert(t.department).values({
        id: '430000',
        parentId: null,
        path: '430000',
        name: '湖南省',
        fullName: '湖南省',
        level: 1,
        kind: 'province',
        active: true,
        sort: 9,
        createdAt: deps.clock.now(),
      }),
    )
    const stranger = await staffAt('reviewer', places.zhuhai)
    await deps.store.tx((q) =>
      q.update(t.staffGrant).set({ departmentId: '430000' }).where(eq(t.staffGrant.accountId, stranger.id)),
    )
    const gone = await staffAt('reviewer', places.yuexiu)
    await suspendStaff(deps, operator, { accountId: gone.id })
    const away = await staffAt('reviewer', places.yuexiu)
    await change(away.id, { awayUntil: '2026-11-21' })
    const { actor: auditor } = await makeStaff(deps, { role: 'auditor' })
    const { actor: applicant } = await makeApplicant(deps)
    for (const actor of [absent, manager]) {
      const by = (deputy: string) => no(leave(actor, absent, { deputy }))
      for (const id of [stranger.id, gone.id, auditor.id, operator.id, applicant.id, 'nobody'])
        expect(await by(id), id).toEqual(['refused', 'deputy-unknown'])
      expect(await by(absent.id)).toEqual(['refused', 'deputy-self'])
      expect(await by(twin.id)).toEqual(['refused', 'deputy-self'])
      expect(await by(away.id)).toEqual(['refused', 'deputy-away'])
      expect(await by(manager.id)).toEqual(['refused', 'deputy-needless'])
      expect(await no(leave(actor, absent, { deputyLogin: 'nobody' }))).toEqual(['refused', 'deputy-unknown'])
      // All that is wrong is told at once.
      expect(await no(leave(actor, absent, { leaveUntil: '2027-02-20', deputy: stranger.id }))).toEqual([
        'refused',
        'leave-until',
        'deputy-unknown',
      ])
      expect(await no(leave(actor, absent, { leaveUntil: '', deputy: away.id }))).toEqual([
        'refused',
        'required',
        'deputy-away',
      ])
    }
    // Refused as a whole.
    expect(await awayUntil(absent)).toBe('')
    expect(await no(leave(absent, absent, { deputyLogin: 'CHEN' }))).toEqual(['done'])
    await change(away.id, { awayUntil: '2026-11-20' })
    expect(await no(leave(absent, absent, { deputy: away.id }))).toEqual(['done'])
    expect(await actingGrants(scene, away)).toHaveLength(1)
  })

  it('passes nothing on that is done for somebody else, nor what is no reviewing', async () => {
    const scene = await deputised(open)
    const { deps, deputy, places, staffAt, leave, operator } = scene
    const third = await staffAt('reviewer', places.zhuhai)
    await giveGrant(deps, operator, {
      accountId: deputy.id,
      typed: { role: 'auditor', 'department.1': places.guangdong },
    })
    await leave(deputy, deputy, { deputy: third.id })
    expect(await actingGrants(scene, third)).toMatchObject([
      { role: 'reviewer', departmentId: places.yuexiu, deputyFor: deputy.id },
    ])
  })

  it('stays what it is where the same office is given for good', async () => {
    const scene = await deputised(open)
    const { deps, deputy, absent, places, manager } = scene
    await giveGrant(deps, manager, {
      accountId: deputy.id,
      typed: {
        role: 'reviewer',
        'department.1': places.guangdong,
        'department.2': places.guangzhou,
        'department.3': places.tianhe,
      },
    })
    expect(await actingGrants(scene, deputy)).toMatchObject([{ until: new Date(lastMoment) }])
    await endLeave(deps, absent, { accountId: absent.id })
    expect((await scene.now(deputy)).grants.map(({ departmentId }) => departmentId).toSorted()).toEqual(
      [places.tianhe, places.yuexiu].toSorted(),
    )
  })

  it('by a manager lets the deputy manage, and nobody below them judge the absent', async () => {
    const scene = await office(open)
    const { deps, places, manager, staffAt, leave, now } = scene
    const district = await staffAt('manager', places.tianhe)
    const stand = await staffAt('reviewer', places.tianhe)
    await leave(manager, district, { deputy: stand.id })
    const acting = await now(stand)
    expect(await inboxOf(deps, district.id)).toEqual(['leave-set'])
    const caseId = await waitingAt(scene, places.tianhe)
    const { version } = await caseRow(deps, caseId)
    expect(await no(assignCase(deps, acting, { caseId, version, reviewerId: stand.id }))).toEqual(['done'])
    // It is for cases: whom one looks after is a matter of one's own office.
    expect(await no(leave(acting, district))).toEqual(['not-found'])
    // They may still be looked after by who looks after them.
    expect((await staffMember(deps, district, stand.id)).isGoverned).toBe(true)
    expect(await no(suspendStaff(deps, district, { accountId: stand.id }))).toEqual(['done'])
  })

  it('lets nobody judge twice, nor their own case', async () => {
    const scene = await office(open)
    const { deps, places, staffAt, leave, now } = scene
    const holder = await makeApplicant(deps)
    const claimant = await makeClaimant(deps, { number: holder.number })
    const appeal = await submittedAppeal(deps, claimant.actor)
    const [first, second] = [
      await staffAt('reviewer', places.guangzhou),
      await staffAt('reviewer', places.zhuhai),
    ]
    expect(await pass(deps, first, appeal)).toBe('advanced')
    // Who judged the first stage stands in for somebody who may judge the second.
    const other = await staffAt('manager', places.guangdong)
    await leave(other, other, { deputy: first.id })
    const again = await now(first)
    expect(again.grants).toHaveLength(2)
    expect(await no(claimCase(deps, again, { caseId: appeal }))).toEqual([
      'refused',
      'second-person-required',
    ])
    await leave(first, first, { deputy: second.id })
    const acting = await now(second)
    deps.clock.advance(1)
    await claimCase(deps, acting, { caseId: appeal })
    expect(await approve(deps, acting, appeal)).toBe('approved')

    const own = await makeApplicant(deps)
    const caseId = await submittedCase(deps, own.actor, places.tianhe)
    const self = await staffAt('reviewer', places.yuexiu, { number: own.number })
    await leave(scene.absent, scene.absent, { deputy: self.id })
    expect(await no(claimCase(deps, await now(self), { caseId }))).toEqual(['refused', 'own-case'])
  })

  it('is offered nearest first, and only by who may stand in', async () => {
    const scene = await office(open)
    const { deps, places, absent, colleague, manager, staffAt, change } = scene
    const viewer = await staffAt('viewer', places.tianhe, { name: '赵某' })
    const away = await staffAt('reviewer', places.yuexiu)
    await change(away.id, { awayUntil: '2026-11-21' })
    await staffAt('reviewer', places.tianhe)
    await staffAt('auditor', places.tianhe)
    const shown = await ownLeaveView(deps, absent)
    expect(shown.candidates).toEqual([
      { id: viewer.id, label: '赵某（广东省广州市天河区）' },
      { id: colleague.id, label: '陈某（广东省广州市越秀区）' },
    ])
    expect((await leaveView(deps, manager, absent.id))?.candidates).toEqual(shown.candidates)
    expect(await leaveView(deps, colleague, absent.id)).toBeNull()
    expect(await no(ownLeaveView(deps, viewer))).toEqual(['not-found'])
    const { actor: operator } = await makeStaff(deps, { role: 'operator' })
    expect(await no(ownLeaveView(deps, operator))).toEqual(['not-found'])
  })

  it('is told to the deputy, to the absent and to who looks after either', async () => {
    const scene = await deputised(open)
    const { deps, places, absent, deputy, manager, staffAt } = scene
    const line = '审核员 · 广东省广州市天河区（代审：王某 至 2026年12月1日）'
    expect(await ownOffices(deps, deputy.id)).toEqual(['审核员 · 广东省广州市越秀区', line])
    expect((await ownLeaveView(deps, absent)).deputies).toMatchObject([
      { text: '陈某代审广东省广州市天河区，至 2026年12月1日' },
    ])
    const rows = async (actor: Staff, more: Partial<Parameters<typeof staffList>[2]> = {}) =>
      (await staffList(deps, actor, { search: '', after: '', ...more })).rows
    expect((await rows(manager)).find(({ id }) => id === deputy.id)?.offices).toContain(line)
    expect((await rows(manager)).find(({ id }) => id === absent.id)?.awayUntil).toBe('2026年12月1日')
    // The manager of the place where they stand in sees them, and may not change them.
    const district = await staffAt('manager', places.tianhe)
    expect((await rows(district)).map(({ id }) => id)).toContain(deputy.id)
    const seen = await staffMember(deps, district, deputy.id)
    expect([seen.isGoverned, seen.leave]).toEqual([false, null])
    expect(seen.grants).toMatchObject([{ actsFor: '代审：王某 至 2026年12月1日' }])
    expect(await no(suspendStaff(deps, district, { accountId: deputy.id }))).toEqual([
      'refused',
      'staff-beyond-you',
    ])
    await endLeave(deps, absent, { accountId: absent.id })
    expect((await rows(district)).map(({ id }) => id)).not.toContain(deputy.id)
    expect(await no(staffMember(deps, district, deputy.id))).toEqual(['not-found'])
    // Nor once they hold nothing at all: what they did for others was never theirs.
    const { t } = deps.store
    await deps.store.tx((q) =>
      q
        .update(t.staffGrant)
        .set({ until: deps.clock.now() })
        .where(and(eq(t.staffGrant.accountId, deputy.id))),
    )
    expect((await rows(district)).map(({ id }) => id)).not.toContain(deputy.id)
    expect(await no(staffMember(deps, district, deputy.id))).toEqual(['not-found'])
  })
})

describeEachEngine('the list of staff', (open) => {
  it('is narrowed by department and state, within the scope of the viewer', async () => {
    const scene = await office(open)
    const { deps, places, absent, colleague, manager, operator, staffAt, leave } = scene
    const gone = await staffAt('reviewer', places.tianhe)
    const far = await staffAt('reviewer', places.zhuhai)
    await suspendStaff(deps, operator, { accountId: gone.id })
    await leave(absent)
    const ids = async (actor: Staff, more: Partial<Parameters<typeof staffList>[2]>) =>
      (await staffList(deps, actor, { search: '', after: '', ...more })).rows.map(({ id }) => id).toSorted()
    const sorted = (...staff: Staff[]) => staff.map(({ id }) => id).toSorted()
    expect(await ids(manager, { department: places.tianhe })).toEqual(sorted(absent, gone))
    expect(await ids(manager, { department: places.guangzhou })).toEqual(
      sorted(absent, gone, colleague, manager),
    )
    // A wider choice than the scope shows the scope; one beside it, or none there is, nothing.
    expect(await ids(manager, { department: places.guangdong })).toEqual(
      sorted(absent, gone, colleague, manager),
    )
    for (const department of [places.zhuhai, 'nowhere'])
      expect(await ids(manager, { department })).toEqual([])
    expect(await ids(operator, { department: places.zhuhai })).toEqual(sorted(far))
    expect(await ids(manager, { presence: 'away' })).toEqual(sorted(absent))
    expect(await ids(manager, { presence: 'suspended' })).toEqual(sorted(gone))
    expect(await ids(manager, { presence: 'present' })).toEqual(sorted(colleague, manager))
    expect(await ids(manager, { department: places.yuexiu, presence: 'away' })).toEqual([])
    deps.clock.advance(11 * day)
    expect(await ids(manager, { presence: 'away' })).toEqual([])
  })
})
