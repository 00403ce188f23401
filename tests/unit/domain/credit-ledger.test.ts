import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  creditSubjects,
  type LearningRecord,
  type LedgerEntry,
  ledgerUnder,
  owedYears,
  yearLedger,
} from '#lib/domain/credit-ledger.ts'
import { creditFormIds, creditForms, creditsFor } from '#lib/domain/credits.ts'
import { ongoing } from '#lib/domain/months.ts'
import { usualRules } from '#lib/domain/province-rules.ts'

const entry = (subject: LedgerEntry['subject'], credits: number): LedgerEntry => ({ subject, credits })
const any = (credits: number) => entry('any', credits)
const professional = (credits: number) => entry('professional', credits)
const open = (credits: number) => entry('public', credits)

const told = (entries: readonly LedgerEntry[], rules = usualRules) => {
  const year = yearLedger(entries, rules)
  return [year.professional.got, year.public.got, year.total.got, year.complete, year.beyond]
}

describe('the ledger of a year (CRE-1)', () => {
  it.each<[string, LedgerEntry[], [number, number, number, boolean, number]]>([
    ['nothing', [], [0, 0, 0, false, 0]],
    ['a little fills 专业科目', [any(20)], [20, 0, 20, false, 0]],
    ['专业科目 to the last credit', [any(60)], [60, 0, 60, false, 0]],
    ['what is left goes to 公需科目', [any(70)], [60, 10, 70, false, 0]],
    ['one examination is a year', [any(90)], [60, 30, 90, true, 0]],
    ['two are no more than one', [any(90), any(90)], [60, 30, 90, true, 90]],
    ['专业科目 fill no 公需科目', [professional(90)], [60, 0, 60, false, 30]],
    ['公需科目 fill no 专业科目', [open(90)], [0, 30, 30, false, 60]],
    ['both, exactly', [professional(60), open(30)], [60, 30, 90, true, 0]],
    ['courses first, whatever came first', [any(30), professional(60)], [60, 30, 90, true, 0]],
    ['any tops both up', [professional(50), open(10), any(20)], [60, 20, 80, false, 0]],
    ['a gap in 公需科目 stays one', [any(60), professional(40)], [60, 30, 90, true, 10]],
  ])('%s', (_, entries, expected) => expect(told(entries)).toEqual(expected))

  it('says what is missing of each', () => {
    const { professional: own, public: rest, total } = yearLedger([any(20), open(10)], usualRules)
    expect([own.missing, rest.missing, total.missing]).toEqual([40, 20, 60])
  })

  it('goes by the rules of the province', () => {
    expect(told([any(90)], { ...usualRules, creditsTotal: 120, creditsProfessional: 80 })).toEqual([
      80,
      10,
      90,
      false,
      0,
    ])
    expect(told([any(90)], { ...usualRules, creditsTotal: 60, creditsProfessional: 60 })).toEqual([
      60,
      0,
      60,
      true,
      30,
    ])
  })

  const entries = fc.array(
    fc.record({ subject: fc.constantFrom(...creditSubjects), credits: fc.integer({ min: 0, max: 200 }) }),
    { maxLength: 12 },
  )
  const rules = fc
    .tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 150 }))
    .map(([a, b]) => ({ creditsTotal: a + b, creditsProfessional: a }))

  it('an entry never lowers anything', () =>
    fc.assert(
      fc.property(entries, entries, rules, (some, more, of) => {
        const [before, after] = [yearLedger(some, of), yearLedger([...some, ...more], of)]
        expect(after.professional.got).toBeGreaterThanOrEqual(before.professional.got)
        expect(after.public.got).toBeGreaterThanOrEqual(before.public.got)
        expect(after.total.got).toBeGreaterThanOrEqual(before.total.got)
        expect(after.beyond).toBeGreaterThanOrEqual(before.beyond)
      }),
    ))

  it('nothing exceeds its target, the parts make the whole, and nothing is lost', () =>
    fc.assert(
      fc.property(entries, rules, (some, of) => {
        const year = yearLedger(some, of)
        for (const { got, target, missing } of [year.professional, year.public, year.total]) {
          expect(got).toBeGreaterThanOrEqual(0)
          expect(got).toBeLessThanOrEqual(target)
          expect(missing).toBe(target - got)
        }
        expect(year.professional.got + year.public.got).toBe(year.total.got)
        expect(year.complete).toBe(year.professional.missing === 0 && year.public.missing === 0)
        expect(year.total.got + year.beyond).toBe(some.reduce((all, { credits }) => all + credits, 0))
      }),
    ))

  it('the order of entries does not matter', () =>
    fc.assert(
      fc.property(
        entries.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        rules,
        ([some, shuffled], of) => {
          expect(yearLedger(shuffled, of)).toEqual(yearLedger(some, of))
        },
      ),
    ))
})

