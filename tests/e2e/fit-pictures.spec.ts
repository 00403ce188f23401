import type { Locator, Page } from '@playwright/test'
import sharp from 'sharp'
import { jpegOfBytes, noisyJpeg, truncated } from '../support/pictures.ts'
import { barriers } from './support/barriers.ts'
import { complaints, expect, type Service, test } from './support/seeded.ts'
import { send, slot } from './support/wizard.ts'

const portrait = '证件照'
const proof = '身份证明人像面'
const several = '其他会计工作证明'

/** As a camera makes it: grain in the finest detail, and far more bytes than a slot takes. */
const cameraPhoto = async (width: number, height: number, quality = 92) =>
  sharp(await noisyJpeg(Math.round(width / 3), Math.round(height / 3)))
    .resize(width, height)
    .jpeg({ quality })
    .toBuffer()

const heic = Buffer.concat([Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0', 'latin1'), Buffer.alloc(60_000, 7)])

async function open(page: Page, service: Service) {
  await service.enter(page.context(), (await service.applicant('draft')).actor)
  await page.goto('/collection/basic')
}

/** The page of a job, whose slot of other proofs takes six. */
async function openJob(page: Page, service: Service) {
  const { actor, caseId } = await service.applicant('complete')
  const job = (await service.rows(caseId, 'employment')).find(({ values }) => values.accounting === 'yes')
  await service.enter(page.context(), actor)
  await page.goto(`/collection/employment/${job?.id}`)
}

const inputOf = (page: Page, label: string) => slot(page, label).locator('input[type=file]')
async function choose(page: Page, label: string, ...files: [name: string, bytes: Buffer][]): Promise<void> {
  const input = inputOf(page, label)
  // Script has to be up before several can be chosen at once.
  if (files.length > 1) await expect(input).toHaveAttribute('multiple')
  await input.setInputFiles(files.map(([name, buffer]) => ({ name, mimeType: 'image/jpeg', buffer })))
}
const chosen = (input: Locator) =>
  input.evaluate((element) =>
    [...((element as HTMLInputElement).files ?? [])].map(({ name, size, type }) => ({ name, size, type })),
  )
const names = (page: Page, label: string) =>
  slot(page, label)
    .getByRole('list')
    .first()
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.querySelector('p')?.textContent))

test('BAS-3: a photo of a phone is made small enough before it is sent', async ({
  page,
  service,
  scripted,
}) => {
  const heard = complaints(page)
  await open(page, service)
  const photo = await cameraPhoto(3_000, 4_000)
  expect(photo.length).toBeGreaterThan(2_500_000)
  expect(photo.length).toBeLessThan(12_000_000)
  const place = slot(page, proof)
  if (!scripted) {
    await send(page, proof, photo, 'IMG_0001.JPEG')
    await expect(place.getByText(/^错误：图片大小 .*不能超过 500KB，请压缩或裁剪后再上传$/)).toBeVisible()
    return
  }
  await choose(page, proof, ['IMG_0001.JPEG', photo])
  await expect(place.getByText(/^图片已压缩为 \d+×\d+ 像素、\d+ KB，请点上传$/)).toBeVisible({
    timeout: 30_000,
  })
  const [file] = await chosen(inputOf(page, proof))
  expect(file).toMatchObject({ name: 'IMG_0001.jpg', type: 'image/jpeg' })
  expect(file?.size).toBeGreaterThan(20 * 1024)
  expect(file?.size).toBeLessThanOrEqual(480 * 1024)
  await place.getByRole('button', { name: '上传' }).click()
  await expect(place.getByText('已上传', { exact: true })).toBeVisible()
  await expect(place.getByRole('paragraph').filter({ hasText: 'IMG_0001.jpg' })).toBeVisible()
  const [, width = 0, height = 0] =
    /(\d+)×(\d+) 像素/.exec((await place.getByText(/×/).first().textContent()) ?? '')?.map(Number) ?? []
  expect(height).toBeGreaterThanOrEqual(1_200)
  expect(width / height).toBeCloseTo(0.75, 2)
  expect(heard).toEqual([])
})

test('pressing 上传 at once waits for the picture to be ready', { tag: '@script' }, async ({
  page,
  service,
}) => {
  await open(page, service)
  await send(page, proof, await cameraPhoto(1_600, 1_200), 'quick.jpg')
  await expect(slot(page, proof).getByText('已上传', { exact: true })).toBeVisible()
  await expect(slot(page, proof).getByRole('paragraph').filter({ hasText: 'quick.jpg' })).toBeVisible()
})

