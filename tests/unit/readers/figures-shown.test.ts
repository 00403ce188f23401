import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeptFigure } from '#lib/domain/figure-sums.ts'
import { flowMeasures, personMeasures } from '#lib/domain/figures.ts'
import { decisionsByStaff, figuresShown, type Span } from '#lib/readers/figures-shown.ts'

const span: Span = {
  today: '2026-11-20',
  soon: '2026-11-23',
  months: ['2026-09', '2026-10', '2026-11'],
}
const now = (measure: string, bucket: string, value: number): KeptFigure => ({
  period: '',
  measure,
  bucket,
  value,
})
const then = (period: string, measure: string, bucket: string, value = 1): KeptFigure => ({
  period,
  measure,
  bucket,
  value,
})

describe('what a page says of nothing', () => {
  const { isEmpty, now, period, monthly, days, reasons, people, states } = figuresShown([], span)
  it('is zeros and dashes, and no division', () => {
    expect(isEmpty).toBe(true)
    expect(now).toEqual({ people: 0, free: 0, inReview: 0, waiting: 0, overdue: 0, soon: 0, returned: 0 })
    expect(period).toMatchObject({
      decided: 0,
      returnRate: null,
      median: null,
      ninetieth: null,
      firstRound: null,
    })
    expect(monthly.map((one) => one.submitted)).toEqual([0, 0, 0])
    expect(days).toHaveLength(21)
    expect([reasons, people.unit, people.industry, people.education]).toEqual([[], [], [], []])
    expect(states).toEqual({ states: [], kinds: [], all: { values: [], total: 0 } })
  })
})

describe('what there is now', () => {
  const shown = figuresShown(
    [
      now('people', 'all', 1_234_567),
      now('cases', 'collection.waiting', 3),
      now('cases', 'identity.waiting', 1),
      now('cases', 'collection.in_review', 2),
      now('cases', 'collection.returned', 4),
      now('due', '2026-11-18', 1),
      now('due', '2026-11-19', 2),
      now('due', '2026-11-20', 1),
      now('due', '2026-11-23', 1),
      now('due', '2026-11-24', 7),
    ],
    span,
  )
  it('counts what waits, what is late and what is nearly late', () =>
    expect(shown.now).toEqual({
      people: 1_234_567,
      free: 4,
      inReview: 2,
      waiting: 6,
      overdue: 3,
      soon: 2,
      returned: 4,
    }))
  it('is told by kind and state too', () =>
    expect(shown.states).toEqual({
      states: ['waiting', 'in_review', 'returned'],
      kinds: [
        { kind: 'collection', values: [3, 2, 4], total: 9 },
        { kind: 'identity', values: [1, 0, 0], total: 1 },
      ],
      all: { values: [4, 2, 4], total: 10 },
    }))
})

