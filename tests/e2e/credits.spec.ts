/** 继续教育 (CRE-1): a claim is returned once, mended, approved, and stands in the ledger. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/seeded.ts'
import { choose, month, picture, upload } from './support/wizard.ts'

const main = (page: Page) => page.getByRole('main')

test('a claim of credits: returned with a reason, sent again, approved, and part of the year', async ({
  page,
  other,
  service,
}) => {
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  await page.goto('/')
  await page.getByRole('link', { name: '继续教育', exact: true }).last().click()
  await expect(page.getByRole('heading', { level: 1, name: '继续教育' })).toBeVisible()
  await expect(main(page)).toContainText('还差 90 学分')
  await page.getByRole('button', { name: '申请学分' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '继续教育学分申请' })).toBeVisible()

  // The year that runs: a month of it that has come, whenever this runs.
  const year = String(new Date().getFullYear())
  await page.getByLabel('学分形式').selectOption({ label: '参加会计类专业会议（按天）' })
  await page.getByLabel('名称').fill('全省会计信息化研讨会')
  await page.getByLabel('数量').fill('31')
  await month(page, '完成时间', `${year}-01`)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.locator('#errors')).toContainText('一次最多申请 30')
  await page.getByLabel('数量').fill('3')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(main(page)).toContainText(`折算 30 学分，计入${year}年度`)
  await upload(page, '证明材料', await picture.proof())
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(main(page)).toContainText('学分申请已提交，等待审核')
  const number = /X\d{16}/.exec((await main(page).textContent()) ?? '')?.[0] ?? ''

  await service.enter(other.context(), await service.reviewer())
  const opened = async () => {
    await other.goto(`/review?number=${number}`)
    await main(other).getByRole('link', { name: number }).click()
    await other.getByRole('button', { name: '领取', exact: true }).click()
    await expect(main(other)).toContainText('申请的学分与当年学分')
  }
  await opened()
  await expect(main(other)).toContainText(`折算 30 学分，计入${year}年度`)
  await choose(other, '审核意见 · 继续教育学分申请', '有问题')
  const place = other.getByRole('group', { name: '继续教育学分申请 第 1 条意见', exact: true })
  await place.getByLabel('退回原因').selectOption({ label: '学分形式或数量与证明材料不一致' })
  await place.getByLabel('所指内容').selectOption({ label: '数量' })
  await place.getByLabel(/^说明/).fill('会议通知写的是两天。')
  await other.getByRole('button', { name: '退回', exact: true }).click()
  await expect(other.getByText('已退回，申请人将按意见修改')).toBeVisible()

  await page.goto('/education-credits')
  await expect(main(page)).toContainText('学分申请被退回，请修改后重新提交')
  await expect(main(page)).toContainText('还差 90 学分')
  await page.getByRole('link', { name: '查看意见并修改' }).click()
  await expect(main(page)).toContainText('会议通知写的是两天。')
  await page.getByLabel('数量').fill('2')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(main(page)).toContainText('折算 20 学分')
  await page.getByLabel('承诺所提供信息真实有效').check()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(main(page)).toContainText('学分申请已提交，等待审核')

  await opened()
  await choose(other, '审核意见 · 继续教育学分申请', '通过')
  await other.getByRole('button', { name: '审核通过', exact: true }).click()
  await expect(other.getByText(/已审核通过/).first()).toBeVisible()

  await page.goto('/education-credits')
  await expect(main(page)).toContainText('还差 70 学分')
  const line = page.getByRole('row', { name: /全省会计信息化研讨会.*本人申请/ })
  await expect(line).toContainText('20')
  await expect(line).toContainText(`本人申请 ${number}`)
  await page.getByRole('link', { name: '打印学分登记表' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '会计人员继续教育学分登记表' })).toBeVisible()
  await expect(main(page)).toContainText('20 / 90 学分')
})
