import { bool, index, instant, table, text } from './columns.ts'

/** A year whose official calendar was brought in (国务院办公厅 notice, with 调休). */
export const calendarYear = table('calendar_year', {
  /** `YYYY` */
  year: text('year').primaryKey(),
  /** The notice it follows. */
  source: text('source').notNull(),
  importedAt: instant('imported_at').notNull(),
})

/** A day that is not what its weekday says: a holiday, or a working day moved to a weekend. */
export const calendarDay = table(
  'calendar_day',
  {
    /** `YYYY-MM-DD` */
    day: text('day').primaryKey(),
    year: text('year').notNull(),
    working: bool('working').notNull(),
    name: text('name').notNull().default(''),
  },
  (t) => [index('calendar_day_year').on(t.year)],
)
