/** The two kinds of file an export may be (ADM-2): rows in, bytes out. Nothing in a cell is ever a formula. */
import { stringify } from 'csv-stringify/sync'
import type { CellObject, Row } from 'write-excel-file/node'
import type { ExportFormat } from '#lib/domain/exports.ts'

/** '' is an empty cell. */
export type Cell = string | number

export interface Column {
  readonly label: string
  /** Numbers of documents, phones and cases, which no program may take for quantities: 4.4E+17. */
  readonly isCode?: true
  /** In characters, for the workbook. */
  readonly width: number
}

export interface Sheet {
  add(rows: readonly (readonly Cell[])[]): void
  /** Once, after the last row. */
  end(): Promise<Buffer>
}

/** Read as a quantity by programs that open CSV: digits alone, with a point or an exponent. */
const readsAsNumber = /^[\d.,]+(e\d+)?$/i

/** The mark that `escape_formulas` sets too: whoever reads the file takes one `'` off the front of a cell. */
const marked = (cell: Cell, { isCode }: Column): Cell =>
  isCode && typeof cell === 'string' && readsAsNumber.test(cell) ? `'${cell}` : cell

/** UTF-8 with a byte order mark and CRLF (RFC 4180), as Excel wants it; bytes as soon as there are rows. */
function csvSheet(columns: readonly Column[]): Sheet {
  const parts: Buffer[] = []
  const write = (rows: readonly (readonly Cell[])[]) => {
    const text = stringify(
      rows.map((row) => [...row]),
      {
        bom: parts.length === 0,
        record_delimiter: 'windows',
        quote_record_delimiter: true,
        escape_formulas: true,
      },
    )
    parts.push(Buffer.from(text))
  }
  write([columns.map(({ label }) => label)])
  return {
    add: (rows) => {
      if (rows.length > 0)
        write(rows.map((row) => columns.map((column, index): Cell => marked(row[index] ?? '', column))))
    },
    end: async () => Buffer.concat(parts),
  }
}

/** Text cells are stored as text, whatever they begin with; a code says so to who edits it as well. */
function cellOf(cell: Cell, { isCode }: Column): Row[number] {
  if (cell === '') return null
  const code: CellObject = { value: cell, type: String, format: '@' }
  return isCode ? code : cell
}

/** One sheet, its heading bold and standing still. The package is loaded for it and put together in memory in one go. */
function xlsxSheet(columns: readonly Column[], name: string): Sheet {
  const rows: Row[] = [columns.map(({ label }): CellObject => ({ value: label, fontWeight: 'bold' }))]
  return {
    add: (more) => {
      for (const row of more) rows.push(columns.map((column, index) => cellOf(row[index] ?? '', column)))
    },
    end: async () => {
      const { default: writeWorkbook } = await import('write-excel-file/node')
      const widths = columns.map(({ width }) => ({ width }))
      return writeWorkbook(rows, { sheet: name, stickyRowsCount: 1, columns: widths }).toBuffer()
    },
  }
}

export const newSheet = (format: ExportFormat, columns: readonly Column[], name: string): Sheet =>
  format === 'csv' ? csvSheet(columns) : xlsxSheet(columns, name)
