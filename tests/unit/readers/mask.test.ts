import { expect, test } from 'vitest'
import { shownTo } from '#lib/readers/mask.ts'
import { common } from '#lib/text/sections.ts'

test.each([
  ['number', '105581201405001234', '1055**********1234'],
  ['phone', '13812345678', '138****5678'],
  ['address', '广东省广州市天河区1号', '广东省广州市*****'],
  ['address', '天河', '天*'],
  ['email', 'zhang@example.com', 'z****@example.com'],
  ['email', 'z@example.com', '*@example.com'],
] as const)('a reviewer sees a %s masked', (mask, shown, masked) => {
  expect(shownTo({ shown, mask }, 'reviewer')).toBe(masked)
})

test('owner and print see it whole', () => {
  const answer = { shown: '13812345678', mask: 'phone' } as const
  expect(shownTo(answer, 'owner')).toBe('13812345678')
  expect(shownTo(answer, 'print')).toBe('13812345678')
})

test('what has no mask, and what was not answered, is shown as it is', () => {
  expect(shownTo({ shown: '中山大学' }, 'reviewer')).toBe('中山大学')
  expect(shownTo({ shown: common.blank, mask: 'address' }, 'reviewer')).toBe(common.blank)
})
