import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import { inboxWords } from '#lib/text/messages.ts'
import { exportKeys, exportWords } from '#lib/text/my-account.ts'
import { fixedCaptcha } from '#tests/support/browser-setup.ts'
import { newPhone } from '#tests/support/deps.ts'
import { unzip } from '#tests/support/unzip.ts'
import {
  askForCode,
  demoAccount,
  fillDetails,
  fillPerson,
  newPerson,
  type Person,
  register,
  sendRegistration,
  signIn,
  signOut,
  smsCode,
  toRegistration,
  trySignIn,
} from './support/people.ts'
import { expect, type SeededApplicant, type Service, test } from './support/seeded.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const errors = (page: Page) => page.locator('#errors').getByRole('listitem')
const masked = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(7)}`
const fact = (page: Page, label: string): Locator =>
  page.locator('dt', { hasText: label }).locator('xpath=following-sibling::dd[1]')
const toSignIn = async (page: Page) => {
  await page.goto('/login')
  await expect(heading(page, '会计人员登录')).toBeVisible()
}

/** Another browser, in which this person is signed in. */
async function signedInThere(there: Page, service: Service, { actor }: SeededApplicant) {
  await service.enter(there.context(), actor)
  await there.goto('/account')
  await expect(heading(there, '我的账户')).toBeVisible()
}
const isOut = async (page: Page) => {
  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
}

test('ACC-7: a forgotten password is set anew; what is wrong is one sentence and costs no code', async ({
  page,
  other: there,
  service,
}) => {
  const person = await service.applicant('verified')
  await signedInThere(there, service, person)
  const password = '忘了以后 horse 42'
  const typePassword = async (code: string) => {
    await page.getByLabel('短信验证码').fill(code)
    await page.getByLabel('新密码', { exact: true }).fill(password)
    await page.getByLabel('确认新密码').fill(password)
    await press(page, '确认重置密码')
  }
  await toSignIn(page)
  await page.getByRole('link', { name: '忘记密码' }).click()
  await expect(heading(page, '找回密码')).toBeVisible()
  await page.getByLabel('证件号码').fill(person.login)
  await page.getByLabel('真实姓名').fill('欧阳记错')
  await page.getByLabel('手机号').fill(person.phone)
  const code = await askForCode(page, person.phone)
  await typePassword(code)
  await expect(errors(page)).toHaveCount(1)
  await expect(errors(page)).toContainText('填写的信息与注册时的不一致，或短信验证码不对、已经失效')
  await expect(page).toHaveTitle(/^错误：找回密码/)
  await expect(page.getByLabel('真实姓名')).toHaveValue('欧阳记错')
  await there.reload()
  await expect(heading(there, '我的账户')).toBeVisible()

  await page.getByLabel('真实姓名').fill(person.name)
  await typePassword(code)
  await expect(heading(page, '会计人员登录')).toBeVisible()
  await expect(page.getByText('密码已重置')).toBeVisible()
  await isOut(there)

  await trySignIn(page, person.login, person.password)
  await expect(errors(page)).toContainText('登录信息不对')
  await trySignIn(page, person.login, password)
  await expect(page.getByRole('button', { name: '退出', exact: true })).toBeVisible()
  await page.goto('/messages')
  await expect(page.getByRole('main')).toContainText('您的密码已经重置')
})

/** Both codes of 更换手机号: asking for one brings the form back without the other. */
async function phoneCodes(page: Page, old: string, next: string) {
  await page.goto('/account')
  await page.getByRole('link', { name: '更换手机号' }).click()
  await expect(heading(page, '更换手机号')).toBeVisible()
  await expect(page.getByText(`现在登记的手机号：${masked(old)}`)).toBeVisible()
  await page.getByLabel('新手机号', { exact: true }).fill(next)
  const codeNew = await askForCode(page, next, /获取验证码.*新手机号/)
  await expect(page.getByLabel('新手机号', { exact: true })).toHaveValue(next)
  const codeOld = await askForCode(page, old, /获取验证码.*原手机号/)
  const send = async () => {
    await page.getByLabel('新手机号收到的短信验证码').fill(codeNew)
    await page.getByLabel('原手机号收到的短信验证码').fill(codeOld)
    await press(page, '更换手机号')
  }
  return { codeNew, send }
}

test('ACC-8: a phone is changed by the codes of both, and opens the door from then on', async ({
  page,
  service,
}) => {
  const person = await service.applicant('verified')
  const next = newPhone()
  await service.enter(page.context(), person.actor)
  const { codeNew, send } = await phoneCodes(page, person.phone, next)
  await page.getByLabel('新手机号收到的短信验证码').fill(codeNew)
  await press(page, '更换手机号')
  await expect(errors(page)).toHaveCount(1)
  await expect(page.getByLabel('新手机号', { exact: true })).toHaveValue(next)
  await send()
  await expect(page.getByText('手机号已经更换，可以用新手机号登录。')).toBeVisible()
  await expect(page.getByText(`现在登记的手机号：${masked(next)}`)).toBeVisible()
  await page.goto('/account')
  await expect(fact(page, '手机号')).toHaveText(masked(next))
  await signOut(page)
  await signIn(page, next, person.password)
})

test('ACC-9: a phone somebody else holds is told after its code, and moves when its user says so', async ({
  page,
  other: there,
  service,
}) => {
  const [person, holder] = [await service.applicant('verified'), await service.applicant('verified')]
  await service.enter(page.context(), person.actor)
  const { send } = await phoneCodes(page, person.phone, holder.phone)
  const release = page.getByLabel('手机号现在由我使用，请从原账户解除')
  await expect(release).toHaveCount(0)
  await send()
  await expect(errors(page)).toContainText('这个手机号现在登记在另一个账户')
  await release.check()
  await send()
  await expect(page.getByText(`现在登记的手机号：${masked(holder.phone)}`)).toBeVisible()

  await signedInThere(there, service, holder)
  await expect(fact(there, '手机号')).toHaveText('没有登记')
  const unread = there.getByRole('banner').getByRole('link', { name: /^消息/ })
  await expect(unread).toHaveText('消息1条未读')
  await unread.click()
  await expect(there.getByRole('heading', { name: '手机号已解除' })).toBeVisible()
  await there.getByRole('button', { name: /^查看/ }).click()
  await expect(heading(there, '我的账户')).toBeVisible()
  await expect(unread).toHaveText('消息')
})

test('ACC-8: devices, the history of sign-ins and a new password', async ({
  page,
  other: there,
  service,
}) => {
  const person = await service.applicant('verified')
  const password = '换成这个 horse 42'
  await toSignIn(page)
  await trySignIn(page, person.phone, 'not this one 42')
  await expect(errors(page)).toContainText('登录信息不对')
  await trySignIn(page, person.phone, person.password)
  await expect(page.getByRole('button', { name: '退出', exact: true })).toBeVisible()

  await signedInThere(there, service, person)
  await page.goto('/account')
  await page.getByRole('link', { name: '登录设备与记录' }).click()
  await expect(heading(page, '登录设备与记录')).toBeVisible()
  const devices = page.getByRole('table', { name: '已登录的设备' })
  await expect(devices.locator('tbody tr')).toHaveCount(2)
  await expect(devices.locator('tbody tr').first()).toContainText('本次登录')
  const history = page.getByRole('table', { name: '登录记录' }).locator('tbody tr')
  await expect(history).toHaveCount(2)
  await expect(history.nth(0)).toContainText('登录成功')
  await expect(history.nth(1)).toContainText('密码或验证码不对，没有登录')
  await devices
    .getByRole('row', { name: /未知设备/ })
    .getByRole('button', { name: /^退出/ })
    .click()
  await expect(page.getByText('已退出这台设备。')).toBeVisible()
  await expect(devices.locator('tbody tr')).toHaveCount(1)
  await isOut(there)

  await signedInThere(there, service, person)
  const change = async (present: string) => {
    await page.getByLabel('当前密码').fill(present)
    await page.getByLabel('新密码', { exact: true }).fill(password)
    await page.getByLabel('确认新密码').fill(password)
    await press(page, '修改密码')
  }
  await page.goto('/account/password')
  await change('not this one 42')
  await expect(errors(page)).toContainText('当前密码不对，请重新输入')
  await change(person.password)
  await expect(page.getByText('密码已经修改，其他设备都已退出登录。')).toBeVisible()
  await isOut(there)
  await page.goto('/account')
  await expect(heading(page, '我的账户')).toBeVisible()
  await signOut(page)
  await signIn(page, person.login, password)
})

test('ACC-8: the export is a file of one’s own, and of nobody else', async ({ page, service }) => {
  const [person, other] = [await service.applicant('approved'), await service.applicant('submitted')]
  const reviewer = await demoAccount('reviewer', { department: '广东省广州市天河区' })
  await service.enter(page.context(), person.actor)
  await page.goto('/account')
  await page.getByRole('link', { name: '导出本人信息' }).click()
  await expect(heading(page, '导出本人信息')).toBeVisible()
  await page.getByLabel('当前密码').fill('not this one 42')
  await press(page, '导出')
  await expect(errors(page)).toContainText('当前密码不对')
  await page.getByLabel('当前密码').fill(person.password)
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, '导出')])
  expect(download.suggestedFilename()).toMatch(/^个人信息-\d{4}-\d{2}-\d{2}\.zip$/)
  const files = unzip(await readFile(await download.path()))
  const text = files.get(exportWords.dataFile)?.toString() ?? ''
  const told = JSON.parse(text)
  expect(told[exportKeys.account]).toMatchObject({
    [exportKeys.name]: person.name,
    [exportKeys.number]: person.login,
    [exportKeys.phone]: person.phone,
  })
  expect(text).toContain(person.number)
  for (const strange of [other.name, other.login, other.phone, reviewer.name, reviewer.login])
    expect(text).not.toContain(strange)
  const pictures = [...files].filter(([name]) => /^pictures\/\d{3}\.(jpg|png)$/.test(name))
  expect(pictures.length).toBeGreaterThan(2)
  for (const [name, bytes] of pictures) expect(bytes.length, name).toBeGreaterThan(1000)
})

test('ACC-8: a closed account lets nobody in, and leaves its number and phone free', async ({
  page,
  service,
}) => {
  const person = await service.applicant('submitted')
  await service.enter(page.context(), person.actor)
  await page.goto('/account')
  await page.getByRole('link', { name: '注销账户' }).click()
  await page.getByLabel('当前密码').fill(person.password)
  await press(page, '注销账户')
  await expect(errors(page)).toHaveText(['·请先勾选“我已了解注销的后果，确认注销账户”'])
  await page.getByLabel('当前密码').fill(person.password)
  await page.getByLabel('我已了解注销的后果，确认注销账户').check()
  await press(page, '注销账户')
  await expect(heading(page, '会计人员登录')).toBeVisible()
  await expect(page.getByText('账户已注销')).toBeVisible()
  await trySignIn(page, person.login, person.password)
  await expect(errors(page)).toContainText('登录信息不对')

  await register(page, { ...newPerson(person.name), idNumber: person.login, phone: person.phone })
  await page.goto('/account')
  await expect(fact(page, '手机号')).toHaveText(masked(person.phone))
  await expect(page.getByRole('listitem').filter({ hasText: '实名认证' })).toContainText('未认证')
  await page.goto('/messages')
  await expect(page.getByRole('main')).toContainText(inboxWords.empty)
})

test('MSG-1: messages are counted on every page, lead to what they are about, and are read once', async ({
  page,
  service,
}) => {
  const person = await service.mended()
  await service.enter(page.context(), person.actor)
  await page.goto('/identity')
  const unread = page.getByRole('banner').getByRole('link', { name: /^消息/ })
  await expect(unread).toHaveText('消息3条未读')
  await unread.click()
  const list = page.getByRole('list', { name: '消息列表' })
  await expect(list.getByRole('heading')).toHaveText(['信息采集已提交', '信息采集退回修改', '信息采集已提交'])
  const newest = list.locator(':scope > li').first()
  await expect(newest).toContainText(`受理编号 ${person.number}`)
  await expect(newest).toContainText('未读')
  await newest.getByRole('button', { name: /^查看/ }).click()
  await expect(heading(page, '审核告知')).toBeVisible()
  await expect(unread).toHaveText('消息2条未读')
  await unread.click()
  await expect(newest).not.toContainText('未读')
  await press(page, '全部标为已读')
  await expect(unread).toHaveText('消息')
  await expect(page.getByRole('button', { name: '全部标为已读' })).toHaveCount(0)
  await expect(list.getByRole('heading')).toHaveCount(3)
})

const digits = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 10)).join('')
const citizen = (head: string) => {
  const body = `${head}19880608${digits(3)}`
  return body + identityCheckCharacter(body)
}

/** Registers, and comes back by the number in small letters (ACC-6). */
async function registersAndReturns(page: Page, person: Person, shownNumber: RegExp) {
  await register(page, person)
  await page.goto('/account')
  await expect(fact(page, '证件类型')).toHaveText(person.document?.type ?? '')
  await expect(fact(page, '证件号码')).toHaveText(shownNumber)
  await signOut(page)
  await signIn(page, person.idNumber.toLowerCase(), person.password)
}

test('ACC-1: a passport asks for 国籍, 性别 and 出生日期, other documents do not', async ({
  page,
  scripted,
}) => {
  const passport = { type: '护照（外国）', nationality: '新加坡', sex: '女', birth: '1990-03-07' }
  const person = { ...newPerson('TAN MEI LING'), idNumber: `k${digits(7)}n` }
  const asked = [
    page.getByLabel(/^国籍/),
    page.getByRole('group', { name: /^性别/ }),
    page.getByLabel(/^出生日期/),
  ]
  const shows = async (...visible: readonly boolean[]) => {
    for (const [index, part] of asked.entries())
      await expect(part).toBeVisible({ visible: !scripted || visible[index] === true })
  }
  await toRegistration(page)
  await shows(false, false, false)
  await page.getByLabel('证件类型').selectOption({ label: '内地居民身份证' })
  await shows(false, false, false)
  await page.getByLabel('证件类型').selectOption({ label: '港澳居民来往内地通行证' })
  await shows(false, true, true)
  await fillPerson(page, { ...person, document: { type: passport.type } })
  await shows(true, true, true)
  const code = await askForCode(page, person.phone)
  await shows(true, true, true)
  await sendRegistration(page, code, person.password)
  await expect(errors(page)).toHaveText(['·请选择国籍', '·请选择性别', '·请填写出生日期'])
  await shows(true, true, true)
  await fillDetails(page, passport)
  await sendRegistration(page, code, person.password)
  await expect(page.getByText('注册成功')).toBeVisible()
  await page.goto('/account')
  await expect(fact(page, '证件类型')).toHaveText(passport.type)
  await signOut(page)
  await signIn(page, person.idNumber, person.password)
})

test('ACC-1: 港澳居民来往内地通行证, its letter in either case', async ({ page }) => {
  const document = { type: '港澳居民来往内地通行证', sex: '男', birth: '1990-03-07' }
  await registersAndReturns(page, { ...newPerson('陳大文'), idNumber: `h${digits(8)}`, document }, /^H/)
})

if (process.env.TEST_LONG === '1')
  for (const [type, number, details] of [
    ['台湾居民来往大陆通行证', () => digits(8), { sex: '女', birth: '1990-03-07' }],
    ['港澳居民居住证', () => citizen('810000'), {}],
    ['台湾居民居住证', () => citizen('830000'), {}],
    ['外国人永久居留身份证', () => citizen('911100'), {}],
    ['外国人永久居留身份证', () => `abc${digits(12)}`, { sex: '男', birth: '1990-03-07' }],
  ] as const)
    test(`ACC-1: ${type} ${number().length}`, async ({ page }) => {
      const document = { type, ...details }
      await registersAndReturns(page, { ...newPerson(), idNumber: number(), document }, /./)
    })

test('ACC-3: one code per phone in three minutes, with the time to wait, which a reload keeps', async ({
  page,
  scripted,
}) => {
  const person = newPerson()
  await toRegistration(page)
  await fillPerson(page, person)
  await askForCode(page, person.phone)
  const wait = page.getByText(/上次发送 \d\d:\d\d，请于 \d\d:\d\d 后再试/)
  const countdown = page.getByText(/还需等待 \d+ 秒/)
  const waits = async () => {
    await expect(wait).toBeVisible()
    await expect(countdown).toHaveCount(scripted ? 1 : 0)
    return Number(/(\d+) 秒/.exec((scripted ? await countdown.textContent() : null) ?? '180 秒')?.[1])
  }
  const said = /请于 (\S+) 后再试/.exec((await wait.textContent()) ?? '')?.[1]
  expect(await waits()).toBeGreaterThan(150)
  await page.getByLabel('图形验证码', { exact: true }).fill(fixedCaptcha)
  await press(page, '免费获取验证码')
  await expect(errors(page)).toHaveText([`·这个手机号刚刚获取过验证码，请于 ${said} 后再试`])
  await expect(page.getByLabel('真实姓名')).toHaveValue(person.name)
  const left = await waits()
  await page.reload()
  expect(await waits()).toBeLessThanOrEqual(left)
  await page.goto('/register')
  await expect(wait).toContainText(`请于 ${said} 后再试`)
  expect(await waits()).toBeLessThanOrEqual(left)
})

test('ACC-3: the captcha can be heard, and exchanged without losing what was typed', async ({ page }) => {
  const person = newPerson()
  await toRegistration(page)
  await fillPerson(page, person)
  const picture = page.getByAltText('图形验证码图片，图中有五个数字')
  const sound = page.getByLabel('听图形验证码')
  const sources = async () => [await picture.getAttribute('src'), await sound.getAttribute('src')]
  const before = await sources()
  await press(page, '换一张')
  await expect(page.getByLabel('图形验证码', { exact: true })).toBeVisible()
  await expect(picture).not.toHaveAttribute('src', before[0] ?? '')
  const [seen = null, heard = null] = await sources()
  expect(heard).not.toBe(before[1])
  await expect(page.getByLabel('证件类型').locator('option:checked')).toHaveText('内地居民身份证')
  await expect(page.getByLabel('证件号码')).toHaveValue(person.idNumber)
  await expect(page.getByLabel('真实姓名')).toHaveValue(person.name)
  await expect(page.getByLabel('手机号')).toHaveValue(person.phone)
  await expect(page.locator('#errors')).toHaveCount(0)
  for (const [address, type] of [
    [seen, 'image/png'],
    [heard, 'audio/wav'],
  ] as const) {
    const answer = await page.request.get(address ?? '')
    expect(answer.status()).toBe(200)
    expect(answer.headers()['content-type']).toBe(type)
    expect((await answer.body()).length).toBeGreaterThan(1000)
  }
})

/** Where the focus is: in the window, and with a ring of so many pixels; parts of a player draw their own. */
const stopped = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: stop } = document
    if (!stop || stop === document.body) return { what: 'nothing', isSeen: false, ring: 0 }
    const { top, bottom } = stop.getBoundingClientRect()
    const { outlineStyle, outlineWidth } = getComputedStyle(stop)
    const ring = stop.tagName === 'AUDIO' ? 2 : outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
    return { what: stop.outerHTML, isSeen: top < innerHeight && bottom > 0, ring }
  })

/** By Tab alone to this control; every stop on the way shows where it is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < 30; stops += 1) {
    await page.keyboard.press('Tab')
    const { what, isSeen, ring } = await stopped(page)
    expect(isSeen, what).toBe(true)
    expect(ring, what).toBeGreaterThanOrEqual(2)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`no Tab leads to ${target}`)
}

test('registration by keyboard alone: every stop is seen, Enter in a field registers', async ({ page }) => {
  const person = newPerson()
  const captcha = page.getByLabel('图形验证码', { exact: true })
  await page.goto('/register')
  await tabTo(page, page.getByLabel('证件类型'))
  await page.keyboard.press('ArrowDown')
  await tabTo(page, page.getByLabel('证件号码'))
  await page.keyboard.type(person.idNumber)
  await tabTo(page, page.getByLabel('真实姓名'))
  await page.keyboard.insertText(person.name)
  await tabTo(page, page.getByLabel('手机号'))
  await page.keyboard.type(person.phone)
  await tabTo(page, captcha)
  await page.keyboard.type(fixedCaptcha)
  await page.keyboard.press('Enter')
  // Not 换一张, which says nothing against what is missing.
  await expect(errors(page).first()).toContainText('请填写短信验证码')
  await expect(page.locator('#errors')).toBeFocused()
  await expect(page.getByLabel('真实姓名')).toHaveValue(person.name)

  await tabTo(page, captcha)
  await page.keyboard.type(fixedCaptcha)
  await tabTo(page, page.getByRole('button', { name: '免费获取验证码' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('短信验证码已经发送')).toBeVisible()
  await expect(page.getByLabel('短信验证码')).toBeFocused()
  await page.keyboard.type(await smsCode(person.phone))
  await tabTo(page, page.getByLabel('密码', { exact: true }))
  await page.keyboard.insertText(person.password)
  await tabTo(page, page.getByLabel('确认密码'))
  await page.keyboard.insertText(person.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('注册成功')).toBeVisible()
})
