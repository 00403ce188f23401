import { outboxContext } from '#db/queries/outbox.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

export interface OutgoingSms {
  readonly phone: string
  readonly purpose: string
  readonly code?: string
  readonly text: string
  /** What a message without a code tells, in the words of the screen: a cloud puts them into its own template. */
  readonly notice?: { readonly number: string; readonly event: string }
  /** After this moment it is of no use and is not sent any more. */
  readonly expiresAt?: Date
}

/**
 * Writes an SMS into the outbox, in the transaction of the change it tells of, and gives its id there; the worker sends
 * it (MSG-1). Without a code it needs a `notice`, or no cloud can send it.
 */
export async function enqueueSms(deps: Deps, q: Q, { expiresAt, ...message }: OutgoingSms): Promise<string> {
  const at = deps.clock.now()
  const id = newId(at)
  await insert(q, deps.store.t.outbox, {
    id,
    channel: 'sms',
    bodySealed: deps.keys.seal(JSON.stringify({ ...message, key: id }), outboxContext(id)),
    createdAt: at,
    expiresAt: expiresAt ?? null,
    nextAt: at,
  })
  return id
}
