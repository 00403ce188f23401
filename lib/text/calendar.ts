/** Words of the statutory calendar and of its import (SUB-3). */
import type { CalendarFault, CalendarWarning, LineNote } from '#lib/schemas/calendar.ts'

/** What a line calls its day → whether it is worked. */
export const calendarTypes: ReadonlyMap<string, boolean> = new Map([
  ['休', false],
  ['rest', false],
  ['班', true],
  ['work', true],
])

const faultWords: Readonly<Record<CalendarFault, (value: string) => string>> = {
  empty: () => '没有任何日期',
  'day-invalid': (value) => `“${value}”不是日期，请写成 2027-01-01`,
  'day-of-other-year': (value) => `${value} 不属于这一年`,
  'day-twice': (value) => `${value} 在前面已经出现过`,
  'type-unknown': (value) => `类型“${value}”无法识别，请填写“休”或“班”`,
  'name-too-long': (value) => `名称过长：${value}…`,
  'holiday-missing': (value) => `${value} 是法定节假日，文件中却是工作日，请核对文件是否完整`,
}

const warningWords: Readonly<Record<CalendarWarning, (value: string) => string>> = {
  'works-anyway': (value) => `${value} 本来就是工作日，标为“班”没有作用，请核对日期`,
  'rests-anyway': (value) => `${value} 是普通周末，标为“休”没有作用，请核对日期`,
}

const placed = (line: number, words: string) =>
  line === 0 ? `整个文件：${words}` : `第 ${line} 行：${words}`

/** So many lines are told one by one. */
const told = 50

export const calendarWords = {
  usage: '用法：npm run ops -- import-calendar <年份> <CSV 文件> [--source <通知文号>]',
  yearInvalid: (year: string) => `“${year}”不是年份，请写成 2027`,
  broken: (line: number) => placed(line, '不是有效的 CSV'),
  refused: (faults: readonly LineNote<CalendarFault>[]) =>
    [
      '没有导入任何内容，请改正后重新导入：',
      ...faults.slice(0, told).map(({ line, code, value }) => placed(line, faultWords[code](value))),
      ...(faults.length > told ? [`……另有 ${faults.length - told} 处`] : []),
    ].join('\n'),
  warning: ({ line, code, value }: LineNote<CalendarWarning>) =>
    `提醒：${placed(line, warningWords[code](value))}`,
  imported: ({ year, free, worked }: { year: string; free: number; worked: number }) =>
    `${year} 年的工作日安排已导入：休 ${free} 天，班 ${worked} 天。`,
  recounted: (moved: number) => `重新计算办理期限：${moved} 件有变化。`,
}
