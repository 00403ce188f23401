import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { officialCalendar } from '#lib/adapters/calendar.ts'
import { addDays } from '#lib/domain/days.ts'
import { type ClockMark, clockMarks, dueOf, isCountable } from '#lib/domain/due.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'

const calendar = officialCalendar
const submitted = (on: string, days = 5): ClockMark => ({ kind: 'case.submitted', on, days })
const paused = (on: string): ClockMark => ({ kind: 'clock.paused', on })
const resumed = (on: string): ClockMark => ({ kind: 'clock.resumed', on })
const due = (...marks: ClockMark[]) => dueOf(marks, calendar)

/** Counted one by one, as a person with a wall calendar would. */
function workingDays(after: string, until: string): number {
  let count = 0
  for (let day = addDays(after, 1); day <= until; day = addDays(day, 1))
    if (calendar.isWorkday(day)) count += 1
  return count
}

const day = fc.nat(700).map((offset) => addDays('2025-01-01', offset))
const days = fc.integer({ min: 1, max: 20 })
const gap = fc.nat(30)

describe('a due day', () => {
  // The days of the notice for 2026: 春节 15–23 February with 14 and 28 worked; 国庆 1–7 October with 20 September and 10 October worked.
  test.each([
    ['before 国庆', '2026-09-30', 1, '2026-10-08'],
    ['before 国庆, over its working Saturday', '2026-09-30', 3, '2026-10-10'],
    ['within 国庆', '2026-10-03', 1, '2026-10-08'],
    ['on the working Sunday before 国庆', '2026-09-20', 1, '2026-09-21'],
    ['over the working Sunday before 国庆', '2026-09-18', 2, '2026-09-21'],
    ['before 春节, over its working Saturday', '2026-02-13', 1, '2026-02-14'],
    ['before 春节', '2026-02-14', 1, '2026-02-24'],
    ['after 春节, over its working Saturday', '2026-02-27', 1, '2026-02-28'],
    ['over a plain weekend', '2026-11-20', 5, '2026-11-27'],
  ])('counts from the day after: %s', (_, on, count, expected) =>
    expect(due(submitted(on, count))).toBe(expected),
  )

  test.each([
    ['paused over 国庆', '2026-09-29', 3, '2026-09-30', '2026-10-08', '2026-10-10'],
    ['paused within 国庆 alone', '2026-09-30', 2, '2026-10-01', '2026-10-07', '2026-10-09'],
    ['paused over the working Saturday', '2026-10-08', 3, '2026-10-09', '2026-10-10', '2026-10-13'],
    ['paused over 春节', '2026-02-13', 2, '2026-02-14', '2026-02-23', '2026-02-24'],
    ['resumed on the last day of 春节', '2026-02-10', 5, '2026-02-12', '2026-02-23', '2026-02-26'],
  ])('keeps what was left: %s', (_, on, count, from, until, expected) =>
    expect(due(submitted(on, count), paused(from), resumed(until))).toBe(expected),
  )

  test('is none while the clock stands still, and before it started', () => {
    expect(due()).toBe('')
    expect(due(submitted('2026-11-20'), paused('2026-11-23'))).toBe('')
    expect(due(resumed('2026-11-20'))).toBe('')
    expect(due(paused('2026-11-20'), resumed('2026-11-23'))).toBe('')
  })

  test.each([
    'case.returned',
    'case.returned-by-check',
    'case.withdrawn',
    'case.approved',
    'case.refused',
    'case.cancelled',
  ])('is none after %s, running or not', (kind) => {
    const stop = { kind, on: '2026-11-24' }
    expect(due(submitted('2026-11-20'), stop)).toBe('')
    expect(due(submitted('2026-11-20'), paused('2026-11-23'), stop, resumed('2026-11-25'))).toBe('')
  })

  test('a pause on the last day leaves the day it ends, or the next on which people work', () => {
    expect(due(submitted('2026-11-20', 1), paused('2026-11-23'), resumed('2026-11-25'))).toBe('2026-11-25')
    expect(due(submitted('2026-11-20', 5), paused('2026-11-27'), resumed('2026-11-28'))).toBe('2026-11-30')
    expect(due(submitted('2026-09-29', 1), paused('2026-09-30'), resumed('2026-10-04'))).toBe('2026-10-08')
  })

  test('a clock that has run out stays run out', () => {
    fc.assert(
      fc.property(day, days, gap, gap, (on, count, late, long) => {
        const end = due(submitted(on, count))
        const pause = addDays(end, 1 + late)
        expect(due(submitted(on, count), paused(pause))).toBe(end)
        expect(due(submitted(on, count), paused(pause), resumed(addDays(pause, long)))).toBe(end)
      }),
    )
  })

  test('pausing and going on at once changes nothing, however often', () => {
    fc.assert(
      fc.property(day, days, fc.array(gap, { minLength: 1, maxLength: 4 }), (on, count, offsets) => {
        const pauses = offsets
          .toSorted((a, b) => a - b)
          .flatMap((offset) => [paused(addDays(on, offset)), resumed(addDays(on, offset))])
        expect(due(submitted(on, count), ...pauses)).toBe(due(submitted(on, count)))
      }),
    )
  })

  test('a pause of n working days moves it by n working days', () => {
    fc.assert(
      fc.property(day, days, gap, gap, (on, count, offset, long) => {
        const end = due(submitted(on, count))
        const from = addDays(on, offset)
        fc.pre(from < end)
        const until = addDays(from, long)
        const moved = due(submitted(on, count), paused(from), resumed(until))
        expect(moved).toBe(addWorkingDays(end, workingDays(from, until), calendar))
        // Seen from the other side: what the department had is what it was given.
        expect(workingDays(on, from) + workingDays(until, moved)).toBe(count)
      }),
    )
  })

  test('is a working day after the clock went on, whatever came before', () => {
    fc.assert(
      fc.property(day, days, gap, gap, (on, count, offset, long) => {
        const from = addDays(on, offset)
        fc.pre(from <= due(submitted(on, count)))
        const until = addDays(from, long)
        const end = due(submitted(on, count), paused(from), resumed(until))
        expect(end >= until).toBe(true)
        expect(calendar.isWorkday(end)).toBe(true)
      }),
    )
  })

  test('a second pause or going on of one standstill changes nothing', () => {
    const marks = [submitted('2026-11-18'), paused('2026-11-19'), resumed('2026-11-23')] as const
    const once = due(...marks)
    expect(once).toBe('2026-11-27')
    expect(due(marks[0], marks[1], paused('2026-11-20'), marks[2])).toBe(once)
    expect(due(...marks, resumed('2026-11-25'))).toBe(once)
  })

  test('starting again replaces what was', () => {
    const past = fc.constantFrom<((on: string) => ClockMark)[]>(
      [submitted],
      [submitted, paused],
      [submitted, paused, resumed],
      [submitted, (on) => ({ kind: 'case.returned', on })],
      [paused],
    )
    fc.assert(
      fc.property(
        day,
        days,
        past,
        fc.constantFrom('case.submitted', 'case.advanced'),
        (on, count, before, kind) => {
          const anew = { kind, on: addDays(on, 9), days: count }
          const marks = before.map((mark, index) => mark(addDays(on, index)))
          expect(due(...marks, anew)).toBe(addWorkingDays(anew.on, count, calendar))
        },
      ),
    )
  })

  test('what does not move the clock is left out, names of the language too', () => {
    const others = fc.array(
      fc.record({
        kind: fc.constantFrom(
          'case.claimed',
          'case.released',
          'case.checked',
          'clock.recounted',
          'toString',
          '__proto__',
          '',
        ),
        on: day,
        days,
      }),
      { maxLength: 3 },
    )
    const marks = [submitted('2026-11-18'), paused('2026-11-19'), resumed('2026-11-23')] as const
    fc.assert(
      fc.property(others, others, others, (a, b, c) => {
        expect(due(...a, marks[0], ...b, marks[1], ...c, marks[2], ...a)).toBe(due(...marks))
      }),
    )
  })

  test('is read in the order of the log', () => {
    expect(due(paused('2026-11-19'), submitted('2026-11-18'))).toBe('2026-11-25')
    expect(due(submitted('2026-11-18'), paused('2026-11-19'))).toBe('')
    expect(due({ kind: 'case.returned', on: '2026-11-20' }, submitted('2026-11-20'))).toBe('2026-11-27')
  })
})

describe('the log of a case', () => {
  test('is read by the days people here see', () => {
    const at = new Date('2026-11-19T16:30:00Z')
    expect(clockMarks([{ kind: 'case.submitted', at, data: { days: 3, round: 1 } }])).toEqual([
      { kind: 'case.submitted', on: '2026-11-20', days: 3 },
    ])
    expect(clockMarks([{ kind: 'case.claimed', at, data: { round: 1, days: 'x' } }])).toEqual([
      { kind: 'case.claimed', on: '2026-11-20' },
    ])
  })

  test('can be counted by where every start says how long', () => {
    expect(isCountable([submitted('2026-11-20'), paused('2026-11-23')])).toBe(true)
    expect(isCountable([submitted('2026-11-20'), { kind: 'case.advanced', on: '2026-11-23' }])).toBe(false)
  })
})
