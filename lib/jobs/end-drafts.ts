import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

const day = 24 * 3_600_000
const atOnce = 50

/** Ends drafts that were never submitted and not touched for `LIMITS_DRAFT_DAYS` (COL-2), in short transactions. */
export async function endDrafts(deps: Deps): Promise<void> {
  while ((await endSome(deps)) === atOnce);
}

async function endSome({ store, clock, env }: Deps): Promise<number> {
  const { t } = store
  const at = clock.now()
  const untouched = and(
    eq(t.serviceCase.state, 'draft'),
    // A case that was submitted once stays, as what it was submitted with does.
    eq(t.serviceCase.round, 0),
    lt(t.serviceCase.updatedAt, new Date(at.getTime() - env.limits.draftDays * day)),
  )
  return store.tx(async (q) => {
    const found = await q
      .select({ id: t.serviceCase.id })
      .from(t.serviceCase)
      .where(untouched)
      .orderBy(asc(t.serviceCase.updatedAt))
      .limit(atOnce)
    if (found.length === 0) return 0
    // Asked again as it is written: a save in between keeps the draft, one that comes after is stale.
    const ended = await q
      .update(t.serviceCase)
      .set({ state: 'cancelled', openKey: null, updatedAt: at, version: sql`${t.serviceCase.version} + 1` })
      .where(
        and(
          inArray(
            t.serviceCase.id,
            found.map(({ id }) => id),
          ),
          untouched,
        ),
      )
      .returning({ id: t.serviceCase.id, personId: t.serviceCase.personId })
    const ids = ended.map(({ id }) => id)
    if (ids.length === 0) return 0
    await q.delete(t.caseSection).where(inArray(t.caseSection.caseId, ids))
    await q.delete(t.attachment).where(inArray(t.attachment.caseId, ids))
    for (const { id, personId } of ended)
      await record(q, t, { id: newId(at), kind: 'draft.ended', personId, caseId: id, at })
    return ended.length
  })
}
