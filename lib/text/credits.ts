/** Words of 继续教育: the ledger of a year, the conversion table, and what a claim is worth (CRE-1). */
import type { CreditSubject } from '#lib/domain/credit-ledger.ts'
import type { CreditUnit } from '#lib/domain/credits.ts'
import { dayWords } from './dates.ts'

const subjects: Readonly<Record<CreditSubject, string>> = {
  any: '先记专业科目',
  professional: '专业科目',
  public: '公需科目',
}
const units: Readonly<Record<CreditUnit, string>> = {
  subject: '科',
  day: '天',
  course: '门',
  project: '项',
  paper: '篇',
  book: '本',
  year: '年',
  hour: '学时',
}

export const creditWords = {
  title: '继续教育',
  lead: '每年的继续教育学分：已经登记的、还差的，以及怎样补足。学分全国有效，只在取得的当年有效，不结转。',
  notYet: '还没有继续教育学分',
  notYetText: '信息采集审核通过后，这里按年度显示您的继续教育学分，也可以在这里申请折算学分。',
  toCollection: '去信息采集',
  years: '年度',
  year: (year: number) => `${year}年度`,
  states: { complete: '已完成', short: '未完成', notOwed: '无要求', entered: '有登记' },
  complete: (year: number) => `${year}年度的继续教育已经完成`,
  short: (missing: number) => `还差 ${missing} 学分`,
  shortOf: (professional: number, open: number) =>
    [professional > 0 ? `专业科目 ${professional} 学分` : '', open > 0 ? `公需科目 ${open} 学分` : '']
      .filter(Boolean)
      .join('，'),
  notOwed: (year: number) =>
    `按已登记的信息，${year}年度没有继续教育的要求：取得会计专业技术资格的，从次年起参加；没有取得但从事会计工作的，从开始从事会计工作的当年起参加。`,
  total: '合计',
  professional: '专业科目',
  open: '公需科目',
  filled: (got: number, target: number) => `${got} / ${target} 学分`,
  missing: (missing: number) => (missing > 0 ? `还差 ${missing}` : '已满'),
  beyond: (credits: number) => `另有 ${credits} 学分超出当年要求，不计入，也不结转到其他年度。`,
  by: (total: number, professional: number, province: string) =>
    `按${province}的规则：每年 ${total} 学分，其中专业科目不少于 ${professional} 学分。`,
  byElsewhere: '这一年度按登记学分时所在地区的规则已经完成，调转以后仍然有效。',
  howTitle: '怎样补足',
  how: [
    '参加考试、会议、学历教育，发表论文、出版书籍等，可以申请折算学分；折算的学分先记专业科目，再记公需科目。',
    '参加会计管理部门认可的面授培训或网络培训的，由会计管理部门按学员名单登记，也可以凭证明自行申请。',
    '以前年度能不能补学，各地规定不同，请咨询会计管理部门。',
  ],
  claim: '申请学分',
  print: '打印学分登记表',
  entries: (year: number) => `${year}年度已登记的学分`,
  noEntries: '这一年度还没有登记学分。',
  columns: {
    form: '学分形式',
    title: '名称',
    quantity: '数量',
    formAndQuantity: '学分形式和数量',
    credits: '学分',
    subject: '计入科目',
    obtained: '完成时间',
    source: '来源',
  },
  subjects,
  sourceClaim: (number: string) => `本人申请 ${number}`,
  sourceRoster: '会计管理部门按学员名单登记',
  claims: '学分申请记录',
  noClaims: '还没有提交过学分申请。',
  claimColumns: { number: '受理编号', what: '申请内容', submitted: '提交时间', state: '状态' },
  dueBy: (day: string) => `预计在 ${dayWords(day)} 前办结`,
  refusedBecause: (note: string) => `原因：${note}`,
  underway: {
    draft: '有一份学分申请还没有提交',
    returned: '学分申请被退回，请修改后重新提交',
    underReview: '学分申请正在审核',
    goOn: '继续填写',
    mend: '查看意见并修改',
    see: '查看申请',
  },
  table: {
    title: '折算标准',
    caption: '视同继续教育的折算标准',
    form: '学分形式',
    each: '折算学分',
    most: '一次最多',
    eachOf: (credits: number, unit: CreditUnit) => `${credits} / ${units[unit]}`,
    mostOf: (most: number, unit: CreditUnit) => `${most} ${units[unit]}`,
    note: '学分计入完成时间所在的年度；超出当年要求的部分不计，也不结转。同一项只计一次。',
  },
  worth: {
    title: '本次申请的学分',
    reviewTitle: '申请的学分与当年学分',
    credits: (credits: number, year: number) => `折算 ${credits} 学分，计入${year}年度`,
    counts: (counts: number) => `当年实际可以计入 ${counts} 学分，超出的部分不计。`,
    counted: '这一项已经计入过学分，不能重复申请。',
    before: '现在',
    after: '通过后',
  },
  paper: {
    title: '会计人员继续教育学分登记表',
    name: '姓名',
    idType: '证件类型',
    number: '证件号码',
    department: '会计管理部门',
    year: '年度',
    result: '结果',
    printedOn: '打印日期',
    years: '各年度学分',
    entries: '已登记的学分',
    make: '生成可查验的学分证明',
    makeNote: '包括各年度已登记的学分，附查验码，收到的人可以在线核对真伪。',
    note: '本表由本人从平台打印，以平台登记的信息为准。',
    print: '打印',
  },
} as const

/** 20 学时 */
export const quantityWords = (quantity: number, unit: CreditUnit | null) =>
  unit === null ? String(quantity) : `${quantity} ${units[unit]}`
