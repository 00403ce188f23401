import { departmentById } from '#db/queries/departments.ts'
import { type ExportFile, exportById } from '#db/queries/exports.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { exportFileWords } from '#lib/text/exports.ts'
import { isStillTheirs, logExport } from './support/export-work.ts'
import { actingStaff } from './support/staff-work.ts'

export interface FetchedExport {
  readonly bytes: Buffer
  readonly format: ExportFile['format']
  /** As its reader is to see it: 人员名单-广东省广州市-2026-11-21.csv */
  readonly name: string
  /** The same for programs that read ASCII alone. */
  readonly asciiName: string
}

/**
 * 下载: the file, for who asked for it and as long as they might ask again (SEC-1); each time leaves a line in the log.
 * `not-found` for everybody else, before it is done, and after its time.
 */
export async function fetchExport(
  deps: Deps,
  actor: Actor,
  { exportId }: { readonly exportId: string },
): Promise<FetchedExport> {
  if (actor.kind !== 'staff') throw notFound()
  const { store, files } = deps
  const row = await opened(deps, store.read, actor.id, exportId)
  const bytes = row.storageKey === null ? null : await files.get(row.storageKey)
  if (!bytes) throw notFound()
  await store.tx(async (q) => {
    await actingStaff(deps, q, actor)
    await logExport(deps, q, 'export.fetched', await opened(deps, q, actor.id, exportId))
  })
  const { kind, format, departmentId, createdAt } = row
  const node = departmentId === '' ? null : await departmentById(store.read, store.t, departmentId)
  const day = dayOf(createdAt)
  return {
    bytes,
    format,
    name: `${exportFileWords.name(kind, node?.fullName ?? '', day)}.${format}`,
    asciiName: `${kind}-${day}.${format}`,
  }
}

async function opened(deps: Deps, q: Q, actorId: string, exportId: string): Promise<ExportFile> {
  const row = await exportById(q, deps.store.t, exportId)
  if (row?.accountId !== actorId || row.doneAt === null || row.expiresAt <= deps.clock.now()) throw notFound()
  if (!(await isStillTheirs(deps, q, row))) throw notFound()
  return row
}
