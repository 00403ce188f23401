/** 导出 (ADM-2, ADM-3): what can be written into a file, how, and how much of it. */
import { addMonths, type Month } from './months.ts'

export const exportKinds = ['people', 'cases', 'figures', 'audit'] as const
export type ExportKind = (typeof exportKinds)[number]

export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A workbook is put together in memory, in one go. */
export const mostXlsxRows = 20_000

/** How many rows a file of this format may have, where `most` is the setting. */
export const rowCap = (format: ExportFormat, most: number): number =>
  format === 'xlsx' ? Math.min(most, mostXlsxRows) : most

export const purposeLength = { min: 5, max: 200 } as const

/** Of what happened in months: so many at once. */
export const mostMonths = 60

/** What is narrowed by months; people are counted as they are now. */
export const hasMonths = (kind: ExportKind): boolean => kind !== 'people'
/** Figures of no months would be of none, and a log has no beginning. */
export const needsMonths = (kind: ExportKind): boolean => kind === 'figures' || kind === 'audit'

/** What a form begins with: the twelve months up to this one. */
export const yearUpTo = (month: Month) => ({ from: addMonths(month, -11), to: month })

/** Binds a purpose to its export (SEC-2). */
export const purposeContext = (id: string) => `export:${id}:purpose`

/** How the access log names what somebody was written into (REV-6). */
export const exportSubject = (id: string) => `export:${id}`

/** How far a file is, in whole percent; what was added meanwhile does not make it more than there is. */
export const percentOf = (rows: number, total: number): number =>
  total === 0 ? 100 : Math.min(100, Math.floor((100 * rows) / total))
