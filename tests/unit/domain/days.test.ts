import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, ageAt, dayOf, isDay } from '#lib/domain/days.ts'

describe('days', () => {
  test.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-02-30', false],
    ['2024-04-31', false],
    ['2024-13-01', false],
    ['2024-00-10', false],
    ['2024-1-1', false],
    ['1899-12-31', false],
    ['3000-01-01', false],
    ['', false],
  ])('%s exists: %s', (text, expected) => expect(isDay(text)).toBe(expected))

  test('an instant belongs to the day people in China see', () => {
    expect(dayOf(new Date('2026-11-21T15:59:59Z'))).toBe('2026-11-21')
    expect(dayOf(new Date('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
    expect(dayOf(new Date('2026-11-21T16:00:00Z'), 'UTC')).toBe('2026-11-21')
  })

  test('counting forth and back ends where it began, on days that exist', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (offset, count) => {
          const day = addDays('1920-01-01', offset)
          expect(isDay(day)).toBe(true)
          expect(addDays(addDays(day, count), -count)).toBe(day)
        },
      ),
    )
  })

  test.each([
    ['2000-05-10', '2016-05-09', 15],
    ['2000-05-10', '2016-05-10', 16],
    ['2000-02-29', '2016-02-28', 15],
    ['2000-02-29', '2017-02-28', 16],
    ['2000-02-29', '2017-03-01', 17],
  ])('born %s, on %s aged %i', (birth, day, age) => expect(ageAt(birth, day)).toBe(age))
})
