import { asc, inArray } from 'drizzle-orm'
import type { Deps } from '#lib/deps.ts'
import { addUp, asChanges } from './support/figures.ts'

/**
 * Adds up to `limit` rows of what commands changed to the figures of their departments and of everything above (ADM-2);
 * how many there were. Two at once take different rows, or one waits; each row counts once.
 */
export async function foldFigures(deps: Deps, limit = 500): Promise<number> {
  const { store } = deps
  const { figureDelta } = store.t
  return store.tx(async (q) => {
    const next = q.select({ id: figureDelta.id }).from(figureDelta).orderBy(asc(figureDelta.id)).limit(limit)
    const taken = await q.delete(figureDelta).where(inArray(figureDelta.id, next)).returning()
    await addUp(
      deps,
      q,
      taken.flatMap(({ changes }) => asChanges(changes)),
    )
    return taken.length
  })
}
