import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#lib/domain/days.ts'
import { addWorkingDays, isWeekend, withImported, workingDaysBetween } from '#lib/domain/working-days.ts'

const weekends = { isWorkday: (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) }

describe('working days', () => {
  test('counting starts on the day after', () => {
    expect(addWorkingDays('2026-11-20', 1, weekends)).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-22', 1, weekends)).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-23', 5, weekends)).toBe('2026-11-30')
    expect(addWorkingDays('2026-11-22', 0, weekends)).toBe('2026-11-22')
  })

  test('ends on a working day with exactly that many on the way', () => {
    fc.assert(
      fc.property(fc.nat(4000), fc.integer({ min: 1, max: 60 }), (offset, n) => {
        const from = addDays('2020-01-01', offset)
        const due = addWorkingDays(from, n, weekends)
        let counted = 0
        for (let day = addDays(from, 1); day <= due; day = addDays(day, 1))
          if (weekends.isWorkday(day)) counted++
        expect(weekends.isWorkday(due)).toBe(true)
        expect(counted).toBe(n)
      }),
      { numRuns: 50 },
    )
  })

  test('broken counts and an endless holiday are errors, not loops', () => {
    expect(() => addWorkingDays('2026-11-20', -1, weekends)).toThrow(RangeError)
    expect(() => addWorkingDays('2026-11-20', 1.5, weekends)).toThrow(RangeError)
    expect(() => addWorkingDays('2026-11-20', 1, { isWorkday: () => false })).toThrow(RangeError)
  })
})

describe('imported years', () => {
  const base = {
    isWorkday: (day: string) => day !== '2027-03-08',
    isProvisional: (year: number) => year > 2026,
  }
  const calendar = withImported(
    {
      years: new Set(['2028']),
      days: new Map([
        ['2027-12-25', true],
        ['2027-12-31', false],
        ['2028-01-03', false],
        ['2028-01-08', true],
      ]),
    },
    base,
  )

  test.each([
    ['a day of an imported year that is named', '2028-01-03', false],
    ['a weekend day of it that is worked', '2028-01-08', true],
    ['a weekend day of it that is not named', '2028-01-09', false],
    ['a weekday of it that is not named', '2028-03-08', true],
    ['a day of the year before that its notice names', '2027-12-31', false],
    ['another day of the year before', '2027-03-08', false],
    ['a weekend of the year before, by what is beneath', '2027-03-06', true],
  ])('%s', (_, day, expected) => expect(calendar.isWorkday(day)).toBe(expected))

  test('are not provisional; a year that only lends days still is', () => {
    expect([2026, 2027, 2028, 2029].map(calendar.isProvisional)).toEqual([false, true, false, true])
  })

  test('a weekend is Saturday and Sunday', () => {
    const week = Array.from({ length: 7 }, (_, index) => addDays('2026-11-16', index))
    expect(week.map(isWeekend)).toEqual([false, false, false, false, false, true, true])
  })
})

describe('working days between two days', () => {
  const weekdays = { isWorkday: (day: string) => !isWeekend(day) }
  test('are those that addWorkingDays went over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 20 }), (start, n) => {
        const from = addDays('2026-01-01', start)
        expect(workingDaysBetween(from, addWorkingDays(from, n, weekdays), weekdays, 20)).toBe(n)
      }),
    )
  })
  test.each([
    ['2026-11-20', '2026-11-20', 0],
    ['2026-11-20', '2026-11-22', 0],
    ['2026-11-22', '2026-11-23', 1],
    ['2026-11-23', '2026-11-20', 0],
    ['2026-01-01', '2026-12-31', 20],
  ])('%s to %s: %i', (from, to, days) => {
    expect(workingDaysBetween(from, to, weekdays, 20)).toBe(days)
  })
})
