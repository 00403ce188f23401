import { and, eq, isNull } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { logRoster, openRoster } from './support/rosters.ts'

/** 放弃 (CRE-1): nothing is entered and the lines are gone; again it changes nothing. Refused: `roster-over` for one that was confirmed; `not-found`. */
export async function dropRoster(
  deps: Deps,
  actor: Actor,
  { rosterId }: { readonly rosterId: string },
): Promise<void> {
  const { store, clock } = deps
  const { roster: table } = store.t
  await store.tx(async (q) => {
    const { roster, acting } = await openRoster(deps, q, actor, rosterId)
    if (roster.state === 'dropped') return
    const [dropped] = await q
      .update(table)
      .set({ state: 'dropped', linesSealed: '', endedAt: clock.now(), version: roster.version + 1 })
      .where(
        and(
          eq(table.id, roster.id),
          eq(table.version, roster.version),
          eq(table.state, 'checked'),
          isNull(table.endedAt),
        ),
      )
      .returning({ id: table.id })
    if (!dropped) throw refused(issue(null, 'roster-over'))
    await logRoster(deps, q, 'roster.dropped', acting.id, roster)
  })
}
