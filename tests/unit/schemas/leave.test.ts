import { expect, it } from 'vitest'
import { checkLeave } from '#lib/schemas/leave.ts'

const today = '2026-11-21'
const read = (typed: Record<string, string>) => {
  const result = checkLeave(typed, today)
  return result.ok ? result.value : result.issues
}

it.each([
  ['2026-11-21', '2026-11-21'],
  ['2026年12月1日', '2026-12-01'],
  ['20270219', '2027-02-19'],
])('takes a last day from today to ninety days on: %s', (typed, until) => {
  expect(read({ leaveUntil: typed })).toEqual({ until, deputy: null })
})

it.each(['2026-11-20', '2027-02-20', '2026-11-31', 'tomorrow', '2026-11'])('refuses %s', (leaveUntil) => {
  expect(read({ leaveUntil })).toEqual([
    { at: 'leaveUntil', code: 'leave-until', params: { last: '2027-02-19' } },
  ])
})

it('asks for the day', () => {
  for (const leaveUntil of ['', '  '])
    expect(read({ leaveUntil })).toMatchObject([{ at: 'leaveUntil', code: 'required' }])
})

it('takes a login that was typed before a choice', () => {
  expect(read({ leaveUntil: today, deputy: 'id' })).toMatchObject({ deputy: { id: 'id' } })
  expect(read({ leaveUntil: today, deputy: 'id', deputyLogin: ' ＬＩ-1 ' })).toMatchObject({
    deputy: { login: 'li-1' },
  })
})
