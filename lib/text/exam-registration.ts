/** Words of registering for an exam (EXM-3), for its person. */
import type { Eligibility } from '#lib/domain/eligibility.ts'
import { missingText, verdictWords, wayName } from './eligibility.ts'
import { regionFullName } from './regions.ts'

/** 广东省广州市 广州市第一中学 */
export const siteWords = ({ city, name }: { readonly city: string; readonly name: string }) =>
  `${regionFullName(city)} ${name}`

const verdictLength = 200

/** What a reviewer reads first: what the rules say, and what they leave open. */
export function verdictSaid(found: Eligibility): string {
  const { level, verdict, via } = found
  const { name } = verdictWords[verdict]
  if (verdict === 'eligible') return via && level !== 'junior' ? `${name}（${wayName(level, via)}）` : name
  return `${name}：${missingText(found)}`.slice(0, verdictLength)
}

export const examWords = {
  title: '会计专业技术资格考试',
  lead: '报名条件按已登记的会计人员信息判断，报名时不用再上传材料。',
  leadOut: '登录后可以看到是否符合报考条件，并报名。',
  signIn: '登录后报名',
  none: '现在没有可以报名的考试。发布后会显示在这里。',
  calendar: '各地区的报名时间',
  howTitle: '报名怎样办理',
  how: [
    '信息采集审核通过后才能报名。',
    '选择报考点和科目，核对报名信息后提交。',
    '符合报考条件的，自动通过资格审核；系统不能判断的，由会计管理部门人工审核。',
    '在缴费截止前缴费，状态显示“报名成功”才算完成。',
    '缴费前可以撤回重报，缴费后不能修改，也不能取消。',
  ],
  facts: {
    window: '报名时间',
    collectBy: '信息采集截止',
    payBy: '缴费截止',
    days: '考试日期',
    fee: '每科考试费',
    province: '报名地区',
    site: '报考点',
    subjects: '报考科目',
    total: '考试费合计',
    state: '报名状态',
    number: '受理编号',
    entryNumber: '报名序号',
    sent: '提交时间',
  },
  open: { register: '查看条件，开始报名', conditions: '查看条件', see: '查看报名', look: '查看' },
  notYet: (title: string) => `${title}还没有开始报名`,
  notYetText: (opensAt: string) => `${opensAt} 开始报名。可以先核对登记的信息，有变化的先办理信息变更。`,
  closed: (title: string) => `${title}报名已经截止`,
  closedText: (closesAt: string) => `报名截止时间是 ${closesAt}。`,
  national: '您还没有登记会计人员信息，这里是全国统一的时间，各地区的可能更短。',
  notice: '考试公告',
  form: '打印报名信息表',
  choose: {
    title: '选择报考点和科目',
    site: '报考点',
    siteHint: '报考点由报名地区安排，括号内是剩余名额。',
    none: '请选择',
    left: (left: number) => (left > 0 ? `剩余 ${left} 个名额` : '名额已满'),
    noSites: '这个地区还没有安排报考点，请稍后再来，或联系会计管理部门。',
    subjects: '报考科目',
    together: '这个级别的科目要在同一年度全部报考。',
    oneOrMore: '至少选择一科。',
    next: '下一步：核对报名信息',
  },
  confirm: {
    title: '核对报名信息',
    lead: '下面的信息取自您已登记的会计人员信息。有变化的，先办理信息变更，审核通过后再报名。',
    chosen: '报考内容',
    change: '修改报考内容',
    changeRecord: '办理信息变更',
    promise:
      '本人承诺：报名信息真实、准确，遵守会计法和国家统一的会计制度，具有良好的职业道德，符合报考条件；如有不实，接受取消报名、成绩无效等处理。',
    declared: '本人已阅读并承诺',
    submit: '提交报名',
    manual: '有的报考条件系统不能判断，提交后由会计管理部门人工审核，审核通过后再缴费。',
    seat: '提交后为您保留报考点名额，缴费截止前没有缴费的，名额不再保留。',
  },
  next: {
    reviewing: (due: string) =>
      due === ''
        ? '由会计管理部门人工审核，审核通过后缴费。'
        : `由会计管理部门人工审核，预计 ${due} 前办结，审核通过后缴费。`,
    'awaiting-payment': (payBy: string) => `请在 ${payBy} 前缴费。缴费后状态显示“报名成功”，才算完成。`,
    paid: '报名已经完成，不能再修改。请留意准考证打印通知。',
    expired: '缴费截止前没有缴费，报名已经关闭，名额不再保留。',
    withdrawn: '您撤回了这次报名。报名截止前可以重新报名。',
    closed: '会计管理部门作出不予通过的决定，名额不再保留。',
  },
  because: '原因',
  own: '我的报名',
  mine: '您的报名',
  withdraw: {
    open: '撤回报名',
    ask: '撤回后名额不再保留，报名截止前可以重新报名。确定撤回吗？',
    confirm: '确定撤回',
    after: '报名已经截止，撤回后不能重新报名。',
  },
  done: {
    registered: '报名已提交。',
    withdrawn: '报名已撤回。',
  },
  home: {
    title: '会计专业技术资格考试',
    text: '查看报考条件和报名时间，在网上报名、缴费，查看报名状态。',
    closed: '信息采集审核通过后办理',
    none: '查看报名时间',
  },
} as const

export const isDone = (word: unknown): word is keyof typeof examWords.done =>
  typeof word === 'string' && Object.hasOwn(examWords.done, word)
