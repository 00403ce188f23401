import { describe, expect, it } from 'vitest'
import type { Actor, Grant, Role } from '#lib/domain/actor.ts'
import { exportKinds } from '#lib/domain/exports.ts'
import { exportableKinds, exportHome, judgeExport, mayExportFull } from '#lib/policy/export-policy.ts'

const city = 'p/c'
const staff = (role: Role, path: string | null, more: Partial<Grant> = {}): Actor => ({
  kind: 'staff',
  id: 'me',
  sessionId: 's',
  grants: [
    { role, departmentId: path === null ? null : (path.split('/').at(-1) ?? ''), path: path ?? '', ...more },
  ],
})
const applicant: Actor = { kind: 'applicant', id: 'me', sessionId: 's' }
const claimant: Actor = { kind: 'claimant', id: 'me', sessionId: 's' }
const ask = (actor: Actor, kind: (typeof exportKinds)[number], path: string, full = false) =>
  judgeExport(actor, { kind, path, full })
const kindsAt = (actor: Actor, path: string) => exportKinds.filter((kind) => ask(actor, kind, path) === 'yes')

describe('exports are for', () => {
  it.each<[Role, string | null, readonly string[]]>([
    ['manager', city, ['people', 'cases', 'figures', 'eligibility', 'entries']],
    ['viewer', city, ['people', 'cases', 'figures', 'entries']],
    ['auditor', city, ['audit']],
    ['auditor', null, ['audit']],
    ['operator', null, exportKinds],
    ['reviewer', city, []],
    // Offices without a department are for operators and auditors alone; an operator has none with one.
    ['manager', null, []],
    ['viewer', null, []],
    ['operator', city, []],
  ])('%s at %s: %s', (role, path, kinds) => {
    const actor = staff(role, path)
    expect(kindsAt(actor, `${city}/d`)).toEqual(kinds)
    expect(exportableKinds(actor)).toEqual(kinds)
  })

  it('the subtree of the grant, and not a sibling, what is above, or a name that begins alike', () => {
    const actor = staff('manager', city)
    expect(kindsAt(actor, city)).toHaveLength(5)
    for (const path of ['p', 'p/x', 'p/c2', '']) expect(kindsAt(actor, path)).toEqual([])
  })

  it('the whole country only for who has it', () => {
    expect(kindsAt(staff('operator', null), '')).toEqual(exportKinds)
    expect(kindsAt(staff('auditor', null), '')).toEqual(['audit'])
    for (const role of ['manager', 'viewer', 'auditor'] as const)
      expect(kindsAt(staff(role, city), '')).toEqual([])
  })

  it('nobody who is no member of staff, and nobody in somebody else’s place', () => {
    for (const actor of [applicant, claimant, staff('manager', city, { deputyFor: 'other' })]) {
      expect(exportableKinds(actor)).toEqual([])
      expect(kindsAt(actor, city)).toEqual([])
      expect(mayExportFull(actor)).toBe(false)
    }
  })
})

describe('whole numbers are for', () => {
  it('managers, of people, in their subtree', () => {
    const actor = staff('manager', city)
    expect(ask(actor, 'people', city, true)).toBe('yes')
    expect(ask(actor, 'people', 'p/x', true)).toBe('hidden')
    expect(ask(actor, 'cases', city, true)).toMatchObject({ at: 'full', code: 'export-full-beyond-you' })
    expect(mayExportFull(actor)).toBe(true)
  })

  it.each<[Role, string | null]>([
    ['viewer', city],
    ['operator', null],
  ])('not the %s, who is told so', (role, path) => {
    const actor = staff(role, path)
    expect(ask(actor, 'people', city, true)).toMatchObject({ at: 'full', code: 'export-full-beyond-you' })
    expect(mayExportFull(actor)).toBe(false)
  })

  it('not a manager of one place for another where they only look on', () => {
    const [manager, viewer] = [staff('manager', 'p/x'), staff('viewer', city)]
    if (manager.kind !== 'staff' || viewer.kind !== 'staff') throw new Error('staff')
    const both: Actor = { ...manager, grants: [...manager.grants, ...viewer.grants] }
    expect(ask(both, 'people', 'p/x', true)).toBe('yes')
    expect(ask(both, 'people', city, true)).toMatchObject({ code: 'export-full-beyond-you' })
  })
})

it('a form begins where the grant is', () => {
  expect(exportHome(staff('viewer', city), 'people')).toBe('c')
  expect(exportHome(staff('operator', null), 'people')).toBeNull()
  expect(exportHome(staff('auditor', city), 'audit')).toBe('c')
})
