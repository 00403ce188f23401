/** The loops beside the pages: messages, jobs short and long, figures, payments, and a sweep at the start and now and then. One worker per process. */
import { setImmediate as breathe } from 'node:timers/promises'
import { foldFigures } from '#lib/commands/fold-figures.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import type { Deps } from '#lib/deps.ts'
import { faultLine } from '#lib/fault-line.ts'
import { newSecret } from '#lib/ids.ts'
import { once } from '#lib/once.ts'
import { deliverOutbox } from './outbox.ts'
import { paymentRounds } from './payments.ts'
import { runJobs, runLongJobs } from './run-jobs.ts'
import { sweep } from './sweep.ts'

const pause = 400
const sweepEvery = 10 * 60_000
const batch = 20
const figuresAtOnce = 500
/** A long backlog is linked over several rounds, so that a worker that is to stop does. */
const linkTurns = 20
const linksAtOnce = 200

export interface Worker {
  /** Resolves when the rounds under way have ended; no other begins. */
  stop(): Promise<void>
}

type Report = (error: unknown) => void

const say = (event: string) => (what: object) =>
  console.log(JSON.stringify({ at: new Date().toISOString(), event, ...what }))

const logFault: Report = (error) => say('worker-fault')(faultLine(error))

/** Rounds one after another until stopped; one that fails is told and the next comes all the same. */
function loop(round: () => Promise<void>, report: Report): Worker {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> = Promise.resolve()
  const next = () => {
    timer = setTimeout(() => {
      current = round()
        .catch(report)
        .then(() => {
          if (!stopped) next()
        })
    }, pause)
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
  let swept = Number.NEGATIVE_INFINITY
  const sweepNowAndThen = async () => {
    const now = deps.clock.now().getTime()
    if (now - swept < sweepEvery) return
    swept = now
    await sweep(deps)
  }
  const loops = [
    async () => {
      await deliverOutbox(deps, batch, tell('sms-unsent'))
    },
    async () => {
      await runJobs(deps, name, batch, tell('job-undone'))
    },
    async () => {
      await runLongJobs(deps, name, 1, tell('job-undone'))
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
  ].map((round) => loop(round, report))
  return {
    async stop() {
      await Promise.all(loops.map((one) => one.stop()))
    },
  }
}

/** The process's own worker; asked for again it is the same one. SIGTERM ends it, and leaves the process to the door. */
export const startWorker = (deps: Deps): Worker =>
  once('worker', () => {
    const worker = runWorker(deps)
    process.once('SIGTERM', () => void worker.stop())
    return worker
  })
