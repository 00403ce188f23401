/** What the commands on exports share (ADM-2): whose it is, whether it is still theirs to have, and the line in the log. */
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { grantsOf } from '#db/queries/accounts.ts'
import { departmentById } from '#db/queries/departments.ts'
import type { ExportFile } from '#db/queries/exports.ts'
import { staffAccount } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { type ExportFailure, hasDeciders } from '#lib/domain/exports.ts'
import { newId } from '#lib/ids.ts'
import { exportsDeciders, judgeExport } from '#lib/policy/export-policy.ts'
import { notify } from './notify.ts'

/** The kind of job that writes one. */
export const exportJob = 'write-export'

/** Path of the department an export is of, '' for the country; null where there is no such department any more. */
export async function exportPath({ store }: Deps, q: Q, departmentId: string): Promise<string | null> {
  if (departmentId === '') return ''
  return (await departmentById(q, store.t, departmentId))?.path ?? null
}

/** Whether who asked for it might ask for it now: suspended, moved or gone they have nothing any more. */
export async function isStillTheirs(deps: Deps, q: Q, row: ExportFile): Promise<boolean> {
  const { t } = deps.store
  const { accountId, kind, departmentId, full } = row
  if ((await staffAccount(q, t, accountId))?.status !== 'active') return false
  const path = await exportPath(deps, q, departmentId)
  if (path === null) return false
  if (hasDeciders(row) && !(await namesDeciders(deps, q, row, path))) return false
  return judgeExport(await askerOf(deps, q, accountId), { kind, path, full }) === 'yes'
}

async function askerOf({ store, clock }: Deps, q: Q, id: string): Promise<Staff> {
  return { kind: 'staff', id, sessionId: '', grants: await grantsOf(q, store.t, id, clock.now()) }
}

/** Whether who asked for it may read there who decided what. */
export const namesDeciders = async (deps: Deps, q: Q, { accountId }: ExportFile, path: string) =>
  exportsDeciders(await askerOf(deps, q, accountId), path)

type Told = Pick<ExportFile, 'id' | 'accountId' | 'kind' | 'format' | 'departmentId' | 'full'>

/** What became of an export, by whom: never who stands in it. */
export const logExport = (
  { store, clock }: Deps,
  q: Q,
  kind: 'export.begun' | 'export.done' | 'export.failed' | 'export.fetched' | 'export.deleted',
  { id, accountId, kind: of, format, departmentId, full }: Told,
  more: Readonly<Record<string, string | number>> = {},
) =>
  record(q, store.t, {
    id: newId(clock.now()),
    kind,
    actorId: accountId,
    data: { export: id, kind: of, format, department: departmentId, full, ...more },
    at: clock.now(),
  })

/** Ends one that cannot be written, and tells who asked; nothing where it ended before. Its file, if any, is the caller's to delete. */
export async function endExport(deps: Deps, q: Q, row: ExportFile, why: ExportFailure): Promise<boolean> {
  const { exportFile } = deps.store.t
  const [ended] = await q
    .update(exportFile)
    .set({ failedAt: deps.clock.now(), storageKey: null })
    .where(and(eq(exportFile.id, row.id), isNull(exportFile.doneAt), isNull(exportFile.failedAt)))
    .returning({ id: exportFile.id })
  if (!ended) return false
  await logExport(deps, q, 'export.failed', row, { why })
  await notifyOfExport(deps, q, 'export-failed', row)
  return true
}

/** In the inbox alone: nobody has to leave what they are at. */
export const notifyOfExport = (
  deps: Deps,
  q: Q,
  kind: 'export-ready' | 'export-failed',
  { accountId, kind: of }: Pick<ExportFile, 'accountId' | 'kind'>,
  more: Readonly<Record<string, string | number>> = {},
) => notify(deps, q, { id: accountId, phone: '' }, { kind, data: { place: 'exports', export: of, ...more } })
