import { expect, it } from 'vitest'
import { checkAuditPeriod } from '#lib/schemas/audit.ts'

const today = '2026-11-21'
const check = (from: string, to: string) => {
  const found = checkAuditPeriod({ from, to }, today)
  return found.ok
    ? `${found.value.from} ${found.value.to}`
    : found.issues.map(({ at, code }) => `${at} ${code}`)
}

it('is the last thirty days where nobody says, or ends where it is said', () => {
  expect(check('', '')).toBe('2026-10-23 2026-11-21')
  expect(check(' ', '2026.3.31')).toBe('2026-03-02 2026-03-31')
  expect(check('2026年11月1日', '')).toBe('2026-11-01 2026-11-21')
})

it('may be one day, and a year of 366, and no longer', () => {
  expect(check(today, today)).toBe('2026-11-21 2026-11-21')
  expect(check('2024-01-01', '2024-12-31')).toBe('2024-01-01 2024-12-31')
  expect(check('2025-01-01', '2026-01-01')).toBe('2025-01-01 2026-01-01')
  expect(check('2025-01-01', '2026-01-02')).toEqual(['from audit-long'])
})

it('is refused at the day that is none, and where it ends before it begins', () => {
  expect(check('2026-02-30', 'soon')).toEqual(['from audit-day', 'to audit-day'])
  expect(check('2026-11-02', '2026-11-01')).toEqual(['to audit-order'])
  expect(check('2026-12-01', '')).toEqual(['to audit-order'])
})
