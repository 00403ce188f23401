/** One whole server whose database and disk fail on demand: what people are told, what goes on, and that nothing is half done. */
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#db/store.ts'
import { overwriteTable } from '#tests/support/damage.ts'
import { demoAccount, fixedCaptcha, isDrafting, signedIn } from '#tests/support/demo-people.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, type PageForm, PlainBrowser } from '#tests/support/plain-browser.ts'
import { formHeaders, type RawAnswer, rawRequest } from '#tests/support/raw-request.ts'
import { freePort, ops, type RunningServer, startServer } from '#tests/support/server.ts'

const long = process.env.TEST_LONG === '1'
const basicPage = '/collection/basic'
const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms))
const notSaved = '系统暂时无法保存，请稍后再试'

let folder: string
let dataDir: string
let control: string
let server: RunningServer
let browser: PlainBrowser
let picture: Blob
/** Comes by way of a temp file, and is more than the slot takes. */
let large: Blob

const failing = (what: string) => writeFile(control, what)
const recovers = () => rm(control, { force: true })
const addressForm = async () => formWith(await browser.page(basicPage), basicPage, 'name="address"')
const uploadForm = async () => formWith(await browser.page(basicPage), basicPage, 'type="file"', '/idFront"')
const eventsLogged = (event: string) =>
  server
    .output()
    .split('\n')
    .filter((line) => line.includes(`"event":"${event}"`))

/** The id of the action a form posts to without script. */
const actionOf = ({ fields }: PageForm) =>
  [...fields.keys()].find((name) => name.startsWith('$ACTION_ID_'))?.slice('$ACTION_ID_'.length) ?? ''
/** Its fields as the only argument of the action, as React writes them. */
const asSoft = (form: PageForm): PageForm => ({
  ...form,
  fields: new Map([
    ...[...form.fields]
      .filter(([name]) => !name.startsWith('$'))
      .map(([name, value]) => [`_1_${name}`, value] as const),
    ['0', '["$K1"]'],
  ]),
})

const filesUnder = async (...places: string[]) =>
  (
    await readdir(path.join(dataDir, ...places), { recursive: true, withFileTypes: true }).catch(() => [])
  ).filter((entry) => entry.isFile()).length

/** Rows and files of pictures: what an upload that failed must leave alone. */
async function kept() {
  const { read, t, close } = await openStore({ dataDir })
  const rows = await read.select({ id: t.storedFile.id }).from(t.storedFile)
  const attached = await read.select({ id: t.attachment.id }).from(t.attachment)
  await close()
  return { rows: rows.length, attached: attached.length, files: await filesUnder('files') }
}

/** Nobody listens there: it is no port of a server. */
const nowhere = 'http://127.0.0.1:9'
const pem = { type: 'pkcs8', format: 'pem' } as const
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })

