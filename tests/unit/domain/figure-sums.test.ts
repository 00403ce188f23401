import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ageBands,
  byAge,
  type KeptFigure,
  monthsTo,
  percentileOf,
  rateOf,
  sumsOf,
  totalOf,
} from '#lib/domain/figure-sums.ts'

const kept = (period: string, bucket: string, value: number): KeptFigure => ({
  period,
  measure: 'decided',
  bucket,
  value,
})

describe('sums of figures', () => {
  const rows = [kept('2026-10', 'a', 2), kept('2026-11', 'a', 3), kept('2026-11', 'b', 1)]

  it('are by bucket over the periods asked for', () => {
    expect(Object.fromEntries(sumsOf(rows, 'decided'))).toEqual({ a: 5, b: 1 })
    expect(Object.fromEntries(sumsOf(rows, 'decided', (one) => one === '2026-10'))).toEqual({ a: 2 })
    expect(sumsOf(rows, 'submitted').size).toBe(0)
    expect(totalOf(sumsOf(rows, 'decided'), (bucket) => bucket === 'a')).toBe(5)
  })

  it('are never below zero, while half of a move is added up', () =>
    expect(Object.fromEntries(sumsOf([kept('', 'a', -1), kept('', 'b', 2)], 'decided'))).toEqual({ b: 2 }))
})

describe('a rate', () => {
  it.each([
    [0, 0, null],
    [3, 0, null],
    [0, 4, 0],
    [1, 4, 0.25],
    [4, 4, 1],
  ])('of %d in %d is %s', (part, whole, rate) => expect(rateOf(part, whole)).toBe(rate))
})

describe('a percentile', () => {
  it.each([
    ['nothing', [], 50, null],
    ['only zeros', [[3, 0]], 50, null],
    ['one', [[7, 1]], 50, 7],
    ['one, near the end', [[7, 1]], 90, 7],
    [
      'two halves',
      [
        [1, 5],
        [9, 5],
      ],
      50,
      1,
    ],
    [
      'one more above',
      [
        [1, 5],
        [9, 6],
      ],
      50,
      9,
    ],
    [
      'nine of ten',
      [
        [2, 9],
        [20, 1],
      ],
      90,
      2,
    ],
    [
      'nine of eleven',
      [
        [2, 9],
        [20, 2],
      ],
      90,
      20,
    ],
    [
      'any order',
      [
        [9, 1],
        [1, 1],
        [5, 1],
      ],
      50,
      5,
    ],
  ] as const)('of %s', (_, counts, percent, is) => {
    expect(percentileOf(counts as readonly (readonly [number, number])[], percent)).toBe(is)
  })

  it('is the number at its rank when all of them stand in a row', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 100 }),
        (numbers, percent) => {
          const row = numbers.toSorted((a, b) => a - b)
          const rank = Math.ceil((percent * row.length) / 100)
          const counts = Map.groupBy(numbers, (one) => one)
          const asCounts = [...counts].map(([one, all]) => [one, all.length] as const)
          expect(percentileOf(asCounts, percent)).toBe(row[rank - 1])
        },
      ),
    ))
})

describe('ages', () => {
  const bandIn2026 = (born: string) => [...byAge(new Map([[born, 1]]), 2026).keys()]

  it.each([
    ['2026', 'to-25'],
    ['2001', 'to-25'],
    ['2000', 'to-35'],
    ['1991', 'to-35'],
    ['1990', 'to-45'],
    ['1981', 'to-45'],
    ['1980', 'to-55'],
    ['1971', 'to-55'],
    ['1970', 'from-56'],
    ['1930', 'from-56'],
    ['none', 'none'],
    ['', 'none'],
    ['19', 'none'],
  ])('of who was born in %s are %s', (born, band) => expect(bandIn2026(born)).toEqual([band]))

  it('lose nobody', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1900, max: 2026 }).map(String), fc.integer({ min: 1, max: 99 }))),
        (born) => {
          const years = new Map(born)
          const bands = byAge(years, 2026)
          expect(totalOf(bands)).toBe(totalOf(years))
          expect([...bands.keys()].every((band) => ageBands.some((one) => one === band))).toBe(true)
        },
      ),
    ))
})

it('months end with this one, across the turn of a year', () => {
  expect(monthsTo('2026-02', 3)).toEqual(['2025-12', '2026-01', '2026-02'])
  expect(monthsTo('2026-11', 24).at(0)).toBe('2024-12')
})
