/** Moments of the country: by day where people are up, on working days in offices. */
import { type Day, dayOf, startOfDay } from '#lib/domain/days.ts'
import { addWorkingDays, type WorkCalendar } from '#lib/domain/working-days.ts'
import type { Random } from './random.ts'

const minute = 60_000
const hour = 60 * minute
export const day = 24 * hour

export interface Days {
  readonly now: Date
  readonly today: Day
  /** The last day that still counts as due soon. */
  readonly soon: Day
  /** The n-th working day after a day; remembered, since a country asks for the same ones again and again. */
  dueOn(from: Day, days: number): Day
  /** On this day while people are up, and before `now`. */
  awake(random: Random, on: Day): Date
  /** In office hours of this day, and between `after` and `before`. */
  office(random: Random, on: Day, between: { after: Date; before: Date }): Date
}

export function daysOf(now: Date, calendar: WorkCalendar): Days {
  const today = dayOf(now)
  const known = new Map<string, Day>()
  const dueOn = (from: Day, days: number): Day => {
    const key = `${from}+${days}`
    const found = known.get(key) ?? addWorkingDays(from, days, calendar)
    known.set(key, found)
    return found
  }
  /** Where the wanted moment is not possible: somewhere in between. */
  const within = (random: Random, wanted: number, after: number, before: number) =>
    new Date(
      Math.floor(
        wanted > after && wanted < before ? wanted : after + (0.3 + 0.6 * random.next()) * (before - after),
      ),
    )
  return {
    now,
    today,
    soon: addWorkingDays(today, 1, calendar),
    dueOn,
    awake(random, on) {
      const start = startOfDay(on).getTime()
      return within(random, start + 8 * hour + random.next() * 14 * hour, start, now.getTime())
    },
    office(random, on, { after, before }) {
      const start = startOfDay(on).getTime()
      const wanted = start + 9 * hour + random.next() * 8 * hour
      return within(random, wanted, after.getTime(), before.getTime())
    },
  }
}

export const before = (at: Date, ms: number) => new Date(at.getTime() - Math.max(1, Math.floor(ms)))
export const minutes = (count: number) => count * minute
export const hours = (count: number) => count * hour
