/** Headings and words inside the files that are exported (ADM-2, ADM-3). */
import { type Measure, mostRounds, partsOfBucket } from '#lib/domain/figures.ts'
import { caseStateWords } from './collection.ts'
import { dayWords } from './dates.ts'
import { daysLabel, figuresWords } from './figures.ts'
import { caseKindWords, reasonWords } from './review.ts'

export const sheetColumns = {
  people: {
    department: '会计管理部门',
    name: '姓名',
    idType: '证件类型',
    number: '证件号码',
    phone: '手机号',
    sex: '性别',
    born: '出生年月',
    education: '最高学历',
    title: '会计专业技术资格',
    unit: '单位性质',
    industry: '所属行业',
    approved: '采集通过日期',
  },
  cases: {
    number: '受理编号',
    kind: '业务',
    state: '状态',
    round: '提交次数',
    department: '会计管理部门',
    applicant: '申请人',
    submitted: '提交日期',
    due: '办理期限',
    decided: '办理日期',
    days: '用时（工作日）',
    by: '审核人员',
  },
  eligibility: {
    department: '会计管理部门',
    name: '姓名',
    number: '证件号码',
    exam: '考试',
    verdict: '测算结果',
    via: '符合的条件',
    months: '计算的会计工作月数',
    missing: '还缺什么',
  },
  entries: {
    department: '会计管理部门',
    name: '姓名',
    number: '证件号码',
    phone: '手机号',
    exam: '考试',
    city: '报考点所在市',
    site: '报考点',
    subjects: '报考科目',
    fee: '考试费（元）',
    state: '报名状态',
    entryNumber: '报名序号',
    caseNumber: '受理编号',
    registered: '报名日期',
    paid: '报名成功日期',
  },
  figures: { department: '会计管理部门', month: '月份', measure: '指标', heading: '分类', value: '数量' },
  audit: {
    at: '时间',
    by: '工作人员',
    login: '登录名',
    departments: '部门',
    what: '内容',
    whom: '涉及人员',
    number: '受理编号',
  },
} as const

const topics = figuresWords.topics
const measureWords: Readonly<Record<Measure, string>> = {
  people: figuresWords.tiles.people.label,
  sex: topics.sex.title,
  born: '出生年份',
  education: topics.education.title,
  title: topics.title.title,
  unit: topics.unit.title,
  industry: topics.industry.title,
  cases: figuresWords.states.title,
  due: '待审核的办理期限',
  submitted: figuresWords.months.columns.submitted,
  decided: '审核决定',
  days: `${figuresWords.days.title}（工作日）`,
  overdue: figuresWords.tiles.late.label,
  rounds: '通过时的提交次数',
  reason: figuresWords.reasons.title,
  'reason-again': `${figuresWords.reasons.title}（${figuresWords.reasons.again}）`,
  late: figuresWords.late.title,
  by: figuresWords.work.title,
}

const wordIn = (words: Readonly<Record<string, string>>, id: string) => words[id] ?? id
const kindWord = (kind: string) => Object.entries(caseKindWords).find(([id]) => id === kind)?.[1].name ?? kind
const outcomeWords: Readonly<Record<string, string>> = {
  ...caseStateWords,
  'returned-by-check': figuresWords.months.columns.byCheck,
}
/** 信息采集 · 退回修改 */
const ofKind = (bucket: string, word: (what: string) => string) => {
  const [kind, what] = partsOfBucket(bucket)
  return `${kindWord(kind)} · ${word(what)}`
}
const roundsWord = (text: string) => `${text}${Number(text) >= mostRounds ? ' 次及以上' : ' 次'}`

const bucketWord: Readonly<Record<Measure, (bucket: string) => string>> = {
  people: () => '',
  sex: topics.sex.word,
  born: (year) => (year === 'none' ? topics.sex.word(year) : year),
  education: topics.education.word,
  title: topics.title.word,
  unit: topics.unit.word,
  industry: topics.industry.word,
  cases: (bucket) => ofKind(bucket, (state) => wordIn(caseStateWords, state)),
  due: dayWords,
  submitted: kindWord,
  decided: (bucket) => ofKind(bucket, (outcome) => wordIn(outcomeWords, outcome)),
  days: (bucket) => ofKind(bucket, (days) => daysLabel(Number(days))),
  overdue: kindWord,
  rounds: (bucket) => ofKind(bucket, roundsWord),
  reason: (reason) => wordIn(reasonWords, reason),
  'reason-again': (reason) => wordIn(reasonWords, reason),
  late: kindWord,
  by: () => '',
}

const isMeasure = (measure: string): measure is Measure => Object.hasOwn(measureWords, measure)

/** A figure in words: what is counted, and under which heading. One that is no more stands as it is stored. */
export const figureWords = (measure: string, bucket: string): { measure: string; heading: string } =>
  isMeasure(measure)
    ? { measure: measureWords[measure], heading: bucketWord[measure](bucket) }
    : { measure, heading: bucket }

export const sheetWords = {
  country: figuresWords.country,
  now: figuresWords.now,
  sex: topics.sex.word,
  education: topics.education.word,
  title: topics.title.word,
  unit: topics.unit.word,
  industry: topics.industry.word,
} as const
