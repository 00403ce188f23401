import { describe, expect, test, vi } from 'vitest'
import { liveCalendar, officialCalendar } from '#lib/adapters/calendar.ts'
import { addWorkingDays, type ImportedCalendar } from '#lib/domain/working-days.ts'
import { steppedClock } from '#tests/support/deps.ts'

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

describe('the calendar of the moment', () => {
  const nothing: ImportedCalendar = { years: new Set(), days: new Map() }
  const of2035: ImportedCalendar = { years: new Set(['2035']), days: new Map([['2035-10-01', false]]) }
  const asked = (...answers: ImportedCalendar[]) => {
    const load = vi.fn(async () => answers.shift() ?? nothing)
    const clock = steppedClock('2026-11-21T02:00:00Z')
    return { load, clock, calendar: liveCalendar(load, clock) }
  }

  test('asks nobody until somebody asks, then once a minute', async () => {
    const { load, clock, calendar } = asked(nothing, of2035)
    expect(load).not.toHaveBeenCalled()
    expect((await calendar()).isProvisional(2035)).toBe(true)
    clock.advance(59_999)
    expect((await calendar()).isProvisional(2035)).toBe(true)
    expect(load).toHaveBeenCalledTimes(1)
    clock.advance(1)
    expect((await calendar()).isProvisional(2035)).toBe(false)
    expect((await calendar()).isWorkday('2035-10-01')).toBe(false)
    expect(load).toHaveBeenCalledTimes(2)
  })

  test('stands on the package where nothing was imported', async () => {
    const { calendar } = asked(of2035)
    expect((await calendar()).isWorkday('2026-10-10')).toBe(true)
    expect((await calendar()).isWorkday('2026-10-01')).toBe(false)
    expect((await calendar()).isProvisional(2026)).toBe(false)
    expect((await calendar()).isProvisional(2034)).toBe(true)
  })

  test('a store that fails is asked again, and so is one whose clock was set back', async () => {
    const { load, clock, calendar } = asked(of2035, nothing)
    load.mockRejectedValueOnce(new Error('away'))
    await expect(calendar()).rejects.toThrow('away')
    expect((await calendar()).isProvisional(2035)).toBe(false)
    clock.advance(-3_600_000)
    expect((await calendar()).isProvisional(2035)).toBe(true)
  })
})
