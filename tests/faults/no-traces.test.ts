/** Nobody's name, number, phone, words or password is left in what the system prints or in what it stores unsealed (SEC-2, SEC-4). */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { paths } from '#lib/paths.ts'
import { newMainlandNumber, newPhone } from '#tests/support/deps.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { ops, type RunningServer, startServer } from '#tests/support/server.ts'

const captcha = '2468'
const basicPage = '/collection/basic'

/** Texts that stand nowhere else: what a person types, and what others type about them. */
const secrets = {
  name: '司马珈蓝痕',
  number: newMainlandNumber(),
  phone: newPhone(),
  password: 'Blaue-Elefanten-4711',
  wrongPassword: 'Rote-Kamele-0815',
  email: 'trace.person@mail.example',
  address: '痕迹巷七十七号',
  searched: '寻找痕迹的词',
  fileName: '痕迹身份证',
  foundNumber: newMainlandNumber('19850614'),
  link: 'TraceOfAnInvitation'.padEnd(43, 'x'),
  query: 'trace-of-a-query',
}

let server: RunningServer
let printed = ''
beforeAll(async () => {
  server = await startServer({ env: { CAPTCHA_FIXED: captcha } })
}, 120_000)
afterAll(async () => {
  await server?.stop('SIGKILL')
})

/** Everything beneath a folder, as it stands on the disk. */
async function contents(folder: string): Promise<readonly (readonly [string, Buffer])[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    files
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const file = path.join(parentPath, name)
        return [path.relative(folder, file), await readFile(file)] as const
      }),
  )
}

/** A text as it may come to stand in a file: itself, in an address, in JSON without wide characters, in wide ones, reversed into base64. */
const forms = (text: string): readonly Buffer[] => [
  Buffer.from(text),
  Buffer.from(encodeURIComponent(text)),
  Buffer.from(
    [...text].map((sign) => (sign > '~' ? `\\u${sign.charCodeAt(0).toString(16)}` : sign)).join(''),
  ),
  Buffer.from(text, 'utf16le'),
  Buffer.from(Buffer.from(text).toString('base64').replace(/.?=+$/, '')),
]

const found = (where: readonly (readonly [string, Buffer])[]) =>
  where.flatMap(([file, bytes]) =>
    Object.entries(secrets).flatMap(([what, text]) =>
      forms(text).some((form) => bytes.includes(form)) ? [`${what} in ${file}`] : [],
    ),
  )

interface DemoAccount {
  readonly role: string
  readonly state?: string
  readonly login: string
  readonly password: string
  readonly totpSecret?: string
}

async function demoAccount(role: string, state?: string): Promise<DemoAccount> {
  const accounts: DemoAccount[] = JSON.parse(
    await readFile(path.join(server.dataDir, 'demo-accounts.json'), 'utf8'),
  )
  const one = accounts.find((account) => account.role === role && (!state || account.state === state))
  if (!one) throw new Error(`no demo account: ${role}`)
  return one
}

const fresh = () => new PlainBrowser(() => server.url)

async function signedIn({ login, password, totpSecret }: DemoAccount): Promise<PlainBrowser> {
  const browser = fresh()
  const form = formWith(await browser.page(paths.login()), paths.login(), 'name="password"')
  const totp: Record<string, string> = totpSecret ? { totp: generateSync({ secret: totpSecret }) } : {}
  const { location } = await browser.post(form, { login, password, captcha, intent: 'sign-in', ...totp })
  expect(location).not.toContain('/login')
  return browser
}

