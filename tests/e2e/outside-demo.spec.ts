/** A system as an operator starts it: no demo people, no stand-ins, a real SMS gateway and Alipay's protocol, on loopback. */
import { expect, type Page, test } from '@playwright/test'
import { generate } from 'otplib'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { openCaptcha } from '#lib/auth/captcha-token.ts'
import { systemClock } from '#lib/clock.ts'
import { type AlipayGateway, startAlipayGateway } from '#tests/support/alipay-gateway.ts'
import { ops, type RunningServer, startServer } from '#tests/support/server.ts'
import { type SmsInbox, smsInbox } from '#tests/support/sms-inbox.ts'
import { newPerson, type Person, signOut } from './support/people.ts'
import { chooseDepartment } from './support/wizard.ts'

const appKeys = makeAppKeys()
const keys = openKeyring(appKeys)

interface Outside {
  readonly server: RunningServer
  readonly sms: SmsInbox
  readonly alipay: AlipayGateway
  readonly ops: (...verb: string[]) => Promise<string>
}

async function outside(work: (system: Outside) => Promise<void>): Promise<void> {
  const [sms, alipay] = await Promise.all([smsInbox(), startAlipayGateway()])
  const env = {
    APP_KEYS: appKeys,
    CAPTCHA_FIXED: '',
    SMS_PROVIDER: 'http',
    SMS_HTTP_URL: sms.url,
    IDENTITY_PROVIDER: 'alipay',
    ...alipay.env,
  }
  const server = await startServer({ demo: false, env })
  try {
    await work({
      server,
      sms,
      alipay,
      ops: (...verb) => ops(verb, { ...env, DEMO: '0', DATA_DIR: server.dataDir, APP_ORIGIN: server.url }),
    })
  } finally {
    await server.stop()
    await Promise.all([sms.stop(), alipay.stop()])
  }
}

/** What the picture shows, read from the form by whoever holds the keys. */
async function solveCaptcha(page: Page): Promise<void> {
  const token = await page.locator('input[name=captchaToken]').inputValue()
  const held = openCaptcha({ keys, clock: systemClock }, token)
  await page.getByLabel('图形验证码', { exact: true }).fill(held?.digits ?? '')
}

const password = 'correct horse 电池'

