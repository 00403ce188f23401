import type { Page } from '@playwright/test'
import { expect, test } from './support/seeded.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const search = async (page: Page, text: string) => {
  await page.getByLabel('搜索问题').fill(text)
  await page.getByRole('button', { name: '搜索' }).click()
  await expect(page.getByLabel('搜索问题')).toHaveValue(text)
}

test('HLP-1: from 注意事项 through a search to the answer, and from it to where it is done', async ({
  page,
}) => {
  await page.goto('/register')
  const cautions = page.locator('section', { has: page.getByRole('heading', { name: '注意事项' }) })
  await expect(cautions.getByRole('listitem').first()).toContainText('请使用本人的证件')
  await cautions.getByRole('link', { name: '帮助中心' }).click()
  await expect(heading(page, '注册')).toBeVisible()
  await expect(page).toHaveURL(/\/help\/registration$/)
  await page.getByRole('navigation', { name: '当前位置' }).getByRole('link', { name: '帮助中心' }).click()
  await expect(heading(page, '帮助中心')).toBeVisible()

  await search(page, '生僻字')
  const found = page.getByRole('region', { name: /^找到 \d+ 个问题/ })
  const question = '姓名里有生僻字，打不出来怎么办？'
  await expect(found.getByRole('listitem').first().getByRole('heading')).toHaveText(question)
  await expect(found.locator('mark').first()).toHaveText('生僻字')
  await found.getByRole('link', { name: question }).click()
  await expect(page).toHaveURL(/\/help\/registration#rare-characters$/)
  const answer = page.getByRole('region', { name: question })
  await expect(answer.getByRole('heading')).toBeInViewport()
  await expect(answer).toContainText('请不要用拼音、星号或同音字代替')
  await answer.getByRole('link', { name: '生僻字' }).click()
  await expect(heading(page, '生僻字')).toBeVisible()
})

test('HLP-1: a search without a find says so, keeps what was typed and shows every topic', async ({
  page,
}) => {
  await page.goto('/help')
  await search(page, '量子力学 <&>')
  await expect(page.getByRole('heading', { name: '没有找到与“量子力学 <&>”有关的问题' })).toBeVisible()
  await expect(page).toHaveTitle(/量子力学/)
  await page.getByRole('main').getByRole('link', { name: '信息变更、属地调转与奖惩' }).click()
  await expect(heading(page, '信息变更、属地调转与奖惩')).toBeVisible()
  await page.getByRole('complementary').getByRole('link', { name: '教育经历' }).click()
  await expect(heading(page, '教育经历')).toBeVisible()
})

test('HLP-1: the wizard leads to the topic of its page', async ({ page, service }) => {
  const person = await service.applicant('draft')
  await service.enter(page.context(), person.actor)
  await page.goto('/collection/education')
  await page.getByRole('link', { name: '更多：帮助中心 · 教育经历' }).click()
  await expect(heading(page, '教育经历')).toBeVisible()
  await expect(page).toHaveURL(/\/help\/education$/)
  // What is asked on this page leads to its own answer below.
  const contents = page.getByRole('navigation', { name: '本页问题' }).getByRole('link')
  const last = contents.last()
  const question = (await last.textContent()) ?? ''
  await last.click()
  await expect(page.getByRole('region', { name: question })).toBeInViewport()
})

test('HLP-1: a topic there is none of, and forms to download', async ({ page }) => {
  const answer = await page.goto('/help/no-such-topic')
  expect(answer?.status()).toBe(404)
  await expect(heading(page, '没有找到这个页面')).toBeVisible()
  await page.getByRole('link', { name: '首页' }).click()
  await page.getByRole('contentinfo').getByRole('link', { name: '模板下载' }).click()
  await expect(heading(page, '模板下载')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: /^打开/ }).click()
  await expect(heading(page, '会计专业工作简历表')).toBeVisible()
})
