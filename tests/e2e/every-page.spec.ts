import type { Page } from '@playwright/test'
import { walks } from './support/places.ts'
import { complaints, expect, test } from './support/seeded.ts'

/** Pixels by which the page is wider than the window. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement
    return root.scrollWidth - root.clientWidth
  })

const bodySize = (page: Page) =>
  page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))

/** Names of controls nobody can tell what they are for, and ids given twice. */
const nameless = (page: Page) =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
    const unnamed = controls.filter(
      (one) =>
        !(
          one instanceof HTMLInputElement ||
          one instanceof HTMLSelectElement ||
          one instanceof HTMLTextAreaElement
        ) || ![...(one.labels ?? [])].some((label) => label.textContent?.trim()),
    )
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return {
      unnamed: unnamed.map((one) => one.outerHTML),
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    }
  })

const plain = { unnamed: [], twice: [] }

const wide = { width: 1280, height: 720 }
const phone = { width: 360, height: 720 }

async function fits(page: Page, where: string) {
  const { width = 0 } = page.viewportSize() ?? {}
  expect.soft(await overflow(page), `${where}: pixels too wide at ${width}`).toBeLessThanOrEqual(0)
}

/** By keyboard alone: the first stop of a page leads past its head. A page that was moved to softly has no first stop. */
async function skips(page: Page, where: string) {
  const fresh = await page.evaluate(
    () => performance.getEntriesByType('navigation')[0]?.name === location.href && location.hash === '',
  )
  const skipped = await page.getByRole('link', { name: '跳到正文' }).count()
  if (!fresh || skipped === 0) return
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: '跳到正文' })
  await expect.soft(skip, where).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.soft(page.locator('#main'), where).toBeFocused()
}

async function printsAlone(page: Page, where: string) {
  await page.emulateMedia({ media: 'print' })
  const beside = page.locator('nav, body > div > header, footer, aside').filter({ visible: true })
  await expect.soft(beside, `${where}: on paper`).toHaveCount(0)
  await page.emulateMedia({ media: null })
}

/** 长辈版 is a form: the page stays where it is, and its text grows. Leaves the setting on. */
async function enlarges(page: Page, where: string) {
  const place = () => new URL(page.url()).pathname + new URL(page.url()).search
  const [address, before] = [place(), await bodySize(page)]
  await page.getByRole('button', { name: '长辈版' }).click()
  await expect(page.getByRole('button', { name: '标准版' })).toBeVisible()
  expect.soft(place(), where).toBe(address)
  expect.soft(await bodySize(page), `${where}: 长辈版`).toBeGreaterThan(before)
}

for (const [name, walk] of Object.entries(walks)) {
  test(`every page fits, is named, labelled, private and printable: ${name}`, async ({
    page,
    context,
    service,
  }) => {
    test.setTimeout(180_000)
    const heard = complaints(page)
    for await (const where of walk(page, service)) {
      const missing = where === 'not found'
      const refused = (await page.locator('#errors').count()) > 0
      const answer = await page.request.get(page.url())
      expect.soft(answer.status(), where).toBe(missing ? 404 : 200)
      expect.soft(answer.headers()['cache-control'], where).toBe('private, no-store')
      const title = missing
        ? /^没有找到这个页面/
        : refused
          ? /^错误：.+ · 全国会计人员统一服务管理平台$/
          : /^(?!错误：).*全国会计人员统一服务管理平台$/
      await expect.soft(page, where).toHaveTitle(title)
      await expect.soft(page.getByRole('heading', { level: 1 }), where).toHaveCount(1)
      expect.soft(await nameless(page), where).toEqual(plain)
      await skips(page, where)
      await fits(page, where)
      await page.setViewportSize(phone)
      await fits(page, where)
      if (!missing) {
        await enlarges(page, where)
        await fits(page, `${where}, 长辈版`)
        await page.setViewportSize(wide)
        await fits(page, `${where}, 长辈版`)
        await context.clearCookies({ name: 'size' })
        await printsAlone(page, where)
        // The browser notes the status of a missing page by itself.
        expect.soft(heard, where).toEqual([])
      }
      heard.length = 0
      await page.setViewportSize(wide)
    }
  })
}

const notFound = (page: Page) => page.getByRole('heading', { level: 1, name: '没有找到这个页面' })

test('what belongs to somebody else is not there: cases, files, addresses, posts', async ({
  page,
  service,
}) => {
  const [mine, theirs, reviewer, elsewhere] = [
    await service.applicant('draft'),
    await service.applicant('submitted'),
    await service.reviewer(),
    await service.reviewer('440304'),
  ]
  const [file] = await service.files(theirs.caseId)
  const missing = async (path: string) => {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(404)
    await expect(notFound(page), path).toBeVisible()
    expect(await page.content(), path).not.toContain(theirs.name)
  }

  await service.enter(page.context(), mine.actor)
  for (const path of [
    `/cases/${theirs.caseId}/print`,
    '/cases/no-such-case/print',
    `/files/${file}`,
    `/files/${file}?size=small`,
    '/review',
    `/review/${theirs.caseId}`,
    '/collection/no-such-step',
    '/collection/education/NO',
    '/collection/basic/row001',
    '/identity/certify/no-such-order',
    '/templates/no-such-template',
  ])
    await missing(path)

  // A form that names another person's case says the same, and changes nothing there.
  await page.goto('/collection/basic')
  await page
    .locator('form:has([name=address]) input[name=case]')
    .evaluate((input, id) => input.setAttribute('value', id), theirs.caseId)
  await page.getByLabel('通讯地址').fill('别人的地址不能这样改 1 号')
  await page.getByRole('button', { name: '保存并下一步' }).click()
  await expect(notFound(page)).toBeVisible()
  await page.goto('/collection/basic')
  await page
    .locator('form[action^="/files/"]')
    .first()
    .evaluate(
      (form, path) => form.setAttribute('action', path),
      `/files/${theirs.caseId}/basic/main/portrait`,
    )
  await page
    .getByRole('group', { name: '证件照', exact: true })
    .getByRole('button', { name: /上传|更换/ })
    .click()
  await expect(notFound(page)).toBeVisible()
  expect(await service.files(theirs.caseId)).toContain(file)

  await service.enter(page.context(), reviewer)
  for (const path of [
    '/collection',
    '/collection/basic',
    '/identity',
    '/identity/pictures',
    `/cases/${theirs.caseId}/print`,
    `/review/${mine.caseId}`,
  ])
    await missing(path)
  expect((await page.goto(`/review/${theirs.caseId}`))?.status()).toBe(200)
  await service.enter(page.context(), elsewhere)
  for (const path of [`/review/${theirs.caseId}`, `/files/${file}`]) await missing(path)

  await page.context().clearCookies()
  await missing(`/files/${file}`)
  for (const path of ['/collection', `/review/${theirs.caseId}`, `/cases/${theirs.caseId}/print`]) {
    await page.goto(path)
    await expect(page, path).toHaveURL(/\/login/)
  }
})