describe('what happened', () => {
  const shown = figuresShown(
    [
      then('2026-08', 'decided', 'collection.returned', 50),
      then('2026-09', 'submitted', 'collection', 5),
      then('2026-11', 'submitted', 'identity', 2),
      then('2026-09', 'decided', 'collection.approved', 6),
      then('2026-11', 'decided', 'collection.returned', 3),
      then('2026-11', 'decided', 'identity.refused', 1),
      then('2026-11', 'decided', 'collection.returned-by-check', 9),
      then('2026-09', 'days', 'collection.0', 4),
      then('2026-11', 'days', 'collection.3', 5),
      then('2026-11', 'days', 'identity.20', 1),
      then('2026-09', 'rounds', 'collection.1', 3),
      then('2026-09', 'rounds', 'collection.2', 1),
      then('2026-11', 'reason', 'diploma-missing', 4),
      then('2026-11', 'reason', 'other', 1),
      then('2026-11', 'reason-again', 'diploma-missing', 1),
      then('2026-11', 'late', 'collection', 2),
      then('2026-11', 'overdue', 'collection', 2),
      then('2026-10', 'by', 'ann', 4),
      then('2026-11', 'by', 'ann', 2),
      then('2026-08', 'by', 'bob', 2),
    ],
    span,
  )
  it('is of the months asked for, and a register decides nothing', () =>
    expect(shown.period).toMatchObject({
      approved: 6,
      returned: 3,
      refused: 1,
      byCheck: 9,
      decided: 10,
      returnRate: 0.3,
      median: 3,
      ninetieth: 3,
      firstRound: 0.75,
      overdue: 2,
      lateReturns: 2,
    }))
  it('has every month, also without anything', () =>
    expect(
      shown.monthly.map(({ month, submitted, approved, returned }) => [month, submitted, approved, returned]),
    ).toEqual([
      ['2026-09', 5, 6, 0],
      ['2026-10', 0, 0, 0],
      ['2026-11', 2, 0, 3],
    ]))
  it('has every number of days', () =>
    expect(shown.days.filter(({ value }) => value > 0)).toEqual([
      { days: 0, value: 4 },
      { days: 3, value: 5 },
      { days: 20, value: 1 },
    ]))
  it('says how often a reason came twice', () =>
    expect(shown.reasons).toEqual([
      { id: 'diploma-missing', value: 4, share: 0.8, again: 1, againRate: 0.25 },
      { id: 'other', value: 1, share: 0.2, again: 0, againRate: 0 },
    ]))
  it('counts each member of staff in this month and in all of them', () => {
    const { month, period } = decisionsByStaff(
      [then('2026-10', 'by', 'ann', 4), then('2026-11', 'by', 'ann', 2), then('2026-08', 'by', 'bob')],
      span,
    )
    expect([...month]).toEqual([['ann', 2]])
    expect([...period]).toEqual([['ann', 6]])
  })
})

describe('people by a topic', () => {
  const shown = figuresShown(
    [
      now('sex', 'female', 6),
      now('born', '1990', 4),
      now('born', '1991', 1),
      now('born', 'none', 1),
      now('education', 'senior_high', 1),
      now('education', 'doctor_program', 5),
      now('title', 'none', 4),
      now('title', 'junior', 2),
      now('unit', 'none', 4),
      now('unit', 'soe', 1),
      now('unit', 'government', 1),
      now('industry', 'J', 2),
      now('industry', 'C', 3),
      now('industry', 'gone', 1),
    ],
    span,
  )
  const of = (topic: keyof typeof shown.people) => shown.people[topic].map(({ id, value }) => [id, value])
  it('stands in its own order', () => {
    expect(of('sex')).toEqual([
      ['female', 6],
      ['male', 0],
    ])
    expect(of('age')).toEqual([
      ['to-25', 0],
      ['to-35', 1],
      ['to-45', 4],
      ['to-55', 0],
      ['from-56', 0],
      ['none', 1],
    ])
    expect(of('education')).toEqual([
      ['doctor_program', 5],
      ['senior_high', 1],
    ])
    expect(of('title')).toEqual([
      ['professor', 0],
      ['senior', 0],
      ['intermediate', 0],
      ['junior', 2],
      ['none', 4],
    ])
    expect(of('unit')).toEqual([
      ['government', 1],
      ['soe', 1],
      ['none', 4],
    ])
    expect(of('industry')).toEqual([
      ['C', 3],
      ['J', 2],
      ['gone', 1],
    ])
  })

  it('has shares that are a whole together, and rounded ones within their rounding', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            period: fc.constantFrom('', '2026-11'),
            measure: fc.constantFrom(...personMeasures, ...flowMeasures),
            bucket: fc.oneof(fc.constantFrom('none', '1980', 'male', 'senior', 'C', 'other'), fc.string()),
            value: fc.integer({ min: 1, max: 1_000_000 }),
          }),
          { maxLength: 40 },
        ),
        (rows) => {
          const { people, reasons } = figuresShown(rows, span)
          for (const slices of [...Object.values(people), reasons]) {
            const all = slices.reduce((sum, { value }) => sum + value, 0)
            if (all === 0) continue
            const shares = slices.map(({ share }) => share)
            expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
            const rounded = shares.map((share) => Math.round(share * 1000) / 10)
            const off = Math.abs(rounded.reduce((sum, share) => sum + share, 0) - 100)
            expect(off).toBeLessThanOrEqual(0.05 * slices.length + 1e-6)
          }
        },
      ),
    ))
})
