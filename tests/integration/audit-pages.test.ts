/** 审计日志 on the screen (ADM-3). */
import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import { choose, open as openLogin, search } from '#app/(operator)/audit/actions.ts'
import AuditPage from '#app/(operator)/audit/page.tsx'
import AuditPeoplePage from '#app/(operator)/audit/people/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import type { Role } from '#lib/domain/actor.ts'
import { frameView } from '#lib/views/frame.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { submittedCase } from '#tests/support/cases.ts'
import {
  type MadeApplicant,
  type MadeStaff,
  makeApplicant,
  makeStaff,
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
const list = (answer = '303 /audit') => html(AuditPage({ searchParams: searchOf(answer) }))
const people = (answer = '303 /audit/people') => html(AuditPeoplePage({ searchParams: searchOf(answer) }))

describeEachEngine('the pages of the audit log (ADM-3)', (open) => {
  let deps: TestDeps
  let reviewer: MadeStaff
  let applicant: MadeApplicant
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    reviewer = await makeStaff(deps, { role: 'reviewer', departmentId: '440106', name: '江审核' })
    applicant = await makeApplicant(deps, { name: '欧阳明月' })
    const caseId = await submittedCase(deps, applicant.actor, '440106')
    await claimCase(deps, reviewer.actor, { caseId })
    await reviewCase(deps, reviewer.actor, caseId, { full: true })
    return () => deps.store.close()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const asStaff = async (role: Role, departmentId?: string) => {
    const { actor } = await makeStaff(deps, { role, ...(departmentId ? { departmentId } : {}) })
    await signIn(actor.id)
    return actor
  }
  const lines = async (kind: string) => {
    const { read, t } = deps.store
    return read.select().from(t.event).where(eq(t.event.kind, kind))
  }

  it('are for auditors and operators; others find nothing there', async () => {
    const account = `303 /audit?account=${reviewer.actor.id}`
    const everything = [
      () => list(),
      () => list(account),
      () => people(),
      () => posted(openLogin, { login: reviewer.login }),
      () => posted(search, { search: '欧阳明月' }),
    ]
    for (const role of ['reviewer', 'manager', 'viewer'] as const) {
      const actor = await asStaff(role, '440000')
      for (const page of everything.slice(0, 3)) expect(await ended(page())).toBe('404')
      for (const post of everything.slice(3)) expect(await post()).toBe('404')
      expect((await frameView(deps, actor, '李')).audits).toBe(false)
    }
    await signIn(applicant.actor.id)
    for (const page of everything.slice(0, 3)) expect(await ended(page())).toBe('404')
    for (const post of everything.slice(3)) expect(await post()).toBe('404')
    jar.clear()
    for (const page of everything.slice(0, 3)) expect(await ended(page())).toMatch(/^303 \/login/)
    expect(await lines('audit.viewed')).toEqual([])
    expect(await lines('audit.searched')).toEqual([])
    for (const actor of [await asStaff('auditor', '440106'), await asStaff('operator')]) {
      await signIn(actor.id)
      expect(await list()).toContain('江审核')
      expect((await frameView(deps, actor, '李')).audits).toBe(true)
    }
  })

  it('lead from the list, a department or a login to what somebody did and saw, and log the look', async () => {
    const auditor = await asStaff('auditor', '440100')
    const first = await list()
    expect(first).toContain(`href="/audit?account=${reviewer.actor.id}"`)
    expect(await list('303 /audit?department.1=440000&department.2=440100&department.3=440104')).toContain(
      '没有符合条件的工作人员',
    )
    expect(await lines('audit.viewed')).toEqual([])
    const to = await posted(openLogin, { login: reviewer.login })
    expect(to).toBe(`303 /audit?account=${reviewer.actor.id}#main`)
    const log = await list(to)
    for (const said of [
      '江审核的操作记录',
      '查看完整证件号码',
      '欧阳**',
      '领取',
      reviewer.login,
      '广东省广州市天河区',
    ])
      expect(log).toContain(said)
    expect(log).not.toContain('欧阳明月')
    expect(log).not.toContain(applicant.number)
    expect(log).not.toContain('/review/')
    expect(log).not.toContain('style=')
    expect(await lines('audit.viewed')).toMatchObject([
      {
        actorId: auditor.id,
        personId: reviewer.actor.id,
        data: { from: '2026-10-23', to: '2026-11-21', what: 'all' },
      },
    ])
    const narrowed = await list(`${to.replace('#main', '')}&from=2026-11-21&to=2026-11-21&what=action`)
    expect(narrowed).not.toContain('<td data-label="内容">查看完整证件号码')
    expect(narrowed).toContain('<td data-label="内容">领取')
    const wrong = await list(`${to.replace('#main', '')}&from=2024-11-21&to=2026-11-21`)
    expect(wrong).toContain('一次最多查看 366 天')
    expect(wrong).toContain('value="2024-11-21"')
    expect(wrong).not.toContain('<table')
    // Nothing was shown, so nothing was looked at.
    expect(await lines('audit.viewed')).toHaveLength(2)
    const nobody = await posted(openLogin, { login: 'no-such-login' })
    expect(nobody).toMatch(/^303 \/audit\?echo=[\w-]{43}#errors$/)
    expect(await list(nobody)).toContain('没有找到这个登录名')
  })

  it('show nothing of a sibling’s subtree', async () => {
    await asStaff('auditor', '440400')
    expect(await list()).not.toContain('江审核')
    expect(await ended(list(`303 /audit?account=${reviewer.actor.id}`))).toBe('404')
    expect(await posted(openLogin, { login: reviewer.login })).toMatch(/#errors$/)
    for (const text of ['欧阳明月', applicant.number])
      expect(await people(await posted(search, { search: text }))).toContain('没有找到，或不在您的审计范围内')
    // Whoever knows an id gets no further.
    expect(await ended(people(await posted(choose, { person: applicant.actor.id })))).toBe('404')
    expect(await ended(list(`303 /audit?account=${applicant.actor.id}`))).toBe('404')
    expect(await lines('audit.viewed')).toEqual([])
  })

  it('find a person by what is posted, keep them out of addresses, and name who looked', async () => {
    const auditor = await asStaff('auditor', '440100')
    const to = await posted(search, { search: applicant.number })
    expect(to).toMatch(/^303 \/audit\/people\?echo=[\w-]{43}#main$/)
    const log = await people(to)
    for (const said of ['谁看过欧阳**', '江审核', reviewer.login, '广东省广州市天河区', '查看完整证件号码'])
      expect(log).toContain(said)
    expect(log).not.toContain(applicant.number)
    expect(log).not.toContain(applicant.actor.id)
    expect(await lines('audit.viewed')).toMatchObject([{ actorId: auditor.id, personId: applicant.actor.id }])
    expect(await lines('audit.searched')).toMatchObject([
      { actorId: auditor.id, personId: null, data: { found: 1 } },
    ])
    // An echo is one browser's and one person's.
    await asStaff('auditor', '440100')
    expect(await people(to)).not.toContain('欧阳**')
  })

  it('let one of several of a name be chosen', async () => {
    await asStaff('auditor', '440100')
    const other = await makeApplicant(deps, { name: '欧阳明月' })
    await submittedCase(deps, other.actor, '440104')
    const to = await posted(search, { search: '欧阳明月' })
    const shown = await people(to)
    expect(shown.match(/欧阳\*\*<\/div>/g)).toHaveLength(2)
    expect(await lines('audit.viewed')).toEqual([])
    const chosen = await people(await posted(choose, { person: other.actor.id }))
    expect(chosen).toContain('谁看过欧阳**')
    // Nobody has seen this one, until now.
    expect(chosen).not.toContain('江审核')
    expect(chosen.match(/查看审计日志<\/td>/g)).toHaveLength(1)
    expect(await posted(choose, { person: '../x' })).toBe('404')
    const empty = await posted(search, { search: ' ' })
    expect(await people(empty)).toContain('请填写要查找的姓名或证件号码')
  })

  it('say where the chain stands, and what it proves and does not', async () => {
    await asStaff('operator')
    const before = await list()
    expect(before).toContain('还没有记录')
    while ((await linkAudit(deps)) > 0);
    const [newest] = await deps.store.read
      .select()
      .from(deps.store.t.auditLink)
      .orderBy(deps.store.t.auditLink.seq)
    const after = await list()
    expect(after).toMatch(/第 \d+ 条/)
    expect(after).toContain('0 条')
    expect(after).toMatch(/\d{12}:[0-9a-f]{64}/)
    expect(after).toContain('运维人员用 verify 命令都能查出')
    expect(after).toContain('请定期把链头抄录到系统以外')
    expect(newest?.seq).toBe('000000000001')
  })
})
