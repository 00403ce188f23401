import type { Page } from '@playwright/test'
import { hugePng, jpegOfBytes, noisyJpeg, pngOfBytes, truncated, turned } from '../support/pictures.ts'
import { complaints, expect, type Service, test } from './support/seeded.ts'
import { send, slot, upload } from './support/wizard.ts'

const portrait = '证件照'
const proof = '身份证明人像面'
const unreadable = '这张图片打不开，文件可能不完整，请重新拍摄或换一张'
const notJpeg = '证件照不是 jpg 图片，请换成 jpg 格式（改文件名不会改变格式）'

/** The pictures page of somebody whose portrait is there already and whose proofs are not. */
async function open(page: Page, service: Service) {
  const person = await service.applicant('draft')
  await service.enter(page.context(), person.actor)
  await page.goto('/collection/basic')
  return person
}

/** The names of the pictures a slot holds. */
const held = (page: Page, label: string) =>
  slot(page, label).getByRole('listitem').getByRole('paragraph').first()

/** Sends what has to be refused: the sentences stand at the slot and in the list, and `kept` is still there. */
async function refused(
  page: Page,
  label: string,
  bytes: Buffer,
  sentences: string[],
  kept: string,
  name?: string,
) {
  await send(page, label, bytes, name)
  const place = slot(page, label)
  const control = place.locator('input[type=file]')
  await expect(page.locator('#errors a')).toHaveText(sentences)
  await expect(page).toHaveTitle(/^错误：/)
  // With script the browser may still say the same beside it; what counts is the server's.
  for (const sentence of sentences) await expect(place.getByText(`错误：${sentence}`)).toBeVisible()
  await expect(control).toHaveAccessibleDescription(new RegExp(sentences[0]?.slice(0, 6) ?? 'none'))
  await expect(control).toHaveAttribute('aria-invalid', 'true')
  if (kept !== '') await expect(held(page, label)).toHaveText(kept)
  else await expect(place.getByText('必须上传')).toBeVisible()
}

/** The file input holds nothing; `send` cannot say that. */
async function sendNothing(page: Page, label: string) {
  const sent = page.waitForResponse((response) => response.request().method() === 'POST')
  await slot(page, label)
    .getByRole('button', { name: /上传|更换/ })
    .click()
  await sent
  await page.waitForLoadState()
}

test('BAS-1: the portrait is judged by its content, at its limits', async ({ page, service }) => {
  test.setTimeout(120_000)
  const heard = complaints(page)
  await open(page, service)
  const kept = 'portrait.jpg'
  await expect(held(page, portrait)).toHaveText(kept)

  await refused(
    page,
    portrait,
    await jpegOfBytes(295, 413, 10_239),
    ['照片大小 9.9KB（10239 字节），至少需要 10KB，请换一张更清晰的照片'],
    kept,
  )
  await refused(
    page,
    portrait,
    await jpegOfBytes(294, 413, 10_240),
    ['照片宽 294 像素，至少需要 295 像素，请换一张更大的照片'],
    kept,
  )
  await refused(
    page,
    portrait,
    await jpegOfBytes(295, 412, 10_240),
    ['照片高 412 像素，至少需要 413 像素，请换一张更大的照片'],
    kept,
  )
  await refused(
    page,
    portrait,
    await turned(600, 400, 10_240),
    ['照片高 400 像素，至少需要 413 像素，请换一张更大的照片'],
    kept,
  )
  await refused(
    page,
    portrait,
    await jpegOfBytes(200, 300, 9_216),
    [
      '照片大小 9KB（9216 字节），至少需要 10KB，请换一张更清晰的照片',
      '照片宽 200 像素，至少需要 295 像素，请换一张更大的照片',
      '照片高 300 像素，至少需要 413 像素，请换一张更大的照片',
    ],
    kept,
  )
  await refused(
    page,
    portrait,
    await jpegOfBytes(600, 800, 5_242_881),
    ['照片大小 5120.1KB（5242881 字节），最多 5MB，请压缩后再上传'],
    kept,
  )
  await refused(page, portrait, await pngOfBytes(295, 413, 20_000), [notJpeg], kept, 'really-a-png.jpg')
  await refused(page, portrait, Buffer.alloc(20_000, 'not a picture '), [notJpeg], kept)
  await refused(page, portrait, truncated(await noisyJpeg(400, 500)), [unreadable], kept)
  await refused(
    page,
    portrait,
    hugePng(16_000, 16_000),
    [notJpeg, '照片共 256 百万像素，最多 40 百万像素，请缩小后再上传'],
    kept,
    'huge.png',
  )

  await sendNothing(page, portrait)
  await expect(slot(page, portrait).getByText('请先选择一张图片，再点上传')).toBeVisible()
  await expect(held(page, portrait)).toHaveText(kept)

  // Replaced by what just meets every limit, then by one a camera stored on its side.
  await upload(page, portrait, await jpegOfBytes(295, 413, 10_240), 'smallest.jpg')
  await expect(page.locator('#errors')).toHaveCount(0)
  await expect(held(page, portrait)).toHaveText('smallest.jpg')
  await expect(slot(page, portrait).getByText('295×413 像素 · 10 KB')).toBeVisible()
  await upload(page, portrait, await turned(295, 413, 10_240), 'turned.jpg')
  await expect(held(page, portrait)).toHaveText('turned.jpg')
  await expect(slot(page, portrait).getByText('295×413 像素')).toBeVisible()
  const shown = slot(page, portrait).getByRole('link', { name: '查看', exact: true })
  const stored = await page.request.get((await shown.getAttribute('href')) ?? '')
  expect(stored.headers()['content-type']).toBe('image/jpeg')
  expect(stored.headers()['cache-control']).toBe('private, no-store')
  expect(heard).toEqual([])
})

