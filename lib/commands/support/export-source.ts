/** What every kind of export has (ADM-2, ADM-3): headings, how much there is, and pages of rows. */
import { startOfDay } from '#lib/domain/days.ts'
import type { ExamAsked, ExportKind } from '#lib/domain/exports.ts'
import { addMonths } from '#lib/domain/months.ts'
import type { Cell, Column } from './export-sheets.ts'

/** So many rows are read, written and told at once: on SQLite nobody else is served meanwhile, and 500 took a tenth of a second. */
export const exportPage = 200

export interface Page {
  readonly rows: readonly (readonly Cell[])[]
  /** Whose whole numbers stand in them; for the access log (REV-6). */
  readonly people: readonly string[]
}

export interface ExportSource {
  readonly columns: readonly Column[]
  /** How many rows there are now, counted up to `cap` or a little more. */
  count(cap: number): Promise<number>
  pages(): AsyncGenerator<Page>
}

export interface ExportWish {
  readonly kind: ExportKind
  /** '' for the whole country, as its path is. */
  readonly departmentId: string
  readonly path: string
  readonly full: boolean
  /** Whether cases say who decided them. */
  readonly deciders: boolean
  /** `YYYY-MM`, both inclusive; '' for no bound. */
  readonly from: string
  readonly to: string
  /** Of a list of who may sit an exam. */
  readonly exam: ExamAsked | null
}

export const column = (label: string, width: number): Column => ({ label, width })
export const codeColumn = (label: string, width: number): Column => ({ label, width, isCode: true })

/** The instants of months. */
export const spanOf = ({ from, to }: Pick<ExportWish, 'from' | 'to'>) => ({
  from: from === '' ? null : startOfDay(`${from}-01`),
  before: to === '' ? null : startOfDay(`${addMonths(to, 1)}-01`),
})
