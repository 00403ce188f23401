/** The loops beside the pages: messages, jobs short and long, figures, payments, and a sweep at the start and now and then. One worker per process. */
import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import type { Deps } from '#lib/deps.ts'
import { faultLine, processMark } from '#lib/fault-line.ts'
import { newSecret } from '#lib/ids.ts'
import { once } from '#lib/once.ts'
import { deliverOutbox } from './outbox.ts'
import { paymentRounds } from './payments.ts'
import { runJobs, runLongJobs } from './run-jobs.ts'
import { sweep } from './sweep.ts'

const pause = 400
/** A store that is away is asked again every few seconds, so that everything goes on soon after it is back. */
const longestPause = 3_000
const sweepEvery = 10 * 60_000
const batch = 20
const figuresAtOnce = 500
/** A long backlog is linked over several rounds, so that a worker that is to stop does. */
const linkTurns = 20
const linksAtOnce = 200

export interface Worker {
  /** Resolves when what is under way has ended; no other round and no other job begins. */
  stop(): Promise<void>
}

type Report = (error: unknown) => void

const say = (event: string) => (what: object) =>
  console.log(JSON.stringify({ at: new Date().toISOString(), event, ...what, ...processMark() }))

const logFault: Report = (error) => say('worker-fault')(faultLine(error))

/** Which fault it is, as far as it needs to be told again: by its name and its code. */
function kindOf(error: unknown): string {
  const { fault, code } = faultLine(error)
  return `${String(fault)} ${String(code ?? '')}`
}

/** Tells a fault once, however many rounds of however many loops meet it, and once again when all of them are past it. */
function tellerOf(report: Report, recovered: (what: object) => void) {
  const met = new Map<string, number>()
  const leave = (kind: string) => {
    const loops = (met.get(kind) ?? 0) - 1
    if (loops > 0) met.set(kind, loops)
    else if (met.delete(kind)) recovered({ fault: kind.trim() })
  }
  return () => {
    let failing: string | null = null
    return (error: unknown, failed: boolean) => {
      const kind = failed ? kindOf(error) : null
      if (kind === failing) return
      if (failing !== null) leave(failing)
      failing = kind
      if (kind === null) return
      if (!met.has(kind)) report(error)
      met.set(kind, (met.get(kind) ?? 0) + 1)
    }
  }
}

/** Rounds one after another until stopped; after one that fails the next comes later and later. */
function loop(round: () => Promise<void>, note: (error: unknown, failed: boolean) => void): Worker {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> = Promise.resolve()
  let failures = 0
  const next = () => {
    timer = setTimeout(
      () => {
        current = round()
          .then(
            () => {
              failures = 0
              note(null, false)
            },
            (error: unknown) => {
              failures += 1
              note(error, true)
            },
          )
          .then(() => {
            if (!stopped) next()
          })
      },
      Math.min(longestPause, pause * 2 ** failures),
    )
    timer.unref()
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await current
    },
  }
}

/** A slow register holds up no code, and a full outbox no check: each has a loop of its own. */
export function runWorker(deps: Deps, report: Report = logFault, tell = say): Worker {
  const name = newSecret()
  let stopping = false
  const goesOn = () => !stopping
  let swept = Number.NEGATIVE_INFINITY
  const sweepNowAndThen = async () => {
    const now = deps.clock.now().getTime()
    // A clock that was ahead and was put right keeps no sweep waiting.
    if (now >= swept && now - swept < sweepEvery) return
    swept = now
    await sweep(deps)
  }
  const teller = tellerOf(report, tell('worker-recovered'))
  const loops = [
    async () => {
      await deliverOutbox(deps, batch, tell('sms-unsent'))
    },
    async () => {
      await runJobs(deps, name, batch, tell('job-undone'), goesOn)
    },
    async () => {
      await runLongJobs(deps, name, 1, tell('job-undone'), goesOn)
    },
    async () => {
      // SQLite answers at once: without a breath between them, no request would be heard until the last of these turns.
      while ((await foldFigures(deps, figuresAtOnce)) === figuresAtOnce) await breathe()
    },
    async () => {
      for (let turn = 0; turn < linkTurns && (await linkAudit(deps, linksAtOnce)) > 0; turn += 1)
        await breathe()
    },
    sweepNowAndThen,
    paymentRounds(deps),
  ].map((round) => loop(round, teller()))
  return {
    async stop() {
      stopping = true
      await Promise.all(loops.map((one) => one.stop()))
    },
  }
}

/** ms that the end of a process waits for the job under way; of a longer one the lease runs out, and another worker takes it up. */
const longestEnd = 5_000

/** The process's own worker; asked for again it is the same one. SIGTERM ends it, and leaves the process to the door, which waits for it last. */
export const startWorker = (deps: Deps): Worker =>
  once('worker', () => {
    const worker = runWorker(deps)
    process.once('SIGTERM', () => void worker.stop())
    once('closers', (): (() => Promise<unknown>)[] => []).push(() =>
      Promise.race([worker.stop(), wait(longestEnd)]),
    )
    return worker
  })
