import { expect, it } from 'vitest'
import type { Actor, Grant, Role } from '#lib/domain/actor.ts'
import { auditScope } from '#lib/policy/audit-policy.ts'

const grant = (role: Role, path = ''): Grant => ({
  role,
  departmentId: path === '' ? null : (path.split('/').at(-1) ?? null),
  path,
})
const staff = (...grants: Grant[]): Actor => ({ kind: 'staff', id: 's', sessionId: 's', grants })
const guangzhou = '440000/440100'

it.each<[string, Actor]>([
  ['a reviewer', staff(grant('reviewer', guangzhou))],
  ['a manager', staff(grant('manager', guangzhou))],
  ['a viewer', staff(grant('viewer', guangzhou))],
  ['an operator of a place, whom nobody can make', staff(grant('operator', guangzhou))],
  ['staff without grants', staff()],
  ['an applicant', { kind: 'applicant', id: 'a', sessionId: 's' }],
  ['a claimant', { kind: 'claimant', id: 'a', sessionId: 's' }],
])('%s looks into no log', (_, actor) => expect(auditScope(actor)).toBeNull())

it('auditors look into their subtrees, and into nothing by what else they are', () => {
  expect(auditScope(staff(grant('auditor', guangzhou), grant('reviewer', '110000')))).toEqual({
    paths: [guangzhou],
  })
  expect(auditScope(staff(grant('auditor', guangzhou), grant('auditor', '110000')))).toEqual({
    paths: [guangzhou, '110000'],
  })
})

it('an auditor without a department and an operator look everywhere', () => {
  expect(auditScope(staff(grant('auditor')))).toEqual({ paths: null })
  expect(auditScope(staff(grant('operator')))).toEqual({ paths: null })
  expect(auditScope(staff(grant('auditor', guangzhou), grant('operator')))).toEqual({ paths: null })
})

it('an auditor whose department is gone looks nowhere', () =>
  expect(auditScope(staff({ role: 'auditor', departmentId: 'gone', path: '' }))).toBeNull())
