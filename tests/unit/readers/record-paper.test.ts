import { expect, it } from 'vitest'
import { recordTables } from '#lib/readers/record-paper.ts'
import { common } from '#lib/text/sections.ts'

const job = (answers: Readonly<Record<string, string>>) => ({
  id: 'job',
  title: '',
  answers: Object.entries(answers).map(([key, shown]) => ({ key, label: key, shown })),
  slots: [],
  children: [],
})
const linesOf = (answers: Readonly<Record<string, string>>) =>
  recordTables((section) => (section === 'employment' ? [job(answers)] : []))[1]?.lines

it('says in the words of the 简历表 why a unit has no code, and a period as everywhere', () => {
  const old = { employer: '旧公司', start: '2010年7月', end: '2015年3月', noCode: common.yes }
  expect(linesOf({ ...old, noCodeReason: '单位已注销' })).toEqual([
    [common.period('2010年7月', '2015年3月'), '旧公司', common.noCode('单位已注销'), ''],
  ])
  expect(common.noCode('单位已注销')).toBe('无（单位已注销）')
  expect(common.period('2010年7月', '2015年3月')).toBe('2010年7月—2015年3月')
})

it('shows a code as it is, and of what was not answered nothing', () => {
  const one = { employer: '新公司', start: '2015年4月', end: common.ongoing['to-date'] }
  expect(linesOf({ ...one, creditCode: '91350100M000100Y43' })?.[0]?.[2]).toBe('91350100M000100Y43')
  expect(linesOf({ ...one, creditCode: common.blank, noCodeReason: common.blank })?.[0]?.[2]).toBe('')
})
