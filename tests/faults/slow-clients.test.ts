/** Clients that are slow, break off, or say nothing: decision 030. */
import { readdir } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount, fixedCaptcha, isDrafting, signedIn } from '#tests/support/demo-people.ts'
import { Client, statuses } from '#tests/support/load.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, type PlainBrowser } from '#tests/support/plain-browser.ts'
import { type RunningServer, startServer } from '#tests/support/server.ts'

const isLong = process.env.TEST_LONG === '1'
const page = '/collection/basic'

describe('clients that take their time', () => {
  let server: RunningServer
  let client: Client
  let browser: PlainBrowser
  let picture: Blob
  const sockets: Socket[] = []

  beforeAll(async () => {
    // Who asks is said by a header, as a proxy would: networks of their own.
    const env = { CAPTCHA_FIXED: fixedCaptcha, TRUST_PROXY: '1', LIMITS_UPLOADS_PER_PERSON_PER_HOUR: '10000' }
    server = await startServer({ env })
    client = new Client(server.url)
    browser = await signedIn(server, await demoAccount(server, isDrafting))
    picture = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 30_000))])
  }, 120_000)
  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    client?.close()
    await server?.stop('SIGKILL')
  })

  const slot = async () => formWith(await browser.page(page), page, 'type="file"', '/idFront"').action
  const incoming = () => readdir(path.join(server.dataDir, 'incoming')).catch(() => [])

  /** An upload of so many bytes of which only the beginning comes, from this network; gives what is answered. */
  const begun = (to: string, network: string, announced: number) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    sockets.push(socket)
    const heard = { answer: '' }
    socket.on('data', (bytes) => {
      heard.answer += bytes
    })
    socket.on('error', () => {})
    const head = [
      `POST ${to} HTTP/1.1`,
      'host: a',
      `origin: ${server.url}`,
      `cookie: ${browser.cookie}`,
      `x-forwarded-for: ${network}`,
      'content-type: multipart/form-data; boundary=b',
      `content-length: ${announced}`,
    ]
    const part = 'content-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg'
    socket.write(`${head.join('\r\n')}\r\n\r\n--b\r\n${part}\r\n\r\n`)
    return { socket, heard }
  }

  it.each([
    ['with large ones, a file each', 2_000_000, '192.0.2.1', 50],
    ['with small ones, in memory', 100_000, '192.0.2.3', 0],
  ])(
    'fill the uploads of their own network and no other, and leave nothing behind: %s',
    {
      timeout: 60_000,
    },
    async (_, announced, network, files) => {
      const to = await slot()
      const slow = Array.from({ length: 300 }, () => begun(to, network, announced))
      // A byte now and then.
      const trickle = setInterval(
        () => {
          for (const { socket } of slow) if (socket.writable) socket.write('x')
        },
        isLong ? 1000 : 300,
      )
      // A quarter of 200 is let in; the others are told so.
      const refused = () => slow.filter(({ heard }) => heard.answer.startsWith('HTTP/1.1 503 ')).length
      await expect.poll(refused, { timeout: 20_000 }).toBe(250)
      await expect.poll(async () => (await incoming()).length, { timeout: 20_000 }).toBe(files)

      const pages = await Promise.all(
        Array.from({ length: 10 }, () => client.send({ path: page, headers: { cookie: browser.cookie } })),
      )
      expect(statuses(pages)).toEqual({ 200: 10 })
      const form = formWith(await browser.page(page), page, 'type="file"', '/idFront"')
      expect(await browser.post(form, { file: picture })).toEqual({
        status: 303,
        location: `${page}?done=uploaded#slot-idFront`,
      })
      if (isLong) await sleep(20_000)
      expect((await incoming()).length).toBe(files)

      clearInterval(trickle)
      for (const { socket } of slow) socket.destroy()
      await expect.poll(incoming, { timeout: 10_000 }).toEqual([])
      expect(await browser.post(form, { file: picture })).toMatchObject({ status: 303 })
      expect(server.output()).not.toContain('"event":"fault"')
    },
  )

  it('may break off as often as they like', { timeout: 60_000 }, async () => {
    const to = await slot()
    for (let round = 0; round < (isLong ? 30 : 3); round += 1) {
      const all = Array.from(
        { length: 40 },
        () => begun(to, '192.0.2.2', round % 2 === 0 ? 100_000 : 2_000_000).socket,
      )
      for (const socket of all) socket.write('x'.repeat(1 + Math.floor(Math.random() * 50_000)))
      await sleep(Math.random() * 150)
      for (const socket of all) Math.random() < 0.5 ? socket.destroy() : socket.resetAndDestroy()
    }
    await expect.poll(incoming, { timeout: 10_000 }).toEqual([])
    expect(server.output()).not.toContain('"event":"fault"')
    expect(await browser.page(page)).toContain('name="address"')
  })

  it('may open connections and say nothing', { timeout: isLong ? 240_000 : 60_000 }, async () => {
    const { hostname, port } = new URL(server.url)
    const silent = Array.from({ length: isLong ? 3000 : 300 }, (_, n) => {
      const socket = connect(Number(port), hostname).on('error', () => {})
      if (n % 2 === 1) socket.write('GET / HTTP/1.1\r\nhost: a\r\n')
      sockets.push(socket)
      return new Promise<string>((resolve) => {
        let said = ''
        socket.on('data', (bytes) => {
          said += bytes
        })
        socket.on('close', () => resolve(said))
      })
    })
    expect(await browser.page(page)).toContain('name="address"')
    if (!isLong) return
    const said = await Promise.all(silent)
    expect(said.filter((answer) => !answer.startsWith('HTTP/1.1 408 '))).toEqual([])
  })
})
