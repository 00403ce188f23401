/** Words of papers that can be verified: the 会计人员信息登记表, its receipts, and 查验. */
import { groupedCode, type ReceiptKind } from '#lib/domain/receipts.ts'

export const paperKindWords: Readonly<Record<ReceiptKind, string>> = {
  record: '会计人员信息登记表',
  credits: '继续教育学分证明',
  exam: '考试报名信息表',
}

export const recordPaperWords = {
  title: paperKindWords.record,
  department: '会计管理部门',
  also: '，',
  none: '没有登记',
  tables: {
    education: '教育经历',
    employment: '工作经历',
    posts: '会计工作经历',
    qualifications: '专业技术资格',
  },
  columns: {
    period: '起止时间',
    school: '学校名称',
    major: '专业',
    level: '学历、学位',
    mode: '培养方式',
    employer: '单位名称',
    creditCode: '统一社会信用代码',
    employerType: '单位类型',
    work: '会计工作',
    title: '会计专业职务',
    appointed: '聘任时间',
    qualification: '资格和级别',
    way: '取得方式',
    certificate: '证书编号',
    obtained: '取得时间',
    issuer: '发证机关',
  },
} as const

export const examPaperWords = {
  number: '报名序号',
  state: '报名状态',
  paid: '报名成功',
  paidAt: '报名成功时间',
  department: '会计管理部门',
  lead: '按报名时确认的信息生成，以后信息变更的，这份表不变。收到信息表的人凭查验码核对报名是否有效。',
  make: '生成报名信息表',
  notYet: '还不能打印报名信息表',
  notYetText: '报名状态是“报名成功”以后才能打印。',
  toEntry: '查看报名',
} as const

/** 打印登记表: what was made, and making another. */
export const receiptWords = {
  title: paperKindWords.record,
  lead: '生成时按当时登记的信息定稿，附查验码。收到登记表的人凭查验码核对真伪，不用登录。',
  make: '生成登记表',
  unchanged: '一天以内信息没有变更的，再次生成仍是同一份。',
  list: '已生成的证明',
  kind: '名称',
  code: '查验码',
  issuedAt: '生成时间',
  department: '会计管理部门',
  empty: '还没有生成过。',
  print: '打印',
  download: '下载 PDF',
  portrait: '证件照',
  ready: '已生成，可以打印或下载 PDF。',
  /** Below what is printed. */
  foot: (origin: string) => `查验网址：${origin}`,
  footnote: '凭查验码可以查到姓名（部分隐藏）、会计管理部门、生成时间，以及与现在登记的信息是否一致。',
  qr: '查验网址的二维码',
  page: (number: number, of: number) => `第 ${number} 页，共 ${of} 页`,
  fileName: (kind: ReceiptKind) => `${paperKindWords[kind]}.pdf`,
} as const

/** 查验: for whoever holds a paper. */
export const verifyWords = {
  title: '查验证明',
  lead: '输入登记表等证明上的查验码，核对证明是否由本平台生成、生成后信息有没有变更。',
  code: { label: '查验码', hint: '16 位字母和数字，不分大小写，短横可以不填' },
  submit: '查验',
  none: '没有这份证明',
  noneText: (code: string) =>
    `没有查验码为 ${groupedCode(code)} 的证明。请对照纸面核对查验码；核对无误的，这份证明不是由本平台生成的。`,
  found: '本平台生成过这份证明',
  states: {
    same: { title: '与现在登记的信息一致', text: '平台按这个查验码生成的那一份，内容与现在登记的信息一致。' },
    changed: {
      title: '签发后信息有变更',
      text: '证明由本平台生成，但登记的信息后来有变更。请让持有人重新生成一份。',
    },
    ended: { title: '已失效', text: '持有人的账户已经注销，这份证明不再有效。' },
    void: { title: '已失效', text: '这次报名现在不是“报名成功”，这份报名信息表不再有效。' },
  },
  /** A registration is frozen: its paper is compared with what was confirmed, not with the record of now. */
  exam: {
    label: '考试',
    same: {
      title: '报名有效',
      text: '持有人这次考试的报名状态是“报名成功”，信息表由本平台按确认的报名信息生成。',
    },
  },
  kind: '证明名称',
  name: '姓名',
  department: '签发时的会计管理部门',
  issuedAt: '签发时间',
  limits:
    '请把证明名称、姓名、部门和签发时间与纸面对照。本页不显示证明的其他内容，也不说明变更了什么；纸面的其他内容有没有被人改动，本页查不出来，需要核实的，请持有人当面登录平台出示。',
  another: '查验另一份',
  tooMany: '查验的次数过多',
} as const
