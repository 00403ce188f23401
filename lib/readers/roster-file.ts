/** A list of trainees as a department uploads it (CRE-1): headings to columns, cells to a line, or why it cannot be read. */
import { type CreditSubject, creditSubjects } from '#lib/domain/credit-ledger.ts'
import { creditFormIds, creditForms, isCreditForm } from '#lib/domain/credits.ts'
import type { Month } from '#lib/domain/months.ts'
import { issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import {
  type RosterColumn,
  type RosterFault,
  type RosterLine,
  rosterColumns,
  type WrittenFault,
} from '#lib/domain/rosters.ts'
import { nameLimits } from '#lib/schemas/name.ts'
import { rosterLimits } from '#lib/schemas/roster.ts'
import { credit } from '#lib/sections/credit.ts'
import { optionWord } from '#lib/text/options.ts'
import { creditSubjectWords, rosterHeadings } from '#lib/text/rosters.ts'
import { findHeadings } from './csv-headings.ts'
import { type CsvLine, csvLines } from './csv-lines.ts'
import { documentNumber, month, text, wordKey } from './register-cells.ts'

export interface ReadRoster {
  /** Lines that are not blank, without the headings. */
  readonly count: number
  readonly lines: readonly RosterLine[]
  readonly faults: readonly RosterFault[]
}

type Cell<V> = { readonly value: V } | { readonly why: WrittenFault; readonly limit?: number }
type Cells = Readonly<Record<RosterColumn, string>>

const optional: readonly RosterColumn[] = ['subject']
const { title: titleField } = credit.fields

/** Words go with what stands behind them in brackets, and without. */
const forms = new Map(
  creditFormIds.flatMap((id) => {
    const word = wordKey(optionWord('creditForm', id))
    return [id, word, word.replace(/\([^()]*\)$/, '')].map((key) => [key, id] as const)
  }),
)
const subjects = new Map<string, CreditSubject>([
  ['', 'any'],
  ...creditSubjects.flatMap((id) => [[id, id] as const, [wordKey(creditSubjectWords[id]), id] as const]),
])

const found = <V>(value: V | undefined): Cell<V> =>
  value === undefined ? { why: 'not-an-option' } : { value }

function plain(cell: string, limit: number): Cell<string> {
  const read = text(limit)(cell)
  if (!('fault' in read)) return read
  return read.fault === 'characters' ? { why: 'characters' } : { why: 'too-long', limit }
}

/** Our own exports put a quotation mark before long numbers, so that spreadsheets leave them alone. */
function readNumber(cell: string): Cell<string> {
  const read = documentNumber(cell.replace(/^['\u2019]/, ''))
  if (!('fault' in read)) return read
  return { why: read.fault === 'spoiled-number' ? 'spoiled-number' : 'not-a-number' }
}

function readTitle(cell: string): Cell<string> {
  const read = plain(cell, titleField.max)
  if ('why' in read) return read
  if (!/[\p{L}\p{N}]/u.test(read.value)) return { why: 'blank' }
  const limit = titleField.min ?? 1
  return [...read.value].length < limit ? { why: 'too-short', limit } : read
}

function readQuantity(cell: string, form: string): Cell<number> {
  const typed = cell.normalize('NFKC').trim()
  if (!/^[1-9]\d{0,2}$/.test(typed)) return { why: 'quantity' }
  const limit = isCreditForm(form) ? creditForms[form].most : Number.POSITIVE_INFINITY
  return Number(typed) > limit ? { why: 'too-many', limit } : { value: Number(typed) }
}

function readMonth(cell: string, latest: Month): Cell<Month> {
  const read = month({ orYear: false })(cell)
  if ('fault' in read) return { why: 'not-a-month' }
  return read.value > latest ? { why: 'month-future' } : read
}

/** Of several faults the first by column is told. */
function readCells(line: number, cells: Cells, latest: Month): RosterLine | RosterFault {
  const form = found(forms.get(wordKey(cells.form)))
  const read = {
    number: readNumber(cells.number),
    name: plain(cells.name, nameLimits.maxCharacters),
    form,
    title: readTitle(cells.title),
    quantity: readQuantity(cells.quantity, 'value' in form ? form.value : ''),
    obtained: readMonth(cells.obtained, latest),
    subject: found(subjects.get(wordKey(cells.subject))),
  } satisfies Record<RosterColumn, Cell<unknown>>
  for (const column of rosterColumns) {
    if (cells[column] === '' && !optional.includes(column)) return { line, column, why: 'missing' }
    const cell = read[column]
    if ('why' in cell) return { line, column, ...cell }
  }
  const { number, name, title, quantity, obtained, subject } = read
  const whole =
    'value' in number &&
    'value' in name &&
    'value' in form &&
    'value' in title &&
    'value' in quantity &&
    'value' in obtained &&
    'value' in subject
  if (!whole) throw new Error('a column is not among those that are read')
  return {
    line,
    number: number.value,
    name: name.value,
    form: form.value,
    title: title.value,
    quantity: quantity.value,
    obtained: obtained.value,
    subject: subject.value,
  }
}

interface Headings {
  readonly places: ReadonlyMap<string, number>
  readonly width: number
}

function readLine({ places, width }: Headings, { number, cells }: CsvLine, latest: Month) {
  const left = (why: WrittenFault): RosterFault => ({ line: number, column: null, why })
  if (typeof cells === 'string') return left('broken')
  if (cells.slice(width).some((cell) => cell !== '')) return left('too-many-cells')
  const at = (column: RosterColumn) => (cells[places.get(column) ?? -1] ?? '').replace(/\p{Cf}/gu, '').trim()
  return readCells(
    number,
    {
      number: at('number'),
      name: at('name'),
      form: at('form'),
      title: at('title'),
      quantity: at('quantity'),
      obtained: at('obtained'),
      subject: at('subject'),
    },
    latest,
  )
}

function readHeadings({ cells }: CsvLine): Result<Headings> {
  const first = typeof cells === 'string' ? [] : cells
  const { places, twice } = findHeadings(rosterHeadings, first)
  const missing = rosterColumns.filter((column) => !optional.includes(column) && !places.has(column))
  if (missing.length > 0) return refuse(issue('file', 'roster-headings', { columns: missing.join(' ') }))
  if (twice.length > 0) return refuse(issue('file', 'roster-headings-twice', { columns: twice.join(' ') }))
  return ok({ places, width: first.length })
}

const isEmpty = ({ cells }: CsvLine) => typeof cells !== 'string' && cells.every((cell) => cell === '')

/**
 * The whole file, decoded, in pieces of any length; nothing after `latest` has been earned yet. Refused at `file`: `roster-empty`,
 * `roster-headings` and `roster-headings-twice` {columns}, `roster-too-many-lines` {limit}.
 */
export async function readRoster(
  pieces: AsyncIterable<string>,
  { latest }: { readonly latest: Month },
): Promise<Result<ReadRoster>> {
  let headings: Headings | null = null
  let count = 0
  const lines: RosterLine[] = []
  const faults: RosterFault[] = []
  for await (const some of csvLines(pieces))
    for (const one of some.filter((line) => !isEmpty(line))) {
      if (headings === null) {
        const read = readHeadings(one)
        if (!read.ok) return read
        headings = read.value
        continue
      }
      count += 1
      if (count > rosterLimits.lines)
        return refuse(issue('file', 'roster-too-many-lines', { limit: rosterLimits.lines }))
      const read = readLine(headings, one, latest)
      if ('why' in read) faults.push(read)
      else lines.push(read)
    }
  return count === 0 ? refuse(issue('file', 'roster-empty')) : ok({ count, lines, faults })
}

/** The empty list: headings alone, for spreadsheets that need a mark to know UTF-8. */
export const rosterTemplateCsv = () =>
  `\uFEFF${rosterColumns.map((column) => rosterHeadings[column][0]).join(',')}\r\n`
