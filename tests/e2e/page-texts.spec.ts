/** What no script looks at is sent once, in the HTML alone (decision 040): also where the browser goes on by script, and back. */
import type { Page } from '@playwright/test'
import { rawRequest } from '../support/raw-request.ts'
import { expect, test } from './support/seeded.ts'

const base = process.env.PLAYWRIGHT_BASE_URL ?? ''

const said = (page: Page) => page.getByRole('main').textContent()

function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', ({ message }) => void faults.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return faults
}

test('a page is not sent a second time for the browser', async ({ page }) => {
  for (const path of ['/', '/help', '/register']) {
    const { body } = await rawRequest(base + path)
    await page.goto(path)
    const texts = await page.locator('[data-text]').allInnerTexts()
    const words = texts.flatMap((text) => text.split('\n')).filter((line) => line.length > 20)
    expect(words.length, path).toBeGreaterThan(0)
    const scripts = [...body.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, inner = '']) => inner)
    for (const line of words) expect(scripts.join(''), `${path}: ${line}`).not.toContain(line)
  }
})

test('a page stays whole where it comes anew by script @script', async ({ page, service }) => {
  const faults = faultsOf(page)
  const { actor } = await service.applicant('draft')
  await service.enter(page.context(), actor)
  await page.goto('/collection/basic', { waitUntil: 'networkidle' })
  const options = page.locator('select[data-text] option')
  const before = { steps: await page.getByRole('navigation').allInnerTexts(), options: await options.count() }
  expect(before.options).toBeGreaterThan(50)
  // Marked, so that a page that was loaded anew would be seen.
  await page.evaluate(() => document.documentElement.setAttribute('data-here', '1'))
  await page.getByLabel('通讯地址').fill('')
  await page.getByRole('button', { name: '保存并下一步' }).click()
  await expect(page.locator('#errors')).toBeVisible()
  await expect(page.locator('html[data-here]')).toHaveCount(1)
  expect(await page.getByRole('navigation').allInnerTexts()).toEqual(before.steps)
  expect(await page.locator('select option').count()).toBeGreaterThanOrEqual(before.options)
  expect(faults).toEqual([])
})

test('a page that one goes back to by script is what it was, and so is the next @script', async ({
  page,
  service,
}) => {
  const faults = faultsOf(page)
  const { number } = await service.applicant('submitted')
  await service.enter(page.context(), await service.reviewer())
  await page.goto('/review', { waitUntil: 'networkidle' })
  const before = await said(page)
  await page.getByRole('textbox', { name: '查找' }).fill(number)
  await page.getByRole('button', { name: '查找', exact: true }).click()
  await expect(
    page.getByRole('table', { name: '查找结果' }).getByRole('link', { name: number }),
  ).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('table', { name: '查找结果' })).toHaveCount(0)
  expect(await said(page)).toBe(before)
  await page.goForward()
  await expect(
    page.getByRole('table', { name: '查找结果' }).getByRole('link', { name: number }),
  ).toBeVisible()
  expect(faults).toEqual([])
})

test('a page that something changed on its way is drawn anew, and whole @script', async ({
  page,
  service,
}) => {
  const { actor } = await service.applicant('draft')
  await service.enter(page.context(), actor)
  const path = '/collection/basic'
  await page.goto(path, { waitUntil: 'networkidle' })
  const before = { said: await said(page), options: await page.locator('select option').count() }
  // As an extension of the browser does it: React finds what it did not write, gives the document up and draws its own.
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replaceAll(/<form[^>]*>/g, '$&<p>别人放的</p>')
    await route.fulfill({ response, body })
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  await expect(page.locator('form:has([name=address])').getByText('别人放的')).toHaveCount(0)
  expect((await said(page))?.replaceAll('别人放的', '')).toBe(before.said)
  expect(await page.locator('select option').count()).toBe(before.options)
})
