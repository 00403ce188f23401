import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import { openStore } from '#db/store.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { openDeps } from '#lib/deps.ts'
import { readEnv } from '#lib/env.ts'
import { filledCase } from '#tests/support/cases.ts'
import { makeApplicant, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { ops, type RunningServer, startServer } from '#tests/support/server.ts'

const fixedCaptcha = '2468'
const password = 'Kuai-Ji 2026!'
const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

/** What may become of a case in its checks, and what never may. */
const ends = ['case.checked', 'case.returned-by-check', 'case.approved']

type Manner = 'agrees' | 'holds' | 'wrong' | 'huge'

/** A register on the loopback that keeps its answers back, or answers nonsense once about the 学历 of some. */
async function register() {
  const held: (() => void)[] = []
  const once = new Map<string, Manner>()
  let usual: Manner = 'agrees'
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const { kind, subject } = JSON.parse(await text(request))
    asked.push(subject.number ?? '')
    const manner = (kind === 'education' && once.get(subject.number)) || usual
    if (kind === 'education') once.delete(subject.number)
    const agree = () => response.end(JSON.stringify({ records: [subject], source: '2026-11-20' }))
    if (manner === 'holds') held.push(agree)
    else if (manner === 'wrong') response.end('<html>系统维护中</html>')
    else if (manner === 'huge') response.end(`{"records": [{"x": "${'x'.repeat(10_000_000)}"}]}`)
    else agree()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    held: () => held.length,
    /** Answers after all what it kept back. */
    release() {
      for (const agree of held.splice(0)) agree()
    },
    askedAbout: (number: string) => asked.filter((one) => one === number).length,
    usually: (manner: Manner) => {
      usual = manner
    },
    onceAbout: (number: string, manner: Manner) => void once.set(number, manner),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

describe('machine checks of a server that is killed, and of registers that misbehave (CHK-1) · sqlite', () => {
  let folder: string
  let dataDir: string
  let env: Record<string, string>
  let server: RunningServer
  let book: Awaited<ReturnType<typeof register>>

  const start = async () => {
    server = await startServer({ demo: false, dataDir, env })
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-checks-'))
    dataDir = path.join(folder, 'data')
    book = await register()
    env = {
      DEMO: '1',
      APP_KEYS: makeAppKeys(),
      CAPTCHA_FIXED: fixedCaptcha,
      REGISTER_PROVIDER: 'http',
      REGISTER_HTTP_URL: book.url,
    }
    await ops(['migrate'], { ...process.env, ...env, DATA_DIR: dataDir, DATABASE_URL: '' })
  }, 60_000)
  afterAll(async () => {
    await server?.stop('SIGKILL')
    book?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** People who have sent their collections, as the server commits it: with jobs that nobody has begun. */
  async function sent(...manners: readonly Manner[]) {
    const opened = await openDeps(readEnv({ ...env, DATA_DIR: dataDir }, makeAppKeys))
    const deps: TestDeps = {
      ...testDeps(opened.store, { now: new Date(), keys: env.APP_KEYS ?? '', env }),
      files: opened.files,
    }
    const people: { caseId: string; login: string }[] = []
    for (const manner of manners) {
      const { actor, number } = await makeApplicant(deps, { password })
      if (manner !== 'agrees') book.onceAbout(number, manner)
      const caseId = await filledCase(deps, actor, '440106')
      people.push({ caseId, login: number })
      await submitCase(deps, actor, { caseId, declared: true })
    }
    await opened.store.close()
    return people
  }

  /** A case as another process sees it. */
  async function seen(caseId: string) {
    const { read, t, close } = await openStore({ dataDir })
    const [row] = await read.select().from(t.serviceCase).where(eq(t.serviceCase.id, caseId))
    const claims = await read
      .select()
      .from(t.claimCheck)
      .where(eq(t.claimCheck.caseId, caseId))
      .orderBy(asc(t.claimCheck.kind))
    const events = (
      await read
        .select({ kind: t.event.kind })
        .from(t.event)
        .where(eq(t.event.caseId, caseId))
        .orderBy(asc(t.event.id))
    ).map(({ kind }) => kind)
    const jobs = (await read.select().from(t.job)).filter(({ data }) =>
      claims.some(({ id }) => id === data.claim),
    )
    await close()
    return {
      state: row?.state,
      claims: claims.map(({ kind, state }) => `${kind} ${state}`),
      ends: events.filter((kind) => ends.includes(kind)),
      clock: events.filter((kind) => kind.startsWith('clock.')),
      tries: jobs.map(({ tries }) => tries).toSorted(),
      done: jobs.filter(({ doneAt }) => doneAt !== null).length,
      errors: jobs.map(({ lastError }) => lastError).filter((error) => error !== ''),
    }
  }

  let killed: { caseId: string; login: string }
  let served: readonly string[] = []

  it('loses no check it was killed in', { timeout: 60_000 }, async () => {
    book.usually('holds')
    const [one] = await sent('agrees')
    if (!one) throw new Error('nobody sent anything')
    killed = one
    await start()
    await expect.poll(book.held, { timeout: 10_000 }).toBe(4)
    expect(await server.stop('SIGKILL')).toBeNull()
    book.usually('agrees')
    await start()
    expect(await seen(killed.caseId)).toMatchObject({ state: 'checking', done: 0, ends: [] })
  })

  it('passes nothing that a slow, wrong or endless register says, and serves its pages meanwhile', {
    timeout: 60_000,
  }, async () => {
    const browser = new PlainBrowser(() => server.url)
    const form = formWith(await browser.page('/login'), '/login', 'name="password"')
    const values = { login: killed.login, password, captcha: fixedCaptcha, intent: 'sign-in' }
    expect(await browser.post(form, values)).toMatchObject({ status: 303, location: '/' })
    served = (await sent('holds', 'wrong', 'huge')).map(({ caseId }) => caseId)
    const until = Date.now() + 30_000
    let slowest = 0
    for (let errors = 0; errors < 3 && Date.now() < until; await sleep(200)) {
      const before = performance.now()
      expect(await browser.page('/collection/outcome')).toContain('</html>')
      slowest = Math.max(slowest, performance.now() - before)
      const all = await Promise.all(served.map(seen))
      for (const { state, claims } of all)
        expect(state === 'checking' || claims.every((claim) => claim.endsWith(' agrees'))).toBe(true)
      errors = all.flatMap((one) => one.errors).length
    }
    // Each was asked in vain, and said so; nobody waited for it longer than for a page.
    expect((await Promise.all(served.map(seen))).map(({ errors }) => errors)).toEqual([
      ['timeout'],
      ['not-json'],
      ['too-large'],
    ])
    expect(slowest).toBeLessThan(5000)
  })

  it('goes on with what it was killed in when the leases have run out, to one effect', {
    timeout: 60_000,
  }, async () => {
    await expect
      .poll(async () => (await seen(killed.caseId)).done, { timeout: 40_000, interval: 250 })
      .toBe(4)
    expect(await seen(killed.caseId)).toMatchObject({
      state: 'waiting',
      claims: ['accounting-qualification', 'credit-code', 'degree', 'education'].map(
        (kind) => `${kind} agrees`,
      ),
      ends: ['case.checked'],
      errors: [],
    })
    // And so it does with those of whom it was told nothing of use at first: by a second answer.
    for (const caseId of served)
      await expect
        .poll(() => seen(caseId), { timeout: 20_000, interval: 250 })
        .toMatchObject({
          state: 'waiting',
          ends: ['case.checked'],
          clock: ['clock.paused', 'clock.resumed'],
          tries: [1, 1, 1, 2],
        })
    // Three of its four claims are looked up by the person's number: before and after.
    expect(book.askedAbout(killed.login)).toBe(6)
  })

  it('ends the checks under way when it is told to end, and begins no others', {
    timeout: 60_000,
  }, async () => {
    book.release()
    book.usually('holds')
    const [first, second] = await sent('agrees', 'agrees')
    await expect.poll(book.held, { timeout: 10_000 }).toBe(4)
    const ended = server.stop()
    await sleep(500)
    book.release()
    expect(await ended).toBe(0)
    const both = await Promise.all([first, second].map((one) => seen(one?.caseId ?? '')))
    // The four that were held, of whichever case: both were sent within one look of the worker.
    expect(both.reduce((sum, { done }) => sum + done, 0)).toBe(4)
    expect(both.flatMap(({ errors }) => errors)).toEqual([])
  })
})
