import type { Q } from '#db/store.ts'
import { lock } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'

/** Nobody else changes this account before the transaction is over: an update that changes nothing locks the row, on either engine. */
export async function lockAccount({ store }: Deps, q: Q, id: string): Promise<void> {
  const { account } = store.t
  await lock(q, account, id)
}
