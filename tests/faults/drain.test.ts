/** The end of a server in the middle of its work: decision 030. */
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount, fixedCaptcha, isDrafting, signedIn } from '#tests/support/demo-people.ts'
import { Client, openLoop, type Sent, statuses } from '#tests/support/load.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, type PlainBrowser } from '#tests/support/plain-browser.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { type RunningServer, startServer } from '#tests/support/server.ts'

const isLong = process.env.TEST_LONG === '1'
const rounds = isLong ? 10 : 1
const page = '/collection/basic'

describe('SIGTERM, to the server; in the long form to what "npm start" runs', () => {
  let folder: string
  let server: RunningServer
  let browser: PlainBrowser
  let picture: Buffer

  const start = async () => {
    const env = { CAPTCHA_FIXED: fixedCaptcha, LIMITS_UPLOADS_PER_PERSON_PER_HOUR: '10000' }
    server = await startServer({
      env,
      program: isLong ? 'scripts/start.mjs' : 'server.ts',
      dataDir: path.join(folder, 'data'),
    })
    browser = await signedIn(server, await demoAccount(server, isDrafting))
  }
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-drain-'))
    picture = await jpegOfBytes(800, 600, 30_000)
    await start()
  }, 120_000)
  afterAll(async () => {
    await server?.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  /** An upload whose second half is sent when `rest` says so. */
  const upload = async (action: string, rest: () => Promise<unknown>) => {
    const data = new FormData()
    data.append('file', new Blob([new Uint8Array(picture)]), 'picture.jpg')
    const encoded = new Response(data)
    const body = Buffer.from(await encoded.arrayBuffer())
    const headers = {
      origin: server.url,
      cookie: browser.cookie,
      'content-type': encoded.headers.get('content-type') ?? '',
      'content-length': String(body.length),
    }
    return rawRequest(server.url + action, { method: 'POST', headers, body, pause: rest })
  }

  it(`answers all that was asked before, ${rounds} times`, { timeout: 60_000 * rounds }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const client = new Client(server.url)
      // Connections kept, most of them with nothing under way.
      await Promise.all(Array.from({ length: 40 }, () => client.send({ path: '/healthz' })))
      const { hostname, port } = new URL(server.url)
      const kept = connect(Number(port), hostname).on('error', () => {})
      const { action } = formWith(await browser.page(page), page, 'type="file"', '/idFront"')
      const tell: { go: () => void } = { go: () => {} }
      const wait = new Promise<void>((resolve) => {
        tell.go = resolve
      })
      const uploading = upload(action, () => wait)
      const flood = openLoop(() => client.send({ path: page, headers: { cookie: browser.cookie } }), {
        rate: 60,
        seconds: 2.5,
      })
      await sleep(1_500)
      const signal = performance.now()
      const ended = server.stop()
      await sleep(700)
      tell.go()
      expect((await uploading).status).toBe(303)
      expect(await ended).toBe(0)
      const took = performance.now() - signal
      const all = await flood
      const before = all.filter(({ at }) => at < signal)
      const lost = (some: readonly Sent[]) => some.filter(({ status }) => status === 0)
      expect(lost(before)).toEqual([])
      expect(Object.keys(statuses(before)).sort()).toEqual(expect.arrayContaining(['200']))
      // Afterwards nobody is let in any more.
      expect((await client.send({ path: '/healthz' })).error).toMatch(/ECONNREFUSED/)
      // Nothing of this takes long, and no connection that is only kept holds it up.
      expect(took).toBeLessThan(22_000)
      expect(server.output()).toContain('"event":"stopped"')
      expect(server.output()).not.toMatch(/"event":"(fault|exception|rejection)"/)
      kept.destroy()
      client.close()
      if (round + 1 < rounds) await start()
    }
  })
})
