/** People of a journey and what they do by hand: every step by labels and buttons, as the guides name them. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { generate } from 'otplib'
import { fixedCaptcha } from '../../support/browser-setup.ts'
import { smsReader } from '../../support/server.ts'

const dataDir = () => process.env.PLAYWRIGHT_DATA_DIR ?? ''

export interface Person {
  readonly idNumber: string
  readonly name: string
  readonly phone: string
  readonly password: string
  /** A mainland identity card unless said. */
  readonly document?: Document
}
/** Another document, and what its number does not tell; all as the form words it. */
interface Document {
  readonly type: string
  readonly nationality?: string
  readonly sex?: string
  /** `1990-03-07`. */
  readonly birth?: string
}
interface DemoAccount {
  readonly role: string
  readonly login: string
  readonly name: string
  readonly password: string
  readonly totpSecret?: string
  readonly department: string
  readonly state?: string
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Somebody who was not here before: a valid number and a phone of their own. */
export function newPerson(name = '欧阳𬭊试'): Person {
  const serial = String(Math.floor(Math.random() * 1000)).padStart(3, '0')
  const day = String(1 + Math.floor(Math.random() * 28)).padStart(2, '0')
  const body = `4401061988${String(1 + Math.floor(Math.random() * 12)).padStart(2, '0')}${day}${serial}`
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return {
    idNumber: `${body}${'10X98765432'[sum % 11]}`,
    name,
    phone: `13${Math.floor(Math.random() * 1e9)
      .toString()
      .padStart(9, '0')}`,
    password: 'correct horse 电池',
  }
}

export async function demoAccount(
  role: string,
  where: { department?: string; state?: string } = {},
): Promise<DemoAccount> {
  const accounts: DemoAccount[] = JSON.parse(
    await readFile(path.join(dataDir(), 'demo-accounts.json'), 'utf8'),
  )
  const found = accounts.find(
    (account) =>
      account.role === role &&
      (where.department === undefined || account.department === where.department) &&
      (where.state === undefined || account.state === where.state),
  )
  if (!found) throw new Error(`no demo account: ${role} ${JSON.stringify(where)}`)
  return found
}

/** The newest code sent to this phone. */
export const smsCode = (phone: string): Promise<string> => smsReader(dataDir())(phone)

/** Asks for an SMS code by the button of this name, on a form whose phone is filled in, and gives the code that came. */
export async function askForCode(
  page: Page,
  phone: string,
  button: string | RegExp = '免费获取验证码',
): Promise<string> {
  await page.getByLabel('图形验证码', { exact: true }).fill(fixedCaptcha)
  await page.getByRole('button', { name: button }).click()
  const shown = `${phone.slice(0, 3)}****${phone.slice(7)}`
  await expect(page.getByText(`短信验证码已经发送到 ${shown}`)).toBeVisible()
  return smsCode(phone)
}

export async function toRegistration(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('banner').getByRole('link', { name: '注册' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '注册' })).toBeVisible()
}

/** 国籍, 性别 and 出生日期, where they are asked for. */
export async function fillDetails(page: Page, { nationality, sex, birth }: Document): Promise<void> {
  if (nationality) await page.getByLabel(/^国籍/).selectOption({ label: nationality })
  if (sex) await page.getByRole('group', { name: /^性别/ }).getByLabel(sex, { exact: true }).check()
  if (birth) await page.getByLabel(/^出生日期/).fill(birth)
}

/** Who somebody says they are, down to the phone. */
export async function fillPerson(page: Page, person: Person): Promise<void> {
  const document = person.document ?? { type: '内地居民身份证' }
  await page.getByLabel('证件类型').selectOption({ label: document.type })
  await page.getByLabel('证件号码').fill(person.idNumber)
  await fillDetails(page, document)
  await page.getByLabel('真实姓名').fill(person.name)
  await page.getByLabel('手机号').fill(person.phone)
}

/** The code, the password twice, and 注册: what every return to the form asks for again. */
export async function sendRegistration(page: Page, code: string, password: string): Promise<void> {
  await page.getByLabel('短信验证码').fill(code)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('确认密码').fill(password)
  await page.getByRole('button', { name: '注册', exact: true }).click()
}

export async function register(page: Page, person: Person): Promise<void> {
  await toRegistration(page)
  await fillPerson(page, person)
  const code = await askForCode(page, person.phone)
  await expect(page.getByLabel('真实姓名')).toHaveValue(person.name)
  await sendRegistration(page, code, person.password)
  await expect(page.getByText('注册成功')).toBeVisible()
}

const period = 30_000
/** The last step whose code each secret was used with here: a code is good once (ACC-10). */
const usedSteps = new Map<string, number>()

/** A code that was not used yet: of now, or of the next step, which the clock's tolerance accepts. */
async function freshCode(secret: string): Promise<string> {
  const now = () => Math.floor(Date.now() / period)
  const step = Math.max(now(), (usedSteps.get(secret) ?? 0) + 1)
  if (step > now() + 1) await new Promise((resolve) => setTimeout(resolve, (step - 1) * period - Date.now()))
  usedSteps.set(secret, step)
  return generate({ secret, epoch: (step * period) / 1000 })
}

/** One try at the sign-in form the page stands on, whatever becomes of it. */
export async function trySignIn(
  page: Page,
  login: string,
  password: string,
  totpSecret?: string,
): Promise<void> {
  await page.getByLabel('证件号码或手机号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('图形验证码', { exact: true }).fill(fixedCaptcha)
  if (totpSecret) await page.getByLabel('动态验证码').fill(await freshCode(totpSecret))
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

export async function signIn(
  page: Page,
  login: string,
  password: string,
  totpSecret?: string,
  address = '/login',
): Promise<void> {
  await expect(async () => {
    await page.goto(address)
    await trySignIn(page, login, password, totpSecret)
    await expect(page.getByRole('button', { name: '退出', exact: true })).toBeVisible({ timeout: 3_000 })
    // Another test may have used this very code: the next one is half a minute away.
  }).toPass({ timeout: 100_000 })
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: '退出', exact: true }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: '登录' })).toBeVisible()
}

/** 支付宝实名认证 by the demo stand-in (IDV-2). */
export async function verifyIdentity(page: Page): Promise<void> {
  await page.goto('/collection')
  await expect(page.getByRole('heading', { level: 1, name: '实名认证' })).toBeVisible()
  await page.getByRole('button', { name: '支付宝实名认证' }).click()
  await page.getByRole('button', { name: '确认认证' }).click()
  await expect(page.getByText('已认证').first()).toBeVisible()
}
