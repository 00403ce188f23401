/** Does what commands left to be done later: each job by one worker at a time, at least once (CHK-1). */

import { dueJobs, endTurn, type Job, keepLease, leaseJob } from '#db/queries/jobs.ts'
import { restMs } from '#lib/adapters/breaker.ts'
import { reasonOf } from '#lib/adapters/provider-fault.ts'
import type { Deps } from '#lib/deps.ts'
import { pauseAfter } from './back-off.ts'
import { jobKinds, longKinds } from './kinds.ts'
import { inLanes } from './lanes.ts'

const atOnce = 4
/** How long a job is one worker's: when that one dies, the next takes it up. A short one lasts less than half of it (8 s for a register). */
const leaseMs = 20_000
const keptUpEvery = 6_000

/** What became of a job that was not done: `id` is its row, `reason` names no person. */
export interface Undone {
  readonly id: string
  readonly kind: string
  readonly fate: 'later' | 'dead'
  readonly reason: string
}

/**
 * Does up to `limit` jobs that are due, four at once, and gives the number done. One that fails is tried again later, with
 * longer and longer pauses, until its kind gives it up: then it is dead and its kind has done what is right without it.
 * Once `goesOn` says no, none is begun any more.
 */
export async function runJobs(
  deps: Deps,
  worker: string,
  limit: number,
  tell: (undone: Undone) => void = () => undefined,
  goesOn: () => boolean = () => true,
): Promise<number> {
  const waiting = await dueJobs(deps.store.read, deps.store.t, {
    now: deps.clock.now(),
    limit,
    kinds: longKinds,
    others: true,
  })
  return take(deps, worker, waiting, atOnce, tell, goesOn)
}

/** The same for the jobs that take long, one at a time; `limit` of them. */
export async function runLongJobs(
  deps: Deps,
  worker: string,
  limit: number,
  tell: (undone: Undone) => void = () => undefined,
  goesOn: () => boolean = () => true,
): Promise<number> {
  const waiting = await dueJobs(deps.store.read, deps.store.t, {
    now: deps.clock.now(),
    limit,
    kinds: longKinds,
    others: false,
  })
  return take(deps, worker, waiting, 1, tell, goesOn)
}

async function take(
  deps: Deps,
  worker: string,
  waiting: readonly Job[],
  lanes: number,
  tell: (undone: Undone) => void,
  goesOn: () => boolean,
): Promise<number> {
  const { store, clock } = deps
  let done = 0
  await inLanes(waiting, lanes, async ({ id }) => {
    if (!goesOn()) return
    const now = clock.now()
    const leaseUntil = new Date(now.getTime() + leaseMs)
    const job = await store.tx((q) => leaseJob(q, store.t, { id, worker, now, leaseUntil }))
    if (!job) return
    const undone = await work(deps, job)
    if (undone) tell(undone)
    else done += 1
  })
  return done
}

async function work(deps: Deps, job: Job): Promise<Undone | null> {
  const { store, clock } = deps
  const end = (change: Parameters<typeof endTurn>[3]) => store.tx((q) => endTurn(q, store.t, job, change))
  const { id, kind, data, tries } = job
  const is = Object.hasOwn(jobKinds, kind) ? jobKinds[kind] : undefined
  if (!is) {
    await end({ deadAt: clock.now(), lastError: 'unknown-kind' })
    return { id, kind, fate: 'dead', reason: 'unknown-kind' }
  }
  try {
    await keepingLease(deps, job, is.long === true, () => is.run(deps, data))
    await end({ doneAt: clock.now(), tries: tries + 1 })
    return null
  } catch (error) {
    const reason = reasonOf(error)
    const now = clock.now()
    const untried = is.isNoTry?.(error) === true
    const counted = untried ? tries : tries + 1
    const pause = untried ? Math.max(restMs, pauseAfter(counted)) : pauseAfter(counted)
    const later = { tries: counted, lastError: reason, runAt: new Date(now.getTime() + pause) }
    try {
      const since = await is.failingSince(deps, data)
      if (since !== null && now.getTime() - since.getTime() >= is.giveUpAfterMs(deps)) {
        await is.giveUp(deps, data)
        await end({ ...later, deadAt: now })
        return { id, kind, fate: 'dead', reason }
      }
      if (since === null) await is.failed?.(deps, data)
    } catch (fault) {
      // Not even that could be written down: to be tried again like the job itself.
      await end(later)
      return { id, kind, fate: 'later', reason: reasonOf(fault) }
    }
    await end(later)
    return { id, kind, fate: 'later', reason }
  }
}

/** A long job keeps its lease up while it runs; a process that dies lets go of it. */
async function keepingLease(deps: Deps, job: Job, long: boolean, run: () => Promise<void>): Promise<void> {
  if (!long) return run()
  const { store, clock } = deps
  const timer = setInterval(() => {
    const until = new Date(clock.now().getTime() + leaseMs)
    // A turn that is missed is made up for by the next: three fit into a lease.
    store.tx((q) => keepLease(q, store.t, job, until)).catch(() => undefined)
  }, keptUpEvery)
  timer.unref()
  try {
    await run()
  } finally {
    clearInterval(timer)
  }
}
