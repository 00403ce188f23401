/** Words of 我的会计人员信息: the record, what is possible now, and what happened. */

export const recordWords = {
  title: '我的会计人员信息',
  lead: '已登记的信息、现在可以办理的业务和全部办理记录都在这一页。证件号码等内容部分隐藏。',
  approvedAt: '登记时间',
  form: '打印登记表',
  possible: '现在可以办理',
  change: '变更',
  changeOf: (title: string) => `变更${title}`,
  events: '办理记录',
  noEvents: '还没有办理记录。',
  columns: { at: '时间', kind: '业务', what: '事项', number: '受理编号' },
  record: '会计人员信息',
  before: {
    lead: '信息采集审核通过后，您的信息登记在这里。',
    holds: '审核通过后，这一页有',
    list: [
      '已登记的基本信息、教育经历、工作经历、专业技术资格和会计管理部门的联系方式',
      '现在可以办理的业务：信息变更、属地关系调转、继续教育学分申请、奖励申报',
      '可以查验真伪的会计人员信息登记表',
    ],
    next: '下一步',
  },
  tasks: {
    transfer: { title: '属地关系调转', text: '工作单位、学籍、户籍或居住地变动的，转到新的会计管理部门。' },
    credit: { title: '继续教育学分申请', text: '参加考试、发表论文等，折算为继续教育学分。' },
    award: { title: '奖励申报', text: '获得会计方面的表彰奖励，由会计管理部门审核后登记。' },
    exam: { title: '考试报名', text: '按登记的信息判断是否符合报考条件，在网上报名、缴费。' },
    print: { title: '打印登记表', text: '生成会计人员信息登记表，附可以查验的查验码。' },
    change: {
      title: (page: string) => `${page}变更`,
      text: '变更由会计管理部门审核，审核通过前，已登记的信息不变。',
    },
  },
  states: {
    free: '可以办理',
    draft: '有未提交的申请',
    returned: '被退回，请修改',
    underReview: '审核中',
    blocked: '暂不能办理',
  },
  see: '查看',
  and: '、',
} as const

/** What happened, by kind of event; `department` is where the case or the person is now. */
export const eventWords = {
  'case.opened': () => '开始填写',
  'case.submitted': ({ round }) => (round > 1 ? `第 ${round} 次提交` : '提交'),
  'case.withdrawn': () => '本人撤回',
  'case.returned': () => '退回修改',
  'case.returned-by-check': () => '机器核验不一致，退回修改',
  'case.advanced': ({ caseKind }) =>
    caseKind === 'transfer' ? '调出地已确认，等待调入地审核' : '初审通过，等待复审',
  'case.approved': ({ caseKind }) => (caseKind === 'penalty' ? '登记' : '审核通过'),
  'case.approved-by-rule': () => '自动审核通过',
  'case.refused': () => '不予通过',
  'case.cancelled': () => '已终止',
  'exam.withdrawn': () => '撤回报名',
  'exam.paid': () => '缴费，报名成功',
  'exam.expired': () => '逾期未缴费，报名已关闭',
  'exam.refund-needed': () => '付款需要退款',
  'exam.refunded': () => '付款已退款',
  'case.forwarded': ({ department }) => `转由${department || '其他部门'}办理`,
  'case.department-merged': ({ department }) => `部门合并，改由${department || '新的部门'}办理`,
  'person.department-merged': ({ department }) => `部门合并，会计管理部门改为${department || '新的部门'}`,
  'person.transferred': ({ department }) => `调转完成，会计管理部门改为${department || '新的部门'}`,
} as const satisfies Readonly<
  Record<string, (told: { round: number; caseKind: string; department: string }) => string>
>
