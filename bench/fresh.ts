/** Takes away what an earlier run left in the data: it began at the same moment of the same clock. */
import { eq } from 'drizzle-orm'
import { makeAppKeys } from '#db/crypto.ts'
import { openDeps } from '#lib/deps.ts'
import { readEnv } from '#lib/env.ts'
import { dataDirOf } from './server.ts'

/** Codes of an authenticator work once and sign-ins are counted: both would keep the staff of this run out. */
export async function forgetSignIns(size: number): Promise<void> {
  const { store } = await openDeps(readEnv({ DEMO: '1', DATA_DIR: dataDirOf(size) }, makeAppKeys))
  const { account, counter, session, echo } = store.t
  try {
    await store.tx(async (q) => {
      await q.update(account).set({ totpStep: 0 }).where(eq(account.kind, 'staff'))
      for (const table of [counter, session, echo]) await q.delete(table)
    })
  } finally {
    await store.close()
  }
}