describe('a year that counts in two provinces', () => {
  const strict = { creditsTotal: 120, creditsProfessional: 80 }
  it('is asked what the province of the record asks', () => {
    expect(ledgerUnder([any(70)], [strict, usualRules]).total.missing).toBe(50)
    expect(ledgerUnder([any(70)], [usualRules, strict]).total.missing).toBe(20)
  })
  it('stays complete where it was completed', () => {
    expect(ledgerUnder([any(90)], [strict, usualRules])).toEqual(yearLedger([any(90)], usualRules))
    expect(ledgerUnder([any(90)], [strict]).complete).toBe(false)
  })
})

describe('the years that ask for credits', () => {
  const years = (record: Partial<LearningRecord>, thisYear = 2026) =>
    owedYears({ qualified: [], posts: [], ...record }, thisYear)

  it.each<[string, Partial<LearningRecord>, number[]]>([
    ['nobody of neither', {}, []],
    ['from the year after the qualification', { qualified: ['2023-05'] }, [2024, 2025, 2026]],
    ['the first of several qualifications', { qualified: ['2024-09', '2022-10'] }, [2023, 2024, 2025, 2026]],
    ['none before next year where it is of this year', { qualified: ['2026-05'] }, []],
    [
      'from the year accounting work began',
      { posts: [{ start: '2024-12', end: ongoing }] },
      [2024, 2025, 2026],
    ],
    ['no longer than it lasted', { posts: [{ start: '2020-03', end: '2021-01' }] }, [2020, 2021]],
    [
      'not between two posts',
      {
        posts: [
          { start: '2019-01', end: '2019-12' },
          { start: '2025-01', end: ongoing },
        ],
      },
      [2019, 2025, 2026],
    ],
    [
      'the years of work before the qualification as well',
      { qualified: ['2025-09'], posts: [{ start: '2023-01', end: '2024-06' }] },
      [2023, 2024, 2026],
    ],
    [
      'none before credits were counted',
      { qualified: ['1999-05'] },
      [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026],
    ],
    ['what is no month counts for nothing', { qualified: [''], posts: [{ start: '?', end: '?' }] }, []],
  ])('%s', (_, record, expected) => expect(years(record)).toEqual(expected))

  it('a later year asks for no fewer', () => {
    const record = { qualified: ['2021-05'], posts: [{ start: '2019-02', end: '2020-02' }] }
    expect(years(record, 2027)).toEqual([...years(record, 2026), 2027])
    expect(years(record, 2010)).toEqual([])
  })
})

describe('the conversion table (domain.md §4)', () => {
  it('has its sixteen forms, each worth what the table says', () => {
    const worth = Object.fromEntries(creditFormIds.map((id) => [id, creditsFor(id, 1, usualRules)]))
    expect(worth).toEqual({
      exam_pass: 90,
      conference: 10,
      degree_study: 90,
      research_solo: 90,
      research_lead: 90,
      research_member: 60,
      paper_solo: 30,
      paper_first: 30,
      paper_other: 10,
      book_solo: 90,
      book_first: 90,
      book_other: 60,
      senior_training: 90,
      related_ce: 90,
      face_to_face: 10,
      online_course: 1,
    })
  })

  it('counts by quantity; a province says what an hour of an online course is worth', () => {
    expect(creditsFor('conference', 3, usualRules)).toBe(30)
    expect(creditsFor('online_course', 20, { creditsOnline: 3 })).toBe(60)
    expect(creditsFor('face_to_face', 2, { creditsOnline: 3 })).toBe(20)
    for (const id of creditFormIds) expect(creditForms[id].most).toBeGreaterThanOrEqual(1)
  })
})
