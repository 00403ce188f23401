/** 我的导出 (ADM-2): what one asked for, how far it is, and why not. */
import { type ExportFile, exportsOf } from '#db/queries/exports.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { type ExportFormat, type ExportKind, percentOf, rowCap } from '#lib/domain/exports.ts'
import { exportableKinds } from '#lib/policy/export-policy.ts'

/** More are not kept in a week by who asks for a file now and then; those before them are swept unseen. */
const shown = 200

export type ExportState =
  | { readonly is: 'waiting' }
  | { readonly is: 'writing'; readonly percent: number }
  | { readonly is: 'done'; readonly rows: number; readonly bytes: number; readonly until: Date }
  | { readonly is: 'failed'; readonly why: 'too-many-rows' | 'fault'; readonly limit: number }

export interface ExportLine {
  readonly id: string
  readonly kind: ExportKind
  readonly format: ExportFormat
  /** '' for the whole country. */
  readonly department: string
  readonly full: boolean
  readonly from: string
  readonly to: string
  readonly at: Date
  readonly state: ExportState
}

function stateOf(row: ExportFile, mostRows: number): ExportState {
  const { doneAt, failedAt, total, rows, bytes, expiresAt, format } = row
  if (doneAt !== null) return { is: 'done', rows, bytes, until: expiresAt }
  const limit = rowCap(format, mostRows)
  if (failedAt !== null)
    return { is: 'failed', why: total !== null && total > limit ? 'too-many-rows' : 'fault', limit }
  return total === null ? { is: 'waiting' } : { is: 'writing', percent: percentOf(rows, total) }
}

/** Whether there is anything this actor may have written into a file. */
const mayExport = (actor: Staff): boolean => exportableKinds(actor).length > 0

/** Whether a page whose content this is leads there. */
export const exportsKind = (actor: Staff, kind: ExportKind): boolean => exportableKinds(actor).includes(kind)

/** `not-found` for who exports nothing (SEC-1). */
export async function exportList({ store, clock, env }: Deps, actor: Staff) {
  if (!mayExport(actor)) throw notFound()
  const found = await exportsOf(store.read, store.t, actor.id, { now: clock.now(), limit: shown })
  const rows = found.map(
    (row): ExportLine => ({
      id: row.id,
      kind: row.kind,
      format: row.format,
      department: row.department,
      full: row.full,
      from: row.filter.from ?? '',
      to: row.filter.to ?? '',
      at: row.createdAt,
      state: stateOf(row, env.limits.exportRows),
    }),
  )
  const running = rows.filter(({ state }) => state.is === 'waiting' || state.is === 'writing').length
  return { rows, running }
}
