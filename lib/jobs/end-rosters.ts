import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { rostersLeft } from '#db/queries/rosters.ts'
import { logRoster } from '#lib/commands/support/rosters.ts'
import type { Deps } from '#lib/deps.ts'
import { rosterDays } from '#lib/domain/rosters.ts'

const day = 24 * 3_600_000
const atOnce = 100

/** Drops lists that nobody confirmed in time, with their lines, in short transactions (CRE-1). */
export async function endRosters(deps: Deps): Promise<void> {
  while ((await endSome(deps)) === atOnce);
}

async function endSome(deps: Deps): Promise<number> {
  const { store, clock } = deps
  const { roster } = store.t
  const at = clock.now()
  return store.tx(async (q) => {
    const left = await rostersLeft(q, store.t, new Date(at.getTime() - rosterDays * day), atOnce)
    if (left.length === 0) return 0
    const ids = left.map(({ id }) => id)
    // Asked again as it is written: one that was confirmed in between goes on.
    const ended = await q
      .update(roster)
      .set({ state: 'dropped', linesSealed: '', endedAt: at, version: sql`${roster.version} + 1` })
      .where(and(inArray(roster.id, ids), eq(roster.state, 'checked'), isNull(roster.endedAt)))
      .returning({ id: roster.id, departmentId: roster.departmentId })
    for (const one of ended) await logRoster(deps, q, 'roster.expired', null, one)
    return left.length
  })
}
