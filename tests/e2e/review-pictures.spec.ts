import type { Frame, Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { phone } from './support/look.ts'
import { complaints, expect, type Service, test } from './support/seeded.ts'
import { choose } from './support/wizard.ts'

const desk = { width: 1280, height: 800 }

/** Paths of what the page and its frames fetched of pictures and their pages. */
function fetched(page: Page): string[] {
  const paths: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (pathname.startsWith('/files/') || pathname.endsWith('/pictures/frame')) paths.push(pathname + search)
  })
  return paths
}
const whole = (paths: readonly string[]) => paths.filter((path) => /^\/files\/[^?]+$/.test(path))

/** A case on this reviewer's desk, with its page open. */
async function opened(page: Page, service: Service) {
  const [person, reviewer] = [await service.applicant('submitted'), await service.reviewer()]
  await service.claim(reviewer, person.caseId)
  await service.enter(page.context(), reviewer)
  await page.goto(`/review/${person.caseId}`)
  return { ...person, reviewer }
}

const beside = (page: Page): Frame => {
  const frame = page.frame({ name: 'pictures' })
  if (!frame) throw new Error('no frame')
  return frame
}
/** How much larger the picture is than its window, and whether it lies. */
const look = (frame: Frame | Page) =>
  frame.locator('#viewer [tabindex="0"]').evaluate((box) => {
    const picture = box.querySelector('img')?.getBoundingClientRect()
    return {
      times: Math.round((box.scrollWidth / box.clientWidth) * 10) / 10,
      lies: (picture?.width ?? 0) > (picture?.height ?? 0),
    }
  })
/** Without script every look is another page: on the way there is none to ask. */
const comesToLook = (frame: Frame | Page, wanted: Awaited<ReturnType<typeof look>>) =>
  expect(async () => expect(await look(frame)).toEqual(wanted)).toPass({ timeout: 10_000 })
const note = (page: Page) =>
  page.getByRole('group', { name: '基本信息 第 1 条意见', exact: true }).getByLabel(/^说明/)

async function typeNote(page: Page) {
  await choose(page, '审核意见 · 基本信息', '有问题')
  const place = page.getByRole('group', { name: '基本信息 第 1 条意见', exact: true })
  await place.getByLabel('退回原因').selectOption({ index: 1 })
  await place.getByLabel('所指内容').selectOption({ index: 1 })
  await note(page).fill('照片与证件不是同一人 r+0')
}

