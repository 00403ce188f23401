/** 考试报名 (EXM): from the conditions to 报名成功, and the two ways it goes no further. */
import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { expirePayments } from '#lib/commands/expire-payments.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { openExam } from '#tests/support/exam-candidates.ts'
import { expect, test } from './support/seeded.ts'

const main = (page: Page) => page.getByRole('main')
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
/** What the page of all exams says of one level of the demo. */
const ofLevel = (page: Page, level: string) =>
  main(page)
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`年度${level}会计专业技术资格考试`) }) })
    .first()

test('初级: conditions met, registered, paid, 报名成功', async ({ page, service }) => {
  const person = await service.applicant('approved', { rows: 'student' })
  await service.enter(page.context(), person.actor)
  await page.goto('/')
  await page
    .getByRole('navigation', { name: '主菜单' })
    .getByRole('link', { name: '会计专业技术资格考试' })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: '会计专业技术资格考试' })).toBeVisible()
  await expect(ofLevel(page, '中级')).toContainText('不符合报考条件')
  const junior = ofLevel(page, '初级')
  await expect(junior).toContainText('符合报考条件')
  await junior.getByRole('link', { name: '查看条件，开始报名' }).click()
  await expect(main(page)).toContainText('高中毕业（含高中、中专、职高和技校）及以上学历')

  await press(page, '下一步：核对报名信息')
  await expect(page.locator('#errors')).toContainText('请选择报考点')
  const site = main(page).getByLabel('报考点', { exact: true })
  await site.selectOption({ index: 1 })
  const chosen = (await site.locator('option:checked').textContent())?.split('（')[0] ?? ''
  await press(page, '下一步：核对报名信息')
  await expect(page.getByRole('heading', { level: 1, name: '核对报名信息' })).toBeVisible()
  for (const said of [chosen, '初级会计实务、经济法基础', person.name, '岭南示例大学'])
    await expect(main(page)).toContainText(said)
  await expect(main(page).getByRole('img', { name: /证件照/ })).toBeVisible()
  await press(page, '提交报名')
  await expect(page.locator('#errors')).toBeVisible()
  await page.getByLabel('本人已阅读并承诺').check()
  await press(page, '提交报名')
  await expect(main(page)).toContainText('报名已提交。')
  await expect(main(page)).toContainText('缴费后状态显示“报名成功”，才算完成')
  const exam = new URL(page.url()).pathname

  await page.goto('/')
  const waiting = page.getByRole('region', { name: '需要您办理' })
  await expect(waiting).toContainText(/初级会计专业技术资格考试报名待缴费\s*请在 .+ 前缴费/)
  await waiting.getByRole('link', { name: '去缴费' }).click()
  await expect(page).toHaveURL(new RegExp(`${exam}$`))
  await press(page, '支付宝缴费')
  await expect(page.getByRole('heading', { level: 1, name: '支付（演示）' })).toBeVisible()
  await press(page, '支付成功')
  await expect(main(page)).toContainText('报名成功')
  await page.goto(exam)
  await expect(main(page)).toContainText('报名序号')
  await expect(main(page)).toContainText('报名成功')
  await expect(main(page).getByRole('link', { name: '打印报名信息表' })).toBeVisible()
  await expect(page.getByText('撤回报名')).toHaveCount(0)
  await page.goto('/')
  await expect(main(page)).toContainText('报名成功')
})

test('who does not meet the conditions reads which; nobody registers before or after the time', async ({
  page,
  service,
}) => {
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  await page.goto('/exams')
  await ofLevel(page, '初级').getByRole('link', { name: '查看条件', exact: true }).click()
  await expect(main(page)).toContainText('已取得同级或更高级别的资格，不用再报考')
  await expect(page.getByRole('button', { name: '下一步：核对报名信息' })).toHaveCount(0)

  await page.goto('/exams')
  await ofLevel(page, '高级').getByRole('link', { name: '查看', exact: true }).click()
  await expect(main(page)).toContainText('还没有开始报名')

  const day = 86_400_000
  const closed = await openExam(service.deps, {
    year: 2040,
    opensAt: new Date(Date.now() - 20 * day).toISOString(),
    closesAt: new Date(Date.now() - day).toISOString(),
  })
  await page.goto(`/exams/${closed.sessionId}`)
  await expect(main(page)).toContainText('报名已经截止')
  await expect(main(page)).toContainText('报名截止时间是')
  await expect(page.getByRole('button', { name: '下一步：核对报名信息' })).toHaveCount(0)
})

test('who does not pay in time reads that the registration is closed, and may register anew while it is open', async ({
  page,
  service,
}) => {
  const { deps } = service
  const person = await service.applicant('approved', { rows: 'student' })
  const { sessionId, siteId } = await openExam(deps, { level: 'junior', year: 2040 })
  const { caseId } = await registerForExam(deps, person.actor, {
    sessionId,
    siteId,
    subjects: ['junior_practice', 'economic_law_basics'],
    declared: true,
  })
  await service.enter(page.context(), person.actor)
  await page.goto(`/exams/${sessionId}`)
  await expect(main(page)).toContainText('待缴费')
  const { examEntry, examSession } = deps.store.t
  const payBy = new Date(Date.now() - 60_000)
  await deps.store.tx(async (q) => {
    await q.update(examEntry).set({ payBy }).where(eq(examEntry.caseId, caseId))
    await q.update(examSession).set({ payBy }).where(eq(examSession.id, sessionId))
  })
  await expirePayments(deps, { except: [], limit: 200 })
  await page.goto(`/exams/${sessionId}`)
  await expect(main(page)).toContainText('已关闭（逾期未缴费）')
  await expect(page.getByRole('button', { name: '支付宝缴费' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: '下一步：核对报名信息' })).toBeVisible()
})