test('BAS-1: a portrait is cut to 295:413 by the keyboard alone', { tag: '@script' }, async ({
  page,
  service,
}) => {
  const heard = complaints(page)
  await open(page, service)
  await choose(page, portrait, [
    'me.png',
    await sharp(await cameraPhoto(1_500, 1_200))
      .png()
      .toBuffer(),
  ])
  const place = slot(page, portrait)
  const frame = place.getByRole('application', { name: '裁剪框' })
  await expect(frame).toBeFocused()
  await expect(frame).toHaveAccessibleDescription(/方向键/)
  const across = place.getByRole('slider', { name: '左右' })
  const upright = place.getByRole('slider', { name: '上下' })
  // As wide as it can be, the frame has room to the sides only.
  await expect(upright).toBeDisabled()
  await expect(across).toHaveAttribute('aria-valuetext', '50%')
  await page.keyboard.press('ArrowLeft')
  await expect(across).toHaveAttribute('aria-valuetext', '55%')
  await page.keyboard.press('+')
  await expect(place.getByRole('slider', { name: '放大' })).toHaveAttribute('aria-valuetext', '1.1 倍')
  await expect(upright).toBeEnabled()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('-')
  await expect(upright).toBeDisabled()
  for (let presses = 0; presses < 4; presses += 1) {
    if (
      await place
        .getByRole('button', { name: '使用这张照片' })
        .evaluate((it) => it === document.activeElement)
    )
      break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await expect(place.getByText(/^照片已裁剪为 857×1200 像素、\d+ KB，请点更换$/)).toBeVisible()
  await expect(frame).toHaveCount(0)
  await expect(place.getByRole('button', { name: '更换' })).toBeFocused()
  expect((await chosen(inputOf(page, portrait)))[0]).toMatchObject({ name: 'me.jpg', type: 'image/jpeg' })
  await page.keyboard.press('Enter')
  await expect(place.getByRole('paragraph').filter({ hasText: 'me.jpg' })).toBeVisible()
  await expect(place.getByText(/^857×1200 像素/)).toBeVisible()
  expect(heard).toEqual([])
})

test('a portrait may be dragged, is sent as the frame shows it, or is kept whole', {
  tag: '@script',
}, async ({ page, service }) => {
  await open(page, service)
  const place = slot(page, portrait)
  const photo = await cameraPhoto(1_200, 900)
  await choose(page, portrait, ['whole.jpg', photo])
  await place.getByRole('button', { name: '取消' }).click()
  await expect(place.getByText('没有裁剪，照片保持原样，请点更换')).toBeVisible()
  await expect(inputOf(page, portrait)).toBeFocused()
  expect((await chosen(inputOf(page, portrait)))[0]).toMatchObject({ name: 'whole.jpg', size: photo.length })

  await choose(page, portrait, ['dragged.jpg', photo])
  const frame = place.getByRole('application', { name: '裁剪框' })
  await frame.scrollIntoViewIfNeeded()
  const box = await frame.boundingBox()
  if (!box) throw new Error('the frame is not in sight')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 - 400, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(place.getByRole('slider', { name: '左右' })).toHaveAttribute('aria-valuetext', '100%')
  await place.getByRole('button', { name: '更换' }).click()
  await expect(place.getByRole('paragraph').filter({ hasText: 'dragged.jpg' })).toBeVisible()
  await expect(place.getByText(/^642×899 像素/)).toBeVisible()
})

test('what the browser sees is said at once, in the words of the server, and 上传 still asks it', async ({
  page,
  service,
  scripted,
}) => {
  await open(page, service)
  const place = slot(page, proof)
  if (!scripted) {
    await send(page, proof, heic, 'IMG_1.HEIC')
    await expect(
      place.getByText(/^错误：这是 HEIC（HEIF）格式的照片，请换成 jpg 格式：在手机相机/),
    ).toBeVisible()
    return
  }
  const input = inputOf(page, proof)
  await choose(page, proof, ['IMG_1.HEIC', heic])
  await expect(place.getByText(/^这是 HEIC（HEIF）格式的照片，请换成 jpg 格式/)).toBeVisible()
  await expect(input).toHaveAccessibleDescription(/HEIC/)
  await choose(page, proof, ['small.jpg', await jpegOfBytes(800, 600, 20_480)])
  const small = '图片大小 20KB（20480 字节），需要大于 20KB，请换一张更清晰的图片'
  await expect(place.getByText(small)).toBeVisible()
  await expect(input).not.toHaveAccessibleDescription(/HEIC/)
  await choose(page, proof, ['cut.jpg', truncated(await noisyJpeg(600, 500))])
  await expect(place.getByText('这张图片打不开，文件可能不完整，请重新拍摄或换一张')).toBeVisible()
  await choose(page, portrait, ['narrow.jpg', await jpegOfBytes(200, 300, 12_000)])
  await expect(
    slot(page, portrait).getByText('照片宽 200 像素，至少需要 295 像素，请换一张更大的照片'),
  ).toBeVisible()
  await choose(page, proof, [
    'dark.jpg',
    await sharp(await cameraPhoto(900, 600))
      .linear(0.2, 0)
      .jpeg({ quality: 99 })
      .toBuffer(),
  ])
  await expect(place.getByText(/^提示：图片偏暗/)).toBeVisible()

  await send(page, proof, await jpegOfBytes(800, 600, 20_480), 'small.jpg')
  await expect(page.locator('#errors a')).toHaveText([small])
  await expect(place.getByText(small)).toHaveCount(1)
})

test('several pictures of a document go in one choice, each with its own answer', async ({
  page,
  service,
  scripted,
}) => {
  const heard = complaints(page)
  await openJob(page, service)
  const place = slot(page, several)
  const input = inputOf(page, several)
  if (!scripted) return expect(input).not.toHaveAttribute('multiple')
  await expect(input).toHaveAttribute('multiple')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/files/')) sent.push(request.url())
  })
  const first = await jpegOfBytes(800, 600, 30_000)
  await choose(
    page,
    several,
    ['page-1.jpg', first],
    ['page-2.jpg', await cameraPhoto(2_000, 1_500)],
    ['page-3.jpg', await jpegOfBytes(800, 600, 9_000)],
  )
  await expect(place.getByText('已选择 3 张图片，请点上传')).toBeVisible()
  await expect(place.getByText(/^page-3\.jpg：图片大小 8\.7KB/)).toBeVisible()
  await place.getByRole('button', { name: '上传' }).click()
  const answer = place.getByRole('alert')
  await expect(answer).toContainText('1 张图片没有保存')
  await expect(answer).toContainText('page-3.jpg：图片大小 8.7KB（9000 字节），需要大于 20KB')
  await expect(answer).toBeFocused()
  await expect(place.getByText('2 张图片已上传')).toBeVisible()
  await expect(place.getByText('已上传 2 张，最多 6 张')).toBeVisible()
  expect(await names(page, several)).toEqual(['page-1.jpg', 'page-2.jpg'])
  expect(sent.length).toBe(3)

  // Five more than the four that are left: said before, refused by the server, and told where no form is any more.
  await choose(page, several, ...[1, 2, 3, 4, 5].map((n): [string, Buffer] => [`more-${n}.jpg`, first]))
  await expect(place.getByText('这里最多放 6 张图片，请先删除不需要的')).toBeVisible()
  await place.getByRole('button', { name: '上传' }).click()
  await expect(answer).toContainText('more-5.jpg：这里最多放 6 张图片，请先删除不需要的')
  await expect(place.getByText('已上传 6 张，达到上限。')).toBeVisible()
  expect(heard).toEqual([])
})

