import type { Page } from '@playwright/test'
import { barriers, barriersOfLooks } from './support/barriers.ts'
import {
  answers,
  dead,
  enlarges,
  fitting,
  phone,
  plain,
  printsAlone,
  read,
  skips,
  tooWide,
  wide,
} from './support/look.ts'
import { dialogs, walks } from './support/places.ts'
import { complaints, expect, test } from './support/seeded.ts'

const titles = {
  missing: /^没有找到这个页面/,
  refused: /^错误：.+ · 全国会计人员统一服务管理平台$/,
  usual: /^(?!错误：).*全国会计人员统一服务管理平台$/,
}
const missing = 'not found'

for (const [name, walk] of Object.entries(walks)) {
  test(`every page fits, is named, labelled, private, printable and without barriers: ${name}`, async ({
    page,
    service,
    scripted,
  }) => {
    test.setTimeout(240_000)
    const heard = complaints(page)
    const answer = answers(page)
    // 长辈版 is one form of the frame: pressed at the first page of a walk, and at the first whose address says more.
    const pressed = new Set<boolean>()
    // Without script there is one layout to look at, the narrowest.
    await page.setViewportSize(scripted ? wide : phone)
    for await (const where of walk(page, service)) {
      const isMissing = where === missing
      const isRefused = (await page.locator('#errors').count()) > 0
      expect
        .soft(await answer(), where)
        .toEqual({ status: isMissing ? 404 : 200, cache: 'private, no-store' })
      const title = titles[isMissing ? 'missing' : isRefused ? 'refused' : 'usual']
      await expect.soft(page, where).toHaveTitle(title)
      expect.soft(await read(page), where).toEqual(plain)
      if (scripted) {
        // What was refused takes the focus to what is wrong.
        if (!isRefused) await skips(page, where)
        expect.soft(await barriers(page), where).toEqual([])
        expect.soft(await barriersOfLooks(page), where).toEqual([])
        expect.soft(await tooWide(page), `${where}, ${wide.width} pixels`).toEqual(fitting)
        if (!isMissing) await printsAlone(page, where)
        await page.setViewportSize(phone)
      } else {
        expect.soft(await dead(page), where).toEqual([])
      }
      expect.soft(await tooWide(page), `${where}, ${phone.width} pixels`).toEqual(fitting)
      const hasQuery = new URL(page.url()).search !== ''
      if (!isMissing && !pressed.has(hasQuery)) {
        pressed.add(hasQuery)
        await enlarges(page, where)
      }
      // The browser notes the status of a missing page by itself.
      if (!isMissing) expect.soft(heard, where).toEqual([])
      heard.length = 0
      if (scripted) await page.setViewportSize(wide)
    }
  })
}

for (const [name, walk] of Object.entries(dialogs)) {
  test(`every dialog fits, is labelled and without barriers: ${name}`, { tag: '@script' }, async ({
    page,
    service,
  }) => {
    const heard = complaints(page)
    for await (const where of walk(page, service)) {
      expect.soft(await read(page), where).toEqual(plain)
      expect.soft(await barriers(page), where).toEqual([])
      expect.soft(await barriersOfLooks(page), where).toEqual([])
      expect.soft(await tooWide(page), `${where}, ${wide.width} pixels`).toEqual(fitting)
      await page.setViewportSize(phone)
      expect.soft(await tooWide(page), `${where}, ${phone.width} pixels`).toEqual(fitting)
      await page.setViewportSize(wide)
      expect.soft(heard, where).toEqual([])
    }
  })
}

test('what is read of a page would notice: no name, grey on white, too wide, small targets, dead buttons', {
  tag: '@script',
}, async ({ page }) => {
  await page.goto('/login')
  await page.locator('#main').evaluate((main) => {
    main.append(document.createElement('select'), document.createElement('h1'))
    const faint = document.createElement('p')
    faint.textContent = '看不清的字'
    faint.style.color = 'silver'
    const broad = document.createElement('div')
    broad.id = 'main'
    broad.style.width = '2000px'
    broad.textContent = '太宽'
    const small = document.createElement('div')
    for (const word of ['一', '二']) {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = word
      button.style.cssText = 'padding: 0; border: 0; min-height: 0; height: 10px; width: 10px'
      small.append(button)
    }
    main.append(faint, broad, small)
  })
  const rules = (found: readonly string[]) => found.map((text) => /[a-z]+-[a-z-]+/.exec(text)?.[0])
  expect(rules(await barriers(page))).toEqual(expect.arrayContaining(['select-name', 'color-contrast']))
  const inLooks = await barriersOfLooks(page)
  expect(rules(inLooks)).toEqual(expect.arrayContaining(['color-contrast', 'target-size']))
  expect(inLooks.map((text) => text.slice(0, 3))).toEqual(expect.arrayContaining(['高对比', '长辈版']))
  const said = await read(page)
  expect(said).toMatchObject({ headings: 2, unnamed: ['<select></select>'], twice: ['main'] })
  expect(said.tooWide).toBeGreaterThan(700)
  expect((await tooWide(page)).large).toBeGreaterThan(700)
  expect(await dead(page)).toHaveLength(3)
})

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
