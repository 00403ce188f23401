/** 专业技术资格 of somebody (QUA-1, QUA-2). */
import { certificateIssuers } from '#db/seed/country-words.ts'
import type { Month } from '#lib/domain/months.ts'
import type { Row, Values } from '#lib/sections/define.ts'
import { type Drawing, rowId, whenAged } from './drawing.ts'

export interface Title {
  readonly level: string
  readonly title: string
  readonly from: Month
}
const titles: readonly (readonly [level: string, title: string, age: number])[] = [
  ['junior', 'assistant_accountant', 22],
  ['junior', 'assistant_accountant', 24],
  ['junior', 'assistant_accountant', 23],
  ['intermediate', 'accountant', 29],
  ['intermediate', 'accountant', 32],
  ['senior', 'senior_accountant', 40],
]
export function titleOf(drawing: Drawing): Title | null {
  const [level, title, age] = drawing.random.pick(titles)
  const from = whenAged(drawing, age + drawing.random.int(6))
  return from <= drawing.month ? { level, title, from } : null
}

export function qualificationsOf(drawing: Drawing, held: Title | null): readonly Row[] {
  const { random, month } = drawing
  const year = held?.from.slice(0, 4) ?? ''
  const cpaFrom = whenAged(drawing, 30)
  const rows: Values[] = [
    ...(held
      ? [
          {
            kind: 'accounting',
            level: held.level,
            way: held.level === 'senior' ? 'exam_and_review' : 'exam',
            certificateNo: `${year.slice(2)}${drawing.place.city.slice(0, 2)}${random.digits(8)}`,
            obtained: held.from,
            issuer: certificateIssuers.accounting,
          },
        ]
      : []),
    ...(random.chance(0.05) && cpaFrom <= month
      ? [
          {
            kind: 'cpa',
            level: '',
            way: '',
            certificateNo: `${drawing.place.city}${random.digits(6)}`,
            obtained: cpaFrom,
            issuer: certificateIssuers.cpa,
          },
        ]
      : []),
  ]
  // In the order in which the record shows them.
  return rows
    .toSorted((a, b) => ((a.obtained ?? '') < (b.obtained ?? '') ? -1 : 1))
    .map((values, index) => ({ id: rowId(index), rev: 1, values }))
}
