import { describe, expect, test } from 'vitest'
import { type CalendarLine, checkCalendar } from '#lib/schemas/calendar.ts'

/** `2027-01-01 休 元旦`, each on a line of its own. */
const lines = (...texts: readonly string[]): CalendarLine[] =>
  texts.map((text, index) => {
    const [day = '', type = '', name = ''] = text.split(' ')
    const working = type === '班' ? true : type === '休' ? false : null
    return { line: index + 1, day, working, type, name }
  })
/** Free days that every year has; 1 and 2 May and 2 and 3 October 2027 are weekends. */
const whole = ['2027-01-01 休 元旦', '2027-05-03 休 劳动节', '2027-10-01 休 国庆节'] as const
const check = (...texts: readonly string[]) => checkCalendar('2027', lines(...whole, ...texts))

describe('the calendar of a year', () => {
  test('is taken as it stands, in any way to write a day', () => {
    const read = check('2027/2/6 休 春节', '2027-2-20 班', '2027年10月9日 班 国庆节', '2027.2.8 休 春节')
    expect(read.faults).toEqual([])
    expect(read.days.slice(3)).toEqual([
      { day: '2027-02-06', working: false, name: '春节' },
      { day: '2027-02-20', working: true, name: '' },
      { day: '2027-10-09', working: true, name: '国庆节' },
      { day: '2027-02-08', working: false, name: '春节' },
    ])
  })

  test.each([
    ['2027-02-30 休', 'day-invalid', '2027-02-30'],
    [' 休', 'day-invalid', ''],
    ['2027-02 休', 'day-invalid', '2027-02'],
    ['2026-12-24 休', 'day-of-other-year', '2026-12-24'],
    ['2028-01-01 休', 'day-of-other-year', '2028-01-01'],
    ['2027/1/1 休', 'day-twice', '2027-01-01'],
    ['2027-02-08 假', 'type-unknown', '假'],
    [`2027-02-08 休 ${'长'.repeat(41)}`, 'name-too-long', '长'.repeat(40)],
  ])('%s is a fault of its line, and nothing holds', (text, code, value) => {
    expect(check(text)).toEqual({ days: [], warnings: [], faults: [{ line: 4, code, value }] })
  })

  test('every fault is told, not the first', () => {
    expect(
      check('x y', '2027-02-08 休', '2025-01-01 休').faults.map(({ line, code }) => [line, code]),
    ).toEqual([
      [4, 'day-invalid'],
      [4, 'type-unknown'],
      [6, 'day-of-other-year'],
    ])
  })

  test('a year that is not whole is none', () => {
    expect(checkCalendar('2027', []).faults).toEqual([{ line: 0, code: 'empty', value: '' }])
    expect(checkCalendar('2027', lines(whole[0])).faults).toEqual([
      { line: 0, code: 'holiday-missing', value: '2027-10-01' },
    ])
    expect(check('2027-10-02 班').faults).toEqual([{ line: 4, code: 'holiday-missing', value: '2027-10-02' }])
  })

  test('takes the last days of the December before, as the notice for 2019 had them', () => {
    const read = check('2026-12-26 班 元旦', '2026-12-31 休 元旦')
    expect(read.faults).toEqual([])
    expect(read.days).toHaveLength(5)
  })

  test('a moved working day that is a weekday anyway, and a holiday that is a plain weekend, are told', () => {
    expect(check('2027-03-02 班', '2027-03-06 休', '2027-03-07 休').warnings).toEqual([
      { line: 4, code: 'works-anyway', value: '2027-03-02' },
      { line: 5, code: 'rests-anyway', value: '2027-03-06' },
      { line: 6, code: 'rests-anyway', value: '2027-03-07' },
    ])
  })

  test('the weekend within or beside a holiday is no slip', () => {
    expect(check('2027-01-02 休', '2027-01-03 休', '2027-05-01 休', '2027-05-02 休').warnings).toEqual([])
  })
})
