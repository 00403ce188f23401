/** Fixed-window limits over the table `counter`. Keys never spell a phone or an address: make them with `limitKey`. */
import { and, eq, gt, sql } from 'drizzle-orm'
import { type Given, moment, prepared } from '#db/prepared.ts'
import type { Q, Schema } from '#db/store.ts'
import { remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'

export interface Limit {
  readonly limit: number
  readonly windowMs: number
}

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** `subject` is whatever is limited: a phone, an address, an account's id. */
export const limitKey = (deps: Pick<Deps, 'keys'>, name: string, subject: string) =>
  `${name}:${deps.keys.blind('limit', `${name}:${subject}`)}`

const spendQuery = prepared(
  (q, { counter }, { key, now, resetAt }: Given<{ key: string; now: Date; resetAt: Date }>) => {
    const next = sql`${moment(counter.resetAt, resetAt)}`
    const over = sql`${counter.resetAt} <= ${moment(counter.resetAt, now)}`
    return q
      .insert(counter)
      .values({ id: sql`${key}`, count: 1, resetAt: next })
      .onConflictDoUpdate({
        target: counter.id,
        set: {
          count: sql`case when ${over} then 1 else ${counter.count} + 1 end`,
          resetAt: sql`case when ${over} then ${next} else ${counter.resetAt} end`,
        },
      })
      .returning({ count: counter.count, resetAt: counter.resetAt })
  },
)

/** Counts one more and says whether that is within the limit, and when the window ends. One upsert, so no two share a turn. */
export async function spend(q: Q, t: Schema, key: string, { limit, windowMs }: Limit, now: Date) {
  const [row] = await spendQuery(q, t, { key, now, resetAt: new Date(now.getTime() + windowMs) })
  if (!row) throw new Error('an upsert gave no row')
  return { within: row.count <= limit, resetAt: row.resetAt }
}

/** `spend`, where only the answer matters. */
export const take = async (q: Q, t: Schema, key: string, limit: Limit, now: Date): Promise<boolean> =>
  (await spend(q, t, key, limit, now)).within

/** When the limit is used up: the end of its window, else null. Counts nothing. */
export async function usedUp(q: Q, t: Schema, key: string, limit: number, now: Date): Promise<Date | null> {
  const [row] = await q
    .select({ count: t.counter.count, resetAt: t.counter.resetAt })
    .from(t.counter)
    .where(and(eq(t.counter.id, key), gt(t.counter.resetAt, now)))
    .limit(1)
  return row && row.count >= limit ? row.resetAt : null
}

/** Takes back one that turned out not to count. */
export async function giveBack(q: Q, t: Schema, key: string): Promise<void> {
  await q
    .update(t.counter)
    .set({ count: sql`${t.counter.count} - 1` })
    .where(and(eq(t.counter.id, key), gt(t.counter.count, 0)))
}

/** Begins the count anew. */
export async function forget(q: Q, t: Schema, key: string): Promise<void> {
  await remove(q, t.counter, { id: key })
}

export interface NamedLimit extends Limit {
  readonly key: string
}

/**
 * Counts one more on each of several limits, or, where one of them is used up, on none: gives that one and when its window
 * ends. Name them in the same order everywhere, or two transactions wait for each other on a server.
 */
export async function spendAll<L extends NamedLimit>(
  q: Q,
  t: Schema,
  limits: readonly L[],
  now: Date,
): Promise<{ readonly limit: L; readonly resetAt: Date } | null> {
  for (const [place, limit] of limits.entries()) {
    const { within, resetAt } = await spend(q, t, limit.key, limit, now)
    if (within) continue
    for (const { key } of limits.slice(0, place + 1)) await giveBack(q, t, key)
    return { limit, resetAt }
  }
  return null
}
