/** Where the people of the country are: every department that can be chosen, a big district far more often than a small county. */
import type { Schema, Store } from '#db/store.ts'
import { cityOf } from '#lib/domain/regions.ts'
import { isCity, regionName } from '#lib/text/regions.ts'
import { type Random, randomOf } from './random.ts'

type Department = Schema['department']['$inferSelect']

export interface Place {
  readonly department: Department
  readonly acceptedProofs: readonly string[]
  /** The city its people live in, as region fields take it. */
  readonly city: string
  readonly cityName: string
  /** Where they hand in identity pictures (IDV-3); null where the city has no such node. */
  readonly own: Department | null
}

export interface Places {
  readonly all: readonly Place[]
  /** The place with most people: it has enough for full pages at any size. */
  readonly biggest: Place
  /** How likely a person is there. */
  readonly shareOfBiggest: (people: number) => number
  /** Some other place, by weight. */
  readonly choose: (random: Random) => Place
}

const biggestId = '440106'
/** A small county has 1, a big district this. */
const mostWeight = 50
const capital = '110000'
/** The Corps names no city of its own; its people live around 乌鲁木齐. */
const cities: Readonly<Record<string, string>> = { '660000': '650100' }

/** So many people the biggest place has at least, as far as that is no more than a fifth of all. */
const floorOfBiggest = { people: 1500, share: 0.2 }

const hashOf = (text: string) =>
  [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) | 0, 7)

function weightOf({ id, kind }: Department): number {
  const u = randomOf(hashOf(id)).next()
  const weight = 1 + (mostWeight - 1) * u ** 4
  return kind === 'own' ? weight / 2 : weight
}

/** Reads the tree as it stands. Throws where it was not loaded. */
export async function placesOf({ read, t }: Store): Promise<Places> {
  const rows = await read.select().from(t.department).orderBy(t.department.id)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const parents = new Set(rows.filter(({ active }) => active).map(({ parentId }) => parentId))
  const placeOf = (department: Department): Place => {
    const code = department.regionCode ?? capital
    const found = cities[code] ?? cityOf(code) ?? ''
    const city = isCity(found) ? found : capital
    const own = byId.get(`${city}-own`)
    return {
      department,
      acceptedProofs: department.acceptedProofs.split(' ').filter((kind) => kind !== ''),
      city,
      cityName: regionName(city),
      own: own?.active ? own : null,
    }
  }
  const all = rows
    .filter(({ active, id }) => active && !parents.has(id))
    .toSorted((a, b) => a.sort - b.sort)
    .map(placeOf)
  const biggest = all.find(({ department }) => department.id === biggestId) ?? all[0]
  if (!biggest) throw new Error('there are no departments: run migrate first')
  const others = all.filter((place) => place !== biggest)
  let total = 0
  const sums = others.map(({ department }) => {
    total += weightOf(department)
    return total
  })
  return {
    all,
    biggest,
    shareOfBiggest: (people) =>
      others.length === 0
        ? 1
        : Math.max(
            mostWeight / (total + mostWeight),
            Math.min(floorOfBiggest.share, floorOfBiggest.people / people),
          ),
    choose: (random) => others[firstAtLeast(sums, random.next() * total)] ?? biggest,
  }
}

/** Where the first of these rising numbers is that is not below `value`. */
function firstAtLeast(sums: readonly number[], value: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
