import { describe, expect, it } from 'vitest'
import type { Actor, Role, Staff } from '#lib/domain/actor.ts'
import { isFault } from '#lib/domain/errors.ts'
import {
  authorised,
  isInScope,
  judgeOffice,
  judgeStaff,
  letsIn,
  mayGive,
  type Office,
  rolesToGive,
  type StaffFacts,
  type StaffVerb,
  staffScope,
} from '#lib/policy/staff-policy.ts'

const [guangdong, guangzhou, tianhe, zhuhai, likewise] = [
  '440000',
  '440000/440100',
  '440000/440100/440106',
  '440000/440400',
  '440000/4401',
]

const staff = (id: string, role: Role, path: string): Staff => ({
  kind: 'staff',
  id,
  sessionId: 's',
  grants: [{ role, departmentId: path === '' ? null : (path.split('/').at(-1) ?? null), path }],
})

const actors = {
  operator: staff('operator', 'operator', ''),
  'operator of a place': staff('placed', 'operator', guangzhou),
  manager: staff('manager', 'manager', guangzhou),
  'manager above': staff('above', 'manager', guangdong),
  'manager below': staff('below', 'manager', tianhe),
  'manager beside': staff('beside', 'manager', zhuhai),
  'manager of a like path': staff('like', 'manager', likewise),
  'manager of nothing': staff('nothing', 'manager', ''),
  reviewer: staff('reviewer', 'reviewer', guangdong),
  viewer: staff('viewer', 'viewer', guangdong),
  auditor: staff('auditor', 'auditor', ''),
  'without grants': { ...staff('bare', 'manager', guangzhou), grants: [] },
  applicant: { kind: 'applicant', id: 'applicant', sessionId: 's' },
  claimant: { kind: 'claimant', id: 'claimant', sessionId: 's' },
} satisfies Record<string, Actor>
type Who = keyof typeof actors
const everybody = Object.keys(actors) as Who[]

const roles = ['reviewer', 'manager', 'viewer', 'auditor', 'operator'] as const
const word = (answer: ReturnType<typeof judgeStaff>) => (typeof answer === 'string' ? answer : answer.code)

describe('who may give an office', () => {
  /** Who may, for every role and place; everybody else may not. */
  const may: Readonly<Record<Role, Readonly<Record<string, readonly Who[]>>>> = {
    reviewer: atOrAbove(),
    viewer: atOrAbove(),
    auditor: atOrAbove(),
    manager: {
      '': ['operator'],
      [guangdong]: ['operator'],
      [guangzhou]: ['operator', 'manager above'],
      [tianhe]: ['operator', 'manager above', 'manager'],
      [zhuhai]: ['operator', 'manager above'],
    },
    operator: {
      '': ['operator'],
      [guangdong]: ['operator'],
      [guangzhou]: ['operator'],
      [tianhe]: ['operator'],
      [zhuhai]: ['operator'],
    },
  }
  function atOrAbove(): Readonly<Record<string, readonly Who[]>> {
    return {
      '': ['operator'],
      [guangdong]: ['operator', 'manager above'],
      [guangzhou]: ['operator', 'manager above', 'manager'],
      [tianhe]: ['operator', 'manager above', 'manager', 'manager below'],
      [zhuhai]: ['operator', 'manager above', 'manager beside'],
    }
  }
  describe.each(roles)('%s', (role) => {
    it.each(Object.keys(may[role]))('at “%s”', (path) => {
      const found = everybody.filter((who) => mayGive(actors[who], { role, path }))
      expect(new Set(found)).toEqual(new Set(may[role][path]))
      for (const who of everybody)
        expect([who, judgeOffice(actors[who], { role, path }) === 'yes']).toEqual([who, found.includes(who)])
    })
  })

  it('offers roles to those who have staff, and nothing to all others', () => {
    for (const who of everybody) {
      const offered = rolesToGive(actors[who])
      if (who === 'operator') expect(offered).toEqual(roles)
      else if (/^manager(?! of nothing)/.test(who))
        expect(offered).toEqual(['reviewer', 'manager', 'viewer', 'auditor'])
      else expect([who, offered]).toEqual([who, []])
    }
  })

  it('says why not to those who give something, and hides it from all others', () => {
    const answer = (who: Who, role: Role, path: string) => word(judgeOffice(actors[who], { role, path }))
    expect(answer('manager', 'operator', '')).toBe('staff-role-beyond-you')
    expect(answer('manager', 'manager', guangzhou)).toBe('staff-manager-below')
    expect(answer('manager', 'manager', guangdong)).toBe('staff-outside-scope')
    expect(answer('manager', 'reviewer', zhuhai)).toBe('staff-outside-scope')
    expect(answer('manager', 'auditor', '')).toBe('staff-outside-scope')
    expect(answer('manager of a like path', 'reviewer', guangzhou)).toBe('staff-outside-scope')
    for (const who of everybody.filter((one) => rolesToGive(actors[one]).length === 0))
      for (const role of roles) expect([who, role, answer(who, role, tianhe)]).toEqual([who, role, 'hidden'])
  })
})