const start = async () => {
  const preload = path.join(import.meta.dirname, '../support/faults.mjs')
  server = await startServer({
    dataDir,
    env: {
      CAPTCHA_FIXED: fixedCaptcha,
      LIMITS_UPLOADS_PER_PERSON_PER_HOUR: '10000',
      FAULTS_FILE: control,
      NODE_OPTIONS: `--import=${preload}`,
      SMS_PROVIDER: 'http',
      SMS_HTTP_URL: `${nowhere}/sms`,
      REGISTER_PROVIDER: 'http',
      REGISTER_HTTP_URL: `${nowhere}/register`,
      IDENTITY_PROVIDER: 'alipay',
      PAYMENT_PROVIDER: 'alipay',
      ALIPAY_GATEWAY: `${nowhere}/gateway.do`,
      ALIPAY_APP_ID: '2021000000000000',
      ALIPAY_PRIVATE_KEY: pair.privateKey.export(pem).toString(),
      ALIPAY_PUBLIC_KEY: pair.publicKey.export({ ...pem, type: 'spki' }).toString(),
    },
  })
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-away-'))
  dataDir = path.join(folder, 'data')
  control = path.join(folder, 'fault')
  await start()
  // It has another port after each start.
  const now = {
    get url() {
      return server.url
    },
  }
  browser = await signedIn(now, await demoAccount(server, isDrafting))
  picture = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 30_000))])
  large = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 2_000_000))])
}, 120_000)
afterAll(async () => {
  await server?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

describe('a database that takes no writes', () => {
  const pages = ['/', '/collection', basicPage, '/messages', '/record', '/account', '/help']

  it.each(['sqlite full', 'sqlite readonly'])(
    '%s: pages answer, forms get 503, and it comes back',
    async (fault) => {
      const before = await addressForm()
      const shown = before.fields.get('address')
      // Seen so long ago that every page would note it.
      const { tx, t, close } = await openStore({ dataDir })
      await tx((q) => q.update(t.session).set({ lastSeenAt: new Date(Date.now() - 600_000) }))
      await close()
      const told = eventsLogged('worker-fault').length
      await failing(fault)
      for (const page of pages) expect([page, (await browser.get(page)).status]).toEqual([page, 200])

      const values = { address: '广州市天河区磁盘已满路 1 号', intent: 'exit' }
      const refused = await browser.submit(before, values)
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60'])
      expect(refused.body).toContain(notSaved)
      expect(refused.body).toContain('lang="zh-CN"')
      // With script: the same action as the router sends it.
      const soft = await browser.submit(
        asSoft({ ...before, fields: new Map([...before.fields, ...Object.entries(values)]) }),
        {},
        {
          'next-action': actionOf(before),
          accept: 'text/x-component',
        },
      )
      expect([soft.status, soft.headers['retry-after'], soft.headers['content-type']]).toEqual([
        503,
        '60',
        'text/x-component',
      ])
      expect((await browser.submit({ ...before, action: '/collection/autosave' }, values)).status).toBe(503)
      const nobody = new PlainBrowser(() => server.url)
      const login = formWith(await nobody.page('/login'), '/login', 'name="password"')
      expect(
        (await nobody.post(login, { login: 'x', password: 'y', captcha: '1', intent: 'sign-in' })).status,
      ).toBe(503)

      // The loops meet it again and again meanwhile.
      await sleep(1_500)
      expect(eventsLogged('worker-fault').length - told).toBeLessThanOrEqual(2)
      expect((await addressForm()).fields.get('address')).toBe(shown)
      await recovers()
      expect(await browser.post(before, values)).toEqual({
        status: 303,
        location: '/collection?saved=1#main',
      })
      expect((await addressForm()).fields.get('address')).toBe(values.address)
    },
  )

  it('the loops say once that it is over', async () => {
    await expect.poll(() => eventsLogged('worker-recovered').length, { timeout: 12_000 }).toBeGreaterThan(0)
    expect(eventsLogged('rejection')).toEqual([])
  })
})

describe('a disk that takes no files', () => {
  it.each(['disk ENOSPC', 'disk EROFS', 'disk EIO', 'late ENOSPC'])(
    '%s: an upload is refused whole, and works again',
    async (fault) => {
      const form = await uploadForm()
      const before = await kept()
      await failing(fault)
      for (const file of fault.startsWith('late') ? [large] : [picture, large]) {
        const refused = await browser.submit(form, { file })
        expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60'])
        expect(refused.body).toContain(notSaved)
      }
      expect((await browser.get(basicPage)).status).toBe(200)
      await recovers()
      expect(await kept()).toEqual(before)
      expect(await filesUnder('incoming')).toBe(0)
      expect((await browser.post(form, { file: picture })).location).toContain('?done=uploaded')
    },
  )

  it('a row that cannot be written leaves no row, and its file to the sweep', async () => {
    const form = await uploadForm()
    const before = await kept()
    await failing('sqlite full')
    // The turn of an upload is counted in the store, so not even the file is taken.
    expect((await browser.submit(form, { file: picture })).status).toBe(503)
    await recovers()
    expect(await kept()).toEqual(before)
  })
})

describe('files that are missing or damaged', () => {
  it('stand as a picture that says so, and the page around it works', async () => {
    expect((await browser.post(await uploadForm(), { file: picture })).status).toBe(303)
    const page = await browser.page(basicPage)
    const shown = /href="(\/files\/[\w-]+)"/.exec(page)?.[1] ?? ''
    const { read, t, close } = await openStore({ dataDir })
    const [stored] = await read
      .select({ key: t.storedFile.storageKey })
      .from(t.storedFile)
      .where(eq(t.storedFile.id, shown.slice('/files/'.length)))
    await close()
    const key = stored?.key ?? ''
    const file = path.join(dataDir, 'files', key.slice(0, 2), key.slice(2, 4), key)
    const whole = await readFile(file)
    const lost = async (href: string) => {
      const { status, headers, body } = await browser.get(href)
      expect([status, headers['content-type']]).toEqual([410, 'image/svg+xml'])
      expect(body).toContain('图片缺失')
    }
    for (const left of [whole.subarray(0, whole.length / 2), Buffer.alloc(0), null]) {
      await (left ? writeFile(file, left) : rm(file))
      await lost(shown)
      await lost(`${shown}?size=small`)
      expect((await browser.get(basicPage)).status).toBe(200)
    }
    await writeFile(file, whole)
    expect((await browser.get(shown)).status).toBe(200)
  })
})

describe('every provider unreachable', () => {
  it('pages answer, a code waits and the page says so, and the loops are quiet about it', async () => {
    const nobody = new PlainBrowser(() => server.url)
    const register = formWith(await nobody.page('/register'), '/register', 'name="password"')
    const began = performance.now()
    const { status, location } = await nobody.post(register, {
      phone: '13912345678',
      captcha: fixedCaptcha,
      intent: 'code',
    })
    expect(status).toBe(303)
    // As long as the page waits for the provider, and no longer.
    expect(performance.now() - began).toBeLessThan(8_000)
    expect(await nobody.page(location)).toContain('短信验证码正在发送')
    for (const page of ['/', '/identity', '/exams', '/messages'])
      expect([page, (await browser.get(page)).status]).toEqual([page, 200])
    expect((await rawRequest(`${server.url}/readyz`)).status).toBe(200)
    const unsent = eventsLogged('sms-unsent').length
    expect(unsent).toBeGreaterThan(0)
    // Each message is tried later and later, and a provider that fails is left alone for a while.
    expect(unsent).toBeLessThan(20)
    expect(eventsLogged('job-undone').length).toBeLessThan(20)
    expect(eventsLogged('payment-fault').length).toBeLessThan(20)
    expect(server.output()).not.toContain('13912345678')
  })
})

describe('a database that another process has locked', () => {
  const hold = long ? 20_000 : 2_000

  it(`for ${hold / 1000} s: the server goes on answering, and what is saved ${long ? 'is refused' : 'waits its turn'}`, {
    timeout: hold + 30_000,
  }, async () => {
    const form = await addressForm()
    const other = new SQLite(path.join(dataDir, 'app.db'))
    const waits: number[] = []
    const slow: number[] = []
    let over = false
    const timed = async (list: number[], ask: () => Promise<RawAnswer>) => {
      const began = performance.now()
      expect((await ask()).status).toBe(200)
      list.push(performance.now() - began)
    }
    const probing = async () => {
      while (!over) {
        await timed(waits, () => rawRequest(`${server.url}/healthz`))
        await sleep(20)
      }
    }
    const reading = async () => {
      while (!over) {
        await timed(slow, () => browser.get(basicPage))
        await sleep(100)
      }
    }
    other.exec('BEGIN IMMEDIATE')
    const watching = Promise.all([probing(), reading()])
    const began = performance.now()
    const saving = browser
      .post(form, { address: '广州市天河区等候路 1 号', intent: 'exit' })
      .then(({ status }) => ({ status, took: performance.now() - began }))
    // Several at once wait together, not one after another.
    const more = Promise.all(
      Array.from({ length: 4 }, () => browser.submit({ ...form, action: '/collection/autosave' })),
    )
    await sleep(hold)
    other.exec('COMMIT')
    other.close()
    const { status, took } = await saving
    const others = (await more).map((answer) => answer.status)
    over = true
    await watching
    if (long) {
      expect([status, ...others]).toEqual([503, 503, 503, 503, 503])
      expect(took).toBeLessThan(18_000)
    } else {
      expect(status).toBe(303)
      expect(took).toBeGreaterThan(hold - 200)
      expect(others).not.toContain(503)
    }
    const late = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length * 0.95)]
    console.log(
      `locked: healthz 95 % ${late(waits)?.toFixed(0)} ms, max ${waits.at(-1)?.toFixed(0)} ms; page 95 % ${late(slow)?.toFixed(0)} ms, max ${slow.at(-1)?.toFixed(0)} ms`,
    )
    // Far from what it would be if the process waited along, on however busy a machine.
    expect(late(waits)).toBeLessThan(600)
    expect(waits.at(-1)).toBeLessThan(2_000)
    expect(late(slow)).toBeLessThan(2_000)
  })
})

