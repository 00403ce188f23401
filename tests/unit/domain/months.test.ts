import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMonths,
  compareMonths,
  crosses,
  crossings,
  isMonth,
  monthIndex,
  monthOf,
  ongoing,
  type Period,
  unionMonths,
} from '#lib/domain/months.ts'

const period = (start: string, end: string): Period => ({ start, end })
const first = monthIndex('1990-01')
const anyMonth = fc.integer({ min: 0, max: 500 }).map((offset) => addMonths('1990-01', offset))
const anyPeriod = fc
  .tuple(anyMonth, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }))
  .map(([start, length, luck]) => period(start, luck === 0 ? ongoing : addMonths(start, length)))

describe('months', () => {
  test.each([
    ['2024-01', true],
    ['2024-12', true],
    ['2024-13', false],
    ['2024-00', false],
    ['2024-1', false],
    ['0024-01', false],
    ['2024-01-01', false],
    ['ongoing', false],
    ['', false],
    ['２０２４-01', false],
  ])('%s is a month: %s', (text, expected) => expect(isMonth(text)).toBe(expected))

  test('count on over the turn of the year', () => {
    expect(addMonths('2023-11', 3)).toBe('2024-02')
    expect(addMonths('2024-02', -3)).toBe('2023-11')
    expect(compareMonths('2023-12', '2024-01')).toBe(-1)
    expect(monthOf('2024-02-29')).toBe('2024-02')
  })

  test('adding and comparing agree', () => {
    fc.assert(
      fc.property(anyMonth, fc.integer({ min: -600, max: 600 }), (month, count) => {
        expect(compareMonths(addMonths(month, count), month)).toBe(count)
      }),
    )
  })

  test('what is no month has no index', () => expect(monthIndex('soon')).toBeNaN())
})

describe('crossing (EDU-2)', () => {
  test.each([
    ['apart', period('2010-09', '2013-06'), period('2013-07', '2015-06'), false],
    ['touching at one month', period('2010-09', '2013-06'), period('2013-06', '2015-06'), false],
    ['two months shared', period('2010-09', '2013-07'), period('2013-06', '2015-06'), true],
    ['one inside the other', period('2010-09', '2013-06'), period('2011-01', '2011-02'), true],
    ['one month inside the other', period('2010-09', '2013-06'), period('2011-01', '2011-01'), true],
    ['one month at the end of the other', period('2010-09', '2013-06'), period('2013-06', '2013-06'), false],
    [
      'one month at the start of the other',
      period('2010-09', '2013-06'),
      period('2010-09', '2010-09'),
      false,
    ],
    ['identical', period('2010-09', '2013-06'), period('2010-09', '2013-06'), true],
    ['identical and one month long', period('2010-09', '2010-09'), period('2010-09', '2010-09'), true],
    ['same start', period('2010-09', '2013-06'), period('2010-09', '2010-10'), true],
    ['ongoing after the end', period('2010-09', '2013-06'), period('2013-06', ongoing), false],
    ['ongoing before the end', period('2010-09', '2013-06'), period('2013-05', ongoing), true],
    ['both ongoing', period('2010-09', ongoing), period('2020-01', ongoing), true],
    ['end before start', period('2013-06', '2010-09'), period('2011-01', '2012-01'), false],
    ['not yet typed', period('', ''), period('2011-01', '2012-01'), false],
    ['both not yet typed', period('', ''), period('', ''), false],
  ])('%s', (_, a, b, expected) => {
    expect(crosses(a, b)).toBe(expected)
    expect(crosses(b, a)).toBe(expected)
  })

  test('is symmetric, and every period crosses itself', () => {
    fc.assert(
      fc.property(anyPeriod, anyPeriod, (a, b) => {
        expect(crosses(a, b)).toBe(crosses(b, a))
        expect(crosses(a, a)).toBe(true)
      }),
    )
  })

  test('two or more shared months always cross', () => {
    fc.assert(
      fc.property(
        anyMonth,
        fc.nat(20),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(20),
        (start, lead, shared, tail) => {
          const a = period(start, addMonths(start, lead + shared))
          const b = period(addMonths(start, lead), addMonths(start, lead + shared + tail))
          expect(crosses(a, b)).toBe(true)
        },
      ),
    )
  })

  test('names every pair once', () => {
    const rows = [period('2010-01', '2012-01'), period('2015-01', '2016-01'), period('2011-01', '2015-06')]
    expect(crossings(rows)).toEqual([
      [0, 2],
      [1, 2],
    ])
    expect(crossings([])).toEqual([])
  })
})

describe('union of months (WRK-2)', () => {
  test.each([
    ['both end months count', [period('2020-01', '2020-12')], 12],
    ['one month', [period('2020-01', '2020-01')], 1],
    ['a shared month counts once', [period('2020-01', '2020-06'), period('2020-06', '2020-12')], 12],
    ['a gap does not count', [period('2020-01', '2020-02'), period('2020-05', '2020-06')], 4],
    ['ongoing ends at the limit', [period('2023-01', ongoing)], 24],
    ['nothing after the limit counts', [period('2024-12', '2030-01')], 1],
    ['a period after the limit', [period('2025-01', '2030-01')], 0],
    ['what is no period', [period('', '2020-01'), period('2020-05', '2020-01')], 0],
  ])('%s', (_, periods, expected) => expect(unionMonths(periods, '2024-12')).toBe(expected))

  test('leaves out what is earlier than `from` and inside `except`', () => {
    const work = [period('2018-07', '2024-12')]
    expect(unionMonths(work, '2024-12', { from: '2020-01' })).toBe(60)
    expect(unionMonths(work, '2024-12', { from: '2020-01', except: [period('2021-09', '2022-08')] })).toBe(48)
  })

  test('is at most the sum, at least the longest, and blind to order', () => {
    fc.assert(
      fc.property(fc.array(anyPeriod, { minLength: 1, maxLength: 8 }), (periods) => {
        const until = '2026-12'
        const alone = periods.map((one) => unionMonths([one], until))
        const all = unionMonths(periods, until)
        expect(all).toBeLessThanOrEqual(alone.reduce((sum, months) => sum + months, 0))
        expect(all).toBeGreaterThanOrEqual(Math.max(...alone))
        expect(all).toBeLessThanOrEqual(monthIndex(until) - first + 1)
        expect(unionMonths(periods.toReversed(), until)).toBe(all)
      }),
    )
  })

  test('without crossings it is the sum less the touching months', () => {
    const rows = [period('2010-01', '2012-06'), period('2012-06', '2014-12'), period('2015-01', '2015-03')]
    expect(crossings(rows)).toEqual([])
    expect(unionMonths(rows, '2020-01')).toBe(30 + 31 + 3 - 1)
  })
})
