import path from 'node:path'
import { parseArgs } from 'node:util'
import { importCalendar } from '#lib/commands/import-calendar.ts'
import { recountDue } from '#lib/commands/recount-due.ts'
import type { Deps } from '#lib/deps.ts'
import { isDay } from '#lib/domain/days.ts'
import { encodingOf, textOf } from '#lib/files/csv-file.ts'
import { type CsvLine, csvLines } from '#lib/readers/csv-lines.ts'
import { type CalendarLine, firstDayOf } from '#lib/schemas/calendar.ts'
import { calendarTypes, calendarWords as words } from '#lib/text/calendar.ts'
import { withDeps } from './with-deps.ts'

/** Each line with its number; a heading has no digit where the day stands. Throws a sentence where it is no CSV. */
async function linesOf(file: string): Promise<CalendarLine[]> {
  const found: CsvLine[] = []
  for await (const lines of csvLines(textOf(file, await encodingOf(file)))) found.push(...lines)
  return found.flatMap(({ number, cells }, index) => {
    if (typeof cells === 'string') throw new Error(words.broken(number))
    const [day = '', type = '', name = ''] = cells
    const isHeading = index === 0 && !/\d/.test(day)
    const isBlank = cells.every((cell) => cell === '')
    const working = calendarTypes.get(type.toLowerCase()) ?? null
    return isHeading || isBlank ? [] : [{ line: number, day, type, working, name }]
  })
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
  const lines = await linesOf(file)
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
