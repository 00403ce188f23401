/**
 * `node bench/processes.ts [--seconds 10]`: how much one server process and two answer over one PostgreSQL, in turns, on this
 * machine, which carries database and client as well. A build has to be there (npm run build). The database is a throw-away
 * cluster that does not wait for the disk, unless DATABASE_URL names an empty one.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { generateSync } from 'otplib'
import { makeAppKeys } from '#db/crypto.ts'
import { openStore } from '#db/store.ts'
import { openFiles } from '#lib/files/open.ts'
import { sealedFiles } from '#lib/files/store.ts'
import { paths } from '#lib/paths.ts'
import { filledCase, submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, testDeps } from '#tests/support/deps.ts'
import { startCluster } from '#tests/support/pg-cluster.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { node24, run, serverEnv } from '../scripts/prepare.mjs'
import { type Spawned, spawned } from './spawned.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } })
const seconds = Number(values.seconds)
const warmUp = 5
/** One and two in turns, so that what else the machine does falls on both. */
const rounds = [1, 2, 2, 1] as const
const readers = 8
const writers = 8

const origin = 'http://127.0.0.1:8443'
const captcha = '24680'
const password = 'bench of processes 电池'
const department = '440106'
const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const basic = paths.collectionStep('basic')

interface Counted {
  /** With the warm-up. */
  all: number
  requests: number
  took: number[]
}

/** Requests one after another in each lane until the time is over; those of the warm-up are not counted. */
async function driven(lanes: readonly (() => Promise<void>)[]): Promise<Counted> {
  const begin = performance.now() + warmUp * 1000
  const end = begin + seconds * 1000
  const counted: Counted = { all: 0, requests: 0, took: [] }
  await Promise.all(
    lanes.map(async (request) => {
      for (let at = performance.now(); at < end; ) {
        await request()
        const now = performance.now()
        counted.all += 1
        if (at >= begin && now <= end) {
          counted.requests += 1
          counted.took.push(now - at)
        }
        at = now
      }
    }),
  )
  counted.took.sort((a, b) => a - b)
  return counted
}

const line = (what: string, processes: number, { all, requests, took }: Counted, cpu: number) => {
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(0)
  const perSecond = (requests / seconds).toFixed(1)
  console.log(
    `| ${what} | ${processes} | ${perSecond} | ${at(0.5)} | ${at(0.99)} | ${(cpu / all).toFixed(1)} | ${(cpu / (warmUp + seconds) / 10).toFixed(0)} % |`,
  )
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'kuaiji-processes-'))
const cluster = process.env.DATABASE_URL ? null : await startCluster()
const url = process.env.DATABASE_URL || (cluster?.url('postgres') ?? '')
const appKeys = makeAppKeys()
const env = serverEnv({
  DATA_DIR: dataDir,
  DATABASE_URL: url,
  FILES_URL: '',
  DEMO: '1',
  HOST: '127.0.0.1',
  NODE_ENV: 'production',
  APP_ORIGIN: origin,
  APP_KEYS: appKeys,
  ACTION_KEY: randomBytes(32).toString('base64'),
  CAPTCHA_FIXED: captcha,
  REGISTER_PROVIDER: 'off',
})
let server: Spawned | undefined
try {
  if ((await run(node24(), ['ops/main.ts', 'migrate'], env)) !== 0) throw new Error('migrate failed')
  const store = await openStore({ url, dataDir })
  const made = testDeps(store, { now: new Date(), keys: appKeys })
  const files = await openFiles({ kind: 'folder', dir: path.join(dataDir, 'files') })
  const deps = { ...made, files: sealedFiles(files, made.keys) }
  const { login } = await makeStaff(deps, {
    role: 'reviewer',
    departmentId: department,
    password,
    totpSecret,
  })
  for (let n = 0; n < 60; n += 1) await submittedCase(deps, (await makeApplicant(deps)).actor, department)
  const phones: string[] = []
  for (let n = 0; n < writers; n += 1) {
    const { actor, phone } = await makeApplicant(deps, { password })
    await filledCase(deps, actor, department)
    phones.push(phone)
  }
  await store.close()

  const start = (processes: number) =>
    spawned({
      name: `${processes} processes`,
      args: () => ['server.ts'],
      env: { ...env, PROCESSES: String(processes) },
      probe: '/readyz',
    })
  const visitor = () =>
    new PlainBrowser(
      () => origin,
      () => server?.origin ?? '',
    )
  const signedIn = async (values: Readonly<Record<string, string>>) => {
    const browser = visitor()
    const form = formWith(await browser.page(paths.login()), paths.login(), 'name="password"')
    const { status } = await browser.post(form, { password, captcha, intent: 'sign-in', ...values })
    if (status !== 303) throw new Error(`${values.login} could not sign in: ${status}`)
    return browser
  }
  server = await start(1)
  // Sessions are rows: they outlive every server of this run.
  const reviewer = await signedIn({ login, totp: generateSync({ secret: totpSecret }) })
  const applicants: PlainBrowser[] = []
  for (const phone of phones) applicants.push(await signedIn({ login: phone }))
  await server.stop()

  const [cpu] = cpus()
  console.log(
    `\n${new Date().toISOString()}, ${availableParallelism()} × ${cpu?.model ?? ''}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before; ${seconds} s each`,
  )
  console.log('\n| what | processes | requests/s | p50 ms | p99 ms | CPU ms per request | of one core |')
  console.log('| --- | --- | --- | --- | --- | --- | --- |')
  for (const processes of rounds) {
    server = await start(processes)
    const used = async (work: () => Promise<Counted>, what: string) => {
      const before = (await server?.cpuMs()) ?? 0
      const counted = await work()
      line(what, processes, counted, ((await server?.cpuMs()) ?? 0) - before)
    }
    const queue = async () => void (await reviewer.page(paths.review()))
    await used(
      () => driven(Array.from({ length: readers }, () => queue)),
      `page of the queue, ${readers} at once`,
    )
    const saves = await Promise.all(
      applicants.map(async (browser) => {
        const form = formWith(await browser.page(basic), basic, 'name="address"')
        let rev = Number(form.fields.get('rev'))
        return async () => {
          const address = `广州市天河区第 ${rev} 号`
          const saved = await browser.post(form, { address, rev: String(rev), intent: 'exit' })
          if (saved.status !== 303 || !saved.location.includes('saved=1'))
            throw new Error(`a save answered ${saved.status} ${saved.location}`)
          rev += 1
        }
      }),
    )
    await used(() => driven(saves), 'save of a page, 8 people')
    await server.stop()
  }
  console.log(`\nload ${loadavg()[0]?.toFixed(1)} after`)
} finally {
  await server?.stop()
  await cluster?.stop()
  await rm(dataDir, { recursive: true, force: true })
}
