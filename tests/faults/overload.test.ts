/** More people than the one thread of a process can serve: decision 030. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccount, fixedCaptcha, isDrafting, signedIn } from '#tests/support/demo-people.ts'
import {
  Client,
  closedLoop,
  formShot,
  msOf,
  openLoop,
  quantile,
  type Sent,
  type Shot,
  statuses,
} from '#tests/support/load.ts'
import { formWith } from '#tests/support/plain-browser.ts'
import { type RunningServer, startServer } from '#tests/support/server.ts'

const isLong = process.env.TEST_LONG === '1'
const seconds = isLong ? 20 : 2
/** Other programs share the machine, and it may be twice as fast in a moment: only in the long form it has itself to itself. */
const times = isLong || process.env.TEST_FIGURES ? 2 : 4

describe('a server asked for twice what it can give', () => {
  let server: RunningServer
  let client: Client
  /** Pages of people who are signed in: the wizard, a queue. */
  let shots: readonly Shot[]
  /** A page a second that it can give, and the time of one when nobody else asks. */
  let capacity: number
  let alone: number[]

  const send = (n: number) => client.send(shots[n % shots.length] ?? { path: '/' })

  beforeAll(async () => {
    server = await startServer({ env: { CAPTCHA_FIXED: fixedCaptcha } })
    client = new Client(server.url)
    const applicant = await signedIn(server, await demoAccount(server, isDrafting))
    const reviewer = await signedIn(server, await demoAccount(server, ({ role }) => role === 'reviewer'))
    shots = [
      { path: '/collection/basic', headers: { cookie: applicant.cookie } },
      { path: '/review', headers: { cookie: reviewer.cookie } },
    ]
    await closedLoop(send, { clients: 2, total: isLong ? 400 : 40 })
    alone = msOf(await closedLoop(send, { clients: 1, total: isLong ? 100 : 20 }))
    const begun = performance.now()
    const full = await closedLoop(send, { clients: 8, total: isLong ? 800 : 60 })
    expect(statuses(full)).toEqual({ 200: full.length })
    capacity = (full.length * 1000) / (performance.now() - begun)
  }, 120_000)

  afterAll(async () => {
    client?.close()
    await server?.stop('SIGKILL')
  })

  /** Asks beside it, one after another, until `over`; they are to be answered all the time. */
  async function besides(
    path: string,
    over: Promise<unknown>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Sent[]> {
    let isOver = false
    void over.then(() => {
      isOver = true
    })
    const all: Sent[] = []
    while (!isOver) {
      all.push(await client.send({ path, headers }))
      await sleep(20)
    }
    return all
  }

  const page = async (path: string) => (await fetch(server.url + path)).text()

  const told = (all: readonly Sent[]) =>
    `p50 ${quantile(msOf(all), 0.5).toFixed(0)} p99 ${quantile(msOf(all), 0.99).toFixed(0)} ms`

  it('answers everybody: some as fast as is bearable, the others with a word at once', async () => {
    const asset = /\/_next\/static\/[^"]+\.css/.exec(await page('/login'))?.[0]
    expect(asset).toBeDefined()
    const flood = openLoop(send, { rate: capacity * times, seconds })
    const [all, probes, assets] = await Promise.all([
      flood,
      besides('/healthz', flood),
      besides(asset ?? '', flood),
    ])
    const taken = all.filter(({ status }) => status === 200)
    const refused = all.filter(({ status }) => status === 503)
    if (isLong || process.env.TEST_FIGURES)
      console.log(
        JSON.stringify({
          capacity: Math.round(capacity),
          offered: all.length / seconds,
          ...statuses(all),
          alone: `p50 ${quantile(alone, 0.5).toFixed(0)} p99 ${quantile(alone, 0.99).toFixed(0)} ms`,
          taken: told(taken),
          refused: told(refused),
          probes: told(probes),
          assets: told(assets),
        }),
      )
    // Nobody is left without an answer, and only these two are given.
    expect(statuses(all)).toEqual({ 200: taken.length, 503: refused.length })
    expect(refused.every(({ headers }) => headers['retry-after'] === '60')).toBe(true)
    expect(refused.length).toBeGreaterThan(all.length / 20)
    // Most of what it can do without a flood is done within it.
    expect(taken.length / seconds).toBeGreaterThan(capacity / 3)
    expect(quantile(msOf(refused), 0.5)).toBeLessThan(quantile(msOf(taken), 0.5) / 2)
    expect(statuses([...probes, ...assets])).toEqual({ 200: probes.length + assets.length })
    for (const beside of [probes, assets])
      expect(quantile(msOf(beside), 0.5)).toBeLessThan(quantile(msOf(taken), 0.5) / 2)
    // Who is let in waits for some dozens of others, and not for all that came.
    expect(quantile(msOf(taken), 0.99)).toBeLessThan(quantile(alone, 0.5) * 150)
  }, 60_000)

  it('is as it was, within a second after', async () => {
    await sleep(1000)
    const after = await closedLoop(send, { clients: 1, total: 20 })
    expect(statuses(after)).toEqual({ 200: 20 })
    expect(quantile(msOf(after), 0.5)).toBeLessThan(quantile(alone, 0.5) * 4)
    expect(server.output()).not.toContain('"event":"fault"')
  })

  it('keeps its pages open under a flood of sign-ins', async () => {
    // Right ones, each with a captcha of its own: nothing else gets as far as hashing.
    const { login, password } = await demoAccount(server, isDrafting)
    const signIns: Shot[] = []
    while (signIns.length < 40) {
      const form = formWith(await page('/login'), '/login', 'name="password"')
      const values = { login, password, captcha: fixedCaptcha, intent: 'sign-in' }
      signIns.push(await formShot(server.url, form, values))
    }
    const flood = Promise.all(signIns.map((signIn) => client.send(signIn)))
    const pages = await besides(shots[0]?.path ?? '', flood, shots[0]?.headers)
    const answered = statuses(await flood)
    expect(Object.keys(answered)).toEqual(['303', '503'])
    expect(answered[303]).toBeGreaterThanOrEqual(12)
    expect(pages.length).toBeGreaterThan(1)
    expect(statuses(pages)).toEqual({ 200: pages.length })
    expect(quantile(msOf(pages), 0.5)).toBeLessThan(quantile(msOf(await flood), 0.9))
  }, 60_000)
})
