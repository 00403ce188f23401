import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { draftOf } from '#lib/readers/draft.ts'
import { factsOf, longestGap } from '#lib/readers/facts.ts'
import { identityCheckCharacter } from '#lib/schemas/checksum.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { mainRow, type Row, sharedRow, type Values } from '#lib/sections/define.ts'

import { nodesOf, sourcesUnder } from '#tests/support/sources.ts'

const today = '2026-11-21'
const numberOf = (body: string) => body + identityCheckCharacter(body)
const woman = {
  idType: 'mainland_id',
  number: numberOf('44010619900307124'),
  birth: '1990-03-07',
  sex: 'female',
}

const row = (id: string, values: Values, children?: readonly Row[]): Row => ({
  id,
  rev: 1,
  values,
  ...(children ? { children } : {}),
})
const job = (id: string, start: string, end: string, values: Values = {}, children?: readonly Row[]) =>
  row(id, { start, end, noCode: '1', accounting: children ? 'yes' : 'no', ...values }, children)
const post = (id: string, start: string, end: string) => row(id, { start, end })
const school = (values: Values) =>
  row('school', {
    place: 'domestic',
    level: 'bachelor_program',
    degree: 'bachelor',
    graduated: '2012-06',
    diplomaNo: '105581201205000123',
    degreeNo: '1055842012000123',
    ...values,
  })

interface Scene {
  readonly person?: Partial<typeof woman>
  readonly rows?: Partial<Record<SectionId, readonly Row[]>>
  readonly files?: readonly { section: string; rowId: string; slot: string; fileId: string }[]
  readonly elsewhere?: ReadonlyMap<string, number>
}
function told({ person = {}, rows = {}, files = [], elsewhere = new Map() }: Scene) {
  const account = { ...woman, ...person }
  const draft = draftOf(
    {
      case: { state: 'draft', round: 0 },
      account,
      department: null,
      proposals: new Map(Object.entries(rows).map(([id, of]) => [id, { rows: of, editedFor: 1 }])),
      files,
      findings: [],
      claims: [],
    },
    today,
  )
  const asked = Object.keys(rows).length > 0 ? (Object.keys(rows) as SectionId[]) : []
  const named = [...new Set([...asked, ...files.map(({ section }) => section as SectionId)])]
  return factsOf({ sections: named, draft, person: account, elsewhere })
}
const ofNumber = (person: Partial<typeof woman>) =>
  told({ person }).map(({ code, target, tone }) => [code, target, tone])
const ofJobs = (...jobs: readonly Row[]) =>
  told({ rows: { employment: jobs } }).filter(({ section }) => section === 'employment')

describe('the number, birth and sex (GB 11643)', () => {
  const { number } = woman
  const wrongDigit = number.slice(0, 17) + (number.endsWith('1') ? '2' : '1')
  it('are told once where all three agree', () => {
    expect(ofNumber({})).toEqual([['id-agrees', 'number', 'good']])
    expect(told({})).toMatchObject([{ section: 'registration', rowId: mainRow, params: {} }])
  })
  it.each([
    ['digit', { number: wrongDigit }, [['id-digit-differs', 'number', 'bad']]],
    ['birth', { birth: '1990-03-08' }, [['id-birth-differs', 'birth', 'bad']]],
    ['sex', { sex: 'male' }, [['id-sex-differs', 'sex', 'bad']]],
    [
      'all',
      { number: wrongDigit, birth: '1991-03-07', sex: 'male' },
      [
        ['id-digit-differs', 'number', 'bad'],
        ['id-birth-differs', 'birth', 'bad'],
        ['id-sex-differs', 'sex', 'bad'],
      ],
    ],
  ])('are told each where they do not agree: %s', (_, person, expected) =>
    expect(ofNumber(person)).toEqual(expected),
  )
  it('of a man agree with an odd order', () => {
    const man = { number: numberOf('44010619900307123'), sex: 'male' }
    expect(ofNumber(man)).toEqual([['id-agrees', 'number', 'good']])
    expect(ofNumber({ ...man, sex: 'female' })).toEqual([['id-sex-differs', 'sex', 'bad']])
  })
  it.each([
    ['hkmo_permit', 'H12345678'],
    ['foreign_passport', 'E12345678'],
    ['foreign_pr_card', 'USA440190030799'],
  ])('are no fact of a document that tells none of them: %s', (idType, number) =>
    expect(ofNumber({ idType, number })).toEqual([]),
  )
})

