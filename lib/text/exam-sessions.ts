/** Words of 考试安排 (EXM-1): sessions, windows and 报考点, for operators and provinces. */
import { examLimits } from '#lib/schemas/exam-session.ts'

const { fee, year, capacity, notice, siteName } = examLimits

export const examSessionsWords = {
  title: '考试安排',
  lead: '会计专业技术资格考试的报名时间、考试费和报考点。发布以前，会计人员看不到。',
  list: '考试列表',
  columns: {
    exam: '考试',
    state: '状态',
    window: '报名时间',
    payBy: '缴费截止',
    days: '考试日期',
    fee: '每科考试费',
  },
  draft: '未发布',
  empty: '还没有考试。',
  emptyThere: '还没有考试，由全国的运维人员建立。',
  add: '新建考试',
  none: '没有填写',
} as const

export const examSessionWords = {
  add: '新建考试',
  addLead: '保存以后，各地区可以设置本地区的时间、考试费和报考点；核对无误再发布。',
  addSubmit: '保存',
  draft: '这次考试还没有发布，会计人员看不到。',
  published: (at: string) => `${at} 发布，会计人员可以看到。`,
  facts: {
    opensAt: '报名开始',
    collectBy: '信息采集截止',
    closesAt: '报名截止',
    payBy: '缴费截止',
    days: '考试日期',
    subjects: '科目',
    fee: '每科考试费',
    notice: '报名须知',
  },
  national: '全国时间',
  edit: '修改考试安排',
  editText:
    '发布以后：截止时间可以推迟，提前的不能早于现在；报名开始以后，开始时间和考试费不能修改。推迟缴费截止的，已报名未缴费的一并推迟。',
  editSubmit: '保存修改',
  publish: '发布',
  publishText: '发布以后会计人员立即看到，级别和年度不能再修改。没有报考点的地区，会计人员不能报名。',
  publishSubmit: '发布考试',
  provinces: '各地区',
  provinceColumns: {
    province: '地区',
    window: '报名时间',
    fee: '每科考试费',
    sites: '报考点',
    seats: '名额',
  },
  own: '自定',
  asNational: '按全国时间',
  noSites: '没有报考点',
  sites: (count: number) => `${count} 个`,
  seats: (taken: number, all: number) => `已占 ${taken}，共 ${all}`,
  done: {
    added: '考试已保存，还没有发布。',
    saved: '考试安排已保存。',
    published: '考试已发布，会计人员现在可以看到。',
  } as Readonly<Record<string, string>>,
} as const

export const examProvinceWords = {
  window: '本地区的时间和考试费',
  windowText: '应当在全国规定的时间以内。',
  usual: '没有单独设置，按全国时间和考试费。',
  closed: '这个部门已经撤销，不能修改。',
  submit: '保存',
  drop: '改为按全国时间',
  sites: '报考点',
  sitesText: '会计人员报名时选择。名额占满以后不能再选。',
  siteColumns: { name: '报考点', city: '所在市', seats: '名额', action: '' },
  noSites: '还没有报考点，会计人员不能在本地区报名。',
  edit: '修改',
  add: '增加报考点',
  addSubmit: '增加报考点',
  siteTitle: '修改报考点',
  siteSubmit: '保存修改',
  held: (taken: number) => `已有 ${taken} 人占用名额，只能修改名额。`,
  remove: '删除报考点',
  removeText: '没有人报过名的，可以删除。',
  removeSubmit: '删除',
  back: '返回本地区安排',
  cancel: '返回列表',
  done: {
    window: '本地区的时间和考试费已保存。',
    national: '本地区现在按全国时间和考试费。',
    site: '报考点已保存。',
    removed: '报考点已删除。',
  } as Readonly<Record<string, string>>,
} as const

const minuteHint = '北京时间，精确到分，例如 2027-01-05 09:00'

export const examFields = {
  level: { label: '级别' },
  year: { label: '年度', hint: `${year.min} 至 ${year.max}` },
  opensAt: { label: '报名开始', hint: minuteHint },
  collectBy: { label: '信息采集截止', hint: '在此之前提交的信息采集，报名截止前审核；晚于报名开始' },
  closesAt: { label: '报名截止', hint: '到这一分钟为止；不早于信息采集截止' },
  payBy: { label: '缴费截止', hint: '逾期未缴费的，报名关闭，名额退回；不早于报名截止' },
  examFrom: { label: '考试第一天', hint: '例如 2027-05-15' },
  examTo: { label: '考试最后一天' },
  fee: { label: '每科考试费（元）', hint: `${fee.min} 至 ${fee.max}，最多两位小数，例如 56.00` },
  notice: { label: '报名须知', hint: `会计人员报名前看到，${notice} 字以内` },
  name: { label: '报考点名称', hint: `${siteName} 字以内，例如 广州市天河区报考点` },
  city: { label: '所在市' },
  capacity: { label: '名额', hint: `${capacity.min} 至 ${capacity.max}，不少于已占用的` },
} as const
export type ExamField = keyof typeof examFields
