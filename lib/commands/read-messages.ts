import { and, eq, isNull } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { MessageData } from '#lib/text/messages.ts'

/** Opens one of one's own messages: it counts as read from then on. Gives what it is about. */
export async function openMessage(
  { store, clock }: Deps,
  actor: Actor,
  input: { messageId: string },
): Promise<MessageData> {
  const { message } = store.t
  const own = and(eq(message.id, input.messageId), eq(message.accountId, actor.id))
  return store.tx(async (q) => {
    await q
      .update(message)
      .set({ readAt: clock.now() })
      .where(and(own, isNull(message.readAt)))
    const [row] = await q.select({ data: message.data }).from(message).where(own).limit(1)
    if (!row) throw notFound()
    return row.data
  })
}

/** Marks everything in one's inbox as read. */
export async function readAllMessages({ store, clock }: Deps, actor: Actor): Promise<void> {
  const { message } = store.t
  await store.tx((q) =>
    q
      .update(message)
      .set({ readAt: clock.now() })
      .where(and(eq(message.accountId, actor.id), isNull(message.readAt))),
  )
}