describe('pauses between jobs', () => {
  const gaps = (...jobs: readonly Row[]) =>
    ofJobs(...jobs)
      .filter(({ code }) => code === 'work-gap')
      .map(({ rowId, target, tone, params }) => ({ rowId, target, tone, ...params }))
  const first = job('a', '2010-01', '2012-06')

  it('are told from one month longer than the longest that is usual', () => {
    expect(longestGap).toBe(3)
    expect(gaps(first, job('b', '2012-10', '2013-01'))).toEqual([])
    expect(gaps(first, job('b', '2012-11', '2013-01'))).toEqual([
      { rowId: 'b', target: 'start', tone: 'quiet', from: '2012-07', to: '2012-10', months: 4 },
    ])
  })
  it('are found in whatever order the jobs stand', () =>
    expect(gaps(job('b', '2020-01', 'ongoing'), first)).toMatchObject([
      { rowId: 'b', from: '2012-07', to: '2019-12', months: 90 },
    ]))
  it('are none where jobs touch, follow at once, or one lies inside another', () => {
    expect(gaps(first, job('b', '2012-06', '2013-01'))).toEqual([])
    expect(gaps(first, job('b', '2012-07', '2013-01'))).toEqual([])
    expect(gaps(first, job('b', '2010-02', '2010-03'), job('c', '2012-08', '2013-01'))).toEqual([])
  })
  it('are none after a job that goes on', () =>
    expect(gaps(job('a', '2010-01', 'ongoing'), job('b', '2020-01', '2020-02'))).toEqual([]))
})

describe('months of work', () => {
  const months = (code: string, ...jobs: readonly Row[]) =>
    ofJobs(...jobs).find((fact) => fact.code === code)?.params.months

  it('count both end months, and those of several jobs once', () => {
    expect(months('work-months', job('a', '2020-01', '2020-01'))).toBe(1)
    expect(months('work-months', job('a', '2020-01', '2020-03'), job('b', '2020-03', '2020-04'))).toBe(4)
  })
  it('end with the month of submission where the job goes on', () =>
    expect(months('work-months', job('a', '2026-10', 'ongoing'))).toBe(2))
  it('of accounting are the union of the nested rows, of jobs with accounting work alone', () => {
    const jobs = [
      job('a', '2020-01', '2020-12', {}, [post('p', '2020-01', '2020-03'), post('q', '2020-02', '2020-05')]),
      job('b', '2026-01', 'ongoing', {}, [post('r', '2026-11', 'ongoing')]),
      job('c', '2021-01', '2021-12', { accounting: 'no' }, [post('s', '2021-01', '2021-12')]),
    ]
    expect(months('accounting-months', ...jobs)).toBe(6)
    expect(ofJobs(...jobs).find(({ code }) => code === 'accounting-months')).toMatchObject({
      rowId: sharedRow,
      target: '',
      tone: 'quiet',
      params: { until: '2026-11' },
    })
  })
  it('are not told where there are none', () => {
    expect(ofJobs()).toEqual([])
    expect(months('accounting-months', job('a', '2020-01', '2020-12'))).toBeUndefined()
  })
})