describe('who may do what to a member of staff', () => {
  const verbs = ['see', 'suspend', 'resume', 'renew', 'give', 'end'] as const satisfies readonly StaffVerb[]
  const changing = verbs.filter((verb) => verb !== 'see')
  const one = (...offices: Office[]): StaffFacts => ({ id: 'member', offices })
  const reviewerOf = (path: string): Office => ({ role: 'reviewer', path })
  const managerOf = (path: string): Office => ({ role: 'manager', path })

  const cases: readonly (readonly [string, StaffFacts, Partial<Record<Who, string>>])[] = [
    [
      'a reviewer of 天河区',
      one(reviewerOf(tianhe)),
      { operator: 'yes', 'manager above': 'yes', manager: 'yes', 'manager below': 'yes' },
    ],
    [
      'the manager of 天河区',
      one(managerOf(tianhe)),
      { operator: 'yes', 'manager above': 'yes', manager: 'yes', 'manager below': 'staff-beyond-you' },
    ],
    [
      'a manager of 广州市',
      one(managerOf(guangzhou)),
      { operator: 'yes', 'manager above': 'yes', manager: 'staff-beyond-you' },
    ],
    [
      'a reviewer of 天河区 and of 广东省',
      one(reviewerOf(tianhe), reviewerOf(guangdong)),
      {
        operator: 'yes',
        'manager above': 'yes',
        manager: 'staff-beyond-you',
        'manager below': 'staff-beyond-you',
      },
    ],
    [
      'a reviewer of 天河区 who is an operator',
      one(reviewerOf(tianhe), { role: 'operator', path: '' }),
      {
        operator: 'yes',
        'manager above': 'staff-beyond-you',
        manager: 'staff-beyond-you',
        'manager below': 'staff-beyond-you',
      },
    ],
    ['an operator', one({ role: 'operator', path: '' }), { operator: 'yes' }],
    ['an auditor of the whole country', one({ role: 'auditor', path: '' }), { operator: 'yes' }],
    ['somebody without any office', one(), { operator: 'yes' }],
  ]
  describe.each(cases)('%s', (_, facts, answers) => {
    it.each(everybody)('%s', (who) => {
      const expected = answers[who] ?? 'hidden'
      for (const verb of changing)
        expect([verb, word(judgeStaff(actors[who], verb, facts))]).toEqual([verb, expected])
      expect(judgeStaff(actors[who], 'see', facts)).toBe(expected === 'hidden' ? 'hidden' : 'yes')
    })
  })

  it.each(changing)('nobody does it to themselves: %s', (verb) => {
    for (const [who, offices] of [
      ['operator', [{ role: 'operator', path: '' }]],
      ['manager', [managerOf(guangzhou)]],
      ['manager above', [reviewerOf(tianhe)]],
    ] as const)
      expect(word(judgeStaff(actors[who], verb, { id: actors[who].id, offices }))).toBe('staff-self')
  })

  it('nobody takes the last operator away, whoever they are', () => {
    const last = { ...one({ role: 'operator', path: '' }), leavesNoOperator: true }
    expect(verbs.map((verb) => word(judgeStaff(actors.operator, verb, last)))).toEqual([
      'yes',
      'staff-last-operator',
      'yes',
      'yes',
      'yes',
      'staff-last-operator',
    ])
    expect(judgeStaff(actors.manager, 'suspend', last)).toBe('hidden')
  })
})

