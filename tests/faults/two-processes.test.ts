/** Two production servers over one PostgreSQL and one bucket (OPS-3); a person changes process at every request. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { eq, isNull } from 'drizzle-orm'
import { generate } from 'otplib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import { latestCase } from '#db/queries/cases.ts'
import { type Deps, openDeps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { readEnv } from '#lib/env.ts'
import { newFactorSecret } from '#lib/ids.ts'
import { eventsOf } from '#tests/support/case-state.ts'
import { filledCase } from '#tests/support/cases.ts'
import { makeStaff, newMainlandNumber, newPhone, testDeps } from '#tests/support/deps.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { type Bucket, startBucket } from '#tests/support/s3.ts'
import { type RunningServer, startServer } from '#tests/support/server.ts'
import { type SmsInbox, smsInbox } from '#tests/support/sms-inbox.ts'

/** What a proxy in front of both is called. */
const origin = 'http://127.0.0.1:8443'
const captcha = '24680'
const password = 'correct horse 电池'
const names = ['one', 'two'] as const
type Name = (typeof names)[number]

/** A page is too long to be shown where it lacks something. */
const expectSaid = (page: string, text: string) => expect([text, page.includes(text)]).toEqual([text, true])

/** A register that keeps its answers back until told, and knows which process asks. */
async function heldRegister() {
  const held: { by: string; answer: () => void }[] = []
  let isOpen = false
  let asked = 0
  const reply = (response: ServerResponse, subject: unknown) => () =>
    response.end(JSON.stringify({ records: [subject], source: '2026-11-20' }))
  const server = createServer(async (request, response) => {
    const { subject } = JSON.parse(await text(request))
    asked += 1
    const answer = reply(response, subject)
    if (isOpen) answer()
    else held.push({ by: request.headers.authorization?.replace('Bearer ', '') ?? '', answer })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    held,
    asked: () => asked,
    open() {
      isOpen = true
      for (const { answer } of held) answer()
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const cluster = inject('pgUrl')
if (cluster)
  describe('two processes over one PostgreSQL and one bucket (OPS-3)', () => {
    const database = `two_processes_${randomBytes(4).toString('hex')}`
    const url = new URL(cluster)
    url.pathname = database
    const servers = new Map<Name, RunningServer>()
    const folders: string[] = []
    let env: Record<string, string>
    let bucket: Bucket
    let inbox: SmsInbox
    let book: Awaited<ReturnType<typeof heldRegister>>
    /** A third process of the same service: the test itself. */
    let deps: Deps
    let turn = 0
    /** The one that was killed, started anew as two. */
    let kept: Name = 'one'

    const asCluster = async (sql: string) => {
      const client = new pg.Client({ connectionString: cluster })
      await client.connect()
      await client.query(sql).finally(() => client.end())
    }
    const start = async (name: Name, more: Record<string, string> = {}) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'kuaiji-two-'))
      folders.push(dataDir)
      servers.set(
        name,
        await startServer({ demo: false, dataDir, env: { ...env, REGISTER_HTTP_TOKEN: name, ...more } }),
      )
    }
    /** Another server at every request, as a proxy without any memory does it. */
    const next = () => {
      const all = [...servers.values()]
      turn += 1
      return all[turn % all.length]?.url ?? ''
    }
    const visitor = () => new PlainBrowser(() => origin, next)

    beforeAll(async () => {
      ;[bucket, inbox, book] = await Promise.all([startBucket(), smsInbox(), heldRegister()])
      env = {
        DEMO: '1',
        APP_ORIGIN: origin,
        APP_KEYS: makeAppKeys(),
        ACTION_KEY: randomBytes(32).toString('base64'),
        CAPTCHA_FIXED: captcha,
        DATABASE_URL: url.href,
        ...bucket.env,
        SMS_PROVIDER: 'http',
        SMS_HTTP_URL: inbox.url,
        REGISTER_PROVIDER: 'http',
        REGISTER_HTTP_URL: book.url,
      }
      await asCluster(`create database ${database}`)
      // Both find an empty database and make it what it has to be, at the same time.
      await Promise.all(names.map((name) => start(name)))
      deps = await openDeps(readEnv({ ...env, DATA_DIR: folders[0] }, makeAppKeys))
    }, 120_000)
    afterAll(async () => {
      await Promise.all([...servers.values()].map((server) => server.stop('SIGKILL')))
      await deps?.store.close()
      await asCluster(`drop database if exists ${database} with (force)`)
      book?.close()
      await Promise.all([bucket?.stop(), inbox?.stop()])
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
    })

    const person = new PlainBrowser(() => origin, next)
    const phone = newPhone()
    const number = newMainlandNumber()
    const basic = '/collection/basic'
    let actor: Applicant
    let caseId = ''

    const follow = async (browser: PlainBrowser, answer: { status: number; location: string }) => {
      expect(answer.status).toBe(303)
      return browser.page(answer.location.split('#')[0] ?? '')
    }
    async function signIn(browser: PlainBrowser, values: Readonly<Record<string, string>>) {
      const form = formWith(await browser.page('/login'), '/login', 'name="password"')
      return browser.post(form, { captcha, intent: 'sign-in', ...values })
    }

    it('somebody registers: what was typed, the code and the session are known to both', async () => {
      const form = (page: string) => formWith(page, '/register', 'name="idNumber"')
      const typed = { idType: 'mainland_id', idNumber: number, name: '欧阳试', phone }
      const first = form(await person.page('/register'))
      const asked = await person.post(first, { ...typed, captcha, intent: 'code' })
      const again = form(await follow(person, asked))
      expect([again.fields.get('idNumber'), again.fields.get('phone')]).toEqual([number, phone])
      // The captcha of that page is used up, also for the process that has not seen it.
      for (const _ of names) {
        const page = await follow(person, await person.post(first, { ...typed, captcha, intent: 'code' }))
        expectSaid(page, '图形验证码不对或已经过期')
      }
      const secrets = { code: await inbox.code(phone), password, passwordAgain: password }
      const welcome = await follow(
        person,
        await person.post(again, { ...typed, ...secrets, intent: 'register' }),
      )
      expectSaid(welcome, '注册成功')

      const out = formWith(await person.page('/'), '/', '退出')
      expect((await person.post(out)).status).toBe(303)
      for (const _ of names) expect((await person.get('/collection')).status).toBe(307)
      expect(await signIn(person, { login: phone, password })).toEqual({ status: 303, location: '/' })
    })

    it('fills in a page and uploads a picture to one process, and sees both on the other', async () => {
      const { t } = deps.store
      const [account] = await deps.store.read.select({ id: t.account.id }).from(t.account)
      actor = { kind: 'applicant', id: account?.id ?? '', sessionId: 'test' }
      // 实名认证 and six of the seven pages are for other tests; a third process does them beside the two.
      const verified = {
        identityState: 'verified',
        identityMethod: 'alipay',
        identityAt: new Date(),
      } as const
      await deps.store.tx((q) => q.update(t.account).set(verified).where(eq(t.account.id, actor.id)))
      const begin = formWith(await person.page('/collection'), '/collection', '开始信息采集')
      expect(await person.post(begin)).toMatchObject({ status: 303, location: '/collection/department' })
      caseId = (await latestCase(deps.store.read, t, actor.id, 'collection'))?.id ?? ''
      const made = { now: new Date(), keys: env.APP_KEYS ?? '', env }
      expect(await filledCase({ ...testDeps(deps.store, made), files: deps.files }, actor, '440106')).toBe(
        caseId,
      )

      const form = formWith(await person.page(basic), basic, 'name="address"')
      const address = '广州市天河区第二进程路 2 号'
      expect(await person.post(form, { address, intent: 'exit' })).toEqual({
        status: 303,
        location: '/collection?saved=1#main',
      })
      for (const _ of names) expectSaid(await person.page(basic), address)
      // The same page in another tab, of a version that is over: refused by whoever is asked, and shown by the other.
      const late = await person.post(form, { address: '别处', intent: 'exit' })
      expect(late.location).toContain('echo=')
      expectSaid(await follow(person, late), '别处')

      const slot = formWith(await person.page(basic), basic, 'type="file"', '/idFront"')
      const picture = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 30_000))])
      const sent = await person.post(slot, { file: picture })
      const shown = await follow(person, sent)
      expect(sent.location).toBe(`${basic}?done=uploaded#slot-idFront`)
      const href = /idFront[\s\S]*?href="(\/files\/[\w-]+)"/.exec(shown)?.[1] ?? ''
      const looks = [await person.get(href), await person.get(href)]
      expect(looks.map(({ status, headers }) => [status, headers['content-type']])).toEqual(
        names.map(() => [200, 'image/jpeg']),
      )
      expect(looks[0]?.body === looks[1]?.body && looks[0]?.body.length).toBeGreaterThan(1000)
    })

    it('an upload while the bucket is away is refused as a store that cannot be used, and nothing is half done', async () => {
      const { t, read } = deps.store
      const stored = async () => (await read.select({ id: t.storedFile.id }).from(t.storedFile)).length
      const before = await stored()
      const slot = formWith(await person.page(basic), basic, 'type="file"', '/idBack"')
      const file = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 30_000))])
      await bucket.goAway()
      for (const _ of names) expect((await person.post(slot, { file })).status).toBe(503)
      expect(await stored()).toBe(before)
      // Pages go on, and so do uploads once it is back.
      for (const _ of names) expect((await person.get(basic)).status).toBe(200)
      await bucket.comeBack()
      expect((await person.post(slot, { file })).location).toContain('done=uploaded')
      expect(await stored()).toBe(before + 1)
    })

    it('goes on with one process when the other is killed, and the job that one was at is taken up', {
      timeout: 60_000,
    }, async () => {
      const outcome = '/collection/outcome'
      const form = formWith(await person.page(outcome), outcome, 'name="declared"')
      const sent = await person.post(form, { declared: '1' })
      expect(sent.location).toContain('done=submitted')
      await expect.poll(() => book.held.length, { timeout: 10_000 }).toBe(4)
      const victim = names.find((name) => book.held.some(({ by }) => by === name)) ?? 'one'
      const lost = book.held.filter(({ by }) => by === victim).length
      const slow = person.page(outcome).catch(() => 'cut')
      expect(await servers.get(victim)?.stop('SIGKILL')).toBeNull()
      servers.delete(victim)
      await slow
      for (const _ of names) expectSaid(await person.page(outcome), '核验')
      book.open()

      const { t, read } = deps.store
      const undone = () => read.select().from(t.job).where(isNull(t.job.doneAt))
      await expect.poll(async () => (await undone()).length, { timeout: 10_000 }).toBe(lost)
      const left = (await undone()).map(({ leaseUntil }) => leaseUntil?.getTime() ?? 0)
      expect(Math.min(...left)).toBeGreaterThan(Date.now())
      // Twenty seconds are too long for every run: the long form waits for them.
      if (process.env.TEST_LONG !== '1')
        await deps.store.tx((q) =>
          q.update(t.job).set({ leaseUntil: new Date() }).where(isNull(t.job.doneAt)),
        )
      await expect.poll(async () => (await undone()).length, { timeout: 30_000 }).toBe(0)
      expect(book.asked()).toBe(4 + lost)
      expect((await eventsOf(deps, caseId)).filter((kind) => kind === 'case.checked')).toHaveLength(1)
      // In its place come two that are kept behind one port.
      kept = victim
      await start(victim, { PROCESSES: '2' })
    })

    it('a reviewer signs in, claims and decides, each on another process', async () => {
      const totpSecret = newFactorSecret()
      const { login } = await makeStaff(deps, {
        role: 'reviewer',
        departmentId: '440106',
        password,
        totpSecret,
      })
      const reviewer = visitor()
      const totp = await generate({ secret: totpSecret })
      expect((await signIn(reviewer, { login, password, totp })).status).toBe(303)
      // The code of an authenticator is good once, whichever process is shown it.
      const thief = visitor()
      for (const _ of names)
        expectSaid(await follow(thief, await signIn(thief, { login, password, totp })), '登录信息不对')

      const place = `/review/${caseId}`
      const claim = formWith(await reviewer.page(place), place, '领取')
      const held = await follow(reviewer, await reviewer.post(claim))
      const form = formWith(held, place, 'value="approve"')
      const verdicts = [...held.matchAll(/<input\b[^>]*type="radio"[^>]*>/g)].flatMap(([tag]) =>
        tag.includes('value="pass"') ? [/name="([^"]+)"/.exec(tag)?.[1] ?? ''] : [],
      )
      expect(verdicts).toHaveLength(6)
      const passes = Object.fromEntries(verdicts.map((name) => [name, 'pass']))
      const decided = await follow(reviewer, await reviewer.post(form, { ...passes, decision: 'approve' }))
      expectSaid(decided, '审核通过')
      // Pressed again in another tab, at the other process: nothing happens twice.
      await reviewer.post(form, { ...passes, decision: 'approve' })
      expect((await eventsOf(deps, caseId)).filter((kind) => kind === 'case.approved')).toHaveLength(1)
      for (const _ of names) expectSaid(await person.page('/record'), '广州珠江实业有限公司')
    })

    it('counts failed sign-ins over both', async () => {
      const stranger = visitor()
      const said: string[] = []
      for (let n = 0; n < 12 && !said.at(-1)?.includes('连续登录失败次数过多'); n += 1)
        said.push(
          await follow(stranger, await signIn(stranger, { login: phone, password: `wrong ${n} 电池` })),
        )
      // Counted apart it would be eleven: five on each before the first that is too many.
      expect(said.length).toBeLessThanOrEqual(10)
      expect(said.length).toBeGreaterThan(1)
      expectSaid(said.at(-1) ?? '', '连续登录失败次数过多')
      expect(said.slice(0, -1).every((page) => page.includes('登录信息不对'))).toBe(true)
    })

    it('one of two that are kept behind one port is started anew when it is killed, and all end in order', {
      timeout: 60_000,
    }, async () => {
      const server = servers.get(kept)
      if (!server) throw new Error('nobody was started anew')
      const said = () =>
        server
          .output()
          .split('\n')
          .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
      const listening = () =>
        said()
          .flatMap((line) => (line.event === 'listening' ? [line.process] : []))
          .sort()
      await expect.poll(listening, { timeout: 20_000 }).toEqual([1, 2])
      const straight = new PlainBrowser(
        () => origin,
        () => server.url,
      )
      const answered = async () => {
        expectSaid(await straight.page('/login'), '登录')
        return [...new Set(said().flatMap((line) => (line.path === '/login' ? [line.process] : [])))].sort()
      }
      await expect.poll(answered, { timeout: 10_000 }).toEqual([1, 2])

      const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8')
      process.kill(Number(children.split(' ')[0]), 'SIGKILL')
      const ended = () => said().filter((line) => line.event === 'process-ended')
      // Who is handed to it before its end is noticed may be cut off; nobody after that is.
      await expect.poll(() => ended().length, { timeout: 10_000 }).toBe(1)
      for (let n = 0; n < 6; n += 1) await answered()
      await expect.poll(() => listening().length, { timeout: 20_000 }).toBe(3)
      expect(ended()).toMatchObject([{ signal: 'SIGKILL' }])

      const codes = await Promise.all([...servers.values()].map((one) => one.stop()))
      servers.clear()
      expect(codes).toEqual([0, 0])
    })
  })
