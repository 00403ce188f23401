/** A CSV file as numbered lines of cells, in handfuls: one line is one record, so that a broken one costs no other. */
import { parse } from 'csv-parse/sync'

export interface CsvLine {
  /** Of the file, from 1. */
  readonly number: number
  readonly cells: readonly string[] | 'broken' | 'too-long'
}

interface RawLine {
  readonly number: number
  readonly text: string
}

const longestLine = 8000
const handful = 1000
const newline = /\r\n|\n|\r/

/** Lines that are not blank. Of one longer than `longestLine` no more than that is kept in memory. */
async function* rawLines(chunks: AsyncIterable<string>): AsyncGenerator<RawLine[]> {
  let number = 0
  let rest = ''
  let found: RawLine[] = []
  const take = (text: string) => {
    number += 1
    if (text.trim() !== '') found.push({ number, text })
  }
  for await (const chunk of chunks) {
    const text = rest + chunk
    // A carriage return at the very end may be the first half of a line end.
    const held = text.endsWith('\r') ? '\r' : ''
    const lines = text.slice(0, text.length - held.length).split(newline)
    rest = (lines.pop() ?? '').slice(0, longestLine + 1) + held
    for (const line of lines) take(line)
    while (found.length >= handful) {
      yield found.slice(0, handful)
      found = found.slice(handful)
    }
  }
  if (rest !== '') take(rest.replace(/\r$/, ''))
  for (let at = 0; at < found.length; at += handful) yield found.slice(at, at + handful)
}

const cellsOf = (text: string): string[][] =>
  parse(text, {
    record_delimiter: '\n',
    relax_column_count: true,
    trim: true,
    max_record_size: longestLine * 2,
  })

function read({ number, text }: RawLine): CsvLine {
  if (text.length > longestLine) return { number, cells: 'too-long' }
  try {
    const [cells, ...more] = cellsOf(text)
    return { number, cells: cells && more.length === 0 ? cells : 'broken' }
  } catch {
    return { number, cells: 'broken' }
  }
}

/** As many records as lines: then every line is one of them, as a record ends nowhere but at a line's end. */
function readAll(lines: readonly RawLine[]): CsvLine[] {
  if (lines.every(({ text }) => text.length <= longestLine))
    try {
      const records = cellsOf(lines.map(({ text }) => text).join('\n'))
      if (records.length === lines.length)
        return lines.map(({ number }, index) => ({ number, cells: records[index] ?? 'broken' }))
    } catch {
      // One of them is broken; which one is seen line by line.
    }
  return lines.map(read)
}

/** Up to a thousand lines at a time; blank ones are left out and counted. A cell holds no line end. */
export async function* csvLines(chunks: AsyncIterable<string>): AsyncGenerator<readonly CsvLine[]> {
  for await (const lines of rawLines(chunks)) yield readAll(lines)
}
