import { describe, expect, test } from 'vitest'
import { officialCalendar } from '#lib/adapters/calendar.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'

describe('official calendar', () => {
  test.each([
    ['2026-10-01', false],
    ['2026-10-08', true],
    ['2026-10-10', true],
    ['2026-09-20', true],
    ['2026-11-21', false],
    ['2026-11-23', true],
    ['2026-02-16', false],
  ])('%s is a working day: %s', (day, expected) => expect(officialCalendar.isWorkday(day)).toBe(expected))

  test('reads days alike in every time zone', () => {
    const own = process.env.TZ
    try {
      for (const zone of ['America/Los_Angeles', 'UTC', 'Pacific/Auckland']) {
        process.env.TZ = zone
        expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
        expect(officialCalendar.isWorkday('2026-11-23')).toBe(true)
        expect(officialCalendar.isWorkday('2026-10-11')).toBe(false)
        expect(officialCalendar.isProvisional(2026)).toBe(false)
      }
    } finally {
      if (own === undefined) delete process.env.TZ
      else process.env.TZ = own
    }
  })

  test('a deadline steps over the holidays and counts the moved working days', () => {
    expect(addWorkingDays('2026-09-30', 3, officialCalendar)).toBe('2026-10-10')
    expect(addWorkingDays('2026-02-13', 2, officialCalendar)).toBe('2026-02-24')
  })

  test('a year without its notice is provisional and knows weekends only', () => {
    expect(officialCalendar.isProvisional(2026)).toBe(false)
    expect(officialCalendar.isProvisional(2035)).toBe(true)
    expect(officialCalendar.isWorkday('2035-10-01')).toBe(true)
    expect(officialCalendar.isWorkday('2035-10-06')).toBe(false)
  })
})