test('BAS-3: proofs may be JPEG or PNG, over 20 KB and up to 500 KB', async ({ page, service }) => {
  test.setTimeout(120_000)
  await open(page, service)
  await refused(
    page,
    proof,
    await jpegOfBytes(800, 600, 20_480),
    ['图片大小 20KB（20480 字节），需要大于 20KB，请换一张更清晰的图片'],
    '',
  )
  await upload(page, proof, await jpegOfBytes(800, 600, 20_481), 'least.jpg')
  await refused(
    page,
    proof,
    await jpegOfBytes(800, 600, 512_001),
    ['图片大小 500.1KB（512001 字节），不能超过 500KB，请压缩或裁剪后再上传'],
    'least.jpg',
  )
  await refused(page, proof, truncated(await noisyJpeg(600, 500)), [unreadable], 'least.jpg')
  await refused(
    page,
    proof,
    hugePng(16_000, 16_000),
    ['图片共 256 百万像素，最多 40 百万像素，请缩小后再上传'],
    'least.jpg',
    'huge.png',
  )
  await upload(page, proof, await jpegOfBytes(800, 600, 512_000), 'most.jpg')
  await expect(held(page, proof)).toHaveText('most.jpg')
  await upload(page, proof, await pngOfBytes(640, 480, 60_000), 'really-a-png.jpg')
  await expect(held(page, proof)).toHaveText('really-a-png.jpg')
  await expect(slot(page, proof).getByText('640×480 像素')).toBeVisible()

  await slot(page, proof).getByRole('button', { name: '删除 really-a-png.jpg' }).click()
  await expect(page.getByText('已删除。')).toBeVisible()
  await expect(slot(page, proof).getByText('必须上传')).toBeVisible()
  await expect(slot(page, proof).getByText('really-a-png.jpg')).toHaveCount(0)
})

test('a file of more than 12 MB is refused with the limit of its slot; far more is stopped at the door', async ({
  page,
  service,
}) => {
  await open(page, service)
  const mega = 1024 * 1024
  await refused(
    page,
    portrait,
    Buffer.alloc(12.5 * mega, 7),
    ['文件太大，这里的图片最多 5MB，请压缩后再上传'],
    'portrait.jpg',
  )
  await refused(
    page,
    proof,
    Buffer.alloc(12.5 * mega, 7),
    ['文件太大，这里的图片最多 500KB，请压缩后再上传'],
    '',
  )
  await send(page, portrait, Buffer.alloc(14 * mega, 7))
  await expect(page.getByRole('heading', { level: 1, name: '提交的内容太大' })).toBeVisible()
  await page.goto('/collection/basic')
  await expect(held(page, portrait)).toHaveText('portrait.jpg')
})

test('what is typed in the form beside a slot survives an upload; without script the page says to save first', async ({
  page,
  service,
  scripted,
}) => {
  await open(page, service)
  const address = page.getByLabel('通讯地址')
  await address.fill('广东省广州市天河区尚未保存路 5 号')
  await page.getByLabel('民族').selectOption({ label: '壮族' })
  const advice = page.getByText('上传图片会刷新本页，请先保存已经填写的内容。')
  if (!scripted) return expect(advice).toBeVisible()
  await expect(advice).toBeHidden()
  await send(page, proof, await jpegOfBytes(800, 600, 20_480))
  await expect(page.locator('#errors')).toContainText('需要大于 20KB')
  await expect(address).toHaveValue('广东省广州市天河区尚未保存路 5 号')
  await expect(page.getByLabel('民族').locator('option:checked')).toHaveText('壮族')
  await upload(page, proof, await jpegOfBytes(800, 600, 20_481))
  await expect(address).toHaveValue('广东省广州市天河区尚未保存路 5 号')
  await expect(page.getByLabel('民族').locator('option:checked')).toHaveText('壮族')
  await page.getByRole('button', { name: '保存并退出' }).click()
  await expect(page.getByText('已保存，可以随时回来接着填写。')).toBeVisible()
  await page.goto('/collection/basic')
  await expect(address).toHaveValue('广东省广州市天河区尚未保存路 5 号')
})
