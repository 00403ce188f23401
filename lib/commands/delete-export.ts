import { and, eq } from 'drizzle-orm'
import { exportOf } from '#db/queries/exports.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { logExport } from './support/export-work.ts'
import { actingStaff } from './support/staff-work.ts'

/** 删除: one's own export with its file, also while it is being written; `not-found` for everybody else's. */
export async function deleteExport(
  deps: Deps,
  actor: Actor,
  { exportId }: { readonly exportId: string },
): Promise<void> {
  const { store, files } = deps
  const { exportFile } = store.t
  const gone = await store.tx(async (q) => {
    await actingStaff(deps, q, actor)
    const [row] = await q
      .delete(exportFile)
      .where(and(eq(exportFile.id, exportId), eq(exportFile.accountId, actor.id)))
      .returning()
    if (!row) throw notFound()
    await logExport(deps, q, 'export.deleted', exportOf(row))
    return row
  })
  // The row goes first, as everywhere: a file without one is found and swept, the other way round would be a broken download.
  if (gone.storageKey !== null) await files.delete(gone.storageKey)
}