test('pictures stand beside the form: walked, enlarged and turned without losing what is typed', async ({
  page,
  service,
  scripted,
}) => {
  const heard = complaints(page)
  const paths = fetched(page)
  await page.setViewportSize(desk)
  const { reviewer } = await opened(page, service)
  const frame = beside(page)
  const shows = (place: string, position: RegExp) =>
    Promise.all([
      expect(frame.getByRole('heading', { level: 1 })).toHaveText(place),
      expect(frame.getByText(position)).toBeVisible(),
    ])
  const press = (name: string) => frame.getByRole('link', { name, exact: true }).click()
  await shows('基本信息 · 证件照', /^1 \/ \d+$/)
  await typeNote(page)

  await page.getByRole('link', { name: '看图 2 身份证明人像面' }).click()
  await shows('基本信息 · 身份证明人像面', /^2 \//)
  const scrolled = () => page.evaluate(() => scrollY)
  const before = await scrolled()
  expect(before).toBeGreaterThan(400)
  await press('下一张')
  await shows('基本信息 · 身份证明国徽面', /^3 \//)
  await press('上一张')
  await shows('基本信息 · 身份证明人像面', /^2 \//)
  expect(await scrolled()).toBe(before)
  const upright = await look(frame)
  expect(upright).toEqual({ times: 1, lies: true })
  await press('放大')
  await comesToLook(frame, { times: 1.5, lies: true })
  await press('放大')
  await comesToLook(frame, { times: 2, lies: true })
  await press('向右转')
  await comesToLook(frame, { times: 2, lies: false })
  await expect.poll(() => new URL(frame.url()).search).toBe('?picture=2&zoom=2&turn=90')
  await press('向左转')
  await comesToLook(frame, { times: 2, lies: true })
  await press('适合窗口')
  await comesToLook(frame, upright)
  await frame
    .getByRole('navigation', { name: /^全部图片/ })
    .getByRole('link')
    .first()
    .click()
  await shows('基本信息 · 证件照', /^1 \//)

  await expect(note(page)).toHaveValue('照片与证件不是同一人 r+0')
  expect(new URL(page.url()).pathname).toMatch(/^\/review\/[\w-]+$/)
  // With script a picture is fetched when it is opened, not when it is turned; each fetch is a line of the log.
  const { read, t } = service.deps.store
  const logged = async () => {
    const lines = await read.select().from(t.accessLog).where(eq(t.accessLog.actorId, reviewer.id))
    return lines.map(({ subject }) => `/files/${subject}`).sort()
  }
  await expect.poll(logged).toEqual(whole(paths).sort())
  if (scripted) expect(whole(paths)).toHaveLength(5)
  expect(paths.filter((path) => path.endsWith('size=small'))).toEqual([])
  await page.getByRole('button', { name: '保存意见' }).click()
  await expect(page.getByText('意见已保存')).toBeVisible()
  await expect(note(page)).toHaveValue('照片与证件不是同一人 r+0')
  expect(heard).toEqual([])
})

test('a narrow window loads no frame: pictures open in a tab of their own', async ({
  page,
  service,
  scripted,
}) => {
  const paths = fetched(page)
  await page.setViewportSize(phone)
  await opened(page, service)
  await typeNote(page)
  await expect(page.locator('iframe')).toBeHidden()
  const small = page.getByRole('link', { name: '看图 2 身份证明人像面' })
  await small.scrollIntoViewIfNeeded()
  await expect.poll(() => paths.some((path) => path.endsWith('size=small'))).toBe(true)
  // A browser without script loads a frame that it does not show; not so the picture in it.
  expect(whole(paths)).toEqual([])
  if (scripted) expect(paths.filter((path) => path.endsWith('/frame'))).toEqual([])
  const [tab] = await Promise.all([page.context().waitForEvent('page'), small.click()])
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('基本信息 · 身份证明人像面')
  await tab.getByRole('link', { name: '下一张' }).click()
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('基本信息 · 身份证明国徽面')
  await tab.getByRole('link', { name: '放大' }).click()
  await comesToLook(tab, { times: 1.5, lies: true })
  expect(new URL(tab.url()).searchParams.get('zoom')).toBe('1.5')
  // The same tab again.
  await page.getByRole('link', { name: '看图 1 证件照' }).click()
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('基本信息 · 证件照')
  expect(page.context().pages()).toHaveLength(2)
  await expect(note(page)).toHaveValue('照片与证件不是同一人 r+0')
})

test('pictures are looked at by keyboard alone, and the keys mean nothing elsewhere', {
  tag: '@script',
}, async ({ page, service }) => {
  await page.setViewportSize(desk)
  const { caseId } = await opened(page, service)
  const frame = beside(page)
  const search = () => new URL(frame.url()).search
  await expect(frame.getByText('快捷键')).toBeVisible()
  await choose(page, '审核意见 · 基本信息', '有问题')
  await note(page).pressSequentially('r+0')
  await expect(note(page)).toHaveValue('r+0')
  expect(search()).toBe('')

  await page.getByRole('link', { name: '看图 2 身份证明人像面' }).focus()
  await page.keyboard.press('Enter')
  await expect(frame.locator('#viewer')).toBeFocused()
  await expect(frame.getByText('快捷键')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect.poll(search).toBe('?picture=3')
  await expect(frame.locator('#viewer')).toBeFocused()
  await expect(frame.getByText('快捷键')).toBeVisible()
  for (const [key, asked] of [
    ['+', '?picture=3&zoom=1.5'],
    ['=', '?picture=3&zoom=2'],
    ['-', '?picture=3&zoom=1.5'],
    ['r', '?picture=3&zoom=1.5&turn=90'],
    ['Shift+R', '?picture=3&zoom=1.5'],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(search, key).toBe(asked)
  }
  // Arrows move a picture that is larger than its window.
  await page.keyboard.press('ArrowRight')
  expect(search()).toBe('?picture=3&zoom=1.5')
  await page.keyboard.press('Control+0')
  expect(search()).toBe('?picture=3&zoom=1.5')
  await page.keyboard.press('0')
  await expect.poll(search).toBe('?picture=3')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(search).toBe('?picture=2')
  await expect(frame.locator('#viewer')).toBeFocused()
  await expect(frame.getByText('快捷键')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: '看图 2 身份证明人像面' })).toBeFocused()

  // What is drawn anew after a form goes on where it was.
  await page.getByRole('button', { name: '延长领取' }).click()
  await expect(page.getByText('已领取。')).toBeVisible()
  const large = page.frameLocator('iframe[name=pictures]')
  await expect(large.getByRole('heading', { level: 1 })).toHaveText('基本信息 · 身份证明人像面')
  await expect(large.getByText('快捷键')).toBeVisible()

  // A mouse drags what is larger than its window.
  await large.getByRole('link', { name: '放大' }).click()
  await large.getByRole('link', { name: '放大' }).click()
  const box = large.locator('#viewer [tabindex="0"]')
  await box.scrollIntoViewIfNeeded()
  const left = () => box.evaluate(({ scrollLeft }) => scrollLeft)
  const [from, place] = [await left(), await box.boundingBox()]
  if (!place) throw new Error('no window')
  const [x, y] = [place.x + place.width / 2, place.y + 60]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 50, y)
  await page.mouse.up()
  expect(await left()).toBe(from + 50)
  expect(new URL(page.url()).pathname).toBe(`/review/${caseId}`)
})

test('a session that ends leaves the form alone, and the frame says so', async ({ page, service }) => {
  await page.setViewportSize(desk)
  const { reviewer } = await opened(page, service)
  await typeNote(page)
  await service.endSessions(reviewer)
  await page.getByRole('link', { name: '看图 2 身份证明人像面' }).click()
  await expect(beside(page).getByText('登录已经结束')).toBeVisible()
  await expect(note(page)).toHaveValue('照片与证件不是同一人 r+0')
})
