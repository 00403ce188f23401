import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

export interface NewJob {
  readonly kind: string
  /** Ids and codes only. */
  readonly data: Readonly<Record<string, string | number>>
}

/** Writes jobs in the transaction of the change that calls for them; the worker takes them up once that is committed. */
export async function enqueueJobs(deps: Deps, q: Q, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return
  const at = deps.clock.now()
  await insert(
    q,
    deps.store.t.job,
    jobs.map(({ kind, data }) => ({ id: newId(at), kind, data, createdAt: at, runAt: at })),
  )
}

export const enqueueJob = (deps: Deps, q: Q, job: NewJob): Promise<void> => enqueueJobs(deps, q, [job])
