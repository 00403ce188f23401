/** 我的导出 (ADM-2): what one asked for, how far it is, and why not. */
import { type ExportFile, exportsOf, failuresOf } from '#db/queries/exports.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import {
  type ExamAsked,
  type ExportFailure,
  type ExportFormat,
  type ExportKind,
  examIn,
  exportFailures,
  percentOf,
  rowCap,
} from '#lib/domain/exports.ts'
import { exportableKinds } from '#lib/policy/export-policy.ts'

/** More are not kept in a week by who asks for a file now and then; those before them are swept unseen. */
const shown = 200

export type ExportState =
  | { readonly is: 'waiting' }
  | { readonly is: 'writing'; readonly percent: number }
  | { readonly is: 'done'; readonly rows: number; readonly bytes: number; readonly until: Date }
  | { readonly is: 'failed'; readonly why: ExportFailure; readonly limit: number }

export interface ExportLine {
  readonly id: string
  readonly kind: ExportKind
  readonly format: ExportFormat
  /** '' for the whole country. */
  readonly department: string
  readonly full: boolean
  readonly from: string
  readonly to: string
  /** Of a list of who may sit an exam. */
  readonly exam: ExamAsked | null
  readonly at: Date
  readonly state: ExportState
}

function stateOf(row: ExportFile, mostRows: number, why: string | undefined): ExportState {
  const { doneAt, failedAt, total, rows, bytes, expiresAt, format } = row
  if (doneAt !== null) return { is: 'done', rows, bytes, until: expiresAt }
  if (failedAt !== null) {
    const limit = rowCap(format, mostRows)
    const seen = total !== null && total > limit ? 'too-many-rows' : 'fault'
    return { is: 'failed', why: exportFailures.find((one) => one === why) ?? seen, limit }
  }
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
  const oldest = found.findLast(({ failedAt }) => failedAt !== null)
  const failures = oldest
    ? await failuresOf(store.read, store.t, actor.id, oldest.createdAt)
    : new Map<string, string>()
  const rows = found.map(
    (row): ExportLine => ({
      id: row.id,
      kind: row.kind,
      format: row.format,
      department: row.department,
      full: row.full,
      from: row.filter.from ?? '',
      to: row.filter.to ?? '',
      exam: examIn(row.filter),
      at: row.createdAt,
      state: stateOf(row, env.limits.exportRows, failures.get(row.id)),
    }),
  )
  const running = rows.filter(({ state }) => state.is === 'waiting' || state.is === 'writing').length
  return { rows, running }
}
