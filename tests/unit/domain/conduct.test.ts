import { describe, expect, it } from 'vitest'
import { caseKinds } from '#lib/cases/all.ts'
import { caseStates } from '#lib/domain/case-states.ts'
import {
  banUntil,
  entryDue,
  isBanOver,
  isKnownToPerson,
  isOfOffice,
  kindsOfOffice,
} from '#lib/domain/conduct.ts'
import { isWeekend } from '#lib/domain/working-days.ts'

const weekdays = { isWorkday: (day: string) => !isWeekend(day) }

describe('a penalty', () => {
  it('keeps from accounting work for five years, for good, or not at all', () => {
    const until = (nature: string, decidedOn = '2026-11-18') => banUntil({ nature, decidedOn })
    expect(until('ban_5y')).toBe('2031-11-18')
    expect(until('ban_5y', '2024-02-29')).toBe('2029-02-28')
    expect(until('ban_permanent')).toBe('forever')
    for (const nature of ['warning', 'public_criticism', 'fine', 'confiscation', 'other', ''])
      expect(until(nature)).toBeNull()
  })

  it('that keeps from it goes through its last day, and then is over', () => {
    for (const [until, today, over] of [
      ['2031-11-18', '2026-11-20', false],
      ['2031-11-18', '2031-11-18', false],
      ['2031-11-18', '2031-11-19', true],
      ['forever', '2999-12-31', false],
    ] as const)
      expect([until, today, isBanOver(until, today)]).toEqual([until, today, over])
  })

  it('is to be entered by the tenth working day after it was decided', () => {
    expect(entryDue('2026-11-06', weekdays)).toBe('2026-11-20')
    // Counting starts on the day after, whatever day it was decided on.
    expect(entryDue('2026-11-07', weekdays)).toBe('2026-11-20')
    expect(entryDue('2026-11-09', weekdays)).toBe('2026-11-23')
  })
})

describe('a case that the office filed', () => {
  it('is one of a kind that no person may file', () => {
    const filedByStaff = Object.values(caseKinds).filter(({ filedBy }) => filedBy.includes('staff'))
    expect(filedByStaff.map(({ id }) => id)).toEqual([...kindsOfOffice])
    for (const { id, filedBy } of filedByStaff) expect([id, filedBy]).toEqual([id, ['staff']])
    for (const { id } of Object.values(caseKinds))
      expect([id, isOfOffice(id)]).toEqual([id, filedByStaff.some((one) => one.id === id)])
  })

  it('exists for its person once it took effect, and any other from the beginning', () => {
    for (const state of caseStates) {
      expect(isKnownToPerson({ kind: 'penalty', state })).toBe(state === 'approved')
      for (const kind of ['award', 'objection', 'collection'])
        expect(isKnownToPerson({ kind, state })).toBe(true)
    }
  })
})
