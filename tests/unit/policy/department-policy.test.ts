import { describe, expect, it } from 'vitest'
import type { Actor, Role, Staff } from '#lib/domain/actor.ts'
import { type DepartmentVerb, judgeDepartment, managesDepartments } from '#lib/policy/department-policy.ts'

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
  'manager above': staff('above', 'manager', guangdong),
  manager: staff('manager', 'manager', guangzhou),
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

/** What everybody who is told anything is told; the others see nothing there. */
const answers = (verb: DepartmentVerb, path: string) =>
  Object.fromEntries(
    everybody.flatMap((who) => {
      const answer = judgeDepartment(actors[who], verb, path)
      return answer === 'hidden' ? [] : [[who, typeof answer === 'string' ? answer : answer.code]]
    }),
  )

const yes = (...who: Who[]) => Object.fromEntries(who.map((one) => [one, 'yes']))

describe('who may do what to a department (ADM-1)', () => {
  it.each(['see', 'edit', 'rename', 'add'] as const)('%s: at one’s own node and beneath', (verb) => {
    expect(answers(verb, guangdong)).toEqual(yes('operator', 'manager above'))
    expect(answers(verb, guangzhou)).toEqual(yes('operator', 'manager above', 'manager'))
    expect(answers(verb, tianhe)).toEqual(yes('operator', 'manager above', 'manager', 'manager below'))
  })

  it.each(['close', 'reopen'] as const)('%s: strictly below one’s own node', (verb) => {
    expect(answers(verb, guangdong)).toEqual({
      ...yes('operator'),
      'manager above': 'department-own-node',
    })
    expect(answers(verb, guangzhou)).toEqual({
      ...yes('operator', 'manager above'),
      manager: 'department-own-node',
    })
    expect(answers(verb, tianhe)).toEqual({
      ...yes('operator', 'manager above', 'manager'),
      'manager below': 'department-own-node',
    })
  })

  it('receive: within one’s scope, and who looks after departments elsewhere is told', () => {
    const { operator: _, ...elsewhere } = answers('receive', 'nowhere')
    expect(Object.keys(elsewhere).sort()).toEqual(
      ['manager', 'manager above', 'manager below', 'manager beside', 'manager of a like path'].sort(),
    )
    expect(new Set(Object.values(elsewhere))).toEqual(new Set(['department-target-outside']))
    expect(answers('receive', tianhe)).toMatchObject(
      yes('operator', 'manager above', 'manager', 'manager below'),
    )
  })

  it('rules: of the first level alone, and by who manages all of it', () => {
    expect(answers('rules', guangdong)).toEqual(yes('operator', 'manager above'))
    for (const path of [guangzhou, tianhe, zhuhai]) expect(answers('rules', path)).toEqual({})
  })

  it('nothing is anybody’s where there is no path', () => {
    for (const verb of ['see', 'edit', 'rename', 'add', 'close', 'reopen', 'rules'] as const)
      expect(answers(verb, '')).toEqual({})
  })

  it('is for operators and managers alone', () => {
    expect(everybody.filter((who) => managesDepartments(actors[who])).sort()).toEqual(
      [
        'operator',
        'manager',
        'manager above',
        'manager below',
        'manager beside',
        'manager of a like path',
      ].sort(),
    )
  })
})
