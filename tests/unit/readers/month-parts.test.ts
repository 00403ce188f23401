import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthNumbers, monthParts } from '#lib/readers/month-parts.ts'

test('the parts of every month make that month again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2999 }), fc.constantFrom(...monthNumbers), (year, month) => {
      expect(monthParts(`${year}-${month}`)).toEqual({ year: String(year), month, open: false })
    }),
  )
})

test.each([
  ['2010-', '2010', ''],
  ['-09', '', '09'],
  ['2010', '2010', ''],
  ['20-10-05', '20-10', '05'],
  ['2010-00', '2010', ''],
  ['2010-13', '2010', ''],
])('what a draft holds is kept as far as a control can show it: %s', (value, year, month) => {
  expect(monthParts(value)).toEqual({ year, month, open: false })
})

test('an open end has no month', () => {
  expect(monthParts('ongoing')).toEqual({ year: '', month: '', open: true })
})
