/**
 * While a backup copies what its snapshot of the database refers to, no picture is taken away: the sweep leaves them for its
 * next rounds. The hold is a row of `counter` that counts backups and runs out by itself, so that one that was killed holds nothing
 * for long.
 */
import { and, eq, lte, sql } from 'drizzle-orm'
import type { Q, Schema } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'

const id = 'files-held'
const holdMs = 5 * 60_000
const renewMs = 60_000

type Held = Pick<Deps, 'store' | 'clock'>

/** One backup more. */
const begin = (q: Q, { counter }: Schema, now: Date, resetAt: Date) =>
  q
    .insert(counter)
    .values({ id, count: 1, resetAt })
    .onConflictDoUpdate({
      target: counter.id,
      set: {
        count: sql`case when ${counter.resetAt} <= ${sql.param(now, counter.resetAt)} then 1 else ${counter.count} + 1 end`,
        resetAt,
      },
    })

/** For longer, and anew where a machine that slept let it run out. */
const renew = (q: Q, { counter }: Schema, resetAt: Date) =>
  q
    .insert(counter)
    .values({ id, count: 1, resetAt })
    .onConflictDoUpdate({ target: counter.id, set: { resetAt } })

async function end(q: Q, { counter }: Schema): Promise<void> {
  await q
    .update(counter)
    .set({ count: sql`${counter.count} - 1` })
    .where(eq(counter.id, id))
  await q.delete(counter).where(and(eq(counter.id, id), lte(counter.count, 0)))
}

/**
 * Whether pictures have to stay for now. Asked in the transaction that deletes their rows, it also makes a backup that begins at
 * this moment wait for the end of that transaction, so that its snapshot has them no more.
 */
export async function areFilesHeld(q: Q, t: Schema, now: Date): Promise<boolean> {
  const { counter } = t
  const [row] = await q
    .insert(counter)
    .values({ id, count: 0, resetAt: now })
    .onConflictDoUpdate({ target: counter.id, set: { count: sql`${counter.count}` } })
    .returning({ resetAt: counter.resetAt })
  if (row && row.resetAt > now) return true
  await q.delete(counter).where(and(eq(counter.id, id), lte(counter.resetAt, now)))
  return false
}

/** Runs `work` while no picture is taken away. */
export async function holdingFiles<T>({ store, clock }: Held, work: () => Promise<T>): Promise<T> {
  const { t } = store
  const until = () => new Date(clock.now().getTime() + holdMs)
  await store.tx((q) => begin(q, t, clock.now(), until()))
  // One that fails is made good by the next: the hold outlives several.
  const timer = setInterval(() => void store.tx((q) => renew(q, t, until())).catch(() => undefined), renewMs)
  timer.unref()
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await store.tx((q) => end(q, t)).catch(() => undefined)
  }
}
