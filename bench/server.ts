/** A production server over the data of one size, and what its processes have used of the machine. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { node24, projectEnv, root, run } from '../scripts/prepare.mjs'

export const fixedCaptcha = 'BENCH'

export interface Seeded {
  readonly people: number
  readonly at: string
  readonly password: string
  readonly totpSecret: string
  readonly applicants: readonly {
    readonly fate: string
    readonly name: string
    readonly number: string
    readonly phone: string
    readonly departmentId: string
    readonly caseId: string | null
    readonly caseNumber: string
  }[]
}

export interface Bench {
  readonly size: number
  readonly origin: string
  readonly seeded: Seeded
  /** What time it is there. */
  readonly now: () => Date
  /** CPU of the server and all its children until now, in ms, to the next clock tick of 10 ms. */
  readonly cpuMs: () => Promise<number>
  readonly stop: () => Promise<void>
}

export const dataDirOf = (size: number) => path.join(root, 'bench/.data', String(size))
const envOf = (size: number, more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...projectEnv({ DATA_DIR: dataDirOf(size), DEMO: '1', HOST: '127.0.0.1', NODE_ENV: 'production', ...more }),
  APP_ORIGIN: '',
  APP_KEYS: '',
  DATABASE_URL: '',
})

async function ops(size: number, ...verb: string[]): Promise<void> {
  if ((await run(node24(), ['ops/main.ts', ...verb], envOf(size))) !== 0)
    throw new Error(`ops ${verb.join(' ')} failed: see the lines above`)
}

/** Makes the data of a size where it is not there yet. */
export async function dataOf(size: number): Promise<Seeded> {
  const file = path.join(dataDirOf(size), 'seed-staff.json')
  if (existsSync(file)) await ops(size, 'migrate')
  else await ops(size, 'seed', '--people', String(size))
  return JSON.parse(await readFile(file, 'utf8'))
}

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const tickMs = 10

/** Of a process and its children: user and system time, its own and that of children it has waited for (proc(5)). */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name may hold anything; the numbers begin behind its bracket with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = [14, 15, 16, 17].reduce((sum, field) => sum + Number(fields[field - 3] ?? 0), 0)
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => [])
  const children = await Promise.all(
    tasks.map(async (task) => {
      const text = await readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')
      return text.split(' ').filter(Boolean).map(Number)
    }),
  )
  const below = await Promise.all(children.flat().map(ticksOf))
  return own + below.reduce((sum, one) => sum + one, 0)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Starts the server of a size at the moment its data was made; resolves once it is ready. */
export async function startBench(size: number, seeded: Seeded): Promise<Bench> {
  const port = await freePort()
  const offset = new Date(seeded.at).getTime() + 60_000 - Date.now()
  const env = envOf(size, {
    PORT: String(port),
    CAPTCHA_FIXED: fixedCaptcha,
    BENCH_CLOCK_OFFSET: String(offset),
    NODE_OPTIONS: `--import=${path.join(root, 'bench/clock.mjs')}`,
  })
  const child = spawn(node24(), ['server.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const keep = (bytes: Buffer) => {
    printed = (printed + bytes.toString()).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const origin = `http://127.0.0.1:${port}`
  const stop = async () => {
    child.kill('SIGTERM')
    await ended(child)
  }
  const ready = async () => (await fetch(`${origin}/readyz`).catch(() => null))?.status === 200
  for (let tries = 0; !(await ready()); tries += 1) {
    if (child.exitCode !== null || tries > 600) {
      child.kill('SIGKILL')
      throw new Error(`the server over ${size} people did not become ready:\n${printed}`)
    }
    await sleep(200)
  }
  const { pid } = child
  if (pid === undefined) throw new Error('a server without a process')
  return {
    size,
    origin,
    seeded,
    now: () => new Date(Date.now() + offset),
    cpuMs: async () => (await ticksOf(pid)) * tickMs,
    stop,
  }
}
