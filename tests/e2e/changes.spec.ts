/** 信息变更 (CHG), as chapter 4 of the guide walks it. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/seeded.ts'
import { choose } from './support/wizard.ts'

const main = (page: Page) => page.getByRole('main')
const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })

test('教育经历: 变更, 新增 into a crossing refused, sent, seen in red by the reviewer, approved, recorded', async ({
  page,
  other,
  service,
}) => {
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  await page.goto('/changes')
  await expect(page).toHaveURL(/\/changes\/basic$/)
  await page.getByRole('navigation', { name: '变更内容' }).getByRole('link', { name: '教育经历' }).click()
  const second = card(page, '教育经历 2')
  await second.getByText('查看详情').click()
  await expect(second).toContainText('1000**********0123')
  await second.getByRole('button', { name: '变更 教育经历 2' }).click()
  await page.getByLabel('学校名称').fill('暨南示例大学')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  const lines = page.getByRole('table', { name: '变更内容' })
  await expect(lines).toContainText('岭南示例大学')
  await expect(lines.locator('ins')).toHaveText(['暨南示例大学'])

  // A third school that crosses the second is refused where it is typed, and taken out again.
  await page.getByRole('button', { name: '新增', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '新增教育经历' })).toBeVisible()
  await choose(page, '办学地', '境内')
  await choose(page, '培养方式', '全日制')
  await page.getByLabel('学校名称').fill('另一所示例大学')
  await page.getByLabel('学历', { exact: true }).selectOption({ label: '高中' })
  await page.getByLabel('学位', { exact: true }).selectOption({ label: '无' })
  const month = async (label: string, year: string, at: string) => {
    const group = page.getByRole('group', { name: label, exact: true })
    await group.locator('input[name$=".year"]').fill(year)
    await group.locator('select[name$=".month"]').selectOption(at)
  }
  await month('入学时间', '2010', '09')
  await month('毕业时间', '2011', '06')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.locator('#errors')).toContainText('交叉')
  await page.goto('/changes/education/edit')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交变更' }).click()
  await expect(page.locator('#errors')).toBeVisible()
  await page
    .getByRole('row', { name: /另一所示例大学/ })
    .getByText('删除', { exact: true })
    .click()
  await page.getByRole('button', { name: /^确定删除/ }).click()
  await expect(page.getByRole('row', { name: /另一所示例大学/ })).toHaveCount(0)

  await page.getByLabel('承诺所提供信息真实有效').uncheck()
  await page.getByRole('button', { name: '提交变更' }).click()
  await expect(page.locator('#errors')).toContainText('承诺所提供信息真实有效')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交变更' }).click()
  await expect(main(page)).toContainText('变更已提交，请等待审核。')
  await expect(main(page)).toContainText('教育经历变更正在审核')
  await expect(card(page, '教育经历 2')).toContainText('岭南示例大学')
  await expect(page.getByRole('button', { name: '新增', exact: true })).toHaveCount(0)

  // Home says who has it, and the list of pages marks which it is.
  await page.goto('/')
  const underway = page.getByRole('region', { name: '当前进度' })
  await expect(underway.getByRole('heading')).toHaveText(['教育经历变更正在审核'])
  await expect(underway).toContainText('预计在')
  await page.goto('/changes')
  const list = page.getByRole('navigation', { name: '变更内容' })
  await expect(list.getByRole('link', { name: /^教育经历/ })).toContainText('审核中')
  await list.getByRole('link', { name: /^教育经历/ }).click()

  await service.enter(other.context(), await service.reviewer())
  await page.getByRole('link', { name: '变更记录' }).click()
  await page.getByRole('table').getByRole('link', { name: /^详情/ }).click()
  const number =
    /B\d{16}/.exec((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[0] ?? ''
  await expect(main(page).locator('ins').filter({ hasText: '暨南示例大学' })).toBeVisible()
  await expect(main(page)).toContainText('人工审核')

  await expect
    .poll(async () => {
      await other.goto(`/review?number=${number}`)
      return main(other).textContent()
    })
    .toContain('待审核')
  await main(other).getByRole('link', { name: number }).click()
  await other.getByRole('button', { name: '领取', exact: true }).click()
  await expect(main(other)).toContainText('与申请人已审核通过的信息相比')
  await expect(main(other).locator('ins').filter({ hasText: '暨南示例大学' }).first()).toBeVisible()
  await choose(other, '审核意见 · 教育经历', '通过')
  await other.getByRole('button', { name: '审核通过', exact: true }).click()
  await expect(other.getByText(/已审核通过/).first()).toBeVisible()

  await page.goto('/changes/education')
  await expect(card(page, '教育经历 2')).toContainText('暨南示例大学')
  await page.getByRole('link', { name: '变更记录' }).click()
  await expect(page.getByRole('row', { name: /修改/ })).toContainText('审核通过')
})

test('基本信息: 邮箱 alone is approved by itself; a change can be given up; before approval nothing can be changed', async ({
  page,
  service,
}) => {
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  await page.goto('/changes/basic')
  await page.getByRole('button', { name: '进行变更' }).click()
  await page.getByLabel(/^邮箱/).fill('changed@example.com')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交变更' }).click()
  await expect(main(page)).toContainText('变更已自动审核通过。')
  await expect(main(page)).toContainText('c******@example.com')
  await expect(main(page)).not.toContainText('changed@example.com')
  await page.getByRole('link', { name: '变更记录' }).click()
  await expect(page.getByRole('row', { name: /自动审核/ })).toContainText('审核通过')

  await page.goto('/changes/basic')
  await page.getByRole('button', { name: '进行变更' }).click()
  await page.getByLabel('政治面貌').selectOption({ label: '无党派人士' })
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('link', { name: '返回当前信息' }).click()
  await expect(main(page)).toContainText('基本信息有尚未提交的变更')
  await page.getByText('放弃变更').click()
  await page.getByRole('button', { name: '确定放弃' }).click()
  await expect(main(page)).toContainText('已放弃变更，已登记的信息不变。')

  const waiting = await service.applicant('submitted')
  await service.enter(page.context(), waiting.actor)
  await page.goto('/changes/employment')
  await expect(main(page)).toContainText('信息采集审核通过后，才能变更已登记的信息。')
  await expect(page.getByRole('button', { name: '进行变更' })).toHaveCount(0)
})
