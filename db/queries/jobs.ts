import { and, asc, eq, isNull, lte, or } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

export type Job = Schema['job']['$inferSelect']

const isDue = ({ job }: Schema, now: Date) =>
  and(
    isNull(job.doneAt),
    isNull(job.deadAt),
    lte(job.runAt, now),
    or(isNull(job.leaseUntil), lte(job.leaseUntil, now)),
  )

/** Jobs nobody is at work on, longest due first. */
export const dueJobs = (q: Q, t: Schema, now: Date, limit: number) =>
  q.select().from(t.job).where(isDue(t, now)).orderBy(asc(t.job.runAt), asc(t.job.id)).limit(limit)

/** Takes a due job for this worker until `leaseUntil`; null where another was faster. */
export async function leaseJob(
  q: Q,
  t: Schema,
  { id, worker, now, leaseUntil }: { id: string; worker: string; now: Date; leaseUntil: Date },
): Promise<Job | null> {
  const [row] = await q
    .update(t.job)
    .set({ worker, leaseUntil })
    .where(and(eq(t.job.id, id), isDue(t, now)))
    .returning()
  return row ?? null
}

/** Writes what became of a job, if this worker still holds it. */
export async function endTurn(
  q: Q,
  t: Schema,
  { id, worker }: Pick<Job, 'id' | 'worker'>,
  change: Partial<Schema['job']['$inferInsert']>,
): Promise<void> {
  await q
    .update(t.job)
    .set({ leaseUntil: null, ...change })
    .where(and(eq(t.job.id, id), eq(t.job.worker, worker)))
}
