/** Words of 报考条件 (EXM-2), by the conditions of domain.md §7.1. */

import type { Condition, Eligibility, Line, Verdict, WayId } from '#lib/domain/eligibility.ts'
import type { Why } from '#lib/domain/exam-answers.ts'
import type { ExamLevel } from '#lib/domain/exams.ts'
import { dayWords, monthWords } from './dates.ts'
import { spanWords } from './facts.ts'
import { optionWord } from './options.ts'

export const examLevelWords: Readonly<Record<ExamLevel, string>> = {
  junior: '初级',
  intermediate: '中级',
  senior: '高级',
}

export const verdictWords: Readonly<Record<Verdict, { name: string; text: string }>> = {
  eligible: { name: '符合报考条件', text: '按登记的信息，您符合报考条件。' },
  ineligible: { name: '不符合报考条件', text: '按登记的信息，您暂不符合报考条件。下面写明还缺什么。' },
  manual: { name: '需要人工审核', text: '有的条件系统不能判断，由会计管理部门人工审核。' },
}

const years = (months: number | null) => `满 ${(months ?? 0) / 12} 年`

const mustWords: Readonly<Record<'no-ban' | 'level-free' | 'title', string>> = {
  'no-ban': '没有被禁止从事会计工作',
  'level-free': '没有取得同级或更高级别的会计专业技术资格',
  title: '取得会计师（中级会计专业技术资格）',
}

/** As short as a table needs. */
const wayNames: Readonly<Record<WayId, string>> = {
  school: '高中及以上',
  college: '专科',
  bachelor: '本科',
  graduate: '第二学士或研究生班',
  master: '硕士',
  doctor: '博士',
  crossover: '经济、统计、审计中级',
}
/** 高级 has one row for all of them. */
const seniorNames: Readonly<Partial<Record<WayId, string>>> = { bachelor: '本科至硕士' }

const attained: Readonly<Record<WayId, string>> = {
  school: '高中毕业（含高中、中专、职高和技校）及以上学历',
  college: '大学专科学历',
  bachelor: '大学本科学历或学士学位',
  graduate: '第二学士学位或研究生班毕业',
  master: '硕士学位',
  doctor: '博士学位',
  crossover: '通过全国统一考试取得经济、统计或审计专业技术中级资格',
}
const seniorAttained: Readonly<Partial<Record<WayId, string>>> = {
  bachelor: '大学本科学历、学士学位、第二学士学位、研究生班毕业或硕士学位',
}

const isMust = (condition: Condition): condition is keyof typeof mustWords =>
  Object.hasOwn(mustWords, condition)

export const wayName = (level: ExamLevel, way: WayId): string =>
  (level === 'senior' ? seniorNames[way] : undefined) ?? wayNames[way]

/** The condition as the rule says it. */
export function conditionText(
  level: ExamLevel,
  { condition, needs }: Pick<Line, 'condition' | 'needs'>,
): string {
  if (isMust(condition)) return mustWords[condition]
  const study = (level === 'senior' ? seniorAttained[condition] : undefined) ?? attained[condition]
  if (needs === null) return study
  return level === 'senior'
    ? `${study}，取得会计师后从事会计工作${years(needs)}`
    : `${study}，从事会计工作${years(needs)}`
}

const short = ({ needs, has }: Pick<Line, 'needs' | 'has'>) => spanWords((needs ?? 0) - (has ?? 0))

const whys: Readonly<Record<Why, (line: Pick<Line, 'needs' | 'has'>) => string>> = {
  banned: () => '报名截止日仍在五年内不得从事会计工作的期限内',
  'banned-forever': () => '已被处以不得再从事会计工作',
  'level-held': () => '已取得同级或更高级别的资格，不用再报考',
  'no-study': () => '没有登记这样的学历或学位',
  'study-unfinished': () => '正在就读，报名截止前毕业并登记后才能计算',
  'study-late': () => '毕业时间晚于报名截止的月份',
  'degree-missing': () => '有学历，没有登记相应的学位',
  'study-overseas': () => '境外学历学位没有教育部留学服务中心认证书，需要人工审核',
  'study-technical': () => '技校学历能否按专科或本科报考，需要人工审核',
  'no-title': () => '没有登记会计师资格',
  'title-late': () => '取得时间晚于报名截止的月份',
  'title-not-by-exam': () => '不是通过考试取得，能否用于报考需要人工审核',
  'no-crossover': () => '没有登记这样的资格',
  'crossover-late': () => '取得时间晚于报名截止的月份',
  'crossover-not-by-exam': () => '不是通过全国统一考试取得',
  'months-short': (line) => `会计工作还差 ${short(line)}`,
  'months-no-title': () => '取得会计师后才开始计算年限',
  'months-by-open-title': () => '工作年限要从评审取得资格时算起才够，需要人工审核',
}

/** Why a condition is not met, or not decided; nothing where it is met. */
export const whyTexts = (line: Pick<Line, 'why' | 'needs' | 'has'>): string[] =>
  line.why.map((why) => whys[why](line))

