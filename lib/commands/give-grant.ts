import { insert, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { authorised, judgeOffice, rolesToGive } from '#lib/policy/staff-policy.ts'
import { checkGrant } from '#lib/schemas/staff.ts'
import { settleDeputies } from './support/deputies.ts'
import { chosenDepartment, logStaff, openMember } from './support/staff-work.ts'

export interface GiveGrantInput {
  readonly accountId: string
  /** The form as typed, by field name. */
  readonly typed: unknown
}

/**
 * One more office for somebody, from their next request on, or another end for one they hold (ACC-10). Refused: the issues
 * of `checkGrant`, `judgeOffice` and `judgeStaff`; `not-found` outside one's scope.
 */
export async function giveGrant(
  deps: Deps,
  actor: Actor,
  { accountId, typed }: GiveGrantInput,
): Promise<void> {
  if (rolesToGive(actor).length === 0) throw notFound()
  const { store, clock } = deps
  const { t } = store
  const now = clock.now()
  const read = checkGrant(typed, dayOf(now))
  await store.tx(async (q) => {
    const { acting, held } = await openMember(deps, q, actor, 'give', accountId)
    // After the look at whose account it is: of a stranger's nothing is told, not even that the form is wrong.
    if (!read.ok) throw refused(...read.issues)
    const { role, department, until } = read.value
    const node = await chosenDepartment(deps, q, department)
    authorised(judgeOffice(acting, { role, path: node?.path ?? '' }))
    const same = held.find(
      (office) =>
        // What is done for somebody on leave stays that, and ends with it.
        office.deputyFor === null &&
        office.role === role &&
        office.departmentId === (node?.id ?? null) &&
        (office.until === null || office.until > now),
    )
    // The second of two clicks finds it done.
    if (same && (same.until?.getTime() ?? 0) === (until?.getTime() ?? 0)) return
    if (same) await update(q, t.staffGrant, { id: same.id }, { until })
    else
      await insert(q, t.staffGrant, {
        id: newId(now),
        accountId,
        role,
        departmentId: node?.id ?? null,
        createdAt: now,
        until,
      })
    await settleDeputies(deps, q, actor, accountId)
    await logStaff(
      deps,
      q,
      'staff.grant-given',
      { actorId: actor.id, personId: accountId },
      {
        role,
        department: node?.id ?? '',
        until: until?.toISOString() ?? '',
      },
    )
  })
}
