import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { makeCreditPaper } from '#app/(applicant)/education-credits/actions.ts'
import NewCreditPage from '#app/(applicant)/education-credits/new/page.tsx'
import CreditsPage from '#app/(applicant)/education-credits/page.tsx'
import PrintCreditsPage from '#app/(applicant)/education-credits/print/page.tsx'
import HomePage from '#app/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import { ownReceipt, ownReceipts } from '#lib/views/receipts.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledApplication } from '#tests/support/cases.ts'
import { pass, refuse, sendBack } from '#tests/support/claims.ts'
import { recordedAt, retype, submittedClaim } from '#tests/support/credits.ts'
import { makeApplicant, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ endSession: async () => undefined }))

/** What is read, without mark-up. */
const words = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describeEachEngine('the pages of 继续教育', (open) => {
  let deps: TestDeps
  let tianhe: string
  beforeAll(async () => {
    deps = testDeps(await open())
    tianhe = (await seedDepartments(deps)).tianhe
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
  })
  beforeEach(() => jar.clear())
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })

  it('before a record they say what they will hold, and offer nothing to begin or print', async () => {
    const { actor } = await makeApplicant(deps)
    await signIn(actor.id)
    const page = await shown(CreditsPage)
    expect(page).toContain('信息采集审核通过后，这里按年度显示您的继续教育学分')
    expect(page).not.toContain('<button')
    const fresh = await shown(NewCreditPage)
    expect(words(fresh)).toContain('信息采集审核通过后，才能申请继续教育学分')
    expect(fresh).not.toContain('<button')
    expect(await shown(PrintCreditsPage)).toBe('404')
    expect(words(await shown(HomePage))).toContain('信息采集审核通过后办理')
  })

  it('are for applicants who signed in', async () => {
    const { reviewer } = await recordedAt(deps, tianhe)
    expect(await shown(CreditsPage)).toMatch(/^303 \/login/)
    await signIn(reviewer.id)
    for (const page of [CreditsPage, NewCreditPage, PrintCreditsPage]) expect(await shown(page)).toBe('404')
  })

  it('show the year, what is missing of it, and a claim on its way through return and refusal', async () => {
    const { actor, reviewer, number, name } = await recordedAt(deps, tianhe)
    await signIn(actor.id)
    const empty = words(await shown(CreditsPage))
    expect(empty).toContain('还差 90 学分 ：专业科目 60 学分，公需科目 30 学分')
    expect(empty).toContain('这一年度还没有登记学分。')
    expect(empty).toContain('还没有提交过学分申请。')
    expect(empty).toContain('申请学分')
    // The table stands on the page before anything is begun: all sixteen forms.
    const table = await shown(NewCreditPage)
    expect(table.match(/<tr>/g)).toHaveLength(17)
    expect(words(table)).toContain('出版会计类书籍，其他作者（按本） 60 / 本 5 本')

    await openDraft(deps, actor, 'credit')
    expect(words(await shown(CreditsPage))).toContain('有一份学分申请还没有提交')
    expect(words(await shown(NewCreditPage))).not.toContain('本次申请的学分')
    const caseId = await filledApplication(deps, actor, 'credit', { quantity: '8' })
    expect(words(await shown(NewCreditPage))).toContain('折算 80 学分，计入2026年度')
    await submitCase(deps, actor, { caseId, declared: true })
    const claimNumber = (await caseRow(deps, caseId)).number ?? '?'
    expect(words(await shown(CreditsPage))).toContain(`学分申请正在审核 受理编号 ${claimNumber}`)
    // Taken back, it can be sent again or given up.
    await withdrawCase(deps, actor, { caseId })
    expect(await shown(NewCreditPage)).toContain('确定放弃')
    await submitCase(deps, actor, { caseId, declared: true })
    await sendBack(deps, reviewer, caseId, 'quantity')
    expect(words(await shown(CreditsPage))).toContain('学分申请被退回，请修改后重新提交')
    expect(words(await shown(NewCreditPage))).toContain('请重新上传')
    await retype(deps, actor, caseId, { quantity: '7' })
    await submitCase(deps, actor, { caseId, declared: true })
    await pass(deps, reviewer, caseId)

    const after = words(await shown(CreditsPage))
    expect(after).toContain(
      '合计 70 / 90 学分 还差 20 专业科目 60 / 60 学分 已满 公需科目 10 / 30 学分 还差 20',
    )
    expect(after).toContain(`本人申请 ${claimNumber}`)
    expect(words(await shown(HomePage))).toContain('今年 70 / 90 学分')
    await refuse(
      deps,
      reviewer,
      await submittedClaim(deps, actor, { title: '不是会计会议' }),
      '不是会计类会议',
    )
    expect(words(await shown(CreditsPage))).toContain('不予通过 原因：不是会计类会议')
    expect(words(await shown(CreditsPage, { year: '2024' }))).toContain('2024年度 未完成 还差 90 学分')

    expect(after).toContain('按广东省的规则')
    expect(await posted(makeCreditPaper, {})).toMatch(/^303 \/record\/form\/[0-9A-Z]{16}\?done=made#main$/)
    const [receipt] = await ownReceipts(deps, actor)
    const printed = JSON.stringify((await ownReceipt(deps, actor, receipt?.code ?? '')).paper)
    expect(receipt?.kind).toBe('credits')
    for (const part of [name, number, '全省会计信息化研讨会', '7 天', '70 / 90 学分', '还差 20 学分'])
      expect(printed).toContain(part)

    const paper = words(await shown(PrintCreditsPage, { year: '2026' }))
    for (const part of [name, number, '全省会计信息化研讨会', '7 天', '70 / 90 学分', '广东省广州市天河区'])
      expect(paper).toContain(part)
  })
})
