/** Words of 会计专业技术资格考试 (EXM). */
import type { ExamLevel, ExamPhase, ExamState, ExamSubject } from '#lib/domain/exams.ts'
import { instantWords } from './dates.ts'
import { examLevelWords } from './eligibility.ts'

export const examSubjectWords: Readonly<Record<ExamSubject, string>> = {
  junior_practice: '初级会计实务',
  economic_law_basics: '经济法基础',
  intermediate_practice: '中级会计实务',
  financial_management: '财务管理',
  economic_law: '经济法',
  senior_practice: '高级会计实务',
}

/** Where a registration stands, for its person. */
export const examStateWords: Readonly<Record<ExamState, string>> = {
  reviewing: '待人工审核',
  'awaiting-payment': '待缴费',
  paid: '报名成功',
  expired: '已关闭（逾期未缴费）',
  withdrawn: '已撤回',
  closed: '审核未通过',
}

export const examPhaseWords: Readonly<Record<ExamPhase, string>> = {
  before: '未开始',
  open: '报名中',
  paying: '缴费中',
  over: '已截止',
}

/** 2027 年度初级会计专业技术资格考试 */
export const sessionTitle = ({ level, year }: { readonly level: ExamLevel; readonly year: number }) =>
  `${year} 年度${examLevelWords[level]}会计专业技术资格考试`

/** 分 → `112.00` */
export const yuan = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
/** 分 → `112.00 元` */
export const moneyWords = (fen: number) => `${yuan(fen)} 元`

export const subjectsWords = (subjects: readonly ExamSubject[]) =>
  subjects.map((subject) => examSubjectWords[subject]).join('、')

/** From instant to instant: 2026年11月21日 09:00 至 2026年12月10日 12:00. */
export const spanOfInstants = (from: Date, to: Date) => `${instantWords(from)} 至 ${instantWords(to)}`

/** From day to day, one where they are the same: 2027年5月15日 至 2027年5月18日. */
export const spanOfDays = (from: string, to: string) => (from === to ? from : `${from} 至 ${to}`)

/** What everybody is told of exams: on the home page, and of each province. */
export const examNoticeWords = {
  title: '会计专业技术资格考试报名',
  ofProvince: (province: string) => `下面是${province}的时间。`,
  national: '下面是全国统一的时间，各地区的可能更短。',
  window: '报名',
  payBy: '缴费截止',
  collectBy: '信息采集截止',
  days: '考试日期',
  fee: '每科考试费',
  go: '查看和报名',
  calendar: '各地区的报名时间',
  calendarTitle: '各地区的考试报名时间',
  calendarLead: '报名以会计管理关系所在地区的时间为准。没有列出的地区，按全国统一的时间。',
  calendarEmpty: '现在没有可以报名的考试。',
  columns: {
    province: '地区',
    state: '状态',
    window: '报名时间',
    collectBy: '信息采集截止',
    payBy: '缴费截止',
    fee: '每科考试费',
  },
  everywhere: '全国（没有单独设置的地区）',
} as const
