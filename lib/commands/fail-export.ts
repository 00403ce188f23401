import { exportById } from '#db/queries/exports.ts'
import type { Deps } from '#lib/deps.ts'
import { endExport } from './support/export-work.ts'

/** Ends an export that failed again and again; nothing where it ended before, or was deleted. */
export async function failExport(deps: Deps, { exportId }: { readonly exportId: string }): Promise<void> {
  const { store, files } = deps
  const row = await exportById(store.read, store.t, exportId)
  if (!row || row.doneAt !== null || row.failedAt !== null) return
  // The row goes first: a run may finish it this very moment, and its file is not to go then.
  const ended = await store.tx((q) => endExport(deps, q, row, 'fault'))
  if (ended && row.storageKey !== null) await files.delete(row.storageKey)
}
