import { expect, it } from 'vitest'
import { dayOf } from '#lib/domain/days.ts'
import { checkNumber } from '#lib/schemas/identity-number.ts'
import { checkPhone } from '#lib/schemas/phone.ts'
import regions from '#lib/text/regions.json' with { type: 'json' }
import { type Lot, lots } from '#ops/country/fates.ts'
import { mostPeople, someoneOf } from '#ops/country/person.ts'
import { idAt, randomOf, shuffled } from '#ops/country/random.ts'

const now = new Date('2026-11-21T02:00:00Z')
const dealt = (people: number, share: number): Lot[] => [...lots(people, share, now)]
const counted = (some: readonly Lot[]) => Map.groupBy(some, ({ fate }) => fate)

it('deals every lot in the order of time, in fixed shares, and as many as asked for', () => {
  for (const people of [1, 7, 300, 10_000]) {
    const all = dealt(people, 0.2)
    expect(all).toHaveLength(people)
    expect(all.map(({ at }) => at.getTime())).toEqual(all.map(({ at }) => at.getTime()).sort((a, b) => a - b))
    expect(all.every(({ at }) => at <= now)).toBe(true)
  }
  const byFate = counted(dealt(10_000, 0.15))
  expect(byFate.get('waiting')).toHaveLength(1200)
  expect(byFate.get('in-review')).toHaveLength(400)
  expect(byFate.get('approved-second')).toHaveLength(1300)
})

it('puts the share of each fate into the biggest place, numbered by itself', () => {
  for (const [, of] of counted(dealt(10_000, 0.15))) {
    const here = of.filter(({ biggest }) => biggest)
    expect(Math.abs(here.length - of.length * 0.15)).toBeLessThanOrEqual(1)
    expect(here.map(({ nth }) => nth)).toEqual(here.map((_, index) => index))
    const elsewhere = of.filter(({ biggest }) => !biggest)
    expect(elsewhere.map(({ nth }) => nth)).toEqual(elsewhere.map((_, index) => index))
  }
})

it('gives nobody a document or a phone of somebody else, and nobody one of a county', () => {
  const codes = new Set(regions.map(([code]) => code))
  const [numbers, phones] = [new Set<string>(), new Set<string>()]
  const serials = [
    ...Array.from({ length: 20_000 }, (_, serial) => serial),
    ...Array.from({ length: 5_000 }, (_, index) => mostPeople - 1 - index),
  ]
  for (const serial of serials) {
    const { number, phone, birth, sex } = someoneOf(randomOf(1, serial), serial, '440100', dayOf(now))
    // Whatever the city: the birth and the order of the day are nobody else's.
    numbers.add(number.slice(6, 17))
    phones.add(phone)
    expect(checkNumber('mainland_id', number, { today: dayOf(now) })).toMatchObject({
      ok: true,
      value: { birth, sex },
    })
    expect(codes.has(number.slice(0, 6))).toBe(false)
    expect(checkPhone(phone).ok).toBe(true)
  }
  expect(numbers.size).toBe(serials.length)
  expect(phones.size).toBe(serials.length)
  expect(() => someoneOf(randomOf(1), mostPeople, '440100', dayOf(now))).toThrow('documents')
})

it('makes ids that sort by their moment and are those of the seed', () => {
  const ids = [0, 1, 2].map((ms) => idAt(randomOf(3, ms), new Date(now.getTime() + ms)))
  expect(ids.toSorted()).toEqual(ids)
  expect(idAt(randomOf(3, 0), now)).toBe(ids[0])
  expect(idAt(randomOf(4, 0), now)).not.toBe(ids[0])
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

it('leads nobody along the numbers of somebody else', () => {
  const seen = new Set<string>()
  const [people, numbers] = [10_000, 40]
  for (let serial = 0; serial < people; serial += 1) {
    const random = randomOf(1, 2, serial)
    const drawn = Array.from({ length: numbers }, () => random.int(2 ** 31))
    for (let at = 0; at + 1 < numbers; at += 1) seen.add(`${drawn[at]} ${drawn[at + 1]}`)
  }
  expect(seen.size).toBe(people * (numbers - 1))
})

it('shuffles without losing a number', () => {
  expect(new Set(Array.from({ length: 1000 }, (_, n) => shuffled(n, 61_803_399, 1000))).size).toBe(1000)
})
