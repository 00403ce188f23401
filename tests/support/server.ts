/** A whole running system for a test: the existing build behind its door, on its own port and data. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const brought = join(root, 'node_modules/.bin/node')
const node = existsSync(brought) ? brought : process.execPath

export interface ServerOptions {
  /** Demo people and stand-in providers; true unless said otherwise. */
  demo?: boolean
  env?: Record<string, string>
  /** Data that is already there, to start again on it; kept by `stop`. */
  dataDir?: string
  /** What is run; `npm start` prepares the data itself. */
  program?: 'server.ts' | 'scripts/start.mjs'
}

export type SmsCode = (phone: string, purpose?: string) => Promise<string>

export interface RunningServer {
  url: string
  dataDir: string
  /** What the server has printed until now: access log and faults. */
  output: () => string
  /** Of the process that was started. */
  pid: number
  /** The next code sent to this phone that was not yet given out; waits up to 10 s for it. */
  smsCode: SmsCode
  /** Ends it and gives its exit code, null after SIGKILL. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Settings of the machine that would change what is tested. */
const foreign = [
  'APP_ORIGIN',
  'APP_KEYS',
  'DATABASE_URL',
  'FILES_URL',
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_CHANNEL_FD',
]
const cleanEnv = () => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name))),
  NODE_ENV: 'production' as const,
})

const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Runs an operator verb to its end; throws with what it printed when it failed. */
export async function ops(verb: string[], env: Record<string, string | undefined>): Promise<string> {
  const child = spawn(node, ['ops/main.ts', ...verb], { cwd: root, env: { ...cleanEnv(), ...env } })
  let printed = ''
  child.stdout.on('data', (bytes) => (printed += bytes))
  child.stderr.on('data', (bytes) => (printed += bytes))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`ops ${verb.join(' ')} ended with ${code}:\n${printed}`)
  return printed
}

interface SmsLine {
  phone: string
  purpose: string
  code?: string
}

const isSms = (line: unknown): line is SmsLine =>
  typeof line === 'object' && line !== null && 'phone' in line && 'purpose' in line

/** Reads codes from the outbox of demo mode; each code is given out once, the newest first. */
export function smsReader(dataDir: string): SmsCode {
  const used = new Set<number>()
  return async (phone, purpose) => {
    for (let tries = 0; tries < 100; tries++) {
      const text = await readFile(join(dataDir, 'outbox/sms.jsonl'), 'utf8').catch(() => '')
      const whole = text.slice(0, text.lastIndexOf('\n') + 1) // the last line may be half written
      const lines: unknown[] = whole.split('\n').map((line) => (line === '' ? null : JSON.parse(line)))
      for (const [at, line] of [...lines.entries()].reverse()) {
        if (used.has(at) || !isSms(line) || line.phone !== phone || line.code === undefined) continue
        if (purpose !== undefined && line.purpose !== purpose) continue
        used.add(at)
        return line.code
      }
      await sleep(100)
    }
    throw new Error(`no code for ${phone}${purpose === undefined ? '' : ` (${purpose})`} within 10 s`)
  }
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', (code) => resolve(code))
  })

/** Migrates, seeds (demo) and starts; resolves once `/readyz` answers 200. Throws with the output otherwise. */
export async function startServer({
  demo = true,
  env = {},
  dataDir,
  program = 'server.ts',
}: ServerOptions = {}): Promise<RunningServer> {
  const parent = join(root, '.tmp/servers')
  await mkdir(parent, { recursive: true })
  // Demo keys are made beside the data, so both go into one folder.
  const folder = dataDir === undefined ? await mkdtemp(join(parent, 'run-')) : null
  const data = dataDir ?? join(folder ?? parent, 'data')
  const port = await freePort()
  const all = {
    ...cleanEnv(),
    TZ: 'Asia/Shanghai',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: data,
    DEMO: demo ? '1' : '0',
    ...env,
  }
  if (program === 'server.ts') {
    // Outside demo mode a new installation is asked for by its name.
    await ops(all.DEMO === '1' || existsSync(join(data, 'app.db')) ? ['migrate'] : ['migrate', '--new'], all)
    if (demo) await ops(['seed-demo'], all)
  }

  const child = spawn(node, [program], { cwd: root, env: all, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stdout.on('data', (bytes) => (printed += bytes))
  child.stderr.on('data', (bytes) => (printed += bytes))

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    const code = await ended(child)
    if (folder !== null) await rm(folder, { recursive: true, force: true })
    return code
  }

  const url = `http://127.0.0.1:${port}`
  const ready = async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200
  for (let tries = 0; !(await ready()); tries++) {
    if (child.exitCode !== null || tries > 300) {
      await stop('SIGKILL')
      throw new Error(`the server did not become ready:\n${printed}`)
    }
    await sleep(100)
  }
  return { url, pid: child.pid ?? 0, dataDir: data, output: () => printed, smsCode: smsReader(data), stop }
}
