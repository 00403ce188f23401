import { record } from '#db/events.ts'
import { remove } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'
import { type CalendarLine, type CalendarRead, checkCalendar } from '#lib/schemas/calendar.ts'

export interface CalendarImport {
  /** `YYYY` */
  readonly year: string
  /** The notice it follows. */
  readonly source: string
  readonly lines: readonly CalendarLine[]
}

/**
 * Brings in the statutory calendar of a year, over what was brought in for it before: all lines, or none where one has a
 * fault. Due days that are running go by it once they were computed anew (`recountDue`).
 */
export async function importCalendar(
  { store, clock }: Deps,
  { year, source, lines }: CalendarImport,
): Promise<CalendarRead> {
  const read = checkCalendar(year, lines)
  if (read.faults.length > 0) return read
  const { calendarDay, calendarYear } = store.t
  await store.tx(async (q) => {
    const at = clock.now()
    const row = { source, importedAt: at }
    // The year first: of two imports at once the second waits here.
    await q
      .insert(calendarYear)
      .values({ year, ...row })
      .onConflictDoUpdate({ target: calendarYear.year, set: row })
    await remove(q, calendarDay, { year })
    for (const { day, ...told } of read.days) {
      const values = { year, ...told }
      await q
        .insert(calendarDay)
        .values({ day, ...values })
        // A day at the turn of the year may stand in the notice of either.
        .onConflictDoUpdate({ target: calendarDay.day, set: values })
    }
    const worked = read.days.filter(({ working }) => working).length
    await record(q, store.t, {
      id: newId(at),
      kind: 'calendar.imported',
      data: { year, free: read.days.length - worked, worked },
      at,
    })
  })
  return read
}
