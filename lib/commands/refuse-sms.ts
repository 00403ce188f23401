import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import { giveBack } from '#lib/limits.ts'
import { messageLimits } from './support/sms-limits.ts'

/**
 * Writes down that the provider will never take a message over. A code in it ends at once, and what asking for it cost
 * the phone and the browser is given back, so that the person may correct the number and ask again (ACC-3). What it
 * cost the network stays spent. Of a message that was sent or given up meanwhile nothing changes.
 */
export async function refuseSms(
  deps: Deps,
  _actor: null,
  { outboxId, phone }: { outboxId: string; phone: string },
): Promise<void> {
  const { store } = deps
  const { outbox, smsCode } = store.t
  const now = deps.clock.now()
  await store.tx(async (q) => {
    const [message] = await q
      .update(outbox)
      .set({ refusedAt: now, deadAt: now })
      .where(and(eq(outbox.id, outboxId), isNull(outbox.sentAt), isNull(outbox.deadAt)))
      .returning({ id: outbox.id })
    if (!message) return
    // One that is over has given its turn to the next already.
    const [code] = await q
      .update(smsCode)
      .set({ expiresAt: now })
      .where(and(eq(smsCode.outboxId, outboxId), gt(smsCode.expiresAt, now)))
      .returning({ browser: smsCode.browser })
    if (!code) return
    for (const { key } of messageLimits(deps, code.browser, phone)) await giveBack(q, store.t, key)
  })
}
