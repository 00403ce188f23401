/** Exams of the demo (EXM-1): of next year, 初级 and 中级 open when the demo is made, 高级 soon. */
import { addDays, type Day } from '#lib/domain/days.ts'
import type { ExamLevel } from '#lib/domain/exams.ts'

interface DemoExam {
  readonly level: ExamLevel
  /** Days from the day the demo is made. */
  readonly opens: number
  readonly closes: number
  /** First and last day in its year, `MM-DD`. */
  readonly days: readonly [string, string]
  /** In 元, for one subject. */
  readonly fee: string
}

const exams: readonly DemoExam[] = [
  { level: 'junior', opens: -3, closes: 25, days: ['05-15', '05-18'], fee: '56.00' },
  { level: 'intermediate', opens: -2, closes: 28, days: ['09-04', '09-06'], fee: '56.00' },
  { level: 'senior', opens: 14, closes: 40, days: ['05-15', '05-15'], fee: '67.00' },
]

/** What an operator types on `today`, for each level. */
export const demoSessions = (today: Day) =>
  exams.map(({ level, opens, closes, days, fee }) => {
    const year = Number(today.slice(0, 4)) + 1
    const closing = addDays(today, closes)
    return {
      level,
      year: String(year),
      opensAt: `${addDays(today, opens)}T09:00`,
      collectBy: `${addDays(closing, -1)}T12:00`,
      closesAt: `${closing}T12:00`,
      payBy: `${closing}T18:00`,
      examFrom: `${year}-${days[0]}`,
      examTo: `${year}-${days[1]}`,
      fee,
      notice: '请先核对已登记的会计人员信息，再选择报考点和科目。缴费以后报名信息不能修改，也不能退费。',
    }
  })

/** Collections are taken two days less there, and a subject costs less. */
export const demoWindow = { departmentId: '440000', daysLess: 2, fee: '50.00' } as const

export const demoSites = [
  { departmentId: '440000', name: '广州市天河区报考点', city: '440100', capacity: '800' },
  { departmentId: '440000', name: '广州市越秀区报考点', city: '440100', capacity: '600' },
  { departmentId: '440000', name: '佛山市禅城区报考点', city: '440600', capacity: '400' },
  { departmentId: '430000', name: '长沙市岳麓区报考点', city: '430100', capacity: '600' },
  { departmentId: '430000', name: '衡阳市蒸湘区报考点', city: '430400', capacity: '300' },
] as const
