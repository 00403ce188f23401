import { record } from '#db/events.ts'
import { type AuditWhat, auditedAccount } from '#db/queries/audit.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { auditScope } from '#lib/policy/audit-policy.ts'
import type { AuditPeriod } from '#lib/schemas/audit.ts'

export interface AuditLook extends AuditPeriod {
  /** Whose doings, or who was looked at. */
  readonly accountId: string
  readonly kind: 'staff' | 'applicant'
  readonly what: AuditWhat
}

/** Leaves a line in the log before anything of an account's log is shown (ADM-3); `not-found` outside the actor's scope. */
export async function viewAudit({ store, clock }: Deps, actor: Staff, look: AuditLook): Promise<void> {
  const scope = auditScope(actor)
  if (!scope) throw notFound()
  const { t } = store
  const { accountId, kind, from, to, what } = look
  const at = clock.now()
  await store.tx(async (q) => {
    if (!(await auditedAccount(q, t, scope.paths, { id: accountId, kind }))) throw notFound()
    const data = { of: kind, from, to, what }
    await record(q, t, {
      id: newId(at),
      kind: 'audit.viewed',
      actorId: actor.id,
      personId: accountId,
      data,
      at,
    })
  })
}
