/** Instants to the minute as forms write them, `YYYY-MM-DDTHH:MM`, where the platform is (UTC+8). */
import { isDay } from './days.ts'

const pattern = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::00(?:\.0{1,3})?)?$/
const eightHours = 8 * 3_600_000

/** Null for what is no minute of any day; a space may stand for the `T`. */
export function minuteIn(text: string): Date | null {
  const [, day = '', hour, minute] = pattern.exec(text) ?? []
  return isDay(day) ? new Date(`${day}T${hour}:${minute}:00+08:00`) : null
}

/** What `minuteIn` reads back as the minute in which the instant lies. */
export const minuteOf = (instant: Date): string =>
  new Date(instant.getTime() + eightHours).toISOString().slice(0, 16)
