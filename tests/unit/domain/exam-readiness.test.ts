import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#lib/domain/days.ts'
import { isNear, lastWholeDay, submitBy, timingOf } from '#lib/domain/exam-readiness.ts'
import { addWorkingDays, isWeekend } from '#lib/domain/working-days.ts'

const calendar = { isWorkday: (day: string) => !isWeekend(day) }
const at = (text: string) => new Date(`${text}+08:00`)

describe('before an exam', () => {
  const window = {
    opensAt: at('2027-01-05T09:00'),
    collectBy: at('2027-01-23T12:00'),
    closesAt: at('2027-01-24T12:00'),
    payBy: at('2027-01-24T18:00'),
  }

  it('a window is near from fourteen days before it opens until it closes', () => {
    expect(isNear(window, at('2026-12-22T08:59'))).toBe(false)
    expect(isNear(window, at('2026-12-22T09:00'))).toBe(true)
    expect(isNear(window, at('2027-01-24T11:59'))).toBe(true)
    expect(isNear(window, at('2027-01-24T12:00'))).toBe(false)
  })

  it('a review has to end on the last whole day before the deadline', () => {
    expect(lastWholeDay(at('2027-01-22T12:00'))).toBe('2027-01-21')
    expect(lastWholeDay(at('2027-01-22T23:59'))).toBe('2027-01-22')
    expect(lastWholeDay(at('2027-01-23T00:00'))).toBe('2027-01-22')
    // A Friday at noon: the five working days are the 15th and 18th to 21st.
    expect(submitBy(at('2027-01-22T12:00'), 5, calendar)).toBe('2027-01-14')
    expect(submitBy(at('2027-01-22T12:00'), 0, calendar)).toBe('2027-01-21')
    expect(submitBy(at('2027-01-22T12:00'), 5, { isWorkday: () => false }) < '2027-01-01').toBe(true)
  })

  it('submitting by that day is in time, a day later is not', () => {
    const days = fc.integer({ min: 0, max: 700 }).map((count) => addDays('2026-01-01', count))
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), (day, reviewDays) => {
        const by = submitBy(at(`${day}T12:00`), reviewDays, calendar)
        const last = addDays(day, -1)
        expect(addWorkingDays(by, reviewDays, calendar) <= last).toBe(true)
        expect(addWorkingDays(addDays(by, 1), reviewDays, calendar) > last).toBe(true)
      }),
    )
  })

  it('says in time, tight, late, by the minute', () => {
    const until = at('2027-01-22T12:00')
    expect(timingOf(at('2027-01-14T23:59'), until, '2027-01-14')).toBe('in-time')
    expect(timingOf(at('2027-01-15T00:00'), until, '2027-01-14')).toBe('tight')
    expect(timingOf(at('2027-01-22T11:59'), until, '2027-01-14')).toBe('tight')
    expect(timingOf(until, until, '2027-01-14')).toBe('late')
  })
})
