import { holdersWithEnded } from '#db/queries/deputies.ts'
import type { Deps } from '#lib/deps.ts'
import { hour } from '#lib/limits.ts'
import { letGo } from './support/deputies.ts'
import { lockAccount } from './support/lock-account.ts'

/**
 * An office that ends at a moment, a 代审 at midnight, ends without anybody doing anything: the cases in hand that its holder sees no
 * more wait again, instead of for the end of their leases (REV-2). Repeating it does no harm.
 */
export async function releaseEnded(deps: Deps): Promise<void> {
  const { read, t } = deps.store
  const now = deps.clock.now()
  // Nothing that was in hand before has a longer lease than one that was assigned.
  const { assignedHours, leaseMinutes } = deps.env.limits
  const since = new Date(now.getTime() - Math.max(assignedHours, leaseMinutes / 60) * hour)
  for (const id of await holdersWithEnded(read, t, { since, now }))
    await deps.store.tx(async (q) => {
      await lockAccount(deps, q, id)
      await letGo(deps, q, null, id, 'grant-ended')
    })
}
