import { expect, it } from 'vitest'
import { writtenDate } from '#lib/domain/written-dates.ts'

it.each([
  ['2012-06', '2012', '2012-06', null],
  ['2012/6', '2012', '2012-06', null],
  ['2012.6.3', '2012', '2012-06', '2012-06-03'],
  ['2012年6月', '2012', '2012-06', null],
  [' 2012 年 6 月 30 日 ', '2012', '2012-06', '2012-06-30'],
  ['２０１２－０６', '2012', '2012-06', null],
  ['201206', '2012', '2012-06', null],
  ['20120630', '2012', '2012-06', '2012-06-30'],
  ['2012', '2012', null, null],
  ['2012年', '2012', null, null],
])('%s is understood', (text, year, month, day) => expect(writtenDate(text)).toEqual({ year, month, day }))

it.each([
  '',
  'June 2012',
  '12-06',
  '2012-13',
  '2012-00',
  '2012-02-30',
  '20120230',
  '2012-6-1-1',
  '1899',
  '2012-06-',
])('%j is no date', (text) => expect(writtenDate(text)).toBeNull())