describe('codes and numbers of rows', () => {
  const codes = (scene: Scene) =>
    told(scene)
      .filter(({ section, target }) => section !== 'registration' && target !== '')
      .map(({ code, target, tone }) => [code, target, tone])
  const coded = (creditCode: string, values: Values = {}) =>
    codes({
      rows: { employment: [job('a', '2020-01', '2020-02', { noCode: '', creditCode, ...values })] },
    })

  it('tell a credit code sound, or that its inner digit is not', () => {
    expect(coded('91350100M000100Y43')).toEqual([['credit-code-sound', 'creditCode', 'good']])
    expect(coded('91440101TEST00000X')).toEqual([])
    const inner = coded('91440101MA59ABCD2G')
    expect(inner).toEqual([['credit-code-organisation-digit', 'creditCode', 'warn']])
  })
  it('say nothing of a code that does not count', () =>
    expect(coded('91350100M000100Y43', { noCode: '1' })).toEqual([]))

  const born = (birth: string) =>
    codes({
      person: { number: numberOf(`440106${birth.replaceAll('-', '')}124`), birth },
      rows: { employment: [job('a', '2006-03', '2006-04')] },
    })
  it('tell a job begun before sixteen', () => {
    expect(born('1990-03-31')).toEqual([])
    expect(born('1990-04-01')).toEqual([['under-sixteen', 'start', 'warn']])
  })

  const numbered = (values: Values) => codes({ rows: { education: [school(values)] } })
  it('tell what the applicant was told of certificate numbers (EDU-6)', () => {
    expect(numbered({})).toEqual([])
    expect(numbered({ diplomaNo: '105581201305000123' })).toEqual([
      ['diploma-number-year', 'diplomaNo', 'warn'],
    ])
    expect(numbered({ diplomaNo: 'A1', degreeNo: 'B2' })).toEqual([
      ['diploma-number-format', 'diplomaNo', 'warn'],
      ['degree-number-format', 'degreeNo', 'warn'],
    ])
    expect(numbered({ degree: 'doctor' })).toContainEqual(['degree-unusual', 'degree', 'warn'])
  })
})

describe('the same picture in somebody else’s case', () => {
  const files = [
    { section: 'basic', rowId: mainRow, slot: 'portrait', fileId: 'f1' },
    { section: 'basic', rowId: mainRow, slot: 'idFront', fileId: 'f2' },
    { section: 'employment', rowId: 'a', slot: 'creditProof', fileId: 'f3' },
  ]
  const seen = (elsewhere: ReadonlyMap<string, number>) =>
    told({ files, elsewhere })
      .filter(({ section }) => section !== 'registration')
      .map(({ code, rowId, target, tone, params }) => [code, rowId, target, tone, params])

  it('is told at that very picture', () =>
    expect(seen(new Map([['f1', 2]]))).toEqual([
      ['picture-elsewhere', mainRow, 'slot:portrait', 'bad', { file: 'f1', persons: 2 }],
    ]))
  it('is told quietly of what colleagues share', () =>
    expect(seen(new Map([['f3', 9]]))).toEqual([
      ['employer-picture-elsewhere', 'a', 'slot:creditProof', 'quiet', { file: 'f3', persons: 9 }],
    ]))
  it('is no fact where nobody else has it', () => {
    expect(seen(new Map())).toEqual([])
    expect(seen(new Map([['f9', 1]]))).toEqual([])
  })
})

describe('the facts of a submission', () => {
  it('stand in the order of its pages', () => {
    const scene = {
      rows: {
        education: [school({ diplomaNo: 'A1' })],
        employment: [job('a', '2020-01', 'ongoing', { noCode: '', creditCode: '91350100M000100Y43' })],
      },
    }
    expect(told(scene).map(({ section, code }) => [section, code])).toEqual([
      ['registration', 'id-agrees'],
      ['education', 'diploma-number-format'],
      ['employment', 'work-months'],
      ['employment', 'credit-code-sound'],
    ])
  })
})

describe('who reads facts', () => {
  const naming = (...names: readonly string[]) =>
    sourcesUnder('lib', 'app', 'ops', 'db')
      .filter(({ tree }) =>
        [...nodesOf(tree)].some((node) => ts.isIdentifier(node) && names.includes(node.text)),
      )
      .map(({ path }) => path)
      .sort()

  it('are sealed by the submission, and opened in one place', () => {
    // What the seed of a whole country makes up, it seals as a submission does; a rotation of keys seals what it finds.
    expect(naming('roundFactsContext')).toEqual([
      'db/queries/cases.ts',
      'lib/commands/support/send-round.ts',
      'ops/country/round-rows.ts',
      'ops/rotate/plan.ts',
    ])
  })

  it('are asked for by nothing but what reviewers do', () => {
    expect(naming('openFacts', 'machineWordsOf')).toEqual([
      'db/queries/cases.ts',
      'db/queries/review.ts',
      'lib/commands/approve-batch.ts',
      'lib/commands/support/late.ts',
      'lib/views/review-case.ts',
      'lib/views/review-pictures.ts',
      'lib/views/review-queue.ts',
    ])
  })
})
