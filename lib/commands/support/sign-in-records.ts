import type { Q } from '#db/store.ts'
import { insert, remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

export interface Attempt {
  readonly outcome: 'in' | 'wrong'
  readonly address: string
  readonly agent: string
}

/** Writes an attempt at these accounts' door down for their owners (ACC-8); where there is none, it costs one statement as well. */
export async function recordSignIns(
  { store, clock }: Deps,
  q: Q,
  accounts: readonly { readonly id: string }[],
  { outcome, address, agent }: Attempt,
): Promise<void> {
  const { signInRecord } = store.t
  const at = clock.now()
  if (accounts.length === 0) {
    await remove(q, signInRecord, { id: newId(at) })
    return
  }
  await insert(
    q,
    signInRecord,
    accounts.map(({ id }) => ({
      id: newId(at),
      accountId: id,
      outcome,
      address: address.slice(0, 64),
      agent: agent.slice(0, 200),
      at,
    })),
  )
}
