import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

export interface NewJob {
  readonly kind: string
  /** Ids and codes only. */
  readonly data: Readonly<Record<string, string | number>>
}

/** Writes a job in the transaction of the change that calls for it; the worker takes it up once that is committed. */
export async function enqueueJob(deps: Deps, q: Q, { kind, data }: NewJob): Promise<void> {
  const at = deps.clock.now()
  await q.insert(deps.store.t.job).values({ id: newId(at), kind, data, createdAt: at, runAt: at })
}
