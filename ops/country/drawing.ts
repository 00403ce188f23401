/** What every page of 信息采集 is drawn from. */
import { roads, streetAddress } from '#db/seed/country-words.ts'
import { addMonths, type Month } from '#lib/domain/months.ts'
import type { Someone } from './person.ts'
import type { Place } from './places.ts'
import type { Random } from './random.ts'

export interface Drawing {
  readonly random: Random
  readonly person: Someone
  readonly place: Place
  /** The month of the submission. */
  readonly month: Month
}
export type Situation = 'employed' | 'student' | 'other'

export const rowId = (index: number) => `row00${index + 1}`
export const later = (a: Month, b: Month) => (a > b ? a : b)
/** The month somebody is so old. */
export const whenAged = ({ person }: Drawing, age: number): Month =>
  addMonths(person.birth.slice(0, 7), age * 12)

export const streetIn = ({ random, place }: Drawing) =>
  streetAddress(place.cityName, random.pick(roads), 1 + random.int(400))
