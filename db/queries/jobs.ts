import { and, asc, eq, inArray, isNull, lte, notInArray, or } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'
import { update } from '../write.ts'

export type Job = Schema['job']['$inferSelect']

const isDue = ({ job }: Schema, now: Date) =>
  and(
    isNull(job.doneAt),
    isNull(job.deadAt),
    lte(job.runAt, now),
    or(isNull(job.leaseUntil), lte(job.leaseUntil, now)),
  )

/** Jobs nobody is at work on, of these kinds or of all others, longest due first. */
export const dueJobs = (
  q: Q,
  t: Schema,
  { now, limit, kinds, others }: { now: Date; limit: number; kinds: readonly string[]; others: boolean },
) =>
  q
    .select()
    .from(t.job)
    .where(and(isDue(t, now), others ? notInArray(t.job.kind, [...kinds]) : inArray(t.job.kind, [...kinds])))
    .orderBy(asc(t.job.runAt), asc(t.job.id))
    .limit(limit)

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

/** A job takes longer than its lease: it stays this worker's until then. */
export async function keepLease(
  q: Q,
  t: Schema,
  { id, worker }: Pick<Job, 'id' | 'worker'>,
  leaseUntil: Date,
): Promise<void> {
  await update(q, t.job, { id, worker, doneAt: null }, { leaseUntil })
}

/** Writes what became of a job, if this worker still holds it. */
export async function endTurn(
  q: Q,
  t: Schema,
  { id, worker }: Pick<Job, 'id' | 'worker'>,
  change: Partial<Schema['job']['$inferInsert']>,
): Promise<void> {
  await update(q, t.job, { id, worker }, { leaseUntil: null, ...change })
}
