import { expect, test } from 'vitest'
import { issue } from '#lib/domain/result.ts'
import { codeWaitWords } from '#lib/text/account.ts'
import { issueText } from '#lib/text/issues.ts'

// Shanghai is eight hours ahead.
test.each([
  ['2026-11-21T02:03:00.000Z', '10:03'],
  ['2026-11-21T02:03:00.001Z', '10:04'],
  ['2026-11-21T02:59:59.000Z', '11:00'],
])('who waits until %s is told a minute at which it is over: %s', (until, said) => {
  expect(issueText(issue('phone', 'sms-wait', { until }))).toContain(`请于 ${said} 后再试`)
  expect(codeWaitWords.sent(new Date('2026-11-21T02:00:59.000Z'), new Date(until))).toBe(
    `上次发送 10:00，请于 ${said} 后再试`,
  )
})
test('a wait into the next day is told with the day', () =>
  expect(issueText(issue('phone', 'sms-phone-day', { until: '2026-11-21T15:59:30.000Z' }))).toContain(
    '请于 2026年11月22日 00:00 后再试',
  ))
