import { describe, expect, it } from 'vitest'
import type { Actor, Grant, Role, Staff } from '#lib/domain/actor.ts'
import { mayKeepRosters, rosterOffices } from '#lib/policy/roster-policy.ts'

const [guangdong, guangzhou, tianhe, zhuhai] = [
  '440000',
  '440000/440100',
  '440000/440100/440106',
  '440000/440400',
]
const grant = (role: Role, path: string, deputyFor: string | null = null): Grant => ({
  role,
  departmentId: path === '' ? null : (path.split('/').at(-1) ?? null),
  path,
  deputyFor,
})
const staff = (...grants: Grant[]): Staff => ({ kind: 'staff', id: 's', sessionId: 's', grants })

describe('who enters lists of trainees (CRE-1)', () => {
  it.each<[string, Actor, string[]]>([
    ['a reviewer', staff(grant('reviewer', guangzhou)), [guangzhou, tianhe]],
    ['a manager', staff(grant('manager', guangdong)), [guangdong, guangzhou, tianhe, zhuhai]],
    ['a deputy', staff(grant('reviewer', tianhe, 'absent')), [tianhe]],
    ['a viewer', staff(grant('viewer', guangdong)), []],
    ['an auditor', staff(grant('auditor', guangdong), grant('auditor', '')), []],
    ['an operator', staff(grant('operator', '')), []],
    ['a manager of nothing', staff(grant('manager', '')), []],
    ['a reviewer of a like path', staff(grant('reviewer', '440000/4401')), []],
    ['nobody any more', staff(), []],
    ['an applicant', { kind: 'applicant', id: 'a', sessionId: 's' }, []],
    ['a claimant', { kind: 'claimant', id: 'a', sessionId: 's' }, []],
  ])('%s', (_, actor, expected) => {
    const all = [guangdong, guangzhou, tianhe, zhuhai, '']
    expect(all.filter((path) => mayKeepRosters(actor, path))).toEqual(expected)
    if (expected.length > 0)
      expect(rosterOffices(actor).map(({ path }) => path)).toEqual(expected.slice(0, 1))
  })

  it.each<[string, Actor]>([
    ['a viewer', staff(grant('viewer', guangdong))],
    ['an operator', staff(grant('operator', ''))],
    ['a manager of nothing', staff(grant('manager', ''))],
    ['an applicant', { kind: 'applicant', id: 'a', sessionId: 's' }],
  ])('%s has no office for it', (_, actor) => expect(rosterOffices(actor)).toEqual([]))

  it('names an office once, whichever roles somebody has there', () =>
    expect(
      rosterOffices(
        staff(
          grant('reviewer', tianhe),
          grant('manager', tianhe),
          grant('viewer', zhuhai),
          grant('reviewer', guangzhou, 'x'),
        ),
      ).map(({ path }) => path),
    ).toEqual([tianhe, guangzhou]))
})
