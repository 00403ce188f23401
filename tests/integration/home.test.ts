/** The home page of an applicant: what waits for them first, whatever kind it is of (MSG-1, domain.md §9), and each module as its own page has it. */
import { beforeEach, expect, it, vi } from 'vitest'
import EditPage from '#app/(applicant)/changes/[page]/edit/page.tsx'
import ChangePage from '#app/(applicant)/changes/[page]/page.tsx'
import ConductPage from '#app/(applicant)/conduct/page.tsx'
import HomePage from '#app/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { acceptPaymentNotice } from '#lib/commands/accept-payment-notice.ts'
import { beginPayment } from '#lib/commands/begin-payment.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { demoPay } from '#lib/commands/demo-pay.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import type { ChangeSection } from '#lib/domain/changes.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { applicantHome, isYours } from '#lib/views/home.ts'
import { caseRow, rowsOf } from '#tests/support/case-state.ts'
import { filledApplication, rowIds, submittedCase, typedRows, typeRow } from '#tests/support/cases.ts'
import { refuse, sendBack } from '#tests/support/claims.ts'
import { enteredPenalty } from '#tests/support/conduct.ts'
import { recordedAt, submittedClaim } from '#tests/support/credits.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, openExam } from '#tests/support/exam-candidates.ts'
import { jar, shown } from '#tests/support/next-side.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

/** What is read, without mark-up. */
const words = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const tianhe = '440106'
const nanshan = { 'departmentId.1': '440300', 'departmentId.2': '440305', 'departmentId.3': '' }

