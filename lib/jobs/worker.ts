/** The loop beside the pages: sends what is due, sweeps at its start and now and then. One per process. */
import type { Deps } from '#lib/deps.ts'
import { faultLine } from '#lib/fault-line.ts'
import { once } from '#lib/once.ts'
import { deliverOutbox, type Unsent } from './outbox.ts'
import { sweep } from './sweep.ts'

const pause = 400
const sweepEvery = 10 * 60_000
const batch = 20

export interface Worker {
  /** Resolves when the round under way has ended; no other begins. */
  stop(): Promise<void>
}

type Report = (error: unknown) => void

const logFault: Report = (error) =>
  console.log(JSON.stringify({ at: new Date().toISOString(), event: 'worker-fault', ...faultLine(error) }))

const logUnsent = (unsent: Unsent) =>
  console.log(JSON.stringify({ at: new Date().toISOString(), event: 'sms-unsent', ...unsent }))

/** Runs rounds until stopped; a round that fails is told and the next one comes all the same. */
export function runWorker(deps: Deps, report: Report = logFault, tell = logUnsent): Worker {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let swept = Number.NEGATIVE_INFINITY
  let current: Promise<void> = Promise.resolve()

  const round = async () => {
    await deliverOutbox(deps, batch, tell)
    const now = deps.clock.now().getTime()
    if (now - swept < sweepEvery) return
    swept = now
    await sweep(deps)
  }
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

/** The process's own worker; asked for again it is the same one. SIGTERM ends it, and leaves the process to the door. */
export const startWorker = (deps: Deps): Worker =>
  once('worker', () => {
    const worker = runWorker(deps)
    process.once('SIGTERM', () => void worker.stop())
    return worker
  })
