import { and, eq, sql } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { logStaff, openMember } from './support/staff-work.ts'

/** Lets a suspended member of staff in again, by the way in they had. Refused as suspending is. */
export async function resumeStaff(
  deps: Deps,
  actor: Actor,
  { accountId }: { readonly accountId: string },
): Promise<void> {
  const { t } = deps.store
  await deps.store.tx(async (q) => {
    await openMember(deps, q, actor, 'resume', accountId)
    const [resumed] = await q
      .update(t.account)
      .set({ status: 'active', version: sql`${t.account.version} + 1` })
      .where(and(eq(t.account.id, accountId), eq(t.account.status, 'suspended')))
      .returning({ id: t.account.id })
    if (resumed) await logStaff(deps, q, 'staff.resumed', { actorId: actor.id, personId: accountId })
  })
}
