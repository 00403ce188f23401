/** Requests of every kind, one after another for a long time: what they leave in memory. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DemoAccount,
  demoAccount,
  fixedCaptcha,
  isDrafting,
  signedIn,
} from '#tests/support/demo-people.ts'
import { Client, closedLoop, formShot, type Shot } from '#tests/support/load.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, type PlainBrowser } from '#tests/support/plain-browser.ts'
import { type RunningServer, startServer } from '#tests/support/server.ts'

const isLong = process.env.TEST_LONG === '1'
/** Of each third of what is compared. */
const requests = isLong ? 33_000 : 160
const page = '/collection/basic'
const heap = 256
const batch = 1_000

describe('memory', () => {
  let server: RunningServer
  let client: Client
  const browsers = new Map<string, PlainBrowser>()

  beforeAll(async () => {
    const limits = ['UPLOADS_PER_PERSON_PER_HOUR', 'CAPTCHA_PER_ADDRESS_PER_HOUR', 'STAFF_IDLE_MINUTES'].map(
      (name) => [`LIMITS_${name}`, '10000000'],
    )
    server = await startServer({
      env: {
        ...Object.fromEntries(limits),
        CAPTCHA_FIXED: fixedCaptcha,
        // Were anything kept, this would not be enough for it.
        NODE_OPTIONS: `--max-old-space-size=${heap}`,
      },
    })
    client = new Client(server.url)
    const people: Record<string, (account: DemoAccount) => boolean> = {
      applicant: isDrafting,
      reviewer: ({ role }) => role === 'reviewer',
    }
    for (const [name, is] of Object.entries(people))
      browsers.set(name, await signedIn(server, await demoAccount(server, is)))
  }, 120_000)
  afterAll(async () => {
    client?.close()
    await server?.stop('SIGKILL')
  })

  const browserOf = (name: string) => {
    const found = browsers.get(name)
    if (!found) throw new Error(`nobody is signed in as ${name}`)
    return found
  }

  /** What one round of it sends, and the status of each answer. */
  async function mixture(): Promise<readonly (readonly [number, Shot])[]> {
    const applicant = browserOf('applicant')
    const { cookie } = applicant
    const staff = browserOf('reviewer').cookie
    const picture = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 30_000))])
    const html = await applicant.page(page)
    const save = formWith(html, page, 'name="address"')
    const slot = formWith(html, page, 'type="file"', '/idFront"')
    const upload = await formShot(server.url, slot, { file: picture }, cookie)
    expect((await client.send(upload)).status).toBe(303)
    const shown = /href="(\/files\/[\w-]+)"/.exec(await applicant.page(page))?.[1]
    const listed = /href="(\/review\/[\w-]+)"/.exec(await browserOf('reviewer').page('/review'))?.[1]
    const captcha = /src="(\/captcha\/[^"]+)"/.exec(await (await fetch(`${server.url}/login`)).text())?.[1]
    expect([shown, listed, captcha]).toEqual([expect.any(String), expect.any(String), expect.any(String)])
    const see = (path: string, as = cookie): Shot => ({ path, headers: { cookie: as } })
    const foreign = { ...upload, headers: { ...upload.headers, origin: 'https://evil.example' } }
    const login = formWith(await (await fetch(`${server.url}/login`)).text(), '/login', 'name="password"')
    return [
      [200, see('/')],
      [200, see('/', '')],
      [200, see(page)],
      [200, see('/collection/education')],
      // Against a version that is long past: nothing is written, and what was typed is kept for a quarter of an hour.
      [303, await formShot(server.url, save, { address: '广州市天河区', intent: 'exit' }, cookie)],
      [303, await formShot(server.url, login, { login: '13900000000', password: 'x', captcha: 'no' }, '')],
      [200, see(shown ?? '')],
      [200, see(`${shown}?size=small`)],
      [200, see('/review', staff)],
      [200, see(listed ?? '', staff)],
      [200, see('/login', '')],
      [200, see(captcha ?? '', '')],
      [404, see('/no/such/page')],
      [404, see('/files/nothing')],
      [403, foreign],
      [200, see('/healthz')],
    ]
  }

  /** Megabytes that the server holds; the node process beneath whatever was started. */
  async function held(): Promise<{ rss: number; anonymous: number }> {
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
    const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
    return { rss: read('VmRSS'), anonymous: read('RssAnon') }
  }

  it(`is the same after ${requests * 3} requests as after ${requests}`, {
    timeout: isLong ? 3_600_000 : 120_000,
  }, async () => {
    const wrong = new Map<string, number>()
    const run = async (total: number) => {
      const begun = performance.now()
      // Anew every so often: a captcha is shown for three minutes.
      for (let done = 0; done < total; done += batch)
        await some(await mixture(), Math.min(batch, total - done))
      await sleep(isLong ? 5_000 : 500)
      return { ...(await held()), rate: (total * 1000) / (performance.now() - begun) }
    }
    const some = (mixed: Awaited<ReturnType<typeof mixture>>, total: number) =>
      closedLoop(
        async (n) => {
          const [expected, shot] = mixed[n % mixed.length] ?? [200, { path: '/' }]
          const sent = await client.send(shot)
          if (sent.status !== expected) {
            const told = `${shot.method ?? 'GET'} ${shot.path} ${sent.status} ${sent.error ?? ''}`
            wrong.set(told, (wrong.get(told) ?? 0) + 1)
          }
          return sent
        },
        { clients: 4, total },
      )
    await run(isLong ? 5_000 : 160)
    const thirds = [await run(requests), await run(requests), await run(requests)]
    if (isLong || process.env.TEST_FIGURES) console.log(JSON.stringify(thirds))
    expect(Object.fromEntries(wrong)).toEqual({})
    const [first, , last] = thirds
    expect((last?.rss ?? 0) / (first?.rss ?? 1)).toBeLessThan(isLong ? 1.05 : 1.15)
    expect(await readdir(path.join(server.dataDir, 'incoming')).catch(() => [])).toEqual([])
    expect(server.output()).not.toMatch(/"event":"(fault|exception|rejection)"/)
  })
})
