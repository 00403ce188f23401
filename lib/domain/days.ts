/** Calendar days as `YYYY-MM-DD` strings. Instants become days only through `dayOf`, in the platform's time zone. */

/** `YYYY-MM-DD` */
export type Day = string

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const millisecondsPerDay = 86_400_000

const utcOf = (day: Day): Date => new Date(`${day}T00:00:00Z`)

/** True for a day that exists in the calendar (no 30 February), year 1900 to 2999. */
export function isDay(text: string): boolean {
  const [, year] = dayPattern.exec(text) ?? []
  if (year === undefined || year < '1900' || year > '2999') return false
  const date = utcOf(text)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const daysIn = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
/** Making one costs far more than using it, and a page asks for many days. */
const platformDays = daysIn('Asia/Shanghai')

/** The calendar day of an instant as people in `timeZone` see it. */
export function dayOf(instant: Date, timeZone?: string): Day {
  const parts = (timeZone === undefined ? platformDays : daysIn(timeZone)).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

/** The instant a day begins, where the platform is (UTC+8). */
export const startOfDay = (day: Day): Date => new Date(`${day}T00:00:00+08:00`)

/** The day `count` days later (earlier when negative). */
export const addDays = (day: Day, count: number): Day =>
  new Date(utcOf(day).getTime() + count * millisecondsPerDay).toISOString().slice(0, 10)

/** The instant a day is over there: what counts through the day counts until then. */
export const endOfDay = (day: Day): Date => startOfDay(addDays(day, 1))

/** Completed years of age on `day`; somebody born on 29 February ages on 1 March in common years. */
export function ageAt(birth: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}
