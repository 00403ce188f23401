import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { letGo, settleDeputies } from './support/deputies.ts'
import { logStaff, openMember } from './support/staff-work.ts'

export interface EndGrantInput {
  readonly accountId: string
  readonly grantId: string
}

/**
 * Takes an office away, from the next request on (ACC-10), and with it the cases in hand. Taking it twice does no harm. Refused: `staff-self`,
 * `staff-beyond-you`, `staff-last-operator`; `not-found` outside one's scope.
 */
export async function endGrant(
  deps: Deps,
  actor: Actor,
  { accountId, grantId }: EndGrantInput,
): Promise<void> {
  const { store, clock } = deps
  const { staffGrant } = store.t
  const now = clock.now()
  await store.tx(async (q) => {
    const { held } = await openMember(deps, q, actor, 'end', accountId, (found) =>
      found.held.some(({ id, role }) => id === grantId && role === 'operator'),
    )
    const office = held.find(({ id }) => id === grantId)
    if (!office) throw notFound()
    const [ended] = await q
      .update(staffGrant)
      .set({ until: now })
      .where(and(eq(staffGrant.id, grantId), or(isNull(staffGrant.until), gt(staffGrant.until, now))))
      .returning({ id: staffGrant.id })
    if (!ended) return
    await logStaff(
      deps,
      q,
      office.deputyFor === null ? 'staff.grant-ended' : 'staff.deputy-ended',
      { actorId: actor.id, personId: accountId },
      {
        role: office.role,
        department: office.departmentId ?? '',
        ...(office.deputyFor === null ? {} : { for: office.deputyFor }),
      },
    )
    await letGo(deps, q, actor, accountId, 'grant-ended')
    await settleDeputies(deps, q, actor, accountId)
  })
}
