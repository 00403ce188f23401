/** Does what commands left to be done later: each job by one worker at a time, at least once (CHK-1). */
import { dueJobs, endTurn, type Job, leaseJob } from '#db/queries/jobs.ts'
import type { Deps } from '#lib/deps.ts'
import { jobKinds } from './kinds.ts'

const atOnce = 4
/** How long a job is one worker's: when that one dies, the next takes it up. No run lasts half as long (8 s for a register). */
const leaseMs = 20_000
const longestPause = 10 * 60_000

/** 2 s, 4 s, 8 s … up to ten minutes. */
const pauseAfter = (tries: number) => Math.min(longestPause, 1000 * 2 ** Math.min(tries, 20))

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
 */
export async function runJobs(
  deps: Deps,
  worker: string,
  limit: number,
  tell: (undone: Undone) => void = () => undefined,
): Promise<number> {
  const { store, clock } = deps
  const waiting = await dueJobs(store.read, store.t, clock.now(), limit)
  let done = 0
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { id } = next
      const now = clock.now()
      const leaseUntil = new Date(now.getTime() + leaseMs)
      const job = await store.tx((q) => leaseJob(q, store.t, { id, worker, now, leaseUntil }))
      if (!job) continue
      const undone = await work(deps, job)
      if (undone) tell(undone)
      else done += 1
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane))
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
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
    await is.run(deps, data)
    await end({ doneAt: clock.now(), tries: tries + 1 })
    return null
  } catch (error) {
    const reason = reasonOf(error)
    const now = clock.now()
    const counted = is.isNoTry?.(error) ? tries : tries + 1
    const later = { tries: counted, lastError: reason, runAt: new Date(now.getTime() + pauseAfter(counted)) }
    try {
      const since = (await is.failingSince(deps, data)) ?? now
      if (now.getTime() - since.getTime() >= is.giveUpAfterMs(deps)) {
        await is.giveUp(deps, data)
        await end({ ...later, deadAt: now })
        return { id, kind, fate: 'dead', reason }
      }
      await is.failed?.(deps, data)
    } catch (fault) {
      // Not even that could be written down: to be tried again like the job itself.
      await end(later)
      return { id, kind, fate: 'later', reason: reasonOf(fault) }
    }
    await end(later)
    return { id, kind, fate: 'later', reason }
  }
}

/** Why a run failed, in a word for the log: it names no person and quotes nothing that was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const word = 'reason' in error ? error.reason : 'code' in error ? error.code : error.name
  return typeof word === 'string' && /^[A-Za-z][\w.-]{1,79}$/.test(word) ? word : 'unknown'
}
