import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'

/** Whether this browser was sent a code for this phone that may still be typed. */
export async function isCodeOut(
  q: Q,
  t: Schema,
  keys: Keyring,
  { phone, browser, purpose, now }: { phone: string; browser: string; purpose: string; now: Date },
): Promise<boolean> {
  const [row] = await q
    .select({ id: t.smsCode.id })
    .from(t.smsCode)
    .where(
      and(
        gt(t.smsCode.expiresAt, now),
        isNull(t.smsCode.usedAt),
        eq(t.smsCode.purpose, purpose),
        inArray(t.smsCode.phoneIndex, keys.blinds('phone', phone)),
        inArray(t.smsCode.browser, keys.blinds('browser', browser)),
      ),
    )
    .limit(1)
  return row !== undefined
}

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
