/** The pages of 请假, 代审 and 上报 (ADM-1, REV-7), with what their forms lead to. */
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import { end, take } from '#app/(account)/account/leave/actions.ts'
import LeavePage from '#app/(account)/account/leave/page.tsx'
import AccountPage from '#app/(account)/account/page.tsx'
import MessagesPage from '#app/(account)/messages/page.tsx'
import MemberPage from '#app/(operator)/staff/[accountId]/page.tsx'
import { endLeave, takeLeave } from '#app/(operator)/staff/actions.ts'
import InvitePage from '#app/(operator)/staff/invite/page.tsx'
import StaffPage from '#app/(operator)/staff/page.tsx'
import { next } from '#app/(reviewer)/review/actions.ts'
import QueuePage from '#app/(reviewer)/review/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { escalateDepartments } from '#lib/commands/escalate-departments.ts'
import { submittedCase } from '#tests/support/cases.ts'
import {
  makeApplicant,
  makeStaff,
  type StaffWish,
  seedDepartments,
  type TestDeps,
  testDeps,
} from '#tests/support/deps.ts'
import { ended, jar, posted } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const searchOf = (answer: string) =>
  Promise.resolve(Object.fromEntries(new URL(answer.slice(4), 'http://a').searchParams))
const html = async (page: Promise<React.ReactNode>) => renderToStaticMarkup(await page)
const errors = (page: string) => [
  ...new Set([...page.matchAll(/<a href="#([\w-]+)" class="font-medium text-bad/g)].map(([, at]) => at)),
]
const optionsOf = (page: string, select: string) =>
  [
    ...(new RegExp(`<select[^>]*name="${select}"[^>]*>(.*?)</select>`).exec(page)?.[1] ?? '').matchAll(
      /<option value="([^"]*)"[^>]*>([^<]*)</g,
    ),
  ].map(([, , label]) => label)

describeEachEngine('the pages of leave (ADM-1)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    return () => deps.store.close()
  })
  const signIn = async ({ id }: { id: string }) =>
    void jar.set('sid', { value: await openSession(deps, { accountId: id, address: '', agent: '' }) })
  const staffAt = async (role: StaffWish['role'], departmentId: string, name: string, login?: string) =>
    (await makeStaff(deps, { role, departmentId, name, ...(login ? { login } : {}) })).actor
  const own = (answer = '303 /') => html(LeavePage({ searchParams: searchOf(answer) }))
  const queue = (answer = '303 /') => html(QueuePage({ searchParams: searchOf(answer) }))
  const staff = (answer = '303 /') => html(StaffPage({ searchParams: searchOf(answer) }))
  const member = (accountId: string, answer = '303 /') =>
    html(MemberPage({ params: Promise.resolve({ accountId }), searchParams: searchOf(answer) }))

  it('take a reviewer from the form to the leave, to the queue that says so, and back', async () => {
    const reviewer = await staffAt('reviewer', '440106', '王某')
    await staffAt('reviewer', '440104', '陈某', 'chen')
    await signIn(reviewer)
    expect(await html(AccountPage())).toContain('href="/account/leave"')
    const page = await own()
    expect(page).toContain('最晚到 2027年2月19日。')
    expect(optionsOf(page, 'deputy')).toEqual(['不指定', '陈某（广东省广州市越秀区）'])
    expect(page).not.toContain('结束请假')
    expect(page).not.toContain('style=')

    const back = await posted(take, { leaveUntil: '2026-11-20', deputyLogin: 'nobody' })
    expect(back).toMatch(/^303 \/account\/leave\?echo=[\w-]{43}#errors$/)
    const again = await own(back)
    expect(errors(again)).toEqual(['leaveUntil', 'deputy'])
    for (const value of ['2026-11-20', 'nobody']) expect(again).toContain(`value="${value}"`)
    const unknown = await own(await posted(take, { leaveUntil: '2026-12-01', deputyLogin: 'nobody' }))
    expect(errors(unknown)).toEqual(['deputy'])

    const on = await posted(take, { leaveUntil: '2026-12-01', deputyLogin: 'chen' })
    expect(on).toBe('303 /account/leave?done=leave#main')
    const away = await own(on)
    for (const words of [
      '请假已登记',
      '请假中，至 2026年12月1日',
      '陈某代审广东省广州市天河区，至 2026年12月1日',
      '修改请假',
    ])
      expect(away).toContain(words)
    expect(away).toMatch(/<option value="[\w-]{36}" selected="">陈某/)
    expect(await html(AccountPage())).toContain('请假中，至 2026年12月1日')
    const waiting = await queue()
    expect(waiting).toContain('您在请假中，至 2026年12月1日')
    expect(waiting).toContain('href="/account/leave"')
    expect(waiting).toContain('请假期间不能领取下一件')
    expect(waiting).not.toContain('领取下一件</button>')
    const refused = await posted(next, { kind: '' })
    expect(await queue(refused)).toContain('您在请假中，不能领取和审核申请')

    expect(await posted(end, {})).toBe('303 /account/leave?done=back#main')
    expect(await own('303 /?done=back')).toContain('请假已结束')
    expect(await queue()).not.toContain('您在请假中')
    expect(await queue()).toContain('领取下一件</button>')
  })

  it('say to a deputy for whom they review, in the queue, the account and the inbox', async () => {
    const reviewer = await staffAt('reviewer', '440106', '王某')
    const deputy = await staffAt('reviewer', '440104', '陈某')
    await signIn(reviewer)
    await posted(take, { leaveUntil: '2026-12-01', deputy: deputy.id })
    await signIn(deputy)
    const line = '代王某审核广东省广州市天河区的申请，至 2026年12月1日'
    expect(await queue()).toContain(line)
    expect(await own()).toContain(line)
    // Before they go on leave themselves, they hear who is left without anybody; nothing is refused (ADM-1).
    const nobody = '广东省广州市天河区届时没有其他在岗的审核员'
    expect(await own()).toContain('您正在代王某审核广东省广州市天河区的申请，请假期间不能代审。')
    expect(await own()).toContain(nobody)
    const manager = await staffAt('manager', '440100', '梁志强')
    await signIn(manager)
    expect(await member(deputy.id)).toContain('此人正在代王某审核广东省广州市天河区的申请')
    await staffAt('reviewer', '440106', '赵某')
    await signIn(deputy)
    expect(await own()).toContain('请假期间不能代审')
    expect(await own()).not.toContain(nobody)
    expect(await html(AccountPage())).toContain('代审：王某 至 2026年12月1日')
    const messages = await html(MessagesPage({ searchParams: searchOf('303 /') }))
    expect(messages).toContain('由您代审')
    expect(messages).toContain('广东省广州市天河区的申请由您代审，至 2026年12月1日')
    const on = await posted(take, { leaveUntil: '2026-12-01', deputyLogin: '' })
    expect(on).toBe('303 /account/leave?done=leave#main')
    expect(await own(on)).not.toContain('请假期间不能代审')
  })

  it('let a manager enter and end the leave of a reviewer, beside the other forms', async () => {
    const reviewer = await staffAt('reviewer', '440106', '王某')
    const manager = await staffAt('manager', '440100', '梁志强')
    const { id: account } = reviewer
    await signIn(manager)
    expect(await member(account)).toContain('开始请假')
    const back = await member(account, await posted(takeLeave, { account, leaveUntil: 'x', deputy: '' }))
    expect(errors(back)).toEqual(['leaveUntil'])
    expect(back).toContain('value="x"')
    const on = await posted(takeLeave, { account, leaveUntil: '2026-12-01', deputy: '' })
    expect(on).toBe(`303 /staff/${account}?done=leave#main`)
    const away = await member(account, on)
    for (const words of ['请假中，至 2026年12月1日', '没有指定代审人', '结束请假', '请假已登记'])
      expect(away).toContain(words)
    await signIn(reviewer)
    expect(await html(MessagesPage({ searchParams: searchOf('303 /') }))).toContain('请假已登记')
    await signIn(manager)
    expect(await posted(endLeave, { account })).toBe(`303 /staff/${account}?done=back#main`)
    expect(await member(account)).not.toContain('结束请假')
    expect(await member(manager.id)).toContain('href="/account/leave"')
    expect(await posted(takeLeave, { account: 'x' })).toBe('404')
    await signIn(await staffAt('manager', '440400', '外市'))
    expect(await posted(takeLeave, { account, leaveUntil: '2026-12-01' })).toBe('404')
    expect(await posted(endLeave, { account })).toBe('404')
  })

  it('are none for who reviews nothing', async () => {
    const { actor: operator } = await makeStaff(deps, { role: 'operator' })
    const viewer = await staffAt('viewer', '440106', '赵某')
    const { actor: applicant } = await makeApplicant(deps)
    for (const actor of [operator, viewer, applicant]) {
      await signIn(actor)
      expect(await ended(own())).toBe('404')
      expect(await posted(take, { leaveUntil: '2026-12-01' })).toBe('404')
      expect(await html(AccountPage())).not.toContain('/account/leave')
    }
    jar.delete('sid')
    expect(await ended(own())).toBe('303 /login')
  })

  it('narrow the staff by department and state, in the address', async () => {
    const manager = await staffAt('manager', '440100', '梁志强')
    const reviewer = await staffAt('reviewer', '440106', '王某')
    await staffAt('reviewer', '440104', '陈某')
    await signIn(manager)
    const all = await staff()
    for (const name of ['梁志强', '王某', '陈某']) expect(all).toContain(name)
    // Where the manager is, is chosen already.
    expect(all).toMatch(/<option value="440100" selected="">/)
    const levels = 'department.1=440000&department.2=440100&department.3=440106'
    const tianhe = await staff(`303 /staff?${levels}&state=`)
    expect(tianhe).toContain('王某')
    expect(tianhe).not.toContain('陈某')
    expect(tianhe).toContain('清除条件')
    expect(await staff('303 /staff?state=away')).toContain('没有符合条件的人员')
    await posted(takeLeave, { account: reviewer.id, leaveUntil: '2026-12-01' })
    const away = await staff('303 /staff?state=away')
    expect(away).toContain('王某')
    expect(away).toContain('至 2026年12月1日')
    expect(away).not.toContain('陈某')
    for (const odd of ['state=x', 'department=nowhere', 'department.1=%2F..'])
      expect(await ended(staff(`303 /staff?${odd}`))).toBe('nothing')
    const names = Array.from({ length: 21 }, (_, n) => `很长很长的姓名甲乙丙丁${n}`)
    for (const name of names) await staffAt('reviewer', '440106', name)
    const first = await staff(`303 /staff?department=440106&state=present`)
    expect(first).toMatch(/href="\/staff\?department=440106&amp;state=present&amp;after=[\w-]{36}"/)
    expect(first).not.toContain('王某')
  })

  it('list beside the queue what came up from below, and lead to an invitation there', async () => {
    const manager = await staffAt('manager', '440100', '梁志强')
    await submittedCase(deps, (await makeApplicant(deps)).actor, '440106')
    await signIn(manager)
    const page = await queue()
    expect(page).toContain('无人审核：广东省广州市天河区（1 件待审）')
    expect(page).toContain('href="/staff/invite?department=440106"')
    const invite = await html(InvitePage({ searchParams: searchOf('303 /?department=440106') }))
    expect(invite).toMatch(/<option value="440106" selected="">/)
    await escalateDepartments(deps)
    expect(await html(MessagesPage({ searchParams: searchOf('303 /') }))).toContain(
      '无人审核：广东省广州市天河区',
    )
    await signIn(await staffAt('reviewer', '440106', '王某'))
    expect(await queue()).not.toContain('无人审核')
  })
})
