import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { CsvError, parse } from 'csv-parse/sync'
import { importCalendar } from '#lib/commands/import-calendar.ts'
import { recountDue } from '#lib/commands/recount-due.ts'
import type { Deps } from '#lib/deps.ts'
import { isDay } from '#lib/domain/days.ts'
import { type CalendarLine, firstDayOf } from '#lib/schemas/calendar.ts'
import { calendarTypes, calendarWords as words } from '#lib/text/calendar.ts'
import { withDeps } from './with-deps.ts'

/** Spreadsheets in China save CSV as GB 18030 unless told otherwise. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Each line with its number; a heading has no digit where the day stands. Throws a sentence where it is no CSV. */
function linesOf(csv: string): CalendarLine[] {
  const lines: CalendarLine[] = []
  try {
    parse(csv, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      on_record([day = '', type = '', name = '']: string[], { records, lines: line }) {
        const isHeading = records === 1 && !/\d/.test(day)
        const working = calendarTypes.get(type.toLowerCase()) ?? null
        if (!isHeading) lines.push({ line, day, type, working, name })
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) throw new Error(words.broken(Number(error.lines ?? 0)))
    throw error
  }
  return lines
}

/** Brings in the calendar of a year from a CSV file (SUB-3); gives what to say. Throws what is wrong, as a sentence. */
export async function importCalendarFile(deps: Deps, args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { source: { type: 'string' } },
    allowPositionals: true,
  })
  const [year, file, ...more] = positionals
  if (year === undefined || file === undefined || more.length > 0) throw new Error(words.usage)
  if (!isDay(`${year}-01-01`)) throw new Error(words.yearInvalid(year))
  const source = values.source?.trim() || path.basename(file)
  const lines = linesOf(textOf(await readFile(file)))
  const { faults, warnings, days } = await importCalendar(deps, { year, source, lines })
  if (faults.length > 0) throw new Error(words.refused(faults))
  const worked = days.filter(({ working }) => working).length
  const moved = await recountDue(deps, { from: firstDayOf(year) })
  return [
    ...warnings.map(words.warning),
    words.imported({ year, free: days.length - worked, worked }),
    words.recounted(moved),
  ].join('\n')
}

export const run = (args: readonly string[]) =>
  withDeps(async (deps) => console.log(await importCalendarFile(deps, args)))
