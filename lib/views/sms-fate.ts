import { setTimeout as sleep } from 'node:timers/promises'
import { fateOf, type SmsFate } from '#db/queries/outbox.ts'
import type { Deps } from '#lib/deps.ts'

const lookEvery = 150

/**
 * What became of a message, as soon as that is known and at the latest after `patienceMs`: `refused` = it will never go
 * out, `waiting` = it is still on its way to the provider.
 */
export async function smsFate(deps: Deps, outboxId: string, patienceMs: number): Promise<SmsFate> {
  const { read, t } = deps.store
  for (let left = patienceMs; ; left -= lookEvery) {
    const fate = await fateOf(read, t, outboxId)
    if (fate !== 'waiting' || left <= 0) return fate
    await sleep(Math.min(left, lookEvery))
  }
}