test('what broke off is still chosen, so that pressing again sends the rest only', {
  tag: '@script',
}, async ({ page, service }) => {
  await openJob(page, service)
  const place = slot(page, several)
  const picture = await jpegOfBytes(800, 600, 30_000)
  await choose(page, several, ['a.jpg', picture], ['b.jpg', picture], ['c.jpg', picture])
  await expect(place.getByText('已选择 3 张图片，请点上传')).toBeVisible()
  let count = 0
  await page.route('**/files/**', (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    count += 1
    return count === 2 ? route.abort() : route.continue()
  })
  await place.getByRole('button', { name: '上传' }).click()
  await expect(place.getByText('共 3 张，已上传 1 张；其余没有传完，请检查网络后再点上传')).toBeVisible()
  await expect(place.getByText('已上传 1 张，最多 6 张')).toBeVisible()
  expect((await chosen(inputOf(page, several))).map(({ name }) => name)).toEqual(['b.jpg', 'c.jpg'])
  await place.getByRole('button', { name: '上传' }).click()
  await expect(place.getByText('已上传 3 张，最多 6 张')).toBeVisible()
  expect(await names(page, several)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
})

test('the frame fits a phone of 360 pixels and its controls a finger', { tag: '@script' }, async ({
  page,
  service,
}) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open(page, service)
  await choose(page, portrait, ['me.jpg', await cameraPhoto(900, 900)])
  const place = slot(page, portrait)
  await expect(place.getByRole('application', { name: '裁剪框' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  for (const control of [
    place.getByRole('button', { name: '使用这张照片' }),
    place.getByRole('button', { name: '取消' }),
    place.getByRole('slider', { name: '放大' }),
  ])
    expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  expect(await barriers(page)).toEqual([])
})
