import type { Page } from '@playwright/test'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { asPosted, filledForm, sampleContext, sampleRow } from '#lib/readers/sample.ts'
import { fixedCaptcha } from '../support/browser-setup.ts'
import { complaints, expect, type Service, test } from './support/seeded.ts'
import { picture, upload } from './support/wizard.ts'

const basicOf = async (service: Service, caseId: string) => (await service.rows(caseId, 'basic'))[0]
const address = '广东省广州市天河区测试路 8 号 808 房'

test('a page that needs signing in comes after signing in', async ({ page, service }) => {
  const { login, password } = await service.applicant('draft')
  await page.goto('/collection/basic')
  await expect(page.getByRole('heading', { level: 1, name: '会计人员登录' })).toBeVisible()
  await page.getByLabel('证件号码或手机号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('图形验证码', { exact: true }).fill(fixedCaptcha)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '基本信息' })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/collection/basic')
})

/** Opens a page and lets its script come up: a clock that is put on before would take that time with it. */
async function openLive(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
}

test.describe('with script', { tag: '@script' }, () => {
  test('what is typed is saved by itself, and a save by hand goes on from there', async ({
    page,
    service,
  }) => {
    const heard = complaints(page)
    const { actor, caseId } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    const { rev = 0 } = (await basicOf(service, caseId)) ?? {}
    await page.clock.fastForward(60_000)
    expect((await basicOf(service, caseId))?.rev).toBe(rev)

    await page.getByLabel('通讯地址').fill(address)
    await page.clock.fastForward(21_000)
    await expect(page.getByText(/^已自动保存 \d\d:\d\d$/)).toBeVisible()
    expect(await basicOf(service, caseId)).toMatchObject({ rev: rev + 1, values: { address } })

    // A picture beside it draws the page anew: what was typed since is still there.
    await page.getByLabel('通讯地址').fill(`${address}之一`)
    await upload(page, '身份证明国徽面', await picture.pngProof(), 'back.png')
    await expect(page.getByLabel('通讯地址')).toHaveValue(`${address}之一`)

    await page.getByRole('button', { name: '保存并下一步' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '教育经历' })).toBeVisible()
    expect((await basicOf(service, caseId))?.values.address).toBe(`${address}之一`)
    expect(heard).toEqual([])
  })

  test('what is chosen since it saved itself stays chosen when a picture beside it draws the page anew', async ({
    page,
    service,
  }) => {
    const { actor, caseId } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    const [politics, ethnicity] = [page.getByLabel('政治面貌'), page.getByLabel('民族')]
    await politics.selectOption({ label: '中共党员' })
    await page.clock.fastForward(21_000)
    await expect(page.getByText(/^已自动保存 \d\d:\d\d$/)).toBeVisible()
    await politics.selectOption({ label: '共青团员' })
    await ethnicity.selectOption({ label: '壮族' })
    await upload(page, '身份证明国徽面', await picture.pngProof(), 'back.png')
    await expect(page.getByText('图片已上传').first()).toBeVisible()
    await expect(politics).toHaveValue('cyl_member')
    await expect(ethnicity).toHaveValue('08')
    await page.getByRole('button', { name: '保存并下一步' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '教育经历' })).toBeVisible()
    expect((await basicOf(service, caseId))?.values).toMatchObject({
      politics: 'cyl_member',
      ethnicity: '08',
    })
  })

  test('leaving the page saves what was typed a moment ago', async ({ page, service }) => {
    const { actor, caseId } = await service.applicant('draft')
    await service.enter(page.context(), actor)
    await openLive(page, '/collection/basic')
    await page.getByLabel('通讯地址').fill(address)
    await page.goto('/help')
    await expect.poll(async () => (await basicOf(service, caseId))?.values.address).toBe(address)
  })

  test('a new row is kept under its own address, and saved by hand once', async ({ page, service }) => {
    const { actor, caseId } = await service.applicant('draft')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/qualifications')
    const before = (await service.rows(caseId, 'qualifications')).length
    await page.getByRole('button', { name: '新增' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /^新增/ })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await page.getByLabel('发证机关').fill('广东省财政厅')
    await page.getByLabel('资格类别').selectOption({ label: '会计专业技术资格' })
    await page.clock.fastForward(21_000)
    await expect(page.getByText(/^已自动保存/)).toBeVisible()
    await page.getByLabel('证书编号或批准文号').fill('44201400123456')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.locator('#errors')).toBeVisible()
    await expect(page.getByLabel('发证机关')).toHaveValue('广东省财政厅')
    await expect(page.getByLabel('资格类别')).toHaveValue('accounting')
    const rows = await service.rows(caseId, 'qualifications')
    expect(rows.slice(before)).toMatchObject([{ rev: 2, values: { certificateNo: '44201400123456' } }])
  })

  test('a save by hand waits for the one under way and is sent once', async ({ page, service }) => {
    const { actor, caseId } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    let release = () => {}
    const held = new Promise<void>((go) => {
      release = go
    })
    await page.route('**/collection/autosave', async (route) => {
      const answer = await route.fetch()
      await held
      await route.fulfill({ response: answer })
    })
    let saves = 0
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/collection/basic')) saves++
    })
    const { rev = 0 } = (await basicOf(service, caseId)) ?? {}
    await page.getByLabel('通讯地址').fill(address)
    await page.clock.fastForward(21_000)
    await expect.poll(async () => (await basicOf(service, caseId))?.rev).toBe(rev + 1)
    await page.getByLabel('通讯地址').fill(`${address}之二`)
    const next = page.getByRole('button', { name: '保存并下一步' })
    await next.click()
    await next.click()
    expect(saves).toBe(0)
    release()
    await expect(page.getByRole('heading', { level: 1, name: '教育经历' })).toBeVisible()
    expect(saves).toBe(1)
    expect(await basicOf(service, caseId)).toMatchObject({
      rev: rev + 2,
      values: { address: `${address}之二` },
    })
  })

  test('what was changed elsewhere is not overwritten, and nothing typed is lost', async ({
    page,
    service,
  }) => {
    const { actor, caseId } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    const row = sampleRow('basic', 'main')
    const elsewhere = '广东省广州市天河区别处路 9 号'
    const changed = { ...row, values: { ...row.values, address: elsewhere } }
    const { rev = 0 } = (await basicOf(service, caseId)) ?? {}
    const form = asPosted(filledForm('basic', changed, sampleContext()))
    await saveEntry(service.deps, actor, { caseId, section: 'basic', rowId: 'main', rev, form })
    await page.getByLabel('通讯地址').fill(address)
    await page.clock.fastForward(21_000)
    await expect(page.getByText('这一页在别处修改过，已停止自动保存')).toBeVisible()
    await expect(page.getByLabel('通讯地址')).toHaveValue(address)
    expect((await basicOf(service, caseId))?.values.address).toBe(elsewhere)
    await page.getByRole('button', { name: '保存并下一步' }).click()
    await expect(page.getByRole('main')).toContainText(elsewhere)
    await expect(page.getByLabel('通讯地址')).toHaveValue(address)
  })

  test('says that the session ended; signing in after a save by hand brings everything back', async ({
    page,
    service,
  }) => {
    const { actor, login, password } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    await page.getByLabel('通讯地址').fill(address)
    await service.endSessions(actor)
    await page.clock.fastForward(21_000)
    await expect(page.getByText('未能自动保存：登录已经结束')).toBeVisible()
    await page.getByRole('button', { name: '保存并下一步' }).click()
    await page.getByLabel('证件号码或手机号').fill(login)
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByLabel('图形验证码', { exact: true }).fill(fixedCaptcha)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await expect(page.getByLabel('通讯地址')).toHaveValue(address)
  })

  test('says that the case was submitted meanwhile', async ({ page, service }) => {
    const { actor, caseId } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    await submitCase(service.deps, actor, { caseId, declared: true })
    await page.getByLabel('通讯地址').fill(address)
    await page.clock.fastForward(21_000)
    await expect(page.getByText('信息采集已经提交，现在不能修改')).toBeVisible()
    await expect(page.getByLabel('通讯地址')).toHaveValue(address)
    expect((await basicOf(service, caseId))?.values.address).not.toBe(address)
  })

  test('a lost line is said and made up for', async ({ page, service }) => {
    const { actor, caseId } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    await page.route('**/collection/autosave', (route) => route.abort())
    await page.getByLabel('通讯地址').fill(address)
    await page.clock.fastForward(21_000)
    await expect(page.getByText('未能自动保存：网络不通或系统繁忙')).toBeVisible()
    await page.unroute('**/collection/autosave')
    await page.clock.fastForward(31_000)
    await expect(page.getByText(/^已自动保存/)).toBeVisible()
    expect((await basicOf(service, caseId))?.values.address).toBe(address)
  })

  test('warns before the session ends, in every tab, and goes on in all of them', async ({
    page,
    service,
  }) => {
    const heard = complaints(page)
    const { actor } = await service.applicant('complete')
    const context = page.context()
    await service.enter(context, actor)
    await context.clock.install()
    await openLive(page, '/collection/basic')
    const second = await context.newPage()
    await openLive(second, '/account')
    const dialogs = [page, second].map((tab) => tab.getByRole('alertdialog', { name: '登录即将结束' }))
    await context.clock.fastForward(24 * 60_000)
    for (const dialog of dialogs) await expect(dialog).toBeHidden()
    await context.clock.fastForward(60_000)
    for (const dialog of dialogs) await expect(dialog).toBeVisible()
    const goOn = page.getByRole('button', { name: '继续使用' })
    await page.bringToFront()
    await expect(goOn).toBeFocused()
    await page.keyboard.press('Enter')
    for (const dialog of dialogs) await expect(dialog).toBeHidden()
    await context.clock.fastForward(24 * 60_000)
    for (const dialog of dialogs) await expect(dialog).toBeHidden()
    expect(heard).toEqual([])
  })

  test('says that the session is over and leads to sign-in and back', async ({ page, service }) => {
    const { actor } = await service.applicant('complete')
    await service.enter(page.context(), actor)
    await page.clock.install()
    await openLive(page, '/collection/basic')
    await page.clock.fastForward(25 * 60_000)
    await expect(page.getByRole('alertdialog', { name: '登录即将结束' })).toBeVisible()
    // Esc puts the warning away, not the end.
    await page.keyboard.press('Escape')
    await expect(page.getByRole('alertdialog')).toBeHidden()
    await service.endSessions(actor)
    await page.clock.fastForward(5 * 60_000)
    const over = page.getByRole('alertdialog', { name: '登录已经结束' })
    await expect(over).toBeVisible()
    await over.getByRole('link', { name: '重新登录' }).click()
    await expect(page).toHaveURL('/login?next=%2Fcollection%2Fbasic')
  })
})
