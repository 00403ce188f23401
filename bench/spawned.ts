/** A server process of a run on 127.0.0.1, and what it and its children have used of the machine (proc(5)). */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { node24, root } from '../scripts/prepare.mjs'

export interface Spawned {
  readonly origin: string
  /** CPU of the server and all its children until now, in ms, to the next clock tick of 10 ms. */
  readonly cpuMs: () => Promise<number>
  /** The most memory it has held since it started (VmHWM), in MB. */
  readonly peakMb: () => Promise<number>
  readonly stop: () => Promise<void>
}

export interface SpawnWish {
  /** For errors. */
  readonly name: string
  readonly args: (port: number) => readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Answers 200 once the server is ready. */
  readonly probe: string
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

/** User and system time of a process and those below it, its own and that of children it has waited for. */
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

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Starts Node with these arguments; resolves once the server answers its probe, throws with what it printed otherwise. */
export async function spawned({ name, args, env, probe }: SpawnWish): Promise<Spawned> {
  const port = await freePort()
  const child = spawn(node24(), args(port), {
    cwd: root,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const keep = (bytes: Buffer) => {
    printed = (printed + bytes.toString()).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const origin = `http://127.0.0.1:${port}`
  const ready = async () => (await fetch(origin + probe).catch(() => null))?.status === 200
  for (let tries = 0; !(await ready()); tries += 1) {
    if (child.exitCode !== null || tries > 600) {
      child.kill('SIGKILL')
      throw new Error(`${name} did not become ready:\n${printed}`)
    }
    await sleep(200)
  }
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} has no process`)
  return {
    origin,
    cpuMs: async () => (await ticksOf(pid)) * tickMs,
    peakMb: () => peakOf(pid),
    stop: async () => {
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}
