/** SMS codes: 6 digits, 3 minutes, one use, bound to phone, purpose and browser, dead after five wrong tries (ACC-3). */
import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Q, Schema } from '#db/store.ts'
import { insert, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { newDigits, newId } from '#lib/ids.ts'
import type { SmsPurpose } from '#lib/schemas/account.ts'
import { smsCodeLimits } from '#lib/schemas/sms-code.ts'

export const codeLife = smsCodeLimits.minutes * 60_000

export interface CodeBinding {
  /** Normalised. */
  readonly phone: string
  readonly purpose: SmsPurpose
  /** The browser's own mark (`browserMark`). */
  readonly browser: string
}

const hashed = (id: string, code: string) => `${id}:${code}`

/** The digits of a new code, and until when it is good. */
export const newSmsCode = (now: Date) => ({
  code: newDigits(6),
  expiresAt: new Date(now.getTime() + codeLife),
})

export interface NewSmsCode extends CodeBinding, ReturnType<typeof newSmsCode> {
  /** The message it goes out with. */
  readonly outboxId: string
}

/** Keeps a code: only what is needed to judge a typed one. */
export async function writeSmsCode(
  deps: Deps,
  q: Q,
  { phone, purpose, browser, code, expiresAt, outboxId }: NewSmsCode,
): Promise<void> {
  const at = deps.clock.now()
  const id = newId(at)
  await insert(q, deps.store.t.smsCode, {
    id,
    phoneIndex: deps.keys.blind('phone', phone),
    purpose,
    browser: deps.keys.blind('browser', browser),
    codeHash: deps.keys.blind('sms-code', hashed(id, code)),
    createdAt: at,
    expiresAt,
    outboxId,
  })
}

/**
 * Judges a typed code: its id when right, else null. A wrong try is counted in a transaction of its own, so that
 * refusing the form around it cannot undo the count. A right one is not used up yet: that is `spendSmsCode`.
 */
export async function checkSmsCode(
  deps: Deps,
  { phone, purpose, browser, code }: CodeBinding & { code: string },
) {
  const { keys, store } = deps
  const { t } = store
  const now = deps.clock.now()
  return store.tx(async (q) => {
    const [held] = await q
      .select({ id: t.smsCode.id })
      .from(t.smsCode)
      .where(
        and(
          inArray(t.smsCode.phoneIndex, keys.blinds('phone', phone)),
          eq(t.smsCode.purpose, purpose),
          inArray(t.smsCode.browser, keys.blinds('browser', browser)),
        ),
      )
      .orderBy(desc(t.smsCode.createdAt), desc(t.smsCode.id))
      .limit(1)
    if (!held) return null
    // The try is taken before the look, so that parallel guesses cannot share one.
    const [tried] = await q
      .update(t.smsCode)
      .set({ tries: sql`${t.smsCode.tries} + 1` })
      .where(
        and(
          eq(t.smsCode.id, held.id),
          isNull(t.smsCode.usedAt),
          gt(t.smsCode.expiresAt, now),
          lt(t.smsCode.tries, deps.env.limits.smsTries),
        ),
      )
      .returning({ codeHash: t.smsCode.codeHash, tries: t.smsCode.tries })
    if (!tried || !keys.blinds('sms-code', hashed(held.id, code)).includes(tried.codeHash)) return null
    await update(q, t.smsCode, { id: held.id }, { tries: tried.tries - 1 })
    return held.id
  })
}

/** Uses a checked code up, in the transaction it allows; false when somebody was faster or its time ran out. */
export async function spendSmsCode(q: Q, t: Schema, id: string, now: Date): Promise<boolean> {
  const [row] = await q
    .update(t.smsCode)
    .set({ usedAt: now })
    .where(and(eq(t.smsCode.id, id), isNull(t.smsCode.usedAt), gt(t.smsCode.expiresAt, now)))
    .returning({ id: t.smsCode.id })
  return row !== undefined
}
