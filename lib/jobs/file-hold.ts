/**
 * While a backup copies what its snapshot of the database refers to, no picture is taken away: the sweep leaves them for its
 * next rounds. The hold is a row of `counter` that runs out by itself, so that a backup that was killed holds nothing for long.
 */
import { and, eq, lte } from 'drizzle-orm'
import type { Q, Schema } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'

const id = 'files-held'
const holdMs = 5 * 60_000
const renewMs = 60_000

type Held = Pick<Deps, 'store' | 'clock'>

const setTo = (q: Q, { counter }: Schema, resetAt: Date) =>
  q
    .insert(counter)
    .values({ id, count: 1, resetAt })
    .onConflictDoUpdate({ target: counter.id, set: { resetAt } })

/**
 * Whether pictures have to stay for now. Asked in the transaction that deletes their rows, it also makes a backup that begins at
 * this moment wait for the end of that transaction, so that its snapshot has them no more.
 */
export async function areFilesHeld(q: Q, t: Schema, now: Date): Promise<boolean> {
  const { counter } = t
  const [row] = await q
    .insert(counter)
    .values({ id, count: 1, resetAt: now })
    .onConflictDoUpdate({ target: counter.id, set: { count: 1 } })
    .returning({ resetAt: counter.resetAt })
  if (row && row.resetAt > now) return true
  await q.delete(counter).where(and(eq(counter.id, id), lte(counter.resetAt, now)))
  return false
}

/** Runs `work` while no picture is taken away. */
export async function holdingFiles<T>({ store, clock }: Held, work: () => Promise<T>): Promise<T> {
  const { t } = store
  const hold = () => store.tx((q) => setTo(q, t, new Date(clock.now().getTime() + holdMs)))
  await hold()
  // One that fails is made good by the next: the hold outlives several.
  const timer = setInterval(() => void hold().catch(() => undefined), renewMs)
  timer.unref()
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await store.tx((q) => q.delete(t.counter).where(eq(t.counter.id, id))).catch(() => undefined)
  }
}
