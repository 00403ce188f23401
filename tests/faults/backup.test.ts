/** A backup of a server that people work on, and the server of what was restored (OPS-2). */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import { openStore } from '#db/store.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { freePort, ops, type RunningServer, startServer } from '#tests/support/server.ts'
import { describePostgres, type Place } from '#tests/support/stores.ts'

const fixedCaptcha = '2468'
const basicPage = '/collection/basic'
const appKeys = makeAppKeys()
const isLong = process.env.TEST_LONG === '1'
const foreign = ['APP_ORIGIN', 'APP_KEYS', 'DATABASE_URL', 'FILES_URL', 'NODE_OPTIONS']

interface DemoAccount {
  readonly role: string
  readonly login: string
  readonly password: string
  readonly state?: string
}

const envOf = ({ url }: Place): Record<string, string> => ({
  DEMO: '1',
  APP_KEYS: appKeys,
  CAPTCHA_FIXED: fixedCaptcha,
  LIMITS_UPLOADS_PER_PERSON_PER_HOUR: '10000',
  ...(url === undefined ? {} : { DATABASE_URL: url }),
})

async function signIn(browser: PlainBrowser, { login, password }: DemoAccount): Promise<void> {
  const form = formWith(await browser.page('/login'), '/login', 'name="password"')
  const values = { login, password, captcha: fixedCaptcha, intent: 'sign-in' }
  expect(await browser.post(form, values)).toMatchObject({ status: 303, location: '/' })
}

async function savesIn(place: Place, caseId: string): Promise<number> {
  const { read, t, close } = await openStore(place)
  try {
    const rows = await read
      .select({ id: t.event.id })
      .from(t.event)
      .where(and(eq(t.event.caseId, caseId), eq(t.event.kind, 'section.saved')))
    return rows.length
  } finally {
    await close()
  }
}

const address = (n: number) => `广州市天河区备份路 ${n} 号`
const longest = (all: readonly number[]) => Math.round(Math.max(0, ...all))

