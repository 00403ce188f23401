/** Sends what commands wrote into the outbox: at least once, with the same key every time (MSG-1). */
import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { dueMessages, outboxContext } from '#db/queries/outbox.ts'
import type { Deps } from '#lib/deps.ts'

const message = z.object({
  phone: z.string(),
  purpose: z.string(),
  code: z.string().optional(),
  text: z.string(),
  key: z.string(),
})

const mostTries = 8
const longestPause = 10 * 60_000
/** How long a message is one worker's: when that one dies, the next sends it again, with the same key. */
const turn = 60_000

/** 2 s, 4 s, 8 s … up to ten minutes. */
export const pauseAfter = (tries: number) => Math.min(longestPause, 1000 * 2 ** tries)

/**
 * Sends up to `limit` messages that are due and gives the number sent. One that has expired (a code is of no use
 * after three minutes) is never sent; one that fails is tried again later, eight times in all. Several may deliver at
 * once: each message is taken by one of them.
 */
export async function deliverOutbox(deps: Deps, limit: number): Promise<number> {
  const { t } = deps.store
  let sent = 0
  for (const row of await dueMessages(deps.store.read, t, deps.clock.now(), limit)) {
    const now = deps.clock.now()
    const change = (values: Partial<typeof t.outbox.$inferInsert>) =>
      deps.store.tx((q) => q.update(t.outbox).set(values).where(eq(t.outbox.id, row.id)))
    if (row.expiresAt !== null && row.expiresAt <= now) {
      await change({ deadAt: now })
      continue
    }
    if (!(await claimed(deps, row, now))) continue
    try {
      const { code, ...rest } = message.parse(
        JSON.parse(deps.keys.unseal(row.bodySealed, outboxContext(row.id))),
      )
      await deps.sms.send(code === undefined ? rest : { ...rest, code })
      sent += 1
    } catch {
      const tries = row.tries + 1
      await change(
        tries >= mostTries
          ? { tries, deadAt: now }
          : { tries, nextAt: new Date(now.getTime() + pauseAfter(tries)) },
      )
      continue
    }
    await change({ tries: row.tries + 1, sentAt: deps.clock.now() })
  }
  return sent
}

/** Takes a message as it was read; false when another worker was faster. */
async function claimed({ store }: Deps, { id, nextAt }: { id: string; nextAt: Date }, now: Date) {
  const { outbox } = store.t
  const [mine] = await store.tx((q) =>
    q
      .update(outbox)
      .set({ nextAt: new Date(now.getTime() + turn) })
      .where(and(eq(outbox.id, id), eq(outbox.nextAt, nextAt), isNull(outbox.sentAt), isNull(outbox.deadAt)))
      .returning({ id: outbox.id }),
  )
  return mine !== undefined
}