const isLevel = (id: unknown): id is ExamLevel => typeof id === 'string' && Object.hasOwn(examLevelWords, id)
const isWhy = (id: string): id is Why => Object.hasOwn(whys, id)
const isCondition = (id: unknown): id is Condition =>
  typeof id === 'string' && (Object.hasOwn(mustWords, id) || Object.hasOwn(attained, id))

/** A condition that is not met, from what an issue says of it: months as numbers, reasons with spaces between them. */
export function unmetText({
  level,
  condition,
  needs,
  has,
  why,
}: Readonly<Record<'level' | 'condition' | 'needs' | 'has' | 'why', string | number | undefined>>): string {
  if (!isLevel(level) || !isCondition(condition)) return verdictWords.ineligible.name
  const line = { condition, needs: Number(needs) || null, has: Number(has) || 0 }
  const reasons = String(why).split(' ').filter(isWhy)
  return `${conditionText(level, line)}：${whyTexts({ ...line, why: reasons }).join('；')}`
}

/** What was counted of a way that asks for work. */
export const countedText = ({ needs, has }: Pick<Line, 'needs' | 'has'>): string =>
  needs === null ? '' : `需要 ${spanWords(needs)}，已有 ${monthCount(has ?? 0)}`

const monthCount = (months: number) => (months === 0 ? '0 个月' : spanWords(months))

/** EXM-2: the work of 高级 counts from 会计师, and there is none to count from. */
const withoutTitle: Readonly<Partial<Record<Why, string>>> = {
  'no-title': '没有登记会计师资格',
  'title-late': '登记的会计师资格取得时间晚于报名截止的月份',
}

/** How the months were counted, for a person; '' where the exam asks for no work. */
export function workText({ lines, work }: Pick<Eligibility, 'lines' | 'work'>): string {
  if (work === null) return ''
  const title = lines.find(({ condition }) => condition === 'title')
  const missing = title?.why.flatMap((why) => withoutTitle[why] ?? []) ?? []
  if (missing.length > 0) return `会计工作从取得会计师的月份起计算：${missing.join('；')}，现在还不能计算。`
  const { months, deducted, until, since } = work
  const from = since === null ? '' : `自 ${monthWords(since)}取得会计师起，`
  const less = deducted === 0 ? '' : `，已减去全日制学习期间的 ${monthCount(deducted)}`
  return `会计工作共 ${monthCount(months)}：${from}算到 ${monthWords(until)}，重叠的月份只算一次${less}。`
}

/** One cell of a list: what keeps somebody from the exam, or what is to be judged; '' where nothing does. */
export function missingText({ level, lines, via, nearest, verdict }: Eligibility): string {
  if (verdict === 'eligible') return ''
  const musts = lines.filter(({ part, state }) => part === 'must' && state !== 'met')
  const told = lines.filter(({ condition }) => condition === (via ?? nearest))
  const hasWay = lines.some(({ part, state }) => part === 'way' && state !== 'unmet')
  const parts = [
    ...musts.flatMap(whyTexts),
    ...told.flatMap(({ why, ...line }) =>
      whyTexts({ ...line, why: why.filter((one) => one !== 'months-no-title') }).map(
        (text) => `${wayName(level, via ?? nearest ?? 'school')}：${text}`,
      ),
    ),
    ...(hasWay || told.length > 0 ? [] : [eligibilityWords.noWay]),
  ]
  return [...new Set(parts)].join('；')
}

export const eligibilityWords = {
  heading: (level: ExamLevel, year: number) => `${year} 年度${examLevelWords[level]}`,
  closing: (day: string) => `学历、学位和资格以报名截止日 ${dayWords(day)}为准。`,
  musts: '应当全部符合',
  ways: '应当符合其中一项',
  onlyWay: '学历条件',
  carried: (name: string) => `按“${name}”这一项符合`,
  nearest: (name: string) => `最接近的是“${name}”这一项`,
  states: { met: '符合', unmet: '不符合', unknown: '人工审核' } satisfies Record<Line['state'], string>,
  noWay: '学历或学位不符合要求',
  /** As a registration freezes it. */
  frozen: { heading: '报考条件', musts: '应当全部符合', ways: '应当符合其中一项', counted: '会计工作年限' },
  study: (title: string, level: string, degree: string, graduated: string) =>
    `${title}：${optionWord('educationLevel', level)}${degree === 'none' || degree === '' ? '' : `、${optionWord('degree', degree)}`}${graduated === '' ? '' : `，${monthWords(graduated)}毕业`}`,
  title: (title: string, kind: string, level: string, obtained: string) =>
    `${title}：${optionWord('qualificationKind', kind)}${level === '' ? '' : `${optionWord('qualificationLevel', level)}`}，${monthWords(obtained)}`,
  penalty: (nature: string, decidedOn: string) =>
    `${optionWord('penaltyKind', nature)}，${dayWords(decidedOn)}决定`,
  /** Below the lines: what no record can say. */
  promise: '遵守会计法和国家统一的会计制度、具有良好职业道德等条件，由报名人在报名时承诺。',
} as const
