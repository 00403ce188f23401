import { outboxContext } from '#db/queries/outbox.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

export interface OutgoingSms {
  readonly phone: string
  readonly purpose: string
  readonly code?: string
  readonly text: string
  /** After this moment it is of no use and is not sent any more. */
  readonly expiresAt?: Date
}

/** Writes an SMS into the outbox, in the transaction of the change it tells of; the worker sends it (MSG-1). */
export async function enqueueSms(deps: Deps, q: Q, { expiresAt, ...message }: OutgoingSms): Promise<void> {
  const at = deps.clock.now()
  const id = newId(at)
  await q.insert(deps.store.t.outbox).values({
    id,
    channel: 'sms',
    bodySealed: deps.keys.seal(JSON.stringify({ ...message, key: id }), outboxContext(id)),
    createdAt: at,
    expiresAt: expiresAt ?? null,
    nextAt: at,
  })
}
