/** Sends what commands wrote into the outbox: at least once, with the same key every time (MSG-1). */
import { eq } from 'drizzle-orm'
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

/** 2 s, 4 s, 8 s … up to ten minutes. */
export const pauseAfter = (tries: number) => Math.min(longestPause, 1000 * 2 ** tries)

/**
 * Sends up to `limit` messages that are due and gives the number sent. One that has expired (a code is of no use
 * after three minutes) is never sent; one that fails is tried again later, eight times in all. One process at a time.
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
