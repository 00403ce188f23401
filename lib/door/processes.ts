/**
 * PROCESSES=n: this process only starts others on one port, each of them a whole server (OPS-3), and serves nothing itself.
 * The kernel spreads connections over them (SO_REUSEPORT), so that no connection waits in a process that does not answer it:
 * node:cluster lost those it had handed to one that was just killed, and left their clients waiting.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ProcessesParts {
  readonly count: number
  readonly port: number
  readonly host: string
  readonly log: (line: Readonly<Record<string, unknown>>) => void
  /** How long one may take to drain before it is killed, in ms. */
  readonly limit: number
  /** Told once, when the first of them takes requests. */
  readonly listening: () => void
  /** How long the first that died is waited for before it is started anew, in ms. */
  readonly pause?: number
}

const longestPause = 30_000
/** Who lived so long died of something new. */
const soundAfter = 60_000

/** Throws where somebody else has the port: ours share it with each other, and would share it with a stranger too. */
async function beFirst(port: number, host: string): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen({ port, host }, resolve)
  })
  await new Promise((closed) => probe.close(closed))
}

/**
 * Starts `count` processes of this very script and keeps them there: one that dies is started anew, later and later when it
 * keeps dying. SIGTERM, SIGINT and the end of the parent are passed on as SIGTERM. Gives the exit code once all have ended:
 * 0 when each ended as it was told to, 1 otherwise, and when none ever came to take requests. Throws where the port is taken.
 */
export async function keepProcesses(parts: ProcessesParts): Promise<number> {
  const { count, port, host, log, limit, listening, pause = 500 } = parts
  await beFirst(port, host)
  const [, script = '', ...args] = process.argv
  const children = new Set<ChildProcess>()
  const { promise: ended, resolve } = Promise.withResolvers<number>()
  const over = new AbortController()
  let code = 0
  let heard = false

  const end = (reason: string, as = 0) => {
    if (over.signal.aborted) return
    over.abort()
    code = as
    log({ event: 'draining', reason })
    for (const child of children) child.kill('SIGTERM')
    setTimeout(() => {
      for (const child of children) child.kill('SIGKILL')
    }, limit).unref()
    if (children.size === 0) resolve(code)
  }

  /** `deaths`: how often the one of this number died soon, one after another. */
  const start = (number: number, deaths: number) => {
    const child = fork(script, args, { env: { ...process.env, PROCESS_NUMBER: String(number) } })
    const startedAt = Date.now()
    children.add(child)
    child.once('message', () => {
      if (!heard) listening()
      heard = true
    })
    child.once('exit', (exitCode, signal) => {
      children.delete(child)
      if (over.signal.aborted) {
        // One that had not yet come to listen for the signal dies of it.
        if (exitCode !== 0 && signal !== 'SIGTERM') code = 1
        if (children.size === 0) resolve(code)
        return
      }
      log({ event: 'process-ended', process: number, code: exitCode, signal })
      // It said why. What keeps the first from starting keeps the next from it too.
      if (!heard) {
        end('no start', 1)
        return
      }
      const soon = Date.now() - startedAt > soundAfter ? 0 : deaths
      sleep(Math.min(longestPause, pause * 2 ** soon), undefined, { signal: over.signal }).then(
        () => start(number, soon + 1),
        () => undefined,
      )
    })
  }
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGINT', () => end('SIGINT'))
  process.once('disconnect', () => end('parent gone'))

  for (let number = 1; number <= count; number++) start(number, 0)
  return ended
}
