import { describe, expect, it } from 'vitest'
import { type Colleague, judgeDeputy } from '#lib/policy/deputy-policy.ts'
import type { Office } from '#lib/policy/staff-policy.ts'

const [guangdong, guangzhou, tianhe, yuexiu, hunan] = [
  '440000',
  '440000/440100',
  '440000/440100/440106',
  '440000/440100/440104',
  '430000',
]
const colleague = (over: Partial<Colleague>): Colleague => ({
  id: 'deputy',
  own: [],
  isActive: true,
  isAway: false,
  offices: [{ role: 'reviewer', path: yuexiu }],
  ...over,
})
const absent = (...offices: Office[]) =>
  colleague({ id: 'absent', own: ['p1'], offices: offices.length > 0 ? offices : [reviewerOf(tianhe)] })
const reviewerOf = (path: string): Office => ({ role: 'reviewer', path })
const managerOf = (path: string): Office => ({ role: 'manager', path })
const word = (answer: ReturnType<typeof judgeDeputy>) =>
  'code' in answer ? [answer.at, answer.code] : answer.map(({ role, path }) => `${role} ${path}`)

describe('who may stand in for a reviewer of 天河区', () => {
  it.each<[string, Colleague | null, readonly (string | null)[]]>([
    ['a reviewer beside', colleague({}), [`reviewer ${tianhe}`]],
    ['a manager beside', colleague({ offices: [managerOf(yuexiu)] }), [`reviewer ${tianhe}`]],
    [
      'a viewer of the same department',
      colleague({ offices: [{ role: 'viewer', path: tianhe }] }),
      [`reviewer ${tianhe}`],
    ],
    [
      'a viewer of the whole province',
      colleague({ offices: [{ role: 'viewer', path: guangdong }] }),
      [`reviewer ${tianhe}`],
    ],
    [
      'an auditor there',
      colleague({ offices: [{ role: 'auditor', path: tianhe }] }),
      ['deputy', 'deputy-unknown'],
    ],
    [
      'an auditor of the whole country',
      colleague({ offices: [{ role: 'auditor', path: '' }] }),
      ['deputy', 'deputy-unknown'],
    ],
    ['an operator', colleague({ offices: [{ role: 'operator', path: '' }] }), ['deputy', 'deputy-unknown']],
    [
      'a reviewer of another province',
      colleague({ offices: [reviewerOf(hunan)] }),
      ['deputy', 'deputy-unknown'],
    ],
    [
      'a reviewer of a province with a like number',
      colleague({ offices: [reviewerOf('4400001')] }),
      ['deputy', 'deputy-unknown'],
    ],
    ['somebody without an office', colleague({ offices: [] }), ['deputy', 'deputy-unknown']],
    ['nobody', null, ['deputy', 'deputy-unknown']],
    ['who is suspended', colleague({ isActive: false }), ['deputy', 'deputy-unknown']],
    ['who is suspended and away', colleague({ isActive: false, isAway: true }), ['deputy', 'deputy-unknown']],
    ['who is away', colleague({ isAway: true }), ['deputy', 'deputy-away']],
    [
      'who is away in another province',
      colleague({ isAway: true, offices: [reviewerOf(hunan)] }),
      ['deputy', 'deputy-unknown'],
    ],
    ['themselves', colleague({ id: 'absent' }), ['deputy', 'deputy-self']],
    ['themselves by another account', colleague({ own: ['p1'] }), ['deputy', 'deputy-self']],
    ['another reviewer there', colleague({ offices: [reviewerOf(tianhe)] }), ['deputy', 'deputy-needless']],
    ['the manager there', colleague({ offices: [managerOf(tianhe)] }), ['deputy', 'deputy-needless']],
    [
      'a reviewer of the city above',
      colleague({ offices: [reviewerOf(guangzhou)] }),
      ['deputy', 'deputy-needless'],
    ],
  ])('%s', (_, deputy, expected) => {
    expect(word(judgeDeputy(absent(), deputy))).toEqual(expected)
  })

  it('is not settled by two people whose identity nobody named', () => {
    expect(
      word(judgeDeputy(colleague({ id: 'absent', offices: [reviewerOf(tianhe)] }), colleague({}))),
    ).toEqual([`reviewer ${tianhe}`])
  })
})

describe('what is handed over', () => {
  it.each<[string, readonly Office[], readonly Office[], readonly string[]]>([
    [
      'reviewing and managing',
      [reviewerOf(tianhe), managerOf(tianhe)],
      [reviewerOf(yuexiu)],
      [`reviewer ${tianhe}`, `manager ${tianhe}`],
    ],
    [
      'managing, to a reviewer of the same place',
      [managerOf(tianhe)],
      [reviewerOf(tianhe)],
      [`manager ${tianhe}`],
    ],
    [
      'only what the deputy does not do anyway',
      [reviewerOf(tianhe), managerOf(yuexiu)],
      [reviewerOf(guangzhou)],
      [`manager ${yuexiu}`],
    ],
    [
      'only what lies in one province with the deputy',
      [reviewerOf(tianhe), reviewerOf(hunan)],
      [reviewerOf(yuexiu)],
      [`reviewer ${tianhe}`],
    ],
    [
      'never looking on, auditing or operating',
      [
        reviewerOf(tianhe),
        { role: 'viewer', path: tianhe },
        { role: 'auditor', path: tianhe },
        { role: 'operator', path: '' },
      ],
      [reviewerOf(yuexiu)],
      [`reviewer ${tianhe}`],
    ],
  ])('%s', (_, work, offices, expected) => {
    expect(word(judgeDeputy(absent(...work), colleague({ offices })))).toEqual(expected)
  })

  it('is nothing where nothing is handed over at all', () => {
    const viewer = absent({ role: 'viewer', path: tianhe })
    expect(word(judgeDeputy(viewer, colleague({})))).toEqual(['deputy', 'deputy-unknown'])
  })
})
