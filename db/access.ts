import type { Q, Schema } from './store.ts'
import { insert } from './write.ts'

/** One look at a picture (its file id) or at full numbers (`case:<id>`), for the access log (REV-6). */
export interface Access {
  readonly id: string
  readonly actorId: string
  readonly personId: string
  readonly caseId: string | null
  readonly what: 'picture' | 'full-number'
  readonly subject: string
  readonly at: Date
}

/** Appends to the access log, and leaves the row to be linked (ADM-3); what was looked at must not be shown unless this succeeded. */
export async function recordAccess(q: Q, t: Schema, access: Access): Promise<void> {
  await insert(q, t.accessLog, access)
  await insert(q, t.auditPending, { id: access.id, log: 'access' })
}

/** The same for many at once, of one moment. */
export async function recordAccesses(q: Q, t: Schema, accesses: readonly Access[]): Promise<void> {
  if (accesses.length === 0) return
  await insert(q, t.accessLog, [...accesses])
  await insert(
    q,
    t.auditPending,
    accesses.map(({ id }) => ({ id, log: 'access' as const })),
  )
}
