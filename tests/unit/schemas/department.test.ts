import { expect, it } from 'vitest'
import { checkDepartmentFacts } from '#lib/schemas/department.ts'

const offered = ['labour-contract']
const read = (phone: string) =>
  checkDepartmentFacts(
    { phone, address: '', hours: '', reviewDays: '5', 'proofs.labour-contract': '1' },
    offered,
  )

it.each([
  '',
  '020-12345678',
  '(020) 12345678',
  '020-12345678-801',
  '020-12345678 转 801',
  '020-12345678转8001',
  '12345678转1',
])('takes %j as the telephone of an office', (phone) =>
  expect(read(phone)).toMatchObject({ ok: true, value: { phone } }),
)

it.each(['call me', '转801', '020-12345678 转', '020-12345678 转 x', '12345678转转1', '12345678 转 1234567'])(
  'refuses %j',
  (phone) =>
    expect(read(phone)).toMatchObject({
      ok: false,
      issues: [{ at: 'phone', code: 'telephone-format' }],
    }),
)

it('keeps it within what a line holds', () =>
  expect(read('(020) 12345678901 转 80')).toMatchObject({
    ok: false,
    issues: [{ at: 'phone', code: 'too-long' }],
  }))
