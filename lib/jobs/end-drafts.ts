import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { openAccount } from '#db/queries/accounts.ts'
import { remove } from '#db/write.ts'
import { notify } from '#lib/commands/support/notify.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

const day = 24 * 3_600_000
const atOnce = 50

/** Ends drafts that were never submitted and not touched for `LIMITS_DRAFT_DAYS` (COL-2), in short transactions, and tells their people. */
export async function endDrafts(deps: Deps): Promise<void> {
  while ((await endSome(deps)) === atOnce);
}

async function endSome(deps: Deps): Promise<number> {
  const { store, clock, env } = deps
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
      .returning({ id: t.serviceCase.id, personId: t.serviceCase.personId, kind: t.serviceCase.kind })
    const ids = ended.map(({ id }) => id)
    if (ids.length === 0) return 0
    await remove(q, t.caseSection, { caseId: ids })
    await remove(q, t.attachment, { caseId: ids })
    const people = await q
      .select()
      .from(t.account)
      .where(
        inArray(
          t.account.id,
          ended.map(({ personId }) => personId),
        ),
      )
    const ownerOf = new Map(people.map((row) => [row.id, row]))
    for (const { id, personId, kind } of ended) {
      await record(q, t, { id: newId(at), kind: 'draft.ended', personId, caseId: id, at })
      const owner = ownerOf.get(personId)
      if (!owner) throw new Error('a case without its person')
      const data = { kind, days: env.limits.draftDays }
      await notify(deps, q, openAccount(deps.keys, owner), { kind: 'draft-ended', caseId: id, data })
    }
    return ended.length
  })
}
