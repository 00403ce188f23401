/** 考试安排 on the screen (EXM-1), and what people are told of it. */
import { beforeEach, expect, it, vi } from 'vitest'
import SessionPage from '#app/(operator)/exam-sessions/[sessionId]/page.tsx'
import ProvincePage from '#app/(operator)/exam-sessions/[sessionId]/provinces/[departmentId]/page.tsx'
import SitePage from '#app/(operator)/exam-sessions/[sessionId]/provinces/[departmentId]/sites/[siteId]/page.tsx'
import {
  addSession,
  addSite,
  editSession,
  editSite,
  publish,
  removeSite,
  saveWindow,
} from '#app/(operator)/exam-sessions/actions.ts'
import NewPage from '#app/(operator)/exam-sessions/new/page.tsx'
import ListPage from '#app/(operator)/exam-sessions/page.tsx'
import CalendarPage from '#app/(public)/exams/calendar/page.tsx'
import HomePage from '#app/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import type { Role } from '#lib/domain/actor.ts'
import { makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { typedSession, typedSite } from '#tests/support/exams.ts'
import { onRecord } from '#tests/support/exports.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const title = '2027 年度初级会计专业技术资格考试'
const department = '440000'

describeEachEngine('the pages of exams (EXM-1)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    return () => deps.store.close()
  })
  const enter = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const as = async (role: Role, departmentId: string | null) =>
    enter((await makeStaff(deps, { role, departmentId })).actor.id)
  const search = (answer = '303 /') => Object.fromEntries(new URL(answer.slice(4), 'http://a').searchParams)
  const list = () => shown(() => ListPage())
  const fresh = (answer?: string) => shown(NewPage, search(answer))
  const session = (sessionId: string, answer?: string) =>
    shown(
      ({ searchParams }) => SessionPage({ params: Promise.resolve({ sessionId }), searchParams }),
      search(answer),
    )
  const province = (sessionId: string, answer?: string, departmentId = department) =>
    shown(
      ({ searchParams }) =>
        ProvincePage({ params: Promise.resolve({ sessionId, departmentId }), searchParams }),
      search(answer),
    )
  const site = (sessionId: string, siteId: string, answer?: string) =>
    shown(
      ({ searchParams }) =>
        SitePage({ params: Promise.resolve({ sessionId, departmentId: department, siteId }), searchParams }),
      search(answer),
    )
  const home = () => shown(HomePage)
  const idIn = (answer: string) => /exam-sessions\/([\w-]+)/.exec(answer)?.[1] ?? ''

  it('lead from a new session to its publication, and tell people only then', async () => {
    expect(await list()).toMatch(/^303 \/login/)
    for (const [role, at] of [
      ['reviewer', department],
      ['viewer', department],
      ['manager', '440100'],
      ['auditor', department],
    ] as const) {
      await as(role, at)
      expect([await list(), await fresh(), await session('x'), await province('x')]).toEqual(
        Array(4).fill('404'),
      )
      expect(await posted(addSession, typedSession)).toBe('404')
    }
    await as('operator', null)
    const back = await posted(addSession, { ...typedSession, payBy: '2026-12-24 11:59', level: '' })
    expect(back).toMatch(/^303 \/exam-sessions\/new\?echo=[\w-]{43}#errors$/)
    const again = await fresh(back)
    expect(again).toContain('请选择级别')
    expect(again).toMatch(/type="datetime-local"[^>]*value="2026-12-24T11:59"/)
    const order = await fresh(await posted(addSession, { ...typedSession, payBy: '2026-12-24T11:59' }))
    expect(order).toContain('缴费截止不能早于报名截止')
    expect(order).not.toContain('style=')
    const added = await posted(addSession, typedSession)
    expect(added).toMatch(/^303 \/exam-sessions\/[\w-]{36}\?done=added#main$/)
    const id = idIn(added)
    const page = await session(id, added)
    for (const words of [
      title,
      '还没有发布',
      '2026年12月5日 09:00',
      '56.00 元',
      '初级会计实务、经济法基础',
      '没有报考点',
    ])
      expect(page).toContain(words)
    expect(await list()).toContain('未发布')
    jar.clear()
    expect(await home()).not.toContain(title)
    expect(await shown(() => CalendarPage())).toContain('现在没有可以报名的考试')
    await as('operator', null)
    expect(await posted(publish, { session: id, version: '1' })).toBe(
      `303 /exam-sessions/${id}?done=published#main`,
    )
    const edited = await posted(editSession, { ...typedSession, session: id, version: '2', level: 'senior' })
    expect(await session(id, edited)).toContain('级别和年度不能修改')
    expect(await posted(editSession, { ...typedSession, session: id, version: '2', fee: '60' })).toBe(
      `303 /exam-sessions/${id}?done=saved#main`,
    )
    expect(await session(id, '303 /?done=saved')).toContain('考试安排已保存')
    jar.clear()
    const notice = await home()
    for (const words of [title, '未开始', '2026年12月5日 09:00 至 2026年12月24日 12:00', '各地区的报名时间'])
      expect(notice).toContain(words)
  })

  it('let a province set its own dates and 报考点, and show them to its people', async () => {
    await as('operator', null)
    const id = idIn(await posted(addSession, typedSession))
    await posted(publish, { session: id, version: '1' })
    await as('manager', department)
    const where = { session: id, department }
    const page = await session(id)
    expect(page).not.toContain('发布考试')
    expect(page).not.toContain('修改考试安排')
    expect(page).toContain(`href="/exam-sessions/${id}/provinces/440000"`)
    expect(page).not.toContain('provinces/440300')
    expect(await fresh()).toBe('404')
    expect(await province(id, undefined, '440300')).toBe('404')
    const own = { ...typedSession, ...where, version: '0', opensAt: '2026-12-10T09:00', fee: '50' }
    const outside = await province(id, await posted(saveWindow, { ...own, opensAt: '2026-12-01T09:00' }))
    expect(outside).toContain(
      '报名开始应当在 2026年12月5日 09:00 至 2026年12月24日 12:00 之间（全国规定的时间）',
    )
    expect(await posted(saveWindow, own)).toBe(`303 /exam-sessions/${id}/provinces/440000?done=window#main`)
    const siteBack = await posted(addSite, { ...typedSite, ...where, capacity: '' })
    expect(await province(id, siteBack)).toContain('请填写名额')
    expect(await posted(addSite, { ...typedSite, ...where })).toBe(
      `303 /exam-sessions/${id}/provinces/440000?done=site#main`,
    )
    const saved = await province(id)
    for (const words of [
      '广州市天河区报考点',
      '已占 0，共 100',
      '改为按全国时间',
      'value="2026-12-10T09:00"',
    ])
      expect(saved).toContain(words)
    expect(saved).not.toContain('style=')
    const siteId = /sites\/([\w-]+)/.exec(saved)?.[1] ?? ''
    expect(await site(id, siteId)).toContain('删除报考点')
    const full = await posted(editSite, { ...typedSite, ...where, site: siteId, version: '1', capacity: 'x' })
    expect(await site(id, siteId, full)).toContain('名额请填 0 至 200000 的整数')
    expect(
      await posted(editSite, { ...typedSite, ...where, site: siteId, version: '1', capacity: '5' }),
    ).toBe(`303 /exam-sessions/${id}/provinces/440000?done=site#main`)

    const { actor } = await onRecord(deps, '440106')
    deps.clock.set('2026-12-08T02:00:00Z')
    await enter(actor.id)
    const theirs = await home()
    for (const words of ['下面是广东省的时间', '未开始', '2026年12月10日 09:00'])
      expect(theirs).toContain(words)
    jar.clear()
    expect(await home()).toContain('报名中')
    const calendar = await shown(() => CalendarPage())
    for (const words of [title, '广东省', '50.00 元', '全国（没有单独设置的地区）', '未开始', '报名中'])
      expect(calendar).toContain(words)
    expect(calendar).not.toContain('style=')

    deps.clock.set('2026-12-01T02:00:00Z')
    await as('manager', department)
    expect(await posted(removeSite, { ...where, site: siteId, version: '2' })).toBe(
      `303 /exam-sessions/${id}/provinces/440000?done=removed#main`,
    )
    expect(await posted(removeSite, { ...where, site: siteId, version: '2' })).toBe('404')
    expect(await site(id, siteId)).toBe('404')
    expect(await posted(saveWindow, { ...where, version: '1', intent: 'national' })).toBe(
      `303 /exam-sessions/${id}/provinces/440000?done=national#main`,
    )
    expect(await province(id)).toContain('没有单独设置')
    expect(await posted(saveWindow, { ...own, department: '../440000' })).toBe('404')
  })
})
