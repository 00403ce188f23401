import { inArray } from 'drizzle-orm'
import { exportsOver } from '#db/queries/exports.ts'
import type { Deps } from '#lib/deps.ts'

const atOnce = 200

/** Takes away exports that have had their time, in short transactions, and then their files. */
export async function sweepExports(deps: Deps): Promise<void> {
  while ((await sweepSome(deps)) === atOnce);
}

async function sweepSome({ store, files, clock }: Deps): Promise<number> {
  const { t } = store
  const gone = await store.tx(async (q) => {
    const over = await exportsOver(q, t, clock.now(), atOnce)
    const ids = over.map(({ id }) => id)
    return ids.length === 0
      ? []
      : q
          .delete(t.exportFile)
          .where(inArray(t.exportFile.id, ids))
          .returning({ storageKey: t.exportFile.storageKey })
  })
  for (const { storageKey } of gone) if (storageKey !== null) await files.delete(storageKey)
  return gone.length
}
