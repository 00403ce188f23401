/** 属地关系调转 (TRF), as chapter 5 of the guide walks it, out of the province: both departments, and a return between. */
import type { Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { expect, test } from './support/seeded.ts'
import { choose, chooseDepartment, month, picture, upload } from './support/wizard.ts'

const main = (page: Page) => page.getByRole('main')
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function send(page: Page): Promise<void> {
  await page.getByLabel('承诺所提供信息真实有效').check()
  await press(page, '提交')
  await expect(main(page)).toContainText('调转申请已提交，等待审核')
}

test('跨省调转: applied for, confirmed, returned, sent again, confirmed and approved; the person belongs elsewhere', async ({
  page,
  other,
  service,
  scripted,
}) => {
  const person = await service.applicant('approved')
  await service.enter(page.context(), person.actor)
  await page.goto('/')
  await main(page).getByRole('link', { name: '属地关系调转' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '属地关系调转' })).toBeVisible()
  await press(page, '调转申请')
  await expect(page.getByRole('heading', { level: 1, name: '调转申请' })).toBeVisible()
  await chooseDepartment(page, ['深圳市', '南山区'])
  await choose(page, '调转原因', '工作单位所在地变动')
  await page.getByLabel('新单位名称').fill('深圳南山示例有限公司')
  await page.getByLabel('统一社会信用代码', { exact: true }).fill('91350100M000100Y43')
  await month(page, '入职月份', '2025-06')
  await press(page, '保存')
  await expect(main(page)).toContainText('已保存')
  await upload(page, '工作单位证明', await picture.proof())
  await send(page)
  await expect(main(page)).toContainText('审核分 2 步，现在是第 1 步，调出地确认：广东省广州市天河区。')
  await expect(main(page)).toContainText('办理的会计管理部门')
  const number = /D\d{16}/.exec((await main(page).textContent()) ?? '')?.[0] ?? ''
  expect(number).not.toBe('')

  const [first, second] = [await service.reviewer(), await service.reviewer('440305')]
  /** 领取, by its number; gone from the desk of who has passed it. */
  const take = async (reviewer: typeof first, decision: '通过' | '有问题') => {
    await service.enter(other.context(), reviewer)
    await other.goto(`/review?number=${number}`)
    await main(other).getByRole('link', { name: number }).click()
    await press(other, '领取')
    await choose(other, '审核意见 · 调转申请', decision)
  }
  const confirm = async () => {
    await take(first, '通过')
    await expect(main(other)).toContainText('调出地：广东省广州市天河区；调入地：深圳市南山区')
    await press(other, '确认调出')
    await expect(main(other)).toContainText('已确认调出，由调入地会计管理部门审核。')
    await other.goto(`/review?number=${number}`)
    await expect(main(other)).toContainText('没有找到这个受理编号')
  }
  // Whose turn it is, and what waits for it.
  await page.goto('/')
  await expect(page.getByRole('region', { name: '当前进度' })).toContainText('由广东省广州市天河区审核')
  const changes = main(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: '信息变更' }) })
  await expect(changes).toContainText('暂不能办理')
  await expect(changes).toContainText('有审核中的调转申请')
  await confirm()
  await page.goto('/transfers')
  const row = page.getByRole('row', { name: /跨省调转/ })
  await expect(row).toContainText('待调入地审核')
  await expect(row.getByRole('img', { name: '工作单位证明' })).toBeVisible()

  await take(second, '有问题')
  const place = other.getByRole('group', { name: '调转申请 第 1 条意见', exact: true })
  await place.getByLabel('退回原因').selectOption({ label: '内容不完整或不准确，请核对补充' })
  await place.getByLabel('所指内容').selectOption({ label: '新单位名称' })
  await place.getByLabel(/^说明/).fill('请填写营业执照上的全称')
  await press(other, '退回')
  await expect(main(other)).toContainText('已退回，申请人将按意见修改')

  await page.goto('/transfers')
  await expect(row).toContainText('调入地退回')
  await row.getByRole('link', { name: /^详情/ }).click()
  await expect(main(page)).toContainText('请填写营业执照上的全称')
  await expect(main(page)).toContainText('从第一步重新审核')
  // What waits for them stands first on the home page, with the way to where it is mended.
  await page.goto('/')
  const waiting = page.getByRole('region', { name: '需要您办理' })
  await expect(waiting.getByRole('heading')).toHaveText(['属地关系调转被退回，请修改'])
  if (scripted) expect(await barriers(page)).toEqual([])
  await waiting.getByRole('link', { name: '去修改' }).click()
  await expect(page).toHaveURL(/\/transfers\/new$/)
  await page.getByLabel('新单位名称').fill('深圳市南山示例有限公司')
  await press(page, '保存')
  await expect(main(page)).toContainText('已保存')
  await send(page)

  await confirm()
  await take(second, '通过')
  await press(other, '审核通过')
  await expect(main(other)).toContainText('已审核通过。')
  await page.goto('/transfers')
  await expect(main(page)).toContainText('您现在属于深圳市南山区')
  await expect(row).toContainText('调转完成')
  await page.getByRole('link', { name: '变更工作经历' }).click()
  await expect(page).toHaveURL(/\/changes\/employment$/)
})
