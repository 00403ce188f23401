import chineseDays from 'chinese-days'
import type { Day } from '#lib/domain/days.ts'
import { type ImportedCalendar, type WorkCalendar, withImported } from '#lib/domain/working-days.ts'
import type { Clock } from '../clock.ts'

/** The package turns `YYYY-MM-DD` strings into UTC and reads them back in local time; noon is safe in any zone. */
function localNoon(day: Day): Date {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12)
}

/** The State Council's calendar with its moved working days; National Day tells whether a year's notice is known. */
export const officialCalendar: WorkCalendar = {
  isWorkday: (day) => chineseDays.isWorkday(localNoon(day)),
  isProvisional(year) {
    const nationalDay = localNoon(`${year}-10-01`)
    return chineseDays.getHolidaysInRange(nationalDay, nationalDay, false).length === 0
  },
}

const keptMs = 60_000

/**
 * The calendar of the moment: what operators brought in wins over the package, the package over plain weekends. `load` is
 * asked when somebody wants a calendar and at most once a minute, so that every process sees an import within one.
 */
export function liveCalendar(
  load: () => Promise<ImportedCalendar>,
  clock: Clock,
): () => Promise<WorkCalendar> {
  let held: { readonly at: number; readonly calendar: WorkCalendar } | null = null
  return async () => {
    const at = clock.now().getTime()
    if (held !== null && Math.abs(at - held.at) < keptMs) return held.calendar
    const calendar = withImported(await load(), officialCalendar)
    held = { at, calendar }
    return calendar
  }
}
