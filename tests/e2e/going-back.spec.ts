/** What somebody sees who goes back, loads a page again, presses twice or has signed out elsewhere: never less than they saved. */
import type { Page } from '@playwright/test'
import { complaints, expect, test } from './support/seeded.ts'
import { choose } from './support/wizard.ts'

const address = '广东省广州市天河区回头路 1 号'
const later = '广东省广州市天河区回头路 2 号'
const next = (page: Page) => page.getByRole('button', { name: '保存并下一步' })
const errors = (page: Page) => page.locator('#errors')

test('a page that was refused is shown as it was saved since, to whoever goes back to it', async ({
  page,
  service,
}) => {
  const heard = complaints(page)
  const { actor, caseId } = await service.applicant('complete')
  await service.enter(page.context(), actor)
  await page.goto('/collection/basic')
  await page.waitForLoadState('networkidle')
  await page.getByLabel('通讯地址').fill('')
  await next(page).click()
  await expect(errors(page)).toContainText('通讯地址')
  await page.getByLabel('通讯地址').fill(address)
  await next(page).click()
  await expect(page.getByRole('heading', { level: 1, name: '教育经历' })).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('通讯地址')).toHaveValue(address)
  // A browser without script shows the page it has; asked for again it comes as it was saved.
  await page.reload()
  await expect(page.getByLabel('通讯地址')).toHaveValue(address)
  await expect(errors(page)).toBeHidden()
  await next(page).click()
  await expect(page.getByRole('heading', { level: 1, name: '教育经历' })).toBeVisible()
  expect((await service.rows(caseId, 'basic'))[0]?.values.address).toBe(address)
  expect(heard).toEqual([])
})

test('what was saved by itself since stands, whoever loads the refused page again', {
  tag: '@script',
}, async ({ page, service }) => {
  const { actor, caseId } = await service.applicant('complete')
  await service.enter(page.context(), actor)
  await page.clock.install()
  await page.goto('/collection/basic')
  await page.waitForLoadState('networkidle')
  await page.getByLabel('通讯地址').fill('')
  await next(page).click()
  await expect(errors(page)).toContainText('通讯地址')
  for (const text of [address, later]) {
    await page.getByLabel('通讯地址').fill(text)
    await page.clock.fastForward(31_000)
    await expect.poll(async () => (await service.rows(caseId, 'basic'))[0]?.values.address).toBe(text)
    await page.reload()
    await page.waitForLoadState('networkidle')
    await expect(page.getByLabel('通讯地址')).toHaveValue(text)
  }
})

test('numbers in full come with everything that was typed of the judgement', async ({ page, service }) => {
  const [person, reviewer] = [await service.applicant('submitted'), await service.reviewer()]
  await service.claim(reviewer, person.caseId)
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${person.caseId}`)
  await page.waitForLoadState('networkidle')
  await choose(page, '审核意见 · 教育经历', '通过')
  await choose(page, '审核意见 · 基本信息', '有问题')
  const finding = page.getByRole('group', { name: '基本信息 第 1 条意见', exact: true })
  await finding.getByLabel(/^说明/).fill('照片与证件不是同一人')
  const kept = async () => {
    await expect(finding.getByLabel(/^说明/)).toHaveValue('照片与证件不是同一人')
    const passed = page.getByRole('group', { name: '审核意见 · 教育经历' })
    await expect(passed.getByRole('radio', { name: '通过', exact: true })).toBeChecked()
  }
  await page.getByRole('button', { name: '显示完整号码' }).click()
  await expect(page.getByRole('button', { name: '隐藏完整号码' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(person.login)
  await kept()
  await page.getByRole('button', { name: '隐藏完整号码' }).click()
  await expect(page.getByRole('button', { name: '显示完整号码' })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(person.login)
  await kept()
})

test('one more finding is where its reviewer goes on', async ({ page, service, scripted }) => {
  const [person, reviewer] = [await service.applicant('submitted'), await service.reviewer()]
  await service.claim(reviewer, person.caseId)
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${person.caseId}`)
  await page.waitForLoadState('networkidle')
  await choose(page, '审核意见 · 基本信息', '有问题')
  const finding = (nth: number) =>
    page.getByRole('group', { name: `基本信息 第 ${nth} 条意见`, exact: true }).getByLabel('退回原因')
  await finding(1).selectOption({ index: 1 })
  await page
    .getByRole('group', { name: '基本信息 第 1 条意见', exact: true })
    .getByLabel('所指内容')
    .selectOption({ index: 1 })
  await page.getByRole('button', { name: '再加一条意见 基本信息' }).click()
  await expect(finding(2)).toBeInViewport()
  if (scripted) await expect(finding(2)).toBeFocused()
})

test('a decision that is clicked twice is made once, and said to be made', async ({ page, service }) => {
  const [person, reviewer] = [await service.applicant('submitted'), await service.reviewer()]
  await service.claim(reviewer, person.caseId)
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${person.caseId}`)
  await page.waitForLoadState('networkidle')
  for (const group of await page.getByRole('group', { name: /^审核意见 · / }).all())
    await group.getByRole('radio', { name: '通过', exact: true }).check()
  await page.getByRole('button', { name: '审核通过', exact: true }).dblclick()
  await expect(page.getByText('已审核通过。')).toBeVisible()
  await expect(errors(page)).toBeHidden()
  const events = await service.events(person.caseId)
  expect(events.filter((kind) => kind === 'case.approved')).toHaveLength(1)
})

test('with script the second click of a double click is not sent, and Enter saves what is judged', {
  tag: '@script',
}, async ({ page, service }) => {
  const [person, reviewer] = [await service.applicant('submitted'), await service.reviewer()]
  await service.claim(reviewer, person.caseId)
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${person.caseId}`)
  await page.waitForLoadState('networkidle')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  const verdict = page.getByRole('group', { name: '审核意见 · 教育经历' })
  await verdict.getByRole('radio', { name: '通过', exact: true }).check()
  await page.getByRole('button', { name: '保存意见', exact: true }).dblclick()
  await expect(page.getByText('意见已保存')).toBeVisible()
  expect(sent).toHaveLength(1)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: '显示完整号码' }).click()
  await expect(page.getByRole('button', { name: '隐藏完整号码' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await verdict.getByRole('radio', { name: '通过', exact: true }).press('Enter')
  await expect(page.getByRole('button', { name: '显示完整号码' })).toBeVisible()
  await expect(page.getByText('意见已保存')).toBeVisible()
  await expect(verdict.getByRole('radio', { name: '通过', exact: true })).toBeChecked()
})

test('a form sent after signing out elsewhere says that nothing was kept', async ({ page, service }) => {
  const { actor } = await service.applicant('draft')
  await service.enter(page.context(), actor)
  await page.goto('/collection/basic')
  await page.waitForLoadState('networkidle')
  await page.getByLabel('通讯地址').fill(address)
  await page.context().clearCookies({ name: 'sid' })
  await next(page).click()
  await expect(page.getByText('登录已经结束，刚才的内容没有保存')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: '会计人员登录' })).toBeVisible()
})