describe('the folder of a running server', () => {
  it('is refused to a second one with a sentence, and free at once after a kill', async () => {
    const child = spawn(process.execPath, ['server.ts'], {
      cwd: path.join(import.meta.dirname, '../..'),
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DEMO: '1',
        DATA_DIR: dataDir,
        PORT: String(await freePort()),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes))
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, said]).toEqual([
      1,
      expect.stringContaining(`Another server process is running on ${dataDir}`),
    ])
    expect((await browser.get(basicPage)).status).toBe(200)
  })
})

describe('a server that is killed while pictures come in', () => {
  const places = long ? ['before-rename', 'body', 'after-rename'] : ['after-rename']

  it('leaves no row without its file; the sweep takes what belongs to nothing, and the form works', {
    timeout: 60_000 * places.length,
  }, async () => {
    for (const place of places) {
      const form = await uploadForm()
      const before = await kept()
      // One whose body is still on its way, and one that gets as far as the place.
      const half = halfSent(form)
      await expect.poll(() => filesUnder('incoming')).toBe(1)
      await failing(`kill ${place}`)
      await expect(browser.submit(form, { file: place === 'body' ? large : picture })).rejects.toThrow()
      await half
      expect(await server.stop('SIGKILL')).toBeNull()
      const after = await kept()
      expect([after.rows, after.attached]).toEqual([before.rows, before.attached])
      expect(after.files - before.files).toBe(place === 'body' ? 0 : 1)
      // Everything that lies there is as old as if the sweep's ten minutes were over.
      const hourAgo = new Date(Date.now() - 3_600_000)
      for (const name of await readdir(dataDir, { recursive: true }))
        if (/^(files|incoming)\//.test(name)) await utimes(path.join(dataDir, name), hourAgo, hourAgo)
      if (place === 'after-rename') await overwriteTable(path.join(dataDir, 'app.db'), 'conduct')
      await start()
      await ops(['sweep'], verbEnv())
      expect(await kept()).toEqual(before)
      expect(await filesUnder('incoming')).toBe(0)
      expect((await browser.post(await uploadForm(), { file: picture })).status).toBe(303)
    }
  })

  it('and a table that a bad disk has damaged meanwhile keeps nobody from the others', async () => {
    const { status, body } = await browser.get('/awards')
    expect(status).toBe(503)
    expect(body).toContain('系统暂时无法打开')
    for (const page of ['/help', basicPage])
      expect([page, (await browser.get(page)).status]).toEqual([page, 200])
    await expect(ops(['verify'], verbEnv())).rejects.toThrow(/wrong: database: /)
    expect(await server.stop()).toBe(0)
  })
})

/** An upload of which the first half has come; resolves when the server is gone. */
function halfSent({ action }: PageForm): Promise<unknown> {
  const edge = 'x'.repeat(20)
  const body = Buffer.concat([
    Buffer.from(
      `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
    ),
    Buffer.alloc(2_000_000),
    Buffer.from(`\r\n--${edge}--\r\n`),
  ])
  const headers = {
    ...formHeaders(server.url, body),
    'content-type': `multipart/form-data; boundary=${edge}`,
    cookie: browser.cookie,
  }
  return rawRequest(server.url + action, { method: 'POST', headers, body, pause: () => sleep(60_000) }).catch(
    () => null,
  )
}

const verbEnv = () => ({ ...process.env, DEMO: '1', DATA_DIR: dataDir, DATABASE_URL: '' })
