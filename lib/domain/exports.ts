/** 导出 (ADM-2, ADM-3): what can be written into a file, how, and how much of it. */
import { type ExamLevel, examLevels } from './exams.ts'
import { addMonths, type Month } from './months.ts'

export const exportKinds = ['people', 'cases', 'figures', 'audit', 'eligibility', 'entries'] as const
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

/** What is narrowed by months; people and registrations are listed as they are now. */
export const hasMonths = (kind: ExportKind): boolean => kind !== 'people' && !hasExam(kind)
/** Figures of no months would be of none, and a log has no beginning. */
export const needsMonths = (kind: ExportKind): boolean => kind === 'figures' || kind === 'audit'

/** Lists of people, which some may have with whole numbers. */
export const mayBeFull = (kind: ExportKind): boolean => kind === 'people' || kind === 'entries'

/** The exam a list of who may sit it, or of who registered, is about (EXM-2, EXM-3). */
export interface ExamAsked {
  readonly level: ExamLevel
  readonly year: number
}
export const hasExam = (kind: ExportKind): boolean => kind === 'eligibility' || kind === 'entries'

/** An exam as a filter keeps it and a form says it; null for what is none. */
export function examIn({
  level,
  year = '',
}: {
  readonly level?: string
  readonly year?: string
}): ExamAsked | null {
  const asked = examLevels.find((one) => one === level)
  return asked && /^20\d\d$/.test(year) ? { level: asked, year: Number(year) } : null
}
export const examKept = (kind: ExportKind, exam: ExamAsked | null): Record<string, string> =>
  exam ? { ...(kind === 'entries' ? { list: kind } : {}), level: exam.level, year: String(exam.year) } : {}

/** Beside what narrows it, a file keeps that it says who decided: whoever may not read that any more does not get it (REV-7). */
export const markDeciders = (filter: Readonly<Record<string, string>>, named: boolean) => {
  const { deciders: _before, ...rest } = filter
  return named ? { ...rest, deciders: '1' } : rest
}
export const hasDeciders = ({ filter }: { readonly filter: Readonly<Record<string, string>> }): boolean =>
  filter.deciders === '1'

/** Why there is no file. */
export const exportFailures = ['too-many-rows', 'not-theirs', 'fault'] as const
export type ExportFailure = (typeof exportFailures)[number]

/** What a form begins with: the twelve months up to this one. */
export const yearUpTo = (month: Month) => ({ from: addMonths(month, -11), to: month })

/** Binds a purpose to its export (SEC-2). */
export const purposeContext = (id: string) => `export:${id}:purpose`

/** How the access log names what somebody was written into (REV-6). */
export const exportSubject = (id: string) => `export:${id}`

/** How far a file is, in whole percent; what was added meanwhile does not make it more than there is. */
export const percentOf = (rows: number, total: number): number =>
  total === 0 ? 100 : Math.min(100, Math.floor((100 * rows) / total))
