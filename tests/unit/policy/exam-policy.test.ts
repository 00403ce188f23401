import { describe, expect, it } from 'vitest'
import type { Actor, Grant, Role, Staff } from '#lib/domain/actor.ts'
import { runsExams, runsProvince, seesExamSessions } from '#lib/policy/exam-policy.ts'

const grant = (role: Role, path: string, deputyFor: string | null = null): Grant => ({
  role,
  departmentId: path === '' ? null : (path.split('/').at(-1) ?? null),
  path,
  deputyFor,
})
const staff = (...grants: Grant[]): Staff => ({ kind: 'staff', id: 's', sessionId: 's', grants })
const places = ['440000', '440300', '440000/440100', '440000/440100/440106', '430000', '']

describe('who looks after exams (EXM-1)', () => {
  it.each<[string, Actor, boolean, string[]]>([
    ['an operator', staff(grant('operator', '')), true, ['440000', '440300', '430000']],
    ['a manager of a province', staff(grant('manager', '440000')), false, ['440000']],
    [
      'a manager of two',
      staff(grant('manager', '440000'), grant('manager', '440300')),
      false,
      ['440000', '440300'],
    ],
    ['a manager of a city', staff(grant('manager', '440000/440100')), false, []],
    ['who stands in for a manager', staff(grant('manager', '440000', 'absent')), false, []],
    ['a reviewer of a province', staff(grant('reviewer', '440000')), false, []],
    ['a viewer of a province', staff(grant('viewer', '440000')), false, []],
    ['an auditor of everything', staff(grant('auditor', '')), false, []],
    ['an operator of a place', staff({ ...grant('operator', '440000'), departmentId: '440000' }), false, []],
    ['a manager of nothing', staff(grant('manager', '')), false, []],
    ['nobody any more', staff(), false, []],
    ['an applicant', { kind: 'applicant', id: 'a', sessionId: 's' }, false, []],
    ['a claimant', { kind: 'claimant', id: 'a', sessionId: 's' }, false, []],
  ])('%s', (_, actor, nationwide, provinces) => {
    expect(runsExams(actor)).toBe(nationwide)
    expect(places.filter((path) => runsProvince(actor, path))).toEqual(provinces)
    expect(seesExamSessions(actor)).toBe(provinces.length > 0)
  })
})