/** Opens an invitation, sets login, password and authenticator; ends signed in, past the recovery codes. */
async function accept(page: Page, link: string, login: string): Promise<string[]> {
  await page.goto(link)
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('确认密码').fill(password)
  const shown = (await page.getByRole('main').textContent()) ?? ''
  const secret = (/密钥\s*((?:[A-Z2-7]{4}\s*){8})/.exec(shown)?.[1] ?? '').replace(/\s/g, '')
  expect(secret).toHaveLength(32)
  await page.getByLabel('动态验证码').fill('000000')
  await page.getByRole('button', { name: '完成设置' }).click()
  await expect(page.locator('#errors')).toBeVisible()
  await expect(page.getByLabel('登录名')).toHaveValue(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('确认密码').fill(password)
  await page.getByLabel('动态验证码').fill(await generate({ secret }))
  await page.getByRole('button', { name: '完成设置' }).click()
  await expect(page.getByText('恢复码只在本页显示')).toBeVisible()
  const codes = ((await page.getByRole('main').textContent()) ?? '').match(/[a-z0-9]{5}-[a-z0-9]{5}/gi) ?? []
  expect(new Set(codes).size).toBe(10)
  await page.getByRole('link', { name: '继续', exact: true }).click()
  return codes
}

async function invite(
  page: Page,
  name: string,
  role: string,
  department: readonly string[],
): Promise<string> {
  await page.goto('/staff')
  await page.getByRole('main').getByRole('link', { name: '邀请人员' }).click()
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel(role, { exact: true }).check()
  await chooseDepartment(page, department)
  await page.getByRole('button', { name: '生成邀请链接' }).click()
  await expect(page.getByText('链接已生成，只在本页显示')).toBeVisible()
  return /http\S+\/invitations\/[\w-]{43}/.exec(await page.getByRole('main').innerHTML())?.[0] ?? ''
}

async function signInStaff(page: Page, login: string, second: string): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('证件号码或手机号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await solveCaptcha(page)
  await page.getByLabel('动态验证码').fill(second)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

async function registerOutside(page: Page, person: Person, sms: SmsInbox): Promise<void> {
  await page.goto('/register')
  await page.getByLabel('证件类型').selectOption('内地居民身份证')
  await page.getByLabel('证件号码').fill(person.idNumber)
  await page.getByLabel('真实姓名').fill(person.name)
  await page.getByLabel('手机号', { exact: true }).fill(person.phone)
  await solveCaptcha(page)
  await page.getByRole('button', { name: '免费获取验证码' }).click()
  await expect(page.getByText('短信验证码已经发送')).toBeVisible()
  await page.getByLabel('短信验证码').fill(await sms.code(person.phone))
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('确认密码').fill(password)
  await page.getByRole('button', { name: '注册', exact: true }).click()
  await expect(page.getByText('注册成功')).toBeVisible()
}

/** Comes back from Alipay by the identity page, and asks there where the answer is not in yet. */
const answered = (page: Page, words: string) =>
  expect(async () => {
    await page.goto('/identity')
    const ask = page.getByRole('button', { name: '查询认证结果' })
    if (await ask.isVisible()) {
      await ask.click()
      await page.waitForLoadState('networkidle')
    }
    await expect(page.getByText(words)).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })

test.use({ baseURL: undefined })

test('outside demo mode: the first operator, down the tree by invitation, and nobody by another way', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  await outside(async ({ server, ops: verb }) => {
    const page = await browser.newPage({ baseURL: server.url })
    const first = /http\S+/.exec(await verb('create-operator', '唐宁'))?.[0] ?? ''
    expect(first).toContain(`${server.url}/invitations/`)
    const codes = await accept(page, first, 'tangning')
    await page.goto(first)
    await expect(page.getByRole('heading', { name: '链接已失效' })).toBeVisible()

    const toManager = await invite(page, '梁志强', '部门管理员', ['广东省', '广州市'])
    await signOut(page)
    await accept(page, toManager, 'liangzhiqiang')
    await page.goto('/staff')
    await expect(page.getByRole('main')).toContainText('liangzhiqiang')
    // From above in the tree: the operator is none of the manager's business.
    await expect(page.getByRole('main')).not.toContainText('tangning')
    const toReviewer = await invite(page, '何静', '审核员', ['广东省', '广州市', '天河区'])
    await signOut(page)
    await accept(page, toReviewer, 'hejing')
    await page.goto('/review')
    await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible()
    expect((await page.goto('/staff'))?.status()).toBe(404)
    await page.goto('/review')
    await signOut(page)

    // A recovery code stands in for the authenticator, once.
    await signInStaff(page, 'tangning', codes[0] ?? '')
    await expect(page.getByRole('button', { name: '退出', exact: true })).toBeVisible()
    await page.goto('/staff')
    await page.getByRole('link', { name: '何静' }).click()
    await page.getByRole('button', { name: '停用账户' }).click()
    await expect(page.getByRole('main')).toContainText('已停用')
    await signOut(page)
    await signInStaff(page, 'tangning', codes[0] ?? '')
    await expect(page.locator('#errors')).toContainText('登录信息不对')
    expect(server.output()).not.toMatch(/invitations\/[\w-]{10}/)
    await page.close()
  })
})

test('outside demo mode: registration by a real SMS, real-name by Alipay refused, away, then passed', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  await outside(async ({ server, sms, alipay }) => {
    const page = await browser.newPage({ baseURL: server.url })
    const person = newPerson('欧阳𬭊')
    await page.goto('/register')
    await expect(page.getByText('演示环境')).toHaveCount(0)

    // What the provider will not carry is said at once, and costs no three minutes.
    sms.mode = 'refuses'
    await page.getByLabel('手机号', { exact: true }).fill(person.phone)
    await solveCaptcha(page)
    await page.getByRole('button', { name: '免费获取验证码' }).click()
    await expect(page.locator('#errors')).toContainText('短信没有发出')
    sms.mode = 'hangs'
    await solveCaptcha(page)
    const asked = Date.now()
    await page.getByRole('button', { name: '免费获取验证码' }).click()
    await expect(page.getByText('正在发送')).toBeVisible()
    expect(Date.now() - asked).toBeLessThan(6_000)
    sms.mode = 'takes'
    const other = newPerson('欧阳𬭊')
    await registerOutside(page, other, sms)

    await page.goto('/identity')
    alipay.mode = 'down'
    await page.getByRole('button', { name: '支付宝实名认证' }).click()
    await expect(page.locator('#errors')).toContainText('支付宝')
    await expect(page.locator('#errors')).toContainText('线上实名认证')

    alipay.mode = 'answers'
    await page.getByRole('button', { name: '支付宝实名认证' }).click()
    await expect(page.getByRole('img', { name: /二维码/ })).toBeVisible()
    const link = page.getByRole('link', { name: '在本机打开支付宝' })
    const order = page.url()
    // Coming back by hand proves nothing.
    await page.getByRole('button', { name: '我已完成认证' }).click()
    await page.goto('/identity?passed=T')
    await expect(page.getByText('未认证').first()).toBeVisible()

    await page.goto(order)
    await link.click()
    await page.getByRole('button', { name: '不通过' }).click()
    await answered(page, '上一次认证没有通过')

    await page.getByRole('button', { name: '支付宝实名认证' }).click()
    await page.getByRole('link', { name: '在本机打开支付宝' }).click()
    await page.getByRole('button', { name: '通过', exact: true }).click()
    await answered(page, '实名认证已经完成')
    for (const secret of [other.idNumber, other.phone, other.name])
      expect(server.output()).not.toContain(secret)
    await page.close()
  })
})
