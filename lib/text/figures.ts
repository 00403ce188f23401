/** Words of 统计 (ADM-2, REV-7), and how its numbers are written. */
import type { AgeBand } from '#lib/domain/figure-sums.ts'
import { longestDays } from '#lib/domain/figures.ts'
import type { PersonTopic } from '#lib/readers/figures-shown.ts'
import { monthWords } from './dates.ts'
import { optionWord } from './options.ts'

const whole = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('zh-CN', { notation: 'compact', maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat('zh-CN', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** 1,234,567 */
export const numberWords = (value: number) => whole.format(value)
/** Where there is little room, on an axis: 123万. */
export const shortNumber = (value: number) => short.format(value)
/** So near to nothing or to everything, rounding would say that it is. */
const nearly = 0.0005
/** 12.5%; a dash where there is nothing to divide by. */
export function rateWords(rate: number | null): string {
  if (rate === null) return '—'
  if (rate > 0 && rate < nearly) return '<0.1%'
  return rate < 1 && rate >= 1 - nearly ? '>99.9%' : percent.format(rate)
}
/** As the axis says it: the last one holds everything longer. */
export const daysLabel = (days: number) => (days >= longestDays ? `≥${longestDays}` : String(days))
const dayCount = (days: number | null) =>
  days === null ? '—' : `${days}${days >= longestDays ? ' 个以上' : ' 个'}工作日`

const ages: Readonly<Record<AgeBand, string>> = {
  'to-25': '25 岁及以下',
  'to-35': '26 至 35 岁',
  'to-45': '36 至 45 岁',
  'to-55': '46 至 55 岁',
  'from-56': '56 岁及以上',
  none: '未填',
}
const sexes: Readonly<Record<string, string>> = { male: '男', female: '女', none: '未填' }
const withNone = (set: string, none: string) => (id: string) => (id === 'none' ? none : optionWord(set, id))

const topics: Readonly<Record<PersonTopic, { title: string; note?: string; word: (id: string) => string }>> =
  {
    sex: { title: '性别', word: (id) => sexes[id] ?? id },
    age: {
      title: '年龄',
      note: '按出生年份计算，今年满多少岁就算多少岁。',
      word: (id) => (Object.hasOwn(ages, id) ? ages[id as AgeBand] : id),
    },
    education: { title: '学历', note: '已毕业的最高学历。', word: withNone('educationLevel', '未填') },
    title: {
      title: '会计专业技术资格',
      note: '取得的最高级别。',
      word: withNone('qualificationLevel', '无'),
    },
    unit: {
      title: '单位性质',
      note: '现在的工作单位。',
      word: withNone('employerType', '没有在职的工作经历'),
    },
    industry: {
      title: '所属行业',
      note: '现在的工作单位。',
      word: withNone('industry', '没有在职的工作经历'),
    },
  }

export const figuresWords = {
  title: '统计',
  open: '查看统计',
  country: '全国',
  lead: (moment: string) => `截至 ${moment}。数字由系统自动汇总，办理后几秒内计入。`,
  places: '我可以查看的部门',
  up: (name: string) => `返回${name}`,
  closedInto: (target: string) =>
    `这个部门已撤销，并入${target}。会计人员和在办申请已转到那里统计，以前办结的仍在这里。`,
  closed: '这个部门没有启用。',
  empty: '这个部门还没有会计人员，也没有收到过申请。',
  now: '现在',
  inMonths: (count: number) => `最近 ${count} 个月`,
  period: (from: string, to: string) => `${monthWords(from)}至${monthWords(to)}，含本月。`,
  periods: '统计期间',
  tiles: {
    people: { label: '会计人员', hint: '信息采集已通过' },
    waiting: {
      label: '待审核',
      hint: (free: number, inReview: number) =>
        `待领取 ${numberWords(free)}，审核中 ${numberWords(inReview)}（含领取已到期、可以再领取的）`,
    },
    overdue: { label: '已超期', hint: '待审核中办理期限已过的' },
    soon: { label: '即将超期', hint: '今天或下一个工作日到期' },
    returned: { label: '退回待修改', hint: '申请人还没有再次提交' },
    decided: {
      label: '审核决定',
      hint: (approved: number, returned: number, refused: number, overdue: number) =>
        [
          `通过 ${numberWords(approved)}`,
          `退回 ${numberWords(returned)}`,
          ...(refused > 0 ? [`不予通过 ${numberWords(refused)}`] : []),
          ...(overdue > 0 ? [`其中超期 ${numberWords(overdue)}`] : []),
        ].join('，'),
    },
    rate: { label: '退回率', hint: '审核决定中退回的，不含机器核验退回' },
    median: { label: '审核用时中位数', hint: '从提交到作出决定' },
    ninetieth: { label: '九成不超过', hint: '九成申请的审核用时' },
    first: { label: '一次通过率', hint: '通过的申请中，第一次提交就通过的' },
    late: { label: '超期办结', hint: '审核决定中超过办理期限的' },
  },
  dayCount,
  charts: {
    table: '查看数据表',
    none: '没有数据。',
    share: '占比',
    total: '合计',
    /** What is read out instead of a chart: `parts` from the largest. */
    summary: (parts: readonly string[]) => `${parts.join('，')}。完整数字见下面的数据表。`,
    part: (label: string, value: number) => `${label} ${numberWords(value)}`,
    unit: { people: '人数', cases: '件数', times: '次数' },
  },
  months: {
    title: '各月受理和审核',
    note: '按提交和作出决定的月份统计；退回后再次提交的，每次都计入。',
    month: '月份',
    year: (year: string) => `${year}年`,
    number: (month: number) => `${month}月`,
    columns: {
      submitted: '提交',
      approved: '通过',
      returned: '退回',
      refused: '不予通过',
      byCheck: '机器核验退回',
    },
  },
  days: {
    title: '审核用时',
    note: '从提交到作出决定的工作日，0 表示当天。',
    column: '工作日',
    of: (label: string) => `${label} 个工作日`,
  },
  reasons: {
    title: '退回原因',
    note: '一次退回可以有几个原因。“再次退回”指同一件申请又因同一原因被退回。',
    column: '原因',
    again: '再次退回',
    againShare: '再次退回占比',
  },
  states: { title: '申请现状', kind: '业务', total: '合计' },
  cases: '办理情况',
  people: '会计人员构成',
  topics,
  beneath: {
    title: '下级部门',
    divisions: '各地区和单位',
    more: (count: number) => `只列出前 ${count} 个部门。`,
    sort: '排序',
    sorts: { waiting: '待审核', overdue: '已超期', people: '会计人员', name: '部门顺序' },
    columns: {
      name: '部门',
      people: '会计人员',
      waiting: '待审核',
      overdue: '已超期',
      decided: '审核决定',
      rate: '退回率',
    },
    unattended: '无人审核',
    closed: '未启用',
  },
  grid: {
    /** Of the measure the tiles show. */
    title: { people: '各地会计人员人数', waiting: '各地待审核件数', overdue: '各地已超期件数' },
    note: '方格按大致方位排列，不是地图。颜色越深，数量越多。',
    steps: ['没有', '较少', '居中', '较多'],
    outside: '不在本系统',
    others: '计划单列市、兵团和中央单位',
    tile: (value: number, unit: 'people' | 'waiting' | 'overdue') =>
      unit === 'people'
        ? `${numberWords(value)} 人`
        : `${unit === 'waiting' ? '待审核' : '超期'} ${numberWords(value)}`,
  },
  work: {
    title: '审核人员工作量',
    note: '本部门的审核员和部门管理员。手上的申请包括在其他部门领取的。',
    columns: { name: '姓名', inHand: '手上的申请', month: '本月审核决定', period: '期间审核决定' },
    away: (day: string) => `请假至 ${day}`,
    others: '其他人员',
    othersHint: '上级部门或已不在本部门的人员',
    more: (count: number) => `只列出 ${count} 人，其余计入“其他人员”。`,
  },
  late: {
    title: '没有一次性告知的退回',
    note: '第二次退回时才指出第一次就能看到的问题。请在第一次退回时一次性告知。',
    count: (count: number) => `期间共 ${numberWords(count)} 次，下面是最近的几次。`,
    columns: { number: '受理编号', kind: '业务', department: '会计管理部门', by: '审核人员', at: '退回时间' },
  },
} as const

/** Names that fit into a square, by the code of GB/T 2260. */
export const provinceNames: Readonly<Record<string, string>> = {
  '110000': '北京',
  '120000': '天津',
  '130000': '河北',
  '140000': '山西',
  '150000': '内蒙古',
  '210000': '辽宁',
  '220000': '吉林',
  '230000': '黑龙江',
  '310000': '上海',
  '320000': '江苏',
  '330000': '浙江',
  '340000': '安徽',
  '350000': '福建',
  '360000': '江西',
  '370000': '山东',
  '410000': '河南',
  '420000': '湖北',
  '430000': '湖南',
  '440000': '广东',
  '450000': '广西',
  '460000': '海南',
  '500000': '重庆',
  '510000': '四川',
  '520000': '贵州',
  '530000': '云南',
  '540000': '西藏',
  '610000': '陕西',
  '620000': '甘肃',
  '630000': '青海',
  '640000': '宁夏',
  '650000': '新疆',
  '710000': '台湾',
  '810000': '香港',
  '820000': '澳门',
}
