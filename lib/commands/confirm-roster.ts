import { and, eq, isNull } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { enqueueJob } from './support/jobs.ts'
import { requirePresent } from './support/lease.ts'
import { logRoster, openBody, openRoster, rosterJob } from './support/rosters.ts'

/**
 * 确认登记 (CRE-1): from now on a job enters the good lines; pressed again it changes nothing. Refused: `roster-over` for one that
 * was dropped, `roster-nothing` where no line is good, `on-leave`; `not-found` outside the actor's scope.
 */
export async function confirmRoster(
  deps: Deps,
  actor: Actor,
  { rosterId }: { readonly rosterId: string },
): Promise<void> {
  const { store, clock } = deps
  const { roster: table } = store.t
  await store.tx(async (q) => {
    const { roster, acting } = await openRoster(deps, q, actor, rosterId)
    if (roster.state === 'dropped') throw refused(issue(null, 'roster-over'))
    // The second of two clicks finds it done.
    if (roster.endedAt !== null) return
    await requirePresent(deps, acting)
    const good = openBody(deps, roster).good.length
    if (good === 0) throw refused(issue(null, 'roster-nothing'))
    const [confirmed] = await q
      .update(table)
      .set({ endedAt: clock.now(), version: roster.version + 1 })
      .where(
        and(
          eq(table.id, roster.id),
          eq(table.version, roster.version),
          eq(table.state, 'checked'),
          isNull(table.endedAt),
        ),
      )
      .returning({ id: table.id })
    if (!confirmed) throw refused(issue(null, 'roster-over'))
    await enqueueJob(deps, q, { kind: rosterJob, data: { roster: roster.id, by: acting.id } })
    await logRoster(deps, q, 'roster.confirmed', acting.id, roster, { good })
  })
}
