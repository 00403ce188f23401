import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'

/** The code this browser asked for last, as long as it is alive. */
export async function liveCodeOf(
  q: Q,
  t: Schema,
  keys: Keyring,
  { browser, purpose, now }: { browser: string; purpose: string; now: Date },
) {
  const [row] = await q
    .select({
      createdAt: t.smsCode.createdAt,
      expiresAt: t.smsCode.expiresAt,
      outboxId: t.smsCode.outboxId,
    })
    .from(t.smsCode)
    .where(
      and(
        gt(t.smsCode.expiresAt, now),
        eq(t.smsCode.purpose, purpose),
        inArray(t.smsCode.browser, keys.blinds('browser', browser)),
      ),
    )
    .orderBy(desc(t.smsCode.createdAt))
    .limit(1)
  return row ?? null
}
