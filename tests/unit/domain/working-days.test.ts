import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#lib/domain/days.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'

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
