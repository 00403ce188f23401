import { setImmediate as othersFirst } from 'node:timers/promises'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAccesses } from '#db/access.ts'
import { writtenBefore } from '#db/queries/export-rows.ts'
import { type ExportFile, exportById, exportOf } from '#db/queries/exports.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { examIn, exportSubject, markDeciders, rowCap } from '#lib/domain/exports.ts'
import { newId } from '#lib/ids.ts'
import { day } from '#lib/limits.ts'
import { exportFileWords } from '#lib/text/exports.ts'
import { newSheet } from './support/export-sheets.ts'
import type { Page } from './support/export-source.ts'
import { exportSource } from './support/export-sources.ts'
import {
  endExport,
  exportPath,
  isStillTheirs,
  logExport,
  namesDeciders,
  notifyOfExport,
} from './support/export-work.ts'

/**
 * Writes an export's file (ADM-2), beginning anew whatever an earlier run had written: pages are read outside any transaction,
 * and each is told in one of its own, others being served in between. `storageKey` is new with every run and stands in the row from its first moment, so
 * that of two runs the later one is the one that counts, and no file is left without a row. Nothing happens to one that
 * ended, was deleted, or is somebody else's by then.
 */
export async function writeExport(
  deps: Deps,
  { exportId, storageKey }: { readonly exportId: string; readonly storageKey: string },
): Promise<void> {
  const taken = await take(deps, exportId, storageKey)
  if (!taken) return
  const { row, path, deciders, isAgain } = taken
  const { kind, format, departmentId, full } = row
  const { from = '', to = '' } = row.filter
  const source = exportSource(deps, {
    kind,
    departmentId,
    path,
    full,
    deciders,
    from,
    to,
    exam: examIn(row.filter),
  })
  const limit = rowCap(format, deps.env.limits.exportRows)
  const total = await source.count(limit + 1)
  if (!(await tell(deps, row.id, storageKey, { rows: 0, total }))) return
  if (total > limit) return fail(deps, row, storageKey, total)
  const sheet = newSheet(format, source.columns, exportFileWords.sheets[kind])
  let rows = 0
  for await (const page of source.pages()) {
    await othersFirst()
    rows += page.rows.length
    if (rows > limit) return fail(deps, row, storageKey, rows)
    sheet.add(page.rows)
    if (!(await tellPage(deps, row, storageKey, { rows, page, isAgain }))) return
  }
  const bytes = await sheet.end()
  await deps.files.put(storageKey, bytes)
  // Deleted or begun anew by another run meanwhile: what was just put belongs to nothing.
  if (!(await finish(deps, row, storageKey, { rows, bytes: bytes.length })))
    await deps.files.delete(storageKey)
}

/** Still being written, and by this run. */
const isMine = ({ exportFile }: Deps['store']['t'], id: string, storageKey: string | null) =>
  and(
    eq(exportFile.id, id),
    storageKey === null ? isNull(exportFile.storageKey) : eq(exportFile.storageKey, storageKey),
    isNull(exportFile.doneAt),
    isNull(exportFile.failedAt),
  )

/** Makes the export this run's; null where there is nothing to write. */
async function take(deps: Deps, id: string, storageKey: string) {
  const { store, files } = deps
  const { t } = store
  const before = await exportById(store.read, t, id)
  if (!before || before.doneAt !== null || before.failedAt !== null) return null
  const taken = await store.tx(async (q) => {
    if (!(await isStillTheirs(deps, q, before))) {
      return (await endExport(deps, q, before, 'not-theirs')) ? 'ended' : null
    }
    const path = await exportPath(deps, q, before.departmentId)
    if (path === null) return null
    const deciders = before.kind === 'cases' && (await namesDeciders(deps, q, before, path))
    const [mine] = await q
      .update(t.exportFile)
      .set({ storageKey, rows: 0, filter: markDeciders(before.filter, deciders) })
      .where(isMine(t, id, before.storageKey))
      .returning()
    return mine ? { row: exportOf(mine), path, deciders, isAgain: before.total !== null } : null
  })
  // What a run that died left behind. The row goes first: the earlier one may live, and finish this very moment.
  if (taken !== null && before.storageKey !== null) await files.delete(before.storageKey)
  return taken === 'ended' ? null : taken
}

/** False where it is not this run's any more. */
const tell = ({ store }: Deps, id: string, storageKey: string, change: { rows: number; total?: number }) =>
  store.tx((q) => told(q, store.t, id, storageKey, change))

async function told(
  q: Q,
  t: Deps['store']['t'],
  id: string,
  storageKey: string,
  change: Partial<Pick<ExportFile, 'rows' | 'total' | 'bytes' | 'doneAt' | 'expiresAt'>>,
): Promise<boolean> {
  const [mine] = await q
    .update(t.exportFile)
    .set(change)
    .where(isMine(t, id, storageKey))
    .returning({ id: t.exportFile.id })
  return mine !== undefined
}

/** How far it is, and whose whole numbers stand in it by now (REV-6); false where it is not to go on. */
async function tellPage(
  deps: Deps,
  row: ExportFile,
  storageKey: string,
  { rows, page, isAgain }: { readonly rows: number; readonly page: Page; readonly isAgain: boolean },
): Promise<boolean> {
  const { store, clock } = deps
  return store.tx(async (q) => {
    if (!(await told(q, store.t, row.id, storageKey, { rows }))) return false
    if (!(await isStillTheirs(deps, q, row))) {
      await endExport(deps, q, row, 'not-theirs')
      return false
    }
    const subject = exportSubject(row.id)
    const noted = isAgain ? await writtenBefore(q, store.t, subject, page.people) : new Set<string>()
    const at = clock.now()
    await recordAccesses(
      q,
      store.t,
      page.people
        .filter((personId) => !noted.has(personId))
        .map((personId) => ({
          id: newId(at),
          actorId: row.accountId,
          personId,
          caseId: null,
          what: 'full-number',
          subject,
          at,
        })),
    )
    return true
  })
}

async function finish(
  deps: Deps,
  row: ExportFile,
  storageKey: string,
  { rows, bytes }: { readonly rows: number; readonly bytes: number },
): Promise<boolean> {
  const { store, clock, env } = deps
  const doneAt = clock.now()
  const expiresAt = new Date(doneAt.getTime() + env.limits.exportDays * day)
  return store.tx(async (q) => {
    if (!(await told(q, store.t, row.id, storageKey, { rows, bytes, doneAt, expiresAt }))) return false
    await logExport(deps, q, 'export.done', row, { rows })
    await notifyOfExport(deps, q, 'export-ready', row, { rows, until: expiresAt.toISOString() })
    return true
  })
}

/** More than there may be, perhaps only since it was counted: the row keeps how many, by which its page says why. */
const fail = (deps: Deps, row: ExportFile, storageKey: string, total: number): Promise<void> =>
  deps.store.tx(async (q) => {
    if (await told(q, deps.store.t, row.id, storageKey, { total }))
      await endExport(deps, q, row, 'too-many-rows')
  })
