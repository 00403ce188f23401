import { and, asc, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { remove } from '#db/write.ts'
import { caseKinds } from '#lib/cases/all.ts'
import { cancelWhere } from '#lib/commands/support/cancel-cases.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'

const day = 24 * 3_600_000
const atOnce = 50

/** The kinds whose pictures are kept for the decision and not for the record. */
const endingKinds = Object.values(caseKinds)
  .filter(({ picturesEnd }) => picturesEnd)
  .map(({ id }) => id)

/**
 * Takes the pictures out of cases of these kinds that were decided or cancelled `LIMITS_IDENTITY_PICTURE_DAYS` ago (IDV-4), in short
 * transactions. The rounds keep their words; the pictures themselves go as files that nothing refers to. A case that was
 * submitted once and is with its applicant is cancelled after `LIMITS_DRAFT_DAYS`, so that its pictures end too.
 */
export async function endCasePictures(deps: Deps): Promise<void> {
  while ((await cancelIdle(deps)) === atOnce);
  while ((await endSome(deps)) === atOnce);
}

async function cancelIdle(deps: Deps): Promise<number> {
  const { store, clock, env } = deps
  const { t } = store
  const idle = and(
    inArray(t.serviceCase.kind, endingKinds),
    inArray(t.serviceCase.state, ['draft', 'returned']),
    gt(t.serviceCase.round, 0),
    lt(t.serviceCase.updatedAt, new Date(clock.now().getTime() - env.limits.draftDays * day)),
  )
  return store.tx(async (q) => {
    const found = await q.select({ id: t.serviceCase.id }).from(t.serviceCase).where(idle).limit(atOnce)
    const ids = found.map(({ id }) => id)
    // Asked again as it is written: a save in between keeps the case.
    return ids.length === 0
      ? 0
      : cancelWhere(deps, q, and(inArray(t.serviceCase.id, ids), idle), { reason: 'idle' })
  })
}

async function endSome({ store, clock, env }: Deps): Promise<number> {
  const { t } = store
  const at = clock.now()
  const due = and(
    inArray(t.serviceCase.kind, endingKinds),
    isNull(t.serviceCase.picturesEndedAt),
    lt(t.serviceCase.decidedAt, new Date(at.getTime() - env.limits.identityPictureDays * day)),
    // A returned case is not decided: its pictures are still to be mended.
    inArray(t.serviceCase.state, ['approved', 'refused', 'cancelled']),
  )
  return store.tx(async (q) => {
    const found = await q
      .select({ id: t.serviceCase.id })
      .from(t.serviceCase)
      .where(due)
      .orderBy(asc(t.serviceCase.decidedAt))
      .limit(atOnce)
    if (found.length === 0) return 0
    const ended = await q
      .update(t.serviceCase)
      .set({ picturesEndedAt: at, version: sql`${t.serviceCase.version} + 1` })
      .where(
        and(
          inArray(
            t.serviceCase.id,
            found.map(({ id }) => id),
          ),
          due,
        ),
      )
      .returning({ id: t.serviceCase.id, personId: t.serviceCase.personId })
    const ids = ended.map(({ id }) => id)
    if (ids.length === 0) return 0
    await remove(q, t.attachment, { caseId: ids })
    await remove(q, t.roundFile, { caseId: ids })
    for (const { id, personId } of ended)
      await record(q, t, { id: newId(at), kind: 'pictures.ended', personId, caseId: id, at })
    return ended.length
  })
}
