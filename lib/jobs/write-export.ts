import { exportById } from '#db/queries/exports.ts'
import { failExport } from '#lib/commands/fail-export.ts'
import { writeExport } from '#lib/commands/write-export.ts'
import { newFileKey } from '#lib/files/store.ts'
import type { JobData, JobKind } from './kinds.ts'

const halfAnHour = 30 * 60_000

const idOf = (data: JobData) => String(data.export)

/** Somebody waits for it: what fails for half an hour after it was asked for is given up, and they are told. */
export const writeExportJob: JobKind = {
  long: true,
  run: (deps, data) => writeExport(deps, { exportId: idOf(data), storageKey: newFileKey() }),
  failingSince: async ({ store }, data) =>
    (await exportById(store.read, store.t, idOf(data)))?.createdAt ?? null,
  giveUpAfterMs: () => halfAnHour,
  giveUp: (deps, data) => failExport(deps, { exportId: idOf(data) }),
}
