/** Words of 奖惩 (AWD-1): one's own page, what departments enter and publish, and the awards everybody may read. */
import { dayWords } from './dates.ts'

export const entryWords = {
  kinds: { award: '奖励', penalty: '行政处罚' },
  fields: {
    kind: '类别',
    award: '奖励名称',
    level: '奖励级别',
    penalty: '处罚种类',
    basis: '处罚依据',
    authority: { award: '授予单位名称', penalty: '作出决定的行政机关名称' },
    documentNo: '决定书文号',
    revokedOn: '撤销日期',
    decidedOn: { award: '授予日期', penalty: '决定日期' },
    ban: '从业限制',
    department: '登记的会计管理部门',
    at: '登记时间',
    state: '状态',
  },
  until: (until: string) =>
    until === 'forever' ? '不得再从事会计工作，没有期限' : `至 ${dayWords(until)} 止，不得从事会计工作`,
  over: (until: string) => `从业限制已满（${dayWords(until)} 止）`,
  stands: '有效',
  revokedMark: '已撤销',
  published: '已公开',
  late: '逾期登记',
} as const

export const conductWords = {
  title: '奖惩信息',
  lead: '登记在您名下的奖励和行政处罚。奖励由本人申报；行政处罚由会计管理部门登记。',
  entries: '已登记的奖惩',
  empty: '没有登记的奖惩信息。',
  emptyFree: '没有登记的奖惩信息。受到财政部门会计工作表彰奖励的，可以申报。',
  declare: '申报奖励',
  object: '提出异议',
  about: (what: string) => `：${what}`,
  goOn: '继续填写异议',
  see: '查看异议',
  sent: '申报和异议',
  sentEmpty: '还没有申报奖励或提出异议。',
  columns: { number: '受理编号', kind: '业务', at: '提交时间', state: '状态', reason: '说明' },
  notSent: '未提交',
  open: '查看',
  objected: '提出异议的内容',
  publicNote: '奖惩信息不向社会公开；登记的会计管理部门可以公开奖励的姓名、名称、级别、日期和授予单位。',
  publicLink: '查看已公开的奖励',
  dropped: '已放弃，填写的内容没有保留。',
} as const

export const penaltyWords = {
  title: '行政处罚登记',
  lead: '作出处罚决定后 10 个工作日内登记。您登记后，由另一名工作人员审核，审核通过才生效；在此之前当事人看不到。',
  find: '查找当事人',
  number: { label: '证件号码', hint: '与登记的证件号码一致' },
  name: { label: '姓名', hint: '与登记的姓名一致' },
  findNote: '只能查找会计管理关系在您管理范围内的会计人员。每次查找都会记入日志。',
  search: '查找',
  person: '当事人',
  another: '换一个人',
  facts: { name: '姓名', number: '证件号码', department: '会计管理部门' },
  fill: '处罚决定',
  check: '下一步：核对',
  confirm: '核对',
  confirmNote: '提交后不能修改。登记有误的，在他人领取以前由您或部门管理员撤销，或由审核人员不予通过。',
  back: '返回修改',
  leave: '返回',
  submit: '提交登记',
  inTime: (day: string) => `应当在 ${dayWords(day)} 以前登记。`,
  late: (day: string) =>
    `应当在 ${dayWords(day)} 以前登记，现在已经逾期。仍然可以登记，这一条会标记为逾期登记。`,
  done: (number: string) => `已登记，受理编号 ${number}。由另一名工作人员审核后生效。`,
  cancel: '撤销登记',
  cancelAsk: '撤销后，这次登记即告终结，当事人不会知道。',
  cancelConfirm: '确定撤销登记',
} as const

export const entriesWords = {
  title: '奖惩登记',
  lead: '您管理范围内已经生效的奖惩信息。奖惩信息不公开；奖励可以由部门管理员公开。',
  enter: '登记行政处罚',
  list: '奖惩登记',
  filter: '筛选',
  kind: '类别',
  every: '全部',
  apply: '筛选',
  columns: { number: '受理编号', person: '当事人', what: '内容', decided: '日期', state: '状态', action: '' },
  empty: '没有已经生效的奖惩信息。',
  publish: '公开',
  unpublish: '取消公开',
  aboutEntry: (what: string, number: string) => `：${what}（${number}）`,
  done: { published: '已公开，任何人都可以在“奖励公开”中看到。', unpublished: '已取消公开。' } as Readonly<
    Record<string, string>
  >,
} as const

export const awardsWords = {
  title: '奖励公开',
  lead: '会计管理部门公开的会计工作表彰奖励。',
  filter: '按部门筛选',
  department: '会计管理部门',
  apply: '筛选',
  clear: '清除条件',
  list: '公开的奖励',
  columns: { name: '姓名', title: '奖励名称', level: '级别', date: '授予日期', authority: '授予单位' },
  empty: '没有公开的奖励。',
  emptyThere: '这个部门和下级部门没有公开的奖励。',
} as const
