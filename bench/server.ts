/** A production server over the data of one size. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { node24, root, run, serverEnv } from '../scripts/prepare.mjs'
import { type Spawned, spawned } from './spawned.ts'

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

export interface Bench extends Spawned {
  readonly size: number
  readonly seeded: Seeded
  /** What time it is there. */
  readonly now: () => Date
}

export const dataDirOf = (size: number) => path.join(root, 'bench/.data', String(size))

/** One client does the work of many, over hours: what would stop a single person is out of its way. */
const limits = Object.fromEntries(
  [
    'UPLOADS_PER_PERSON_PER_HOUR',
    'CAPTCHA_PER_ADDRESS_PER_HOUR',
    'STAFF_IDLE_MINUTES',
    'SESSION_IDLE_MINUTES',
    'SESSION_HOURS',
    'LEASE_MINUTES',
  ].map((name) => [`LIMITS_${name}`, '100000']),
)

const envOf = (size: number, more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...serverEnv({ DATA_DIR: dataDirOf(size), DEMO: '1', HOST: '127.0.0.1', NODE_ENV: 'production', ...more }),
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

/** Every server of a run has the same clock before it, so that none pays for it alone. */
export const clockOption = (offset: number) => ({
  BENCH_CLOCK_OFFSET: String(offset),
  NODE_OPTIONS: `--import=${path.join(root, 'bench/clock.mjs')}`,
})

/** Starts the server of a size at the moment its data was made; `profiles` is a folder for its CPU profile. */
export async function startBench(size: number, seeded: Seeded, profiles: string): Promise<Bench> {
  const offset = new Date(seeded.at).getTime() + 60_000 - Date.now()
  const profiled = profiles === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.resolve(profiles)}`]
  const server = await spawned({
    name: `the server over ${size} people`,
    args: () => [...profiled, 'server.ts'],
    env: envOf(size, { CAPTCHA_FIXED: fixedCaptcha, ...limits, ...clockOption(offset) }),
    probe: '/readyz',
  })
  return { ...server, size, seeded, now: () => new Date(Date.now() + offset) }
}
