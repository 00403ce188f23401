import { and, eq, isNull } from 'drizzle-orm'
import type { Message } from '#db/queries/messages.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'

/** Opens one of one's own messages: it counts as read from then on. Gives what it is about. */
export async function openMessage(
  { store, clock }: Deps,
  actor: Actor,
  input: { messageId: string },
): Promise<Pick<Message, 'kind' | 'caseId' | 'data'>> {
  const { message } = store.t
  const own = and(eq(message.id, input.messageId), eq(message.accountId, actor.id))
  return store.tx(async (q) => {
    await q
      .update(message)
      .set({ readAt: clock.now() })
      .where(and(own, isNull(message.readAt)))
    const { kind, caseId, data } = message
    const [row] = await q.select({ kind, caseId, data }).from(message).where(own).limit(1)
    if (!row) throw notFound()
    return row
  })
}

/** Marks everything in one's inbox as read. */
export async function readAllMessages({ store, clock }: Deps, actor: Actor): Promise<void> {
  const { message } = store.t
  await store.tx((q) => update(q, message, { accountId: actor.id, readAt: null }, { readAt: clock.now() }))
}
