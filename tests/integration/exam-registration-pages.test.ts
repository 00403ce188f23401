import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import ConfirmPage from '#app/(applicant)/exams/[sessionId]/confirm/page.tsx'
import ExamPage from '#app/(applicant)/exams/[sessionId]/page.tsx'
import { chooseForExam, register, withdraw } from '#app/(applicant)/exams/actions.ts'
import ExamsPage from '#app/(public)/exams/page.tsx'
import HomePage from '#app/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { ownExams } from '#lib/views/exams.ts'
import { refuse } from '#tests/support/claims.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, openExam } from '#tests/support/exam-candidates.ts'
import { onRecord } from '#tests/support/exports.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ endSession: async () => undefined }))

/** What is read, without mark-up. */
const words = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const echoIn = (to: string) => new URL(to.slice(4), 'http://x').searchParams

describeEachEngine('the pages of registering for an exam', (open) => {
  let deps: TestDeps
  let exam: Awaited<ReturnType<typeof openExam>>
  let title: string
  beforeAll(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    exam = await openExam(deps)
    title = `${exam.year} 年度高级会计专业技术资格考试`
  })
  beforeEach(() => jar.clear())
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const params = (sessionId = exam.sessionId) => ({ params: Promise.resolve({ sessionId }) })
  const examPage = (search: Record<string, string> = {}, sessionId?: string) =>
    shown((props) => ExamPage({ ...props, ...params(sessionId) }), search)
  const confirmPage = (search: Record<string, string>) =>
    shown((props) => ConfirmPage({ ...props, ...params() }), search)

  it('show dates alone to who is not signed in, and one exam to applicants alone', async () => {
    const out = words(await shown(ExamsPage))
    expect(out).toContain(title)
    expect(out).toContain('登录后报名')
    expect(await examPage()).toMatch(/^303 \/login/)
    const { actor } = await makeStaff(deps, { role: 'manager', departmentId: '440000' })
    await signIn(actor.id)
    expect(words(await shown(ExamsPage))).not.toContain('登录后报名')
    expect(await examPage()).toBe('404')
    expect(await confirmPage({})).toBe('404')
  })

  it('say what comes first before there is a record, and which condition is not met', async () => {
    const fresh = await makeApplicant(deps)
    await signIn(fresh.actor.id)
    expect(words(await shown(ExamsPage))).toContain('还没有开始信息采集，审核通过后才能报名。')
    expect(words(await examPage())).toContain('开始信息采集')
    expect(await confirmPage({ site: exam.siteId, subjects: 'senior_practice' })).toBe(
      `303 /exams/${exam.sessionId}`,
    )
    expect(await examPage({}, 'nothing')).toBe('404')

    const bare = await onRecord(deps, '440106')
    await signIn(bare.actor.id)
    expect(words(await shown(ExamsPage))).toContain('不符合报考条件')
    const told = words(await examPage())
    expect(told).toContain('会计工作还差 5 年')
    expect(told).not.toContain('下一步：核对报名信息')
  })

  it('lead from the choice over the confirmation to a registration, and back out of it', async () => {
    const { actor, name } = await candidate(deps, '440106')
    await signIn(actor.id)
    const list = words(await shown(ExamsPage))
    expect(list).toContain('符合报考条件')
    expect(list).toContain('查看条件，开始报名')
    const choice = words(await examPage())
    expect(choice).toContain('第一考点（剩余 100 个名额）')
    expect(choice).toContain('这个级别的科目要在同一年度全部报考。')

    const session = exam.sessionId
    const wrong = await posted(chooseForExam, { session, site: '' })
    expect(wrong).toMatch(/^303 \/exams\/.*echo=/)
    expect(words(await examPage({ echo: echoIn(wrong).get('echo') ?? '' }))).toContain('请选择报考点')
    const to = await posted(chooseForExam, { session, site: exam.siteId })
    expect(to).toBe(`303 /exams/${session}/confirm?site=${exam.siteId}`)
    const search = { site: exam.siteId }
    const confirm = words(await confirmPage(search))
    for (const said of [
      name,
      '广东省广州市 第一考点',
      '56.00 元',
      '大学本科',
      '本人承诺：报名信息真实、准确',
    ])
      expect(confirm).toContain(said)
    expect(words(await confirmPage({ site: 'nothing' }))).toContain('这个报考点不在您的报名地区')
    const undeclared = await posted(register, { session, site: exam.siteId, subject: 'senior_practice' })
    const echo = echoIn(undeclared).get('echo') ?? ''
    expect(undeclared).toMatch(/\/confirm\?/)
    expect(await confirmPage({ site: exam.siteId, subjects: 'senior_practice', echo })).toContain('#declared')

    const sent = { session, site: exam.siteId, subject: 'senior_practice', declared: '1' }
    expect(await posted(register, sent)).toBe(`303 /exams/${session}?done=registered#main`)
    const after = words(await examPage({ done: 'registered' }))
    for (const said of ['报名已提交。', '待缴费', '缴费后状态显示“报名成功”', '撤回报名'])
      expect(after).toContain(said)
    expect(after).not.toContain('下一步：核对报名信息')
    expect(await confirmPage(search)).toBe(`303 /exams/${session}`)
    expect(words(await shown(ExamsPage))).toContain('我的报名')
    expect(words(await shown(HomePage))).toContain('待缴费')

    const caseId = (await ownExams(deps, actor)).entries[0]?.caseId ?? ''
    expect(await posted(withdraw, { session, case: caseId })).toBe(
      `303 /exams/${session}?done=withdrawn#main`,
    )
    const taken = words(await examPage({ done: 'withdrawn' }))
    expect(taken).toContain('报名已撤回。')
    expect(taken).toContain('下一步：核对报名信息')
  })

  it('tell who waits for a reviewer, and the reason of who was refused', async () => {
    const { actor } = await candidate(deps, '440106', { way: 'review' })
    await signIn(actor.id)
    expect(words(await confirmPage({ site: exam.siteId }))).toContain('提交后由会计管理部门人工审核')
    const sent = { session: exam.sessionId, site: exam.siteId, declared: '1' }
    expect(await posted(register, sent)).toMatch(/done=registered/)
    expect(words(await examPage())).toContain('由会计管理部门人工审核，预计')
    const caseId = (await ownExams(deps, actor)).entries[0]?.caseId ?? ''
    const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: '440106' })).actor
    await refuse(deps, reviewer, caseId, '评审取得的资格不能报考')
    const told = words(await examPage())
    expect(told).toContain('审核未通过')
    expect(told).toContain('评审取得的资格不能报考')
  })

  it('say that it is not open yet, and that it is closed', async () => {
    const { actor } = await candidate(deps, '440106')
    await signIn(actor.id)
    const now = deps.clock.now()
    const later = await openExam(deps, {
      opensAt: '2026-12-01T01:00:00Z',
      closesAt: '2026-12-24T04:00:00Z',
    })
    expect(words(await examPage({}, later.sessionId))).toContain('2026年12月1日 09:00 开始报名。')
    deps.clock.set(exam.closesAt)
    await signIn(actor.id)
    expect(words(await examPage())).toContain(`${title}报名已经截止`)
    deps.clock.set(now)
  })
})
