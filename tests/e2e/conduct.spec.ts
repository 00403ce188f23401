/** 奖惩 (AWD-1): a penalty entered by one and decided by another, a 异议 judged by two others, and the entry revoked. */
import type { Page } from '@playwright/test'
import { latestCase } from '#db/queries/cases.ts'
import { dayOf } from '#lib/domain/days.ts'
import { typedPenalty } from '#tests/support/conduct.ts'
import { pass } from './support/documents.ts'
import { expect, test } from './support/seeded.ts'
import { choose } from './support/wizard.ts'

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click()
const main = (page: Page) => page.getByRole('main')
/** Two lines, as Enter makes them, read as two lines. */
const lines = (page: Page, text: string) =>
  expect(main(page)).toContainText(new RegExp(text.split('\n').join('\\n+')), { useInnerText: true })

test('AWD-1: a penalty is entered, approved by a second person, objected to and revoked by two others', async ({
  page,
  other,
  service,
}) => {
  const { deps } = service
  const basis = `${typedPenalty.basis}\n另见案卷第三页`
  const story = '决定书写的是另一个单位。\n本人当时不在该单位任职。'
  const person = await service.applicant('approved')
  const [enterer, decider, first, second] = await Promise.all([1, 2, 3, 4].map(() => service.reviewer()))
  if (!enterer || !decider || !first || !second) throw new Error('four people are needed')

  await service.enter(other.context(), enterer)
  await other.goto('/review')
  await other.getByRole('link', { name: '奖惩登记' }).click()
  await other.getByRole('link', { name: '登记行政处罚' }).click()
  await other.getByLabel('证件号码').fill(person.login)
  await other.getByLabel('姓名').fill('不是此人')
  await press(other, '查找')
  await expect(other.locator('#errors')).toContainText('没有找到')
  await other.getByLabel('姓名').fill(person.name)
  await press(other, '查找')
  await other.getByLabel('处罚种类').selectOption({ label: '罚款' })
  await other.getByLabel('处罚依据').fill(basis)
  await other.getByLabel('作出决定的行政机关名称').fill(typedPenalty.authority)
  await press(other, '下一步：核对')
  await expect(other.locator('#errors')).toContainText('决定书文号')
  await other.getByLabel('决定书文号').fill(typedPenalty.documentNo)
  await other.getByLabel('决定日期').fill(dayOf(deps.clock.now()))
  await press(other, '下一步：核对')
  await expect(other.getByRole('heading', { level: 2, name: '核对' })).toBeVisible()
  await lines(other, basis)
  await press(other, '提交登记')
  await expect(main(other)).toContainText('已登记，受理编号')
  const number = /受理编号 (F\d{16})/.exec((await main(other).textContent()) ?? '')?.[1] ?? ''
  expect(number).not.toBe('')

  await service.enter(page.context(), person.actor)
  await page.goto('/conduct')
  await expect(main(page)).toContainText('没有登记的奖惩信息')

  await service.enter(other.context(), decider)
  await other.goto(`/review?number=${number}`)
  await other.getByRole('link', { name: number }).click()
  await press(other, '领取')
  await lines(other, basis)
  await choose(other, '审核意见 · 行政处罚登记', '通过')
  await expect(other.getByRole('button', { name: '退回', exact: true })).toHaveCount(0)
  await press(other, '审核通过')
  await expect(other.getByText('已审核通过。')).toBeVisible()

  await page.goto('/messages')
  await expect(page.getByRole('heading', { level: 2, name: '行政处罚已登记' })).toBeVisible()
  await page.goto('/conduct')
  await expect(main(page)).toContainText(typedPenalty.documentNo)
  await lines(page, basis)
  await press(page, /^提出异议/)
  await expect(main(page)).toContainText('提出异议的内容')
  await page.getByLabel('异议理由').fill(story)
  await press(page, '保存')
  await expect(page.locator('#errors')).toHaveCount(0)
  await expect(page.getByLabel('异议理由')).toHaveValue(story)
  await page.getByLabel(/承诺所提供信息真实有效/).check()
  await press(page, '提交')
  await expect(main(page)).toContainText('异议已提交，等待核实')

  const objection = await latestCase(deps.store.read, deps.store.t, person.actor.id, 'objection')
  if (!objection) throw new Error('the objection is not there')
  await other.goto(`/review/${objection.id}`)
  await expect(main(other)).toContainText('异议需要由其他工作人员核实')
  await lines(other, story)
  await expect(other.getByRole('button', { name: '领取', exact: true })).toHaveCount(0)
  await pass(deps, first, objection.id)
  await service.enter(other.context(), second)
  await other.goto(`/review/${objection.id}`)
  await press(other, '领取')
  await choose(other, '审核意见 · 奖惩异议', '通过')
  await press(other, '审核通过')
  await expect(other.getByText('已审核通过。')).toBeVisible()

  await page.goto('/conduct')
  await expect(main(page)).toContainText('已撤销')
  await expect(page.getByRole('button', { name: /^提出异议/ })).toHaveCount(0)
})
