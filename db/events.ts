import type { Q, Schema } from './store.ts'
import { insert } from './write.ts'

/** One row of the event log. `data` holds ids, codes and counts, never personal data. */
export interface EventRow {
  readonly id: string
  readonly kind: string
  readonly actorId?: string
  readonly personId?: string
  readonly caseId?: string
  readonly data?: Record<string, string | number | boolean>
  readonly at: Date
}

/** Appends to the log, in the transaction of the change itself, and leaves the row to be linked into the chain (ADM-3). */
export async function record(
  q: Q,
  t: Schema,
  { id, kind, actorId, personId, caseId, data, at }: EventRow,
): Promise<void> {
  await insert(q, t.event, {
    id,
    kind,
    actorId: actorId ?? null,
    personId: personId ?? null,
    caseId: caseId ?? null,
    data: data ?? {},
    at,
  })
  await insert(q, t.auditPending, { id, log: 'event' })
}