/** Saves and uploads go on through a backup; what it holds is restored into `to` and served. */
async function lifeOf(from: Place, to: Place, folder: string): Promise<void> {
  const file = path.join(folder, 'live.backup')
  let server: RunningServer | undefined = await startServer({ dataDir: from.dataDir, env: envOf(from) })
  let restored: RunningServer | undefined
  try {
    const browser = new PlainBrowser(() => (restored ?? server)?.url ?? '')
    const accounts: DemoAccount[] = JSON.parse(
      await readFile(path.join(from.dataDir, 'demo-accounts.json'), 'utf8'),
    )
    const someone = accounts.find(({ role, state }) => role === 'applicant' && state === 'draft')
    if (!someone) throw new Error('no demo applicant with a draft')
    await signIn(browser, someone)
    const form = formWith(await browser.page(basicPage), basicPage, 'name="address"')
    const caseId = form.fields.get('case') ?? ''
    const before = await savesIn(from, caseId)
    const [first, picture] = [Number(form.fields.get('rev')), await jpegOfBytes(800, 600, 30_000)]
    let [saved, uploaded, isOver] = [0, 0, false]
    let took: number[] = []
    const save = async () => {
      while (!isOver) {
        const begun = performance.now()
        const values = { address: address(saved + 1), rev: String(first + saved), intent: 'exit' }
        expect((await browser.post(form, values)).status).toBe(303)
        took.push(performance.now() - begun)
        saved += 1
      }
    }
    const upload = async () => {
      const slot = formWith(await browser.page(basicPage), basicPage, 'type="file"', '/idFront"')
      const blob = new Blob([new Uint8Array(picture)])
      while (!isOver) {
        expect((await browser.post(slot, { file: blob })).status).toBe(303)
        uploaded += 1
      }
    }
    const working = Promise.all([save(), upload()])
    working.catch(() => undefined)
    await expect.poll(() => saved > 10 && uploaded > 2, { timeout: 30_000 }).toBe(true)
    const usual = took
    took = []
    const [savedBefore, uploadedBefore] = [saved, uploaded]
    const printed = await ops(['backup', file], { ...envOf(from), DATA_DIR: from.dataDir })
    const beside = took
    const savedAfter = saved
    expect(savedAfter).toBeGreaterThan(savedBefore)
    expect(uploaded).toBeGreaterThan(uploadedBefore)
    isOver = true
    await working
    expect(await server.stop('SIGKILL')).toBeNull()
    server = undefined
    if (isLong)
      console.log(
        `saves: longest ${longest(usual)} ms before, ${longest(beside)} ms beside the backup; ${printed}`,
      )

    const told = await ops(['restore', file], { ...envOf(to), DATA_DIR: to.dataDir })
    expect(told).toContain('nothing is wrong')
    expect(told).toContain('1 sessions ended')
    const there = (await savesIn(to, caseId)) - before
    expect(there).toBeGreaterThanOrEqual(savedBefore)
    expect(there).toBeLessThanOrEqual(savedAfter + 1)

    restored = await startServer({ demo: false, dataDir: to.dataDir, env: envOf(to) })
    // The cookie of then opens nothing.
    expect((await browser.get(basicPage)).headers.location).toContain('/login')
    await signIn(browser, someone)
    const page = await browser.page(basicPage)
    expect(formWith(page, basicPage, 'name="address"').fields.get('address')).toBe(address(there))
    const shown = [...page.matchAll(/href="(\/files\/[\w-]+)"/g)].map(([, href = '']) => href)
    expect(shown.length).toBeGreaterThan(1)
    for (const href of shown) {
      const { status, headers } = await browser.get(href)
      expect([status, headers['content-type']]).toEqual([200, 'image/jpeg'])
    }
  } finally {
    await server?.stop('SIGKILL')
    await restored?.stop('SIGKILL')
  }
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-backup-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const timeout = 180_000

describe('a backup while people work · sqlite', () => {
  it('holds every save that was acknowledged before it began', { timeout }, async () => {
    const home = await mkdtemp(path.join(folder, 'sqlite-'))
    await lifeOf({ dataDir: path.join(home, 'data') }, { dataDir: path.join(home, 'other') }, home)
  })
})

if (isLong)
  describePostgres('a backup while people work', (open) => {
    it('holds every save that was acknowledged before it began', { timeout }, async () => {
      const home = await mkdtemp(path.join(folder, 'pg-'))
      const [from, to] = [await open.empty(), await open.empty()].map((store) => open.place(store).url ?? '')
      const [dataDir, other] = [path.join(home, 'data'), path.join(home, 'other')]
      await lifeOf({ url: from ?? '', dataDir }, { url: to ?? '', dataDir: other }, home)
    })
  })

describe('a server', () => {
  /** Started by itself, as a process manager does it; what it said, and how it ended. */
  async function ended(env: Record<string, string>) {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)))
    const child = spawn(process.execPath, ['server.ts'], {
      env: { ...own, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(await freePort()), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    child.stdout.on('data', (bytes) => (printed += bytes))
    child.stderr.on('data', (bytes) => (printed += bytes))
    const code = await new Promise((resolve) => child.once('close', resolve))
    return { code, printed }
  }

  it('ends with a sentence where it should not serve, and makes nothing', { timeout }, async () => {
    const dataDir = path.join(folder, 'nothing')
    const sms = { DEMO: '0', SMS_PROVIDER: 'http', SMS_HTTP_URL: 'http://127.0.0.1:9/' }
    const empty = await ended({ DATA_DIR: dataDir, APP_KEYS: appKeys, ...sms })
    expect(empty).toMatchObject({ code: 1, printed: expect.stringContaining(`no database in ${dataDir}`) })
    expect(empty.printed).not.toContain('listening')
    await expect(readdir(dataDir)).rejects.toThrow('ENOENT')
    await mkdir(dataDir)
    await ops(['migrate'], { DEMO: '1', APP_KEYS: appKeys, DATA_DIR: dataDir })
    const wrong = await ended({ DATA_DIR: dataDir, APP_KEYS: makeAppKeys(), DEMO: '1' })
    expect(wrong).toMatchObject({ code: 1, printed: expect.stringContaining('not the k1 this database') })
    expect(wrong.printed).not.toContain('listening')
  })
})
