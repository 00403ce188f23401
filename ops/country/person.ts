/** Who somebody is: name, document and phone, each of its own and of nobody alive. */
import { givenNames, rareCharacters, surnames } from '#db/seed/country-words.ts'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import { checkNumber, type Sex } from '#lib/schemas/identity-number.ts'
import { type Random, shuffled } from './random.ts'

export interface Someone {
  readonly name: string
  readonly idType: 'mainland_id'
  readonly number: string
  readonly identityKey: string
  readonly sex: Sex
  /** `YYYY-MM-DD` */
  readonly birth: string
  readonly phone: string
}

/** From when on, and how many people were born in each year compared with the others. */
const ages: readonly (readonly [from: number, weight: number])[] = [
  [1964, 1],
  [1970, 3],
  [1976, 5],
  [1982, 6],
  [1988, 6],
  [1994, 4],
  [2000, 2],
]
const yearsFrom = (from: number) => [0, 1, 2, 3, 4, 5].map((more) => from + more)
/** Birth years, those with many people several times. */
const years = ages.flatMap(([from, weight]) =>
  yearsFrom(from).flatMap((year) => Array.from({ length: weight }, (_, copy) => ({ year, copy }))),
)
const copies = Math.max(...years.map(({ copy }) => copy)) + 1
const orders = Math.floor(1000 / copies)
/** So many documents there are, each once. */
export const mostPeople = years.length * 365 * orders

/** 98 ends no code of a county, so the number is nobody's. `serial` counts the people of a store. */
function numberOf(serial: number, city: string): string {
  const slot = shuffled(serial, 1_299_709, mostPeople)
  const born = years[slot % years.length]
  const rest = Math.floor(slot / years.length)
  if (!born) throw new Error('no year for this serial')
  const day = new Date(Date.UTC(born.year, 0, 1 + (rest % 365))).toISOString().slice(5, 10).replace('-', '')
  const order = Math.floor(rest / 365) * copies + born.copy
  const head = `${city.slice(0, 4)}98${born.year}${day}${String(order).padStart(3, '0')}`
  return head + identityCheckCharacter(head)
}

/** 142 is given to no operator. */
const phoneOf = (serial: number) => `142${String(shuffled(serial, 61_803_399, 100_000_000)).padStart(8, '0')}`

const characters = { male: [...givenNames.male], female: [...givenNames.female] }

/** Common surnames come far more often. */
export function nameOf(random: Random, sex: Sex): string {
  const surname = surnames[Math.floor(surnames.length * random.next() ** 2)] ?? ''
  const one = () => random.pick(characters[sex])
  if (random.chance(0.002)) return surname + random.pick(rareCharacters)
  return surname + one() + (random.chance(0.7) ? one() : '')
}

/** The `serial`th person of a store, who lives in this city. `today` is a day, `YYYY-MM-DD`. */
export function someoneOf(random: Random, serial: number, city: string, today: string): Someone {
  if (serial >= mostPeople) throw new Error(`there are documents for ${mostPeople} people only`)
  const read = checkNumber('mainland_id', numberOf(serial, city), { today })
  if (!read.ok || !read.value.birth || !read.value.sex) throw new Error(`person ${serial} has no number`)
  const { number, identityKey, birth, sex } = read.value
  return {
    name: nameOf(random, sex),
    idType: 'mainland_id',
    number,
    identityKey,
    sex,
    birth,
    phone: phoneOf(serial),
  }
}
