/** What the form of an export refuses before anything is looked up (ADM-2). */
import { z } from 'zod'
import {
  type ExamAsked,
  type ExportFormat,
  type ExportKind,
  examIn,
  exportFormats,
  exportKinds,
  hasExam,
  hasMonths,
  mayBeFull,
  mostMonths,
  needsMonths,
  purposeLength,
} from '#lib/domain/exports.ts'
import { compareMonths, isMonth, type Month, monthIndex } from '#lib/domain/months.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { ticked, typed } from './account.ts'
import { departmentPathIn } from './staff.ts'

export interface PostedExport {
  readonly kind: ExportKind
  readonly format: ExportFormat
  /** `a/b/c` as far as it was chosen; '' for the whole country. */
  readonly department: string
  readonly full: boolean
  /** '' where the numbers stay masked. */
  readonly purpose: string
  /** Both inclusive; '' for no bound, and always for people. */
  readonly from: Month | ''
  readonly to: Month | ''
  /** Of a list of who may sit an exam; null of every other. */
  readonly exam: ExamAsked | null
}

const form = z.object({
  kind: z.enum(exportKinds).nullable().catch(null),
  format: z.enum(exportFormats).nullable().catch(null),
  full: ticked,
  purpose: typed(2000),
  'from.year': typed(10),
  'from.month': typed(10),
  'to.year': typed(10),
  'to.month': typed(10),
  level: typed(20),
  year: typed(10),
})

const monthIn = (year: string, month: string) => {
  const text = `${year.normalize('NFKC').trim()}-${month.trim()}`
  return text === '-' ? '' : text
}

/** What two months say as they were typed, right or wrong. */
export function monthsIn(raw: unknown): { from: string; to: string } {
  const read = form.parse(raw)
  return {
    from: monthIn(read['from.year'], read['from.month']),
    to: monthIn(read['to.year'], read['to.month']),
  }
}

function monthIssues(kind: ExportKind, { from, to }: { from: string; to: string }): Issue[] {
  const wrong = [
    { at: 'from', text: from },
    { at: 'to', text: to },
  ].flatMap(({ at, text }) => {
    if (text === '') return needsMonths(kind) ? [issue(at, 'required')] : []
    return isMonth(text) ? [] : [issue(at, 'month-invalid')]
  })
  if (wrong.length > 0 || from === '' || to === '') return wrong
  if (compareMonths(from, to) > 0) return [issue('to', 'period-order', { start: 'from' })]
  return needsMonths(kind) && monthIndex(to) - monthIndex(from) >= mostMonths
    ? [issue('from', 'export-months', { limit: mostMonths })]
    : []
}

function examIssues({ level, year }: { level: string; year: string }): Issue[] {
  return [
    ...(examIn({ level, year: '2000' }) ? [] : [issue('level', 'required')]),
    ...(examIn({ level: 'junior', year }) ? [] : [issue('year', 'required')]),
  ]
}

function purposeIssues(purpose: string): Issue[] {
  const measured = [...purpose].length
  if (measured === 0) return [issue('purpose', 'required')]
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(purpose)) return [issue('purpose', 'text-characters')]
  if (measured < purposeLength.min) return [issue('purpose', 'too-short', { limit: purposeLength.min })]
  if (measured > purposeLength.max)
    return [issue('purpose', 'too-long', { measured, limit: purposeLength.max })]
  return /[\p{L}\p{N}]/u.test(purpose) ? [] : [issue('purpose', 'text-blank')]
}

/**
 * Issues at `kind`, `format`, `from`, `to`, `level`, `year` and `purpose`: `required`, `month-invalid`, `period-order` {start}, `export-months` {limit},
 * `too-short`, `too-long`, `text-characters`, `text-blank`. What the kind does not ask counts for nothing.
 */
export function checkStaffExport(raw: unknown): Result<PostedExport> {
  const { kind, format, full: ticks, purpose: said, level, year } = form.parse(raw)
  const full = ticks && kind !== null && mayBeFull(kind)
  const purpose = full ? said.normalize('NFC').replace(/\s+/gu, ' ').trim() : ''
  const months = kind !== null && hasMonths(kind) ? monthsIn(raw) : { from: '', to: '' }
  const asksExam = kind !== null && hasExam(kind)
  const issues = [
    ...(kind === null ? [issue('kind', 'required')] : monthIssues(kind, months)),
    ...(asksExam ? examIssues({ level, year }) : []),
    ...(full ? purposeIssues(purpose) : []),
    ...(format === null ? [issue('format', 'required')] : []),
  ]
  if (kind === null || format === null || issues.length > 0) return refuse(...issues)
  const exam = asksExam ? examIn({ level, year }) : null
  return ok({ kind, format, department: departmentPathIn(raw), full, purpose, ...months, exam })
}
