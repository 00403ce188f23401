import { and, count, desc, eq, isNull, lt } from 'drizzle-orm'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'

export type Message = Schema['message']['$inferSelect']

/** Counting stops here: beside the word 消息 more than that reads as “99+”. */
export const unreadCap = 99

const unreadQuery = prepared((q, t, { accountId }: Given<{ accountId: string }>) => {
  const capped = q
    .select({ id: t.message.id })
    .from(t.message)
    .where(and(eq(t.message.accountId, accountId), isNull(t.message.readAt)))
    .limit(unreadCap + 1)
    .as('unread')
  return q.select({ found: count() }).from(capped)
})

/** How many messages a person has not opened, counted up to one more than the cap. */
export async function unreadCount(q: Q, t: Schema, accountId: string): Promise<number> {
  const [row] = await unreadQuery(q, t, { accountId })
  return Number(row?.found ?? 0)
}

/** A page of a person's messages, newest first; ids sort by time. */
export const messagesOf = (
  q: Q,
  t: Schema,
  accountId: string,
  { after, limit }: { after: string; limit: number },
): Promise<Message[]> =>
  q
    .select()
    .from(t.message)
    .where(and(eq(t.message.accountId, accountId), after === '' ? undefined : lt(t.message.id, after)))
    .orderBy(desc(t.message.id))
    .limit(limit)