describeEachEngine('the home page of an applicant', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async ({ id }: { readonly id: string }) =>
    void jar.set('sid', { value: await openSession(deps, { accountId: id, address: '', agent: '' }) })
  const recorded = async () => {
    const person = await recordedAt(deps, tianhe)
    await enter(person.actor)
    return person
  }
  const steps = async (actor: Applicant) => (await applicantHome(deps, actor, 'verified')).steps
  const modules = async (actor: Applicant) => {
    const found = (await applicantHome(deps, actor, 'verified')).modules
    return found && Object.fromEntries(Object.entries(found).map(([id, { state }]) => [id, state]))
  }
  const free = { changes: 'free', transfers: 'free', credits: 'free', conduct: 'free', exams: 'free' }

  const typed = {
    basic: { rowId: 'main', values: { ...typedRows.basic, politics: 'cyl_member' } },
    education: { rowId: rowIds.education, values: { ...typedRows.education, school: '暨南大学' } },
  } as const
  /** A change of a page that a person looks at. */
  const changed = async (actor: Applicant, section: keyof typeof typed) => {
    const caseId = await openDraft(deps, actor, `change-${section}`)
    const { rowId, values } = typed[section]
    const rev = (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)?.rev ?? 0
    await typeRow(deps, actor, { caseId, section, rowId, rev }, values)
    return caseId
  }
  const sent = async (actor: Applicant, caseId: string) => {
    deps.clock.advance(1000)
    await submitCase(deps, actor, { caseId, declared: true })
    return caseId
  }
  const changeReturned = async (actor: Applicant, reviewer: Staff, section: keyof typeof typed) => {
    const caseId = await sent(actor, await changed(actor, section))
    deps.clock.advance(1000)
    await claimCase(deps, reviewer, { caseId })
    const { version } = await caseRow(deps, caseId)
    const target = section === 'basic' ? 'politics' : 'school'
    const { rowId } = typed[section]
    const finding = { at: `finding.${section}.0`, section, rowId, target, reason: 'other', note: '请核对' }
    const opinions = { verdicts: { [section]: 'problem' as const }, findings: [finding] }
    await returnCase(deps, reviewer, { caseId, version, opinions })
    return caseId
  }
  const changesPage = (page: ChangeSection) =>
    shown((props) => ChangePage({ ...props, params: Promise.resolve({ page }) }))
  /** The mark beside each page in the list of pages. */
  const marks = (page: string) => {
    const [nav = ''] = /<nav aria-label="变更内容".*?<\/nav>/s.exec(page) ?? []
    return [...nav.matchAll(/<a .*?<\/a>/gs)].map(([link]) => words(link).trim())
  }

  it('says that the collection is done only while nothing else waits', async () => {
    const { actor } = await recorded()
    expect((await steps(actor)).map(({ id, rank }) => [id, rank])).toEqual([['approved', 'done']])
    expect(words(await shown(HomePage))).toMatch(/当前进度 信息采集已审核通过.*查看信息/)
    expect(await modules(actor)).toEqual(free)
    // What was begun and not sent waits for nobody: its module says so.
    await changed(actor, 'education')
    expect((await steps(actor)).map(({ id }) => id)).toEqual(['approved'])
    expect(await modules(actor)).toEqual({ ...free, changes: 'draft' })
    expect(marks(await changesPage('basic'))).toEqual([
      '基本信息',
      '教育经历 有未提交的申请',
      '工作经历',
      '专业技术资格',
      '采集范围',
    ])
  })

  it('before there is a record has the one step that is next, and who has it by when', async () => {
    const { actor } = await makeApplicant(deps)
    await enter(actor)
    expect((await steps(actor)).map(({ id }) => id)).toEqual(['start'])
    expect(await modules(actor)).toBeNull()
    const caseId = await submittedCase(deps, actor, tianhe)
    const page = words(await shown(HomePage))
    const due = dayWords((await caseRow(deps, caseId)).dueOn)
    expect(page).toMatch(/当前进度 信息采集正在审核 由广东省广州市天河区审核，您暂时不需要做什么。/)
    expect(page).toContain(`预计在 ${due} 前办结。`)
    expect(page).not.toContain('需要您办理')
    expect(page).toContain('信息变更 信息采集审核通过后办理')
  })

  it('leads to the page on which a returned change is mended, and marks it everywhere', async () => {
    const { actor, reviewer } = await recorded()
    await changeReturned(actor, reviewer, 'education')
    const html = await shown(HomePage)
    const page = words(html)
    expect(page).toMatch(/需要您办理 教育经历变更被退回，请修改 .*去修改/)
    expect(html).toContain('href="/changes/education/edit"')
    expect(page).not.toContain('信息采集已审核通过')
    expect(page).toContain('信息变更 被退回，请修改')
    const edit = await shown((props) =>
      EditPage({ ...props, params: Promise.resolve({ page: 'education' }) }),
    )
    expect(edit).toContain('教育经历变更')
    for (const list of [await changesPage('basic'), edit])
      expect(marks(list)).toEqual([
        '基本信息',
        '教育经历 被退回，请修改',
        '工作经历',
        '专业技术资格',
        '采集范围',
      ])
  })

  it('names who has a change under review and by which day, and marks its page', async () => {
    const { actor } = await recorded()
    const caseId = await sent(actor, await changed(actor, 'education'))
    const [step, ...others] = await steps(actor)
    expect(others).toEqual([])
    expect(step).toMatchObject({
      rank: 'wait',
      title: '教育经历变更正在审核',
      texts: [
        '由广东省广州市天河区审核，您暂时不需要做什么。',
        `预计在 ${dayWords((await caseRow(deps, caseId)).dueOn)} 前办结。`,
      ],
      href: '/changes/education',
    })
    expect(marks(await changesPage('basic'))[1]).toBe('教育经历 审核中')
    // And what it keeps from being sent says so, with the words of the page it leads to.
    expect(await modules(actor)).toEqual({ ...free, changes: 'underReview', transfers: 'blocked' })
    const page = words(await shown(HomePage))
    expect(page).toContain(
      '属地关系调转 暂不能办理 有审核中的信息变更，请等待审核结果，或撤回变更后再申请调转。',
    )
    await withdrawCase(deps, actor, { caseId })
    expect(await modules(actor)).toEqual({ ...free, changes: 'draft' })
  })

  it('tells of a transfer under review, and that changes, credits and 奖惩 wait for it, as their pages and commands do', async () => {
    const { actor } = await recorded()
    const draft = await changed(actor, 'education')
    const caseId = await sent(actor, await filledApplication(deps, actor, 'transfer', nanshan))
    const [step] = await steps(actor)
    expect(step).toMatchObject({
      rank: 'wait',
      title: '属地关系调转正在审核',
      href: `/transfers/${caseId}`,
    })
    expect(step?.texts.slice(0, 2)).toEqual([
      '由广东省广州市天河区审核，您暂时不需要做什么。',
      '审核分 2 步，现在是第 1 步。',
    ])
    expect(await modules(actor)).toEqual({
      changes: 'blocked',
      transfers: 'underReview',
      credits: 'blocked',
      conduct: 'blocked',
      exams: 'blocked',
    })
    const reason = '有审核中的调转申请，审核结束后才能提交，请等待审核结果，或先撤回调转申请'
    const page = words(await shown(HomePage))
    for (const module of ['信息变更 暂不能办理', '奖惩信息 暂不能办理', '会计专业技术资格考试 暂不能办理'])
      expect(page).toContain(`${module} ${reason}。`)
    expect(page).toContain('属地关系调转 审核中')
    expect(await outcomeOf(submitCase(deps, actor, { caseId: draft, declared: true }))).toEqual([
      'refused',
      'while-transfer',
    ])
    const basic = await changesPage('basic')
    for (const there of [await shown(ConductPage), basic, await changesPage('education')])
      expect(there).toContain(reason)
    // Nothing begins that could not be sent; what was begun can be gone on with.
    expect(basic).not.toContain('进行变更')
    const education = await changesPage('education')
    expect(education).toContain('继续变更')
    expect(education).not.toContain('变更删除')
  })

  it('has a returned transfer first, with the way to its form', async () => {
    const { actor, reviewer } = await recorded()
    const caseId = await sent(actor, await filledApplication(deps, actor, 'transfer', nanshan))
    await sendBack(deps, reviewer, caseId, 'employer')
    expect(await steps(actor)).toMatchObject([
      { rank: 'mend', title: '属地关系调转被退回，请修改', href: '/transfers/new' },
    ])
    expect(await modules(actor)).toEqual({ ...free, transfers: 'returned' })
  })

  const registered = async (wish: Parameters<typeof openExam>[1], way: 'exam' | 'review' = 'exam') => {
    const exam = await openExam(deps, wish)
    const { actor } = await candidate(deps, tianhe, { way })
    await enter(actor)
    const choice = { ...exam, subjects: ['senior_practice'] as const, declared: true }
    const { caseId } = await registerForExam(deps, actor, choice)
    return { actor, caseId, ...exam, payBy: new Date(exam.closesAt.getTime() + 6 * 3_600_000) }
  }
  const ofExams = async (actor: Applicant) =>
    (await steps(actor)).filter(({ href }) => href.startsWith('/exams'))

  it('says by when a registration is to be paid, with the way there, until it is', async () => {
    const { actor, caseId, sessionId, payBy, year } = await registered({ fee: 5600 })
    const exam = `${year} 年度高级会计专业技术资格考试报名`
    const html = await shown(HomePage)
    expect(words(html)).toContain(`${exam}待缴费 请在 ${instantWords(payBy)} 前缴费。`)
    expect(html).toContain(`href="/exams/${sessionId}"`)
    expect(words(html)).toContain('会计专业技术资格考试 待缴费')
    const [step] = await ofExams(actor)
    expect(step).toMatchObject({ rank: 'pay', action: '去缴费' })
    const { number } = await beginPayment(deps, actor, { caseId })
    expect(await ofExams(actor)).toMatchObject([{ title: `${exam}：支付确认中`, action: '查询缴费结果' }])
    if (number === null) throw new Error('nothing to pay')
    await acceptPaymentNotice(deps, null, await demoPay(deps, actor, { number }))
    expect(await ofExams(actor)).toEqual([])
    expect(words(await shown(HomePage))).toContain('会计专业技术资格考试 报名成功')
  })

  it('says that it is too late to pay, and where paying is not offered here', async () => {
    const { actor, payBy } = await registered({})
    const offline = await applicantHome({ ...deps, payment: null }, actor, 'verified')
    expect(offline.steps.find(({ rank }) => rank === 'pay')).toMatchObject({
      texts: [expect.stringContaining(instantWords(payBy)), expect.stringContaining('没有开通在线缴费')],
      action: '查看报名',
    })
    deps.clock.set(payBy)
    expect(await ofExams(actor)).toMatchObject([
      { texts: [expect.stringContaining('缴费已在')], action: '查看报名' },
    ])
  })

  it('says nothing of paying where there is nothing to pay', async () => {
    const { actor } = await registered({ fee: 0 }, 'review')
    const [step] = await ofExams(actor)
    expect(step).toMatchObject({ rank: 'wait' })
    expect(step?.texts.join('')).not.toContain('缴费')
  })

  it('says where a registration waits for a person, and nothing of one that is over', async () => {
    const { actor, caseId } = await registered({}, 'review')
    const [step] = await ofExams(actor)
    expect(step).toMatchObject({ rank: 'wait', action: '查看进度' })
    expect(step?.texts).toEqual([
      '由广东省广州市天河区审核，您暂时不需要做什么。',
      `预计在 ${dayWords((await caseRow(deps, caseId)).dueOn)} 前办结。`,
      '审核通过后缴费，缴费后状态显示“报名成功”，才算完成。',
    ])
    const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor
    await refuse(deps, reviewer, caseId)
    expect(await ofExams(actor)).toEqual([])
    expect(words(await shown(HomePage))).toContain('会计专业技术资格考试 审核未通过')
  })

  it('shows everything that waits at once: returned, to be paid, then under review by day; nobody else’s', async () => {
    const { actor, reviewer } = await recorded()
    const exam = await openExam(deps)
    await sent(actor, await filledApplication(deps, actor, 'award'))
    await registerForExam(deps, actor, { ...exam, subjects: ['senior_practice'], declared: true })
    await changeReturned(actor, reviewer, 'basic')
    await changeReturned(actor, reviewer, 'education')
    await submittedClaim(deps, actor)
    const found = await steps(actor)
    expect(found.map(({ title, rank }) => [rank, title])).toEqual([
      ['mend', '基本信息变更被退回，请修改'],
      ['mend', '教育经历变更被退回，请修改'],
      ['pay', expect.stringMatching(/报名待缴费$/)],
      ['wait', '奖励申报正在审核'],
      ['wait', '继续教育学分申请正在审核'],
    ])
    expect(found.filter(isYours)).toHaveLength(3)
    const html = await shown(HomePage)
    expect(html.match(/button-primary/g)).toHaveLength(1)
    expect(words(html)).toMatch(/需要您办理 基本信息变更被退回.*报名待缴费.*当前进度 奖励申报正在审核/)
    const other = await recordedAt(deps, tianhe)
    expect((await steps(other.actor)).map(({ id }) => id)).toEqual(['approved'])
  })

  it('tells nobody of what the office files about them before it took effect (AWD-1)', async () => {
    const person = await recorded()
    const reviewer = (await makeStaff(deps, { role: 'reviewer', departmentId: tianhe })).actor
    await enteredPenalty(deps, reviewer, { number: person.number, name: person.name })
    expect((await steps(person.actor)).map(({ id }) => id)).toEqual(['approved'])
    expect(await modules(person.actor)).toEqual(free)
  })
})