describe('whose leave it is', () => {
  const reviewing = (...offices: Office[]): StaffFacts => ({ id: 'member', offices, reviews: true })
  const cases: readonly (readonly [string, StaffFacts, Partial<Record<Who, string>>])[] = [
    [
      'a reviewer of 天河区',
      reviewing({ role: 'reviewer', path: tianhe }),
      { operator: 'yes', 'manager above': 'yes', manager: 'yes', 'manager below': 'yes' },
    ],
    [
      'the manager of 天河区',
      reviewing({ role: 'manager', path: tianhe }),
      { operator: 'yes', 'manager above': 'yes', manager: 'yes', 'manager below': 'staff-beyond-you' },
    ],
    [
      'a reviewer of 天河区 who stands in for one of 珠海市',
      { ...reviewing({ role: 'reviewer', path: tianhe }), acting: [{ role: 'reviewer', path: zhuhai }] },
      {
        operator: 'yes',
        'manager above': 'yes',
        manager: 'yes',
        'manager below': 'yes',
        'manager beside': 'staff-beyond-you',
      },
    ],
  ]
  describe.each(cases)('of %s', (_, facts, answers) => {
    it.each(everybody)('%s', (who) => {
      for (const verb of ['leave', 'end-leave'] as const)
        expect([verb, word(judgeStaff(actors[who], verb, facts))]).toEqual([verb, answers[who] ?? 'hidden'])
    })
  })

  it('nobody enters one for who reviews nothing now; one that is there can be ended', () => {
    const viewer: StaffFacts = { id: 'member', offices: [{ role: 'viewer', path: tianhe }] }
    expect(word(judgeStaff(actors.manager, 'leave', viewer))).toBe('leave-without-office')
    expect(word(judgeStaff(actors['manager beside'], 'leave', viewer))).toBe('hidden')
    expect(judgeStaff(actors.manager, 'end-leave', viewer)).toBe('yes')
  })

  it('everybody who reviews enters their own, and who does not has none to enter', () => {
    const own = (reviews: boolean): StaffFacts => ({ id: 'member', offices: [], reviews })
    const self = staff('member', 'reviewer', tianhe)
    expect(judgeStaff(self, 'leave', own(true))).toBe('yes')
    expect(judgeStaff(self, 'leave', own(false))).toBe('hidden')
    expect(judgeStaff(self, 'end-leave', own(false))).toBe('yes')
    const applicant: Actor = { kind: 'applicant', id: 'member', sessionId: 's' }
    for (const verb of ['leave', 'end-leave'] as const)
      expect(judgeStaff(applicant, verb, own(true))).toBe('hidden')
  })
})

describe('who stands in for somebody', () => {
  const facts: StaffFacts = {
    id: 'member',
    offices: [{ role: 'reviewer', path: tianhe }],
    acting: [{ role: 'manager', path: zhuhai }],
  }
  it('is seen where they do, and looked after where they belong', () => {
    expect(judgeStaff(actors['manager beside'], 'see', facts)).toBe('yes')
    for (const verb of ['suspend', 'resume', 'renew', 'give', 'end'] as const) {
      expect(word(judgeStaff(actors['manager beside'], verb, facts))).toBe('staff-beyond-you')
      expect(judgeStaff(actors['manager below'], verb, facts)).toBe('yes')
    }
  })
})

describe('whose staff are seen', () => {
  it('all of them by an operator, those of their subtrees by a manager, none by others', () => {
    expect(staffScope(actors.operator)).toBeNull()
    expect(staffScope(actors.manager)).toEqual([guangzhou])
    expect(staffScope(actors['manager of nothing'])).toEqual([])
    expect(staffScope(actors.reviewer)).toEqual([])
  })
  it('ends where the subtree ends', () => {
    expect(isInScope(null, '')).toBe(true)
    for (const [path, inside] of [
      [guangzhou, true],
      [tianhe, true],
      [guangdong, false],
      [zhuhai, false],
      [likewise, false],
      ['', false],
    ] as const)
      expect([path, isInScope([guangzhou], path)]).toEqual([path, inside])
    expect(isInScope([], tianhe)).toBe(false)
  })
})

describe('a link', () => {
  const office: Office = { role: 'reviewer', path: tianhe }
  const member: StaffFacts = { id: 'member', offices: [office] }
  it.each([
    ['an operator’s command', null, office, true],
    ['who may still give the office', actors.manager, office, true],
    ['who may not any more', actors.reviewer, office, false],
    ['who is gone', 'gone', office, false],
    ['who may still renew the account', actors['manager below'], member, true],
    ['who may not renew it any more', actors['manager beside'], member, false],
    ['the member themselves', staff('member', 'manager', guangdong), member, false],
    ['a manager, into an account that is gone', actors.manager, 'gone', false],
    ['an operator’s command, for an office there is not', null, 'gone', false],
  ] as const)('of %s', (_, inviter, opens, lets) => {
    expect(letsIn({ isOpen: true, inviter, opens })).toBe(lets)
    expect(letsIn({ isOpen: false, inviter, opens })).toBe(false)
  })
})

describe('authorised', () => {
  const thrown = (answer: Parameters<typeof authorised>[0]) => {
    try {
      authorised(answer)
    } catch (error) {
      if (isFault(error)) return [error.code, ...error.issues.map(({ code }) => code)]
      throw error
    }
    return []
  }
  it('lets pass, hides, or says why', () => {
    expect(thrown('yes')).toEqual([])
    expect(thrown('hidden')).toEqual(['not-found'])
    expect(thrown({ at: null, code: 'staff-self' })).toEqual(['refused', 'staff-self'])
  })
})
