import { type Day, isDay } from './days.ts'
import { isMonth, type Month } from './months.ts'

/** As files write dates: by signs or the words for year, month and day between them, or in six or eight digits. */
const apart = /^(\d{4})(?:[-/.\p{Lo}](\d{1,2})(?:[-/.\p{Lo}](\d{1,2}))?)?\p{Lo}?$/u
const together = /^(\d{4})(\d{2})(\d{2})?$/

export interface WrittenDate {
  /** `YYYY` */
  readonly year: string
  /** Where it says a month, and a day. */
  readonly month: Month | null
  readonly day: Day | null
}

/** `2012-6`, `2012/06/30`, `201206`, `2012` and the like; null for what is no date, and for days that do not exist. */
export function writtenDate(text: string): WrittenDate | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const [, year = '', monthNumber, dayNumber] = apart.exec(plain) ?? together.exec(plain) ?? []
  const month = monthNumber === undefined ? null : `${year}-${monthNumber.padStart(2, '0')}`
  const day = month === null || dayNumber === undefined ? null : `${month}-${dayNumber.padStart(2, '0')}`
  const exists = isMonth(month ?? `${year}-01`) && (day === null || isDay(day))
  return exists ? { year, month, day } : null
}
