import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#db/store.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { type RunningServer, startServer } from '#tests/support/server.ts'

const fixedCaptcha = '2468'
const rounds = process.env.TEST_LONG === '1' ? 30 : 3
const basicPage = '/collection/basic'
const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

interface DemoAccount {
  readonly role: string
  readonly login: string
  readonly password: string
  readonly state?: string
}

describe('the whole system, killed while it writes (OPS-1) · sqlite', () => {
  let folder: string
  let dataDir: string
  let server: RunningServer
  let browser: PlainBrowser
  let caseId: string

  const start = async () => {
    const env = { CAPTCHA_FIXED: fixedCaptcha, LIMITS_UPLOADS_PER_PERSON_PER_HOUR: '10000' }
    server = await startServer({ dataDir, env })
  }
  const kill = async () => expect(await server.stop('SIGKILL')).toBeNull()

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-kill-'))
    dataDir = path.join(folder, 'data')
    await start()
    browser = new PlainBrowser(() => server.url)
    const accounts: DemoAccount[] = JSON.parse(
      await readFile(path.join(dataDir, 'demo-accounts.json'), 'utf8'),
    )
    const someone = accounts.find(({ role, state }) => role === 'applicant' && state === 'draft')
    if (!someone) throw new Error('no demo applicant with a draft')
    const { login, password } = someone
    const form = formWith(await browser.page('/login'), '/login', 'name="password"')
    const values = { login, password, captcha: fixedCaptcha, intent: 'sign-in' }
    expect(await browser.post(form, values)).toMatchObject({ status: 303, location: '/' })
    caseId = formWith(await browser.page(basicPage), basicPage, 'name="address"').fields.get('case') ?? ''
    expect(caseId).not.toBe('')
  }, 120_000)
  afterAll(async () => {
    await server?.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  /** How often this case was saved, as the log in the database has it. */
  async function saves(): Promise<number> {
    const { read, t, close } = await openStore({ dataDir })
    const rows = await read
      .select({ id: t.event.id })
      .from(t.event)
      .where(and(eq(t.event.caseId, caseId), eq(t.event.kind, 'section.saved')))
    await close()
    return rows.length
  }

  /** What the server said was done since it last started. */
  let done: { saved: number; uploaded: number }

  /** Saves one address after another, each over the last, until the server is gone; gives the two it may be left at. */
  async function saveUntilKilled(round: number) {
    const form = formWith(await browser.page(basicPage), basicPage, 'name="address"')
    const first = Number(form.fields.get('rev'))
    const address = (n: number) => `广州市天河区第 ${round} 轮第 ${n} 号`
    for (;;) {
      const values = { address: address(done.saved + 1), rev: String(first + done.saved), intent: 'exit' }
      const answer = await browser.post(form, values).catch(() => null)
      if (answer === null) return [address(done.saved), address(done.saved + 1)]
      expect(answer).toEqual({ status: 303, location: '/collection?saved=1#main' })
      done.saved += 1
    }
  }

  /** Uploads one picture after another, each in the place of the last, until the server is gone. */
  async function uploadUntilKilled(picture: Blob) {
    const form = formWith(await browser.page(basicPage), basicPage, 'type="file"', '/idFront"')
    for (;;) {
      const answer = await browser.post(form, { file: picture }).catch(() => null)
      if (answer === null) return
      expect(answer).toEqual({ status: 303, location: `${basicPage}?done=uploaded#slot-idFront` })
      done.uploaded += 1
    }
  }

  it(`keeps every write it acknowledged, ${rounds} times over`, { timeout: 60_000 * rounds }, async () => {
    const picture = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 30_000))])
    for (let round = 1; round <= rounds; round++) {
      const before = await saves()
      done = { saved: 0, uploaded: 0 }
      const writing = Promise.all([saveUntilKilled(round), uploadUntilKilled(picture)])
      await expect.poll(() => done.saved > 3 && done.uploaded > 0, { timeout: 20_000 }).toBe(true)
      // Somewhere in the middle of a write, another place each time.
      await sleep(Math.random() * 300)
      await kill()
      const [possible] = await writing

      await start()
      const after = await saves()
      expect(after - before).toBeGreaterThanOrEqual(done.saved)
      expect(after - before).toBeLessThanOrEqual(done.saved + 1)
      // The session outlived it as well, and what is shown is the last write or the one under way, never an older one.
      const page = await browser.page(basicPage)
      expect(possible).toContain(formWith(page, basicPage, 'name="address"').fields.get('address'))
      const shown = [...page.matchAll(/href="(\/files\/[\w-]+)"/g)].map(([, href = '']) => href)
      expect(shown.length).toBeGreaterThan(1)
      for (const href of shown) {
        const { status, headers } = await browser.get(href)
        expect([status, headers['content-type']]).toEqual([200, 'image/jpeg'])
      }
    }
  })

  it('sweeps half-received uploads when it starts, and leaves what may be under way', {
    timeout: 60_000,
  }, async () => {
    await kill()
    const places = [path.join(dataDir, 'incoming'), path.join(dataDir, 'files/incoming')]
    const hourAgo = new Date(Date.now() - 3_600_000)
    for (const place of places) {
      await mkdir(place, { recursive: true })
      for (const left of await readdir(place)) await rm(path.join(place, left))
      for (const name of ['old.part', 'young.part']) await writeFile(path.join(place, name), 'x')
      await utimes(path.join(place, 'old.part'), hourAgo, hourAgo)
    }
    await start()
    for (const place of places)
      await expect.poll(() => readdir(place), { timeout: 10_000 }).toEqual(['young.part'])
  })

  it('starts again after an orderly end, too', { timeout: 60_000 }, async () => {
    expect(await server.stop()).toBe(0)
    await start()
    expect(await browser.page(basicPage)).toContain('name="address"')
  })
})
