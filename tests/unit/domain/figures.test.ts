import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bucketOf,
  type Change,
  type CountedRound,
  changesBetween,
  countsOfCase,
  countsOfPerson,
  flowsOfRound,
  isOfDepartmentOnly,
  partsOfBucket,
  rolledUp,
  summed,
} from '#lib/domain/figures.ts'

const weekdays = { isWorkday: (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) }
const ranks = { education: ['senior_high', 'bachelor', 'master'], title: ['junior', 'senior'] }
const nobody = { sex: '', birth: '', education: [], employment: [], qualifications: [] }

describe('what a record counts as', () => {
  it('its highest level of study that is finished, accounting title and present employer', () => {
    const counts = countsOfPerson(
      {
        sex: 'female',
        birth: '1990-03-07',
        education: [
          { level: 'bachelor', graduated: '2012-06' },
          { level: 'senior_high', graduated: '2008-06' },
          { level: 'master', graduated: 'ongoing' },
        ],
        employment: [
          { end: '2015-01', employerType: 'soe', industry: 'C' },
          { end: 'ongoing', employerType: 'government', industry: 'S' },
        ],
        qualifications: [
          { kind: 'accounting', level: 'junior' },
          { kind: 'economics', level: 'senior' },
        ],
      },
      ranks,
    )
    expect(Object.fromEntries(counts)).toEqual({
      people: 'all',
      sex: 'female',
      born: '1990',
      education: 'bachelor',
      title: 'junior',
      unit: 'government',
      industry: 'S',
    })
  })

  it('none of what is not there', () => {
    expect(new Set(countsOfPerson(nobody, ranks).map(([, bucket]) => bucket))).toEqual(
      new Set(['all', 'none']),
    )
  })
})

describe('what a case counts as', () => {
  const one = { kind: 'collection', sentTo: 'd', dueOn: '2026-11-27' }
  it.each([
    ['draft', []],
    ['checking', [['cases', 'collection.checking']]],
    [
      'waiting',
      [
        ['cases', 'collection.waiting'],
        ['due', '2026-11-27'],
      ],
    ],
    [
      'in_review',
      [
        ['cases', 'collection.in_review'],
        ['due', '2026-11-27'],
      ],
    ],
    ['approved', [['cases', 'collection.approved']]],
  ] as const)('%s', (state, counts) => {
    expect(countsOfCase({ ...one, state })).toEqual(counts)
  })
  it('nothing where it was never sent', () => {
    expect(countsOfCase({ ...one, state: 'cancelled', sentTo: null })).toEqual([])
  })
})

describe('what a round counts as', () => {
  const round: CountedRound = {
    kind: 'collection',
    round: 2,
    // 1 December in China, still November in Greenwich.
    submittedAt: new Date('2026-11-30T16:30:00Z'),
    outcome: '',
    decidedBy: null,
    decidedAt: null,
    workingDays: null,
    overdue: false,
    late: false,
    reasons: [],
    again: [],
  }
  const decided = { decidedBy: 'r', decidedAt: new Date('2026-12-04T02:00:00Z') }

  it('in the month of its submission, as people here see it', () => {
    expect(flowsOfRound(round, weekdays)).toEqual([['2026-12', 'submitted', 'collection']])
    expect(flowsOfRound({ ...round, outcome: 'withdrawn', decidedAt: decided.decidedAt }, weekdays)).toEqual([
      ['2026-12', 'submitted', 'collection'],
    ])
  })
  it('its decision, how long it took, and by whom', () => {
    expect(
      flowsOfRound({ ...round, ...decided, outcome: 'approved', overdue: true }, weekdays).slice(1),
    ).toEqual([
      ['2026-12', 'decided', 'collection.approved'],
      ['2026-12', 'days', 'collection.3'],
      ['2026-12', 'by', 'r'],
      ['2026-12', 'overdue', 'collection'],
      ['2026-12', 'rounds', 'collection.2'],
    ])
  })
  it('its reasons once each, those that were given before, and what came late', () => {
    const returned = { ...round, ...decided, outcome: 'returned', late: true } as const
    const flows = flowsOfRound({ ...returned, reasons: ['other', 'scope-wrong'], again: ['other'] }, weekdays)
    expect(flows.slice(4)).toEqual([
      ['2026-12', 'late', 'collection'],
      ['2026-12', 'reason', 'other'],
      ['2026-12', 'reason', 'scope-wrong'],
      ['2026-12', 'reason-again', 'other'],
    ])
  })
  it('by nobody where a register sent it back', () => {
    const back = { ...round, ...decided, decidedBy: null, outcome: 'returned', reasons: ['other'] } as const
    expect(flowsOfRound(back, weekdays).slice(1)).toEqual([
      ['2026-12', 'decided', 'collection.returned-by-check'],
    ])
  })
  it('by nobody where a setting lets it pass', () => {
    const passed = { ...round, ...decided, decidedBy: null, outcome: 'approved' } as const
    expect(flowsOfRound(passed, weekdays).slice(1)).toEqual([
      ['2026-12', 'decided', 'collection.approved-by-rule'],
    ])
  })
  it('as many days as it took by the calendar of then', () => {
    const passed = { ...round, ...decided, outcome: 'approved', workingDays: 9 } as const
    expect(flowsOfRound(passed, weekdays)[2]).toEqual(['2026-12', 'days', 'collection.9'])
  })
  it('the longest together', () => {
    const late = {
      ...round,
      outcome: 'refused',
      decidedBy: 'r',
      decidedAt: new Date('2027-06-01T00:00:00Z'),
    } as const
    expect(flowsOfRound(late, weekdays)[2]).toEqual(['2027-06', 'days', 'collection.20'])
  })
})

describe('changes', () => {
  const change = fc.tuple(
    fc.constantFrom('a', 'b'),
    fc.constantFrom('', '2026-11'),
    fc.constantFrom('people', 'cases'),
    fc.constantFrom('x', 'y'),
    fc.integer({ min: -3, max: 3 }),
  ) as fc.Arbitrary<Change>

  it('sum up to what they are one by one, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const total = (of: readonly Change[], key: string) =>
          of.filter((one) => one.slice(0, 4).join() === key).reduce((sum, one) => sum + one[4], 0)
        const sum = summed(changes)
        for (const one of changes) {
          const key = one.slice(0, 4).join()
          expect(total(sum, key)).toBe(total(changes, key))
        }
        expect(sum.every(([, , , , by]) => by !== 0)).toBe(true)
        expect(new Set(sum.map((one) => one.slice(0, 4).join())).size).toBe(sum.length)
      }),
    )
  })
  it('cancel out where nothing changed, and move where the place did', () => {
    const counts = [['people', 'all']] as const
    expect(summed(changesBetween({ at: 'a', counts }, { at: 'a', counts }))).toEqual([])
    expect(changesBetween({ at: 'a', counts }, { at: 'b', counts })).toEqual([
      ['a', '', 'people', 'all', -1],
      ['b', '', 'people', 'all', 1],
    ])
    expect(changesBetween({ at: null, counts }, { at: null, counts })).toEqual([])
  })
  it('go up to the country', () => {
    expect(rolledUp('p/c/k')).toEqual(['', 'p', 'c', 'k'])
    expect(isOfDepartmentOnly('by')).toBe(true)
    expect(isOfDepartmentOnly('decided')).toBe(false)
  })
  it('name two things in one bucket', () => {
    expect(partsOfBucket(bucketOf('collection', 'in_review'))).toEqual(['collection', 'in_review'])
    expect(partsOfBucket(bucketOf('collection', 20))).toEqual(['collection', '20'])
  })
})