async function registers() {
  const browser = fresh()
  const typed = {
    idType: 'mainland_id',
    idNumber: secrets.number,
    name: secrets.name,
    phone: secrets.phone,
    captcha,
  }
  const formAt = async (at: string) => formWith(await browser.page(at), at, 'name="idNumber"')
  const asked = await browser.post(await formAt(paths.register), { ...typed, intent: 'code' })
  const code = await server.smsCode(secrets.phone)
  const { password } = secrets
  const form = await formAt(asked.location.split('#')[0] ?? '')
  const sent = { ...typed, code, password, passwordAgain: password, intent: 'register' }
  expect(await browser.post(form, sent)).toEqual({ status: 303, location: paths.welcome })
  // Somebody tries to get in by that phone, and asks for its password.
  for (const login of [secrets.phone, secrets.number]) {
    const door = formWith(await fresh().page(paths.login()), paths.login(), 'name="password"')
    const wrong = { login, password: secrets.wrongPassword, captcha, intent: 'sign-in' }
    expect((await fresh().post(door, wrong)).location).toContain('echo=')
  }
}

async function savesAndUploads() {
  const browser = await signedIn(await demoAccount('applicant', 'draft'))
  const { email, address } = secrets
  const basic = formWith(await browser.page(basicPage), basicPage, 'name="address"')
  expect((await browser.post(basic, { email, address, intent: 'exit' })).location).toContain('saved=1')
  const slot = formWith(await browser.page(basicPage), basicPage, 'type="file"', '/idFront"')
  const bytes = new Uint8Array(await jpegOfBytes(800, 600, 30_000))
  const picture = new File([bytes], `${secrets.fileName}.jpg`)
  expect((await browser.post(slot, { file: picture })).location).toContain('done=uploaded')
  // One that is no picture is told about, and its name not kept either.
  const again = formWith(await browser.page(basicPage), basicPage, 'type="file"', '/idFront"')
  const text = new File(['no picture'], `${secrets.fileName}.pdf`)
  expect((await browser.post(again, { file: text })).location).not.toContain('done=uploaded')
}

async function looksFor() {
  const browser = await signedIn(await demoAccount('reviewer'))
  for (const text of [secrets.searched, secrets.foundNumber, secrets.name, secrets.phone]) {
    const form = formWith(await browser.page(paths.review()), paths.review(), 'name="search"')
    expect((await browser.post(form, { search: text })).status).toBe(303)
  }
}

/** Addresses that carry what they must not, and bytes that make no request. */
async function asksOddly() {
  const { query, searched, link, name } = secrets
  const at = (place: string) => rawRequest(server.url + place).then(({ status }) => status)
  expect(await at(`/help?q=${encodeURIComponent(searched)}`)).toBe(200)
  expect(await at(`/verify?code=${query}`)).toBeLessThan(500)
  expect(await at(`/invitations/${link}`)).toBeLessThan(500)
  expect(await at(`/%00?name=${encodeURIComponent(name)}`)).toBe(400)
  const foreign = { origin: `https://${query}.example`, 'content-length': '0' }
  expect((await rawRequest(`${server.url}/login`, { method: 'POST', headers: foreign })).status).toBe(403)
  const broken = { cookie: `sid=${query}`, 'x-forwarded-for': query, referer: `https://a.example/${query}` }
  expect((await rawRequest(`${server.url}/record`, { headers: broken })).status).toBeLessThan(500)
}

it('leaves none of it in its lines and files', { timeout: 120_000 }, async () => {
  await registers()
  await savesAndUploads()
  await looksFor()
  await asksOddly()
  const alive = await contents(server.dataDir)
  // The scan sees: the stand-in that plays the phone has what was sent to it, in plain words.
  const outbox = alive.filter(([file]) => file.startsWith('outbox/'))
  expect(found(outbox)).toContain('phone in outbox/sms.jsonl')
  expect(alive.map(([file]) => file)).toEqual(expect.arrayContaining(['app.db', 'app.db-wal']))
  expect(found(alive.filter(([file]) => !file.startsWith('outbox/')))).toEqual([])

  printed = await ops(['verify'], { DATA_DIR: server.dataDir, DEMO: '1', TZ: 'Asia/Shanghai' })
  const output = [`${server.output()}`, printed].map(
    (text, at) => [`output ${at}`, Buffer.from(text)] as const,
  )
  expect(server.output()).toContain('"path":"/register"')
  expect(found(output)).toEqual([])
})
