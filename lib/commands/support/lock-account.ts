import { eq, sql } from 'drizzle-orm'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'

/** Nobody else changes this account before the transaction is over: an update that changes nothing locks the row, on either engine. */
export async function lockAccount({ store }: Deps, q: Q, id: string): Promise<void> {
  const { account } = store.t
  await q
    .update(account)
    .set({ version: sql`${account.version}` })
    .where(eq(account.id, id))
}
