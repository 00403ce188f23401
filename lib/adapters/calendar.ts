import chineseDays from 'chinese-days'
import type { Day } from '#lib/domain/days.ts'
import type { WorkCalendar } from '#lib/domain/working-days.ts'

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
