/** 上报 (REV-7): who hears of departments where cases wait and nobody of their own is at work. */
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { unattended, unattendedQuery } from '#db/queries/unattended.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { escalateDepartments } from '#lib/commands/escalate-departments.ts'
import { suspendStaff } from '#lib/commands/suspend-staff.ts'
import { takeLeave } from '#lib/commands/take-leave.ts'
import { caseStates } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { departmentList } from '#lib/views/departments.ts'
import { escalatedTo } from '#lib/views/escalated.ts'
import { inbox, placeOfMessage } from '#lib/views/messages.ts'
import { submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, type StaffWish, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { planner } from '#tests/support/plans.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const day = 24 * 3_600_000

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const staffAt = async (role: StaffWish['role'], departmentId?: string) =>
    (await makeStaff(deps, { role, ...(departmentId ? { departmentId } : {}) })).actor
  const waiting = async (departmentId: string) =>
    submittedCase(deps, (await makeApplicant(deps)).actor, departmentId)
  const told = async (actor: Awaited<ReturnType<typeof staffAt>>) =>
    (await inbox(deps, actor, '')).rows.map(({ title, text }) => `${title}｜${text}`)
  return { deps, places, staffAt, waiting, told }
}

describeEachEngine('escalation', (open) => {
  it('tells who is at the nearest node above, once a day while it lasts', async () => {
    const { deps, places, staffAt, waiting, told } = await office(open)
    const province = await staffAt('manager', places.guangdong)
    const city = await staffAt('reviewer', places.guangzhou)
    const manager = await staffAt('manager', places.guangzhou)
    const operator = await staffAt('operator')
    const beside = await staffAt('reviewer', places.yuexiu)
    await waiting(places.tianhe)
    await waiting(places.tianhe)
    await waiting(places.yuexiu)
    expect(await escalateDepartments(deps)).toBe(1)
    for (const actor of [city, manager]) {
      const [message = '', ...more] = await told(actor)
      expect(more).toEqual([])
      expect(message).toContain('无人审核：广东省广州市天河区｜')
      expect(message).toContain('2 件申请在等待')
    }
    for (const actor of [province, operator, beside]) expect(await told(actor)).toEqual([])
    expect(await escalateDepartments(deps)).toBe(0)
    deps.clock.advance(13 * 3_600_000)
    expect(await escalateDepartments(deps)).toBe(0)
    // Midnight in Beijing has passed.
    deps.clock.advance(2 * 3_600_000)
    await sweep(deps)
    await sweep(deps)
    expect(await told(city)).toHaveLength(2)
    const { read, t } = deps.store
    const events = await read.select().from(t.event).where(eq(t.event.kind, 'department.escalated'))
    expect(events.map(({ data }) => data)).toEqual([
      { department: places.tianhe, to: places.guangzhou, cases: 2 },
      { department: places.tianhe, to: places.guangzhou, cases: 2 },
    ])
  })

  it('goes further up past who is away, suspended or only looks on, and at last to operators', async () => {
    const { deps, places, staffAt, waiting, told } = await office(open)
    const city = await staffAt('reviewer', places.guangzhou)
    await staffAt('viewer', places.guangzhou)
    const province = await staffAt('manager', places.guangdong)
    const operator = await staffAt('operator')
    const away = await staffAt('reviewer', places.tianhe)
    await waiting(places.tianhe)
    expect(await escalateDepartments(deps)).toBe(0)
    const leaving = (actor: typeof away) =>
      takeLeave(deps, actor, { accountId: actor.id, typed: { leaveUntil: '2026-12-20' } })
    await leaving(away)
    await leaving(city)
    expect(await escalateDepartments(deps)).toBe(1)
    expect(await told(city)).toEqual([])
    expect(await told(province)).toHaveLength(1)
    await suspendStaff(deps, operator, { accountId: province.id })
    deps.clock.advance(day)
    expect(await escalateDepartments(deps)).toBe(1)
    expect(await told(operator)).toHaveLength(1)
    const { read, t } = deps.store
    const [row] = await read.select().from(t.message).where(eq(t.message.accountId, operator.id))
    expect(row && placeOfMessage(row)).toBe('/departments')
    // With nobody at all to tell it is told once there is.
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'suspended' }).where(eq(t.account.id, operator.id)),
    )
    deps.clock.advance(day)
    expect(await escalateDepartments(deps)).toBe(0)
    const late = await staffAt('operator')
    expect(await escalateDepartments(deps)).toBe(1)
    expect(await told(late)).toHaveLength(1)
  })

  it('counts a deputy as somebody at work, and a lapsed lease as a case that waits', async () => {
    const { deps, places, staffAt, waiting } = await office(open)
    const city = await staffAt('reviewer', places.guangzhou)
    const reviewer = await staffAt('reviewer', places.tianhe)
    const beside = await staffAt('reviewer', places.yuexiu)
    const caseId = await waiting(places.tianhe)
    const leave = (deputy: string) =>
      takeLeave(deps, reviewer, { accountId: reviewer.id, typed: { leaveUntil: '2026-12-20', deputy } })
    await leave(beside.id)
    expect(await escalateDepartments(deps)).toBe(0)
    await claimCase(deps, city, { caseId })
    await leave('')
    expect(await escalateDepartments(deps)).toBe(0)
    deps.clock.advance(31 * 60_000)
    expect(await escalateDepartments(deps)).toBe(1)
  })

  it('takes who is at the city for its 本级, and says nothing of closed departments', async () => {
    const { deps, places, staffAt, waiting } = await office(open)
    const reviewer = await staffAt('reviewer', places.guangzhou)
    const { actor: unproven } = await makeApplicant(deps, { verified: false })
    await submittedIdentity(deps, unproven, places.guangzhou)
    const province = await staffAt('reviewer', places.guangdong)
    expect(await escalateDepartments(deps)).toBe(0)
    await takeLeave(deps, reviewer, { accountId: reviewer.id, typed: { leaveUntil: '2026-12-20' } })
    expect(await escalateDepartments(deps)).toBe(1)
    expect((await escalatedTo(deps, province)).rows).toMatchObject([{ id: places.guangzhouOwn, cases: '1' }])
    const { t } = deps.store
    await waiting(places.tianhe)
    await deps.store.tx((q) =>
      q.update(t.department).set({ active: false }).where(eq(t.department.id, places.tianhe)),
    )
    expect(await escalateDepartments(deps)).toBe(0)
  })

  it('puts many departments into one message, and two sweeps at once into one of them', async () => {
    const { deps, places, staffAt, waiting, told } = await office(open)
    const province = await staffAt('manager', places.guangdong)
    for (const place of [places.tianhe, places.yuexiu, places.xiangzhou]) await waiting(place)
    await Promise.all([escalateDepartments(deps), escalateDepartments(deps)])
    const messages = await told(province)
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatch(/无人审核：广东省.*等 3 个部门｜这些部门.*3 件申请在等待/)
  })

  it('stands beside the queue of who it came to, with the way to invite somebody', async () => {
    const { deps, places, staffAt, waiting } = await office(open)
    const province = await staffAt('manager', places.guangdong)
    const city = await staffAt('manager', places.guangzhou)
    const reviewer = await staffAt('reviewer', places.guangzhou)
    for (const place of [places.tianhe, places.tianhe, places.xiangzhou]) await waiting(place)
    const of = async (actor: typeof city) => (await escalatedTo(deps, actor)).rows
    const tianhe = { id: places.tianhe, fullName: '广东省广州市天河区', cases: '2' }
    const xiangzhou = { id: places.xiangzhou, fullName: '广东省珠海市香洲区', cases: '1' }
    expect(await of(city)).toEqual([{ ...tianhe, mayInvite: true }])
    expect(await of(reviewer)).toEqual([{ ...tianhe, mayInvite: false }])
    expect(await of(province)).toEqual([{ ...xiangzhou, mayInvite: true }])
    for (const actor of [city, reviewer])
      await takeLeave(deps, actor, { accountId: actor.id, typed: { leaveUntil: '2026-12-20' } })
    expect(await of(city)).toEqual([])
    expect((await of(province)).map(({ id }) => id).toSorted()).toEqual(
      [places.tianhe, places.xiangzhou].toSorted(),
    )
    // The list of departments says the same.
    const { rows } = await departmentList(deps, province, { under: places.guangzhou, after: '' })
    expect(rows.filter(({ isUnattended }) => isUnattended).map(({ id }) => id)).toEqual([places.tianhe])
    expect(await of(await staffAt('operator'))).toEqual([])
  })

  it('reads departments and an index of the open cases, and never every case', {
    timeout: 60_000,
  }, async () => {
    const { deps, places } = await office(open)
    const { store } = deps
    const { t } = store
    const at = deps.clock.now()
    const person = (await makeApplicant(deps)).actor.id
    const departments = Array.from({ length: 3000 }, (_, n) => `x-${String(n).padStart(4, '0')}`)
    const inPieces = async <R>(rows: readonly R[], write: (piece: R[]) => Promise<unknown>) => {
      for (let from = 0; from < rows.length; from += 500) await write(rows.slice(from, from + 500))
    }
    await store.tx(async (q) => {
      await inPieces(departments, (piece) =>
        q.insert(t.department).values(
          piece.map((id, sort) => ({
            id,
            parentId: places.guangdong,
            path: `${places.guangdong}/${id}`,
            name: id,
            fullName: id,
            level: 2,
            kind: 'county' as const,
            active: true,
            sort,
            createdAt: at,
          })),
        ),
      )
      const states = caseStates.filter((state) => state !== 'draft' && state !== 'waiting')
      await inPieces(
        Array.from({ length: 20_000 }, (_, n) => n),
        (piece) =>
          q.insert(t.serviceCase).values(
            piece.map((n) => ({
              id: newId(at),
              kind: 'collection' as const,
              personId: person,
              sentTo: departments[n % 3000] ?? null,
              // One department in thirty has something that waits.
              state:
                n % 3000 < 100 && n < 3000 ? ('waiting' as const) : (states[n % states.length] ?? 'approved'),
              claimedUntil: new Date(at.getTime() + day),
              round: 1,
              submittedAt: at,
              createdAt: at,
              updatedAt: at,
            })),
          ),
      )
    })
    const moment = { now: at, today: dayOf(at) }
    expect(await unattended(store.read, t, { within: null }, moment, 10_000)).toHaveLength(100)
    const plans = await planner(open, store)
    const asked = unattendedQuery(store.read, t, { within: null }, moment, 10_000)
    const plan = await plans.of(asked.toSQL())
    await plans.end()
    expect(plan).toMatch(/service_case_\w+ \(sent_to=\? AND state=|Index Cond: \(+state = /)
    expect(plan).not.toMatch(/SCAN service_case|Seq Scan on service_case/)
    expect(plan).not.toMatch(/SCAN staff_grant|SCAN account/)
  })
})
