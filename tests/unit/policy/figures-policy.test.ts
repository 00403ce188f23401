import { describe, expect, it } from 'vitest'
import type { Actor, Role, Staff } from '#lib/domain/actor.ts'
import { figureRoots, judgeFigures, seesFigures } from '#lib/policy/figures-policy.ts'

const [guangdong, guangzhou, tianhe, zhuhai, likewise] = [
  '440000',
  '440000/440100',
  '440000/440100/440106',
  '440000/440400',
  '440000/4401',
]

const grant = (role: Role, path: string) => ({
  role,
  departmentId: path === '' ? null : (path.split('/').at(-1) ?? null),
  path,
})
const staff = (id: string, ...grants: Staff['grants']): Staff => ({
  kind: 'staff',
  id,
  sessionId: 's',
  grants,
})

const actors = {
  operator: staff('operator', grant('operator', '')),
  'operator of a place': staff('placed', grant('operator', guangzhou)),
  manager: staff('manager', grant('manager', guangzhou)),
  viewer: staff('viewer', grant('viewer', guangzhou)),
  'manager beside': staff('beside', grant('manager', zhuhai)),
  'viewer below': staff('below', grant('viewer', tianhe)),
  'viewer of a like path': staff('like', grant('viewer', likewise)),
  'manager of nothing': staff('nothing', grant('manager', '')),
  reviewer: staff('reviewer', grant('reviewer', guangdong)),
  auditor: staff('auditor', grant('auditor', ''), grant('auditor', guangdong)),
  'without grants': staff('bare'),
  applicant: { kind: 'applicant', id: 'applicant', sessionId: 's' },
  claimant: { kind: 'claimant', id: 'claimant', sessionId: 's' },
} satisfies Record<string, Actor>
const everybody = Object.entries<Actor>(actors)
const who = (may: (actor: Actor) => boolean) =>
  everybody.flatMap(([name, actor]) => (may(actor) ? [name] : []))

describe('who sees which figures (ADM-2)', () => {
  it.each([
    ['the whole country', '', ['operator']],
    ['the province', guangdong, ['operator']],
    ['the city', guangzhou, ['operator', 'manager', 'viewer']],
    ['the district', tianhe, ['operator', 'manager', 'viewer', 'viewer below']],
    ['the city beside', zhuhai, ['operator', 'manager beside']],
  ])('of %s', (_, path, names) =>
    expect(who((actor) => judgeFigures(actor, 'see', path) === 'yes')).toEqual(names),
  )

  it('and who does the work is for managers alone', () =>
    expect(who((actor) => judgeFigures(actor, 'see-work', tianhe) === 'yes')).toEqual([
      'operator',
      'manager',
    ]))

  it('and who has none to see', () =>
    expect(who((actor) => !seesFigures(actor))).toEqual([
      'operator of a place',
      'manager of nothing',
      'reviewer',
      'auditor',
      'without grants',
      'applicant',
      'claimant',
    ]))

  it('begin at the topmost of one’s places', () => {
    expect(figureRoots(actors.operator)).toBeNull()
    expect(figureRoots(actors.reviewer)).toEqual([])
    const many = staff(
      'many',
      grant('viewer', tianhe),
      grant('manager', guangzhou),
      grant('viewer', guangzhou),
      grant('viewer', zhuhai),
      grant('reviewer', guangdong),
    )
    expect(figureRoots(many)).toEqual([guangzhou, zhuhai])
  })
})
