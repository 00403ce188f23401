/** Words of 继续教育名单 (CRE-1): the list, one of them, its template, and why a line is left out. */
import type { CreditSubject } from '#lib/domain/credit-ledger.ts'
import type { RosterColumn, RosterFault, RosterStanding } from '#lib/domain/rosters.ts'
import { rosterLimits } from '#lib/schemas/roster.ts'

/** How a column is headed in the template, then other headings that are understood. */
export const rosterHeadings: Readonly<Record<RosterColumn, readonly [string, ...string[]]>> = {
  number: ['证件号码', '身份证号', '身份证号码'],
  name: ['姓名'],
  form: ['学分形式', '形式'],
  title: ['名称', '培训名称', '课程名称'],
  quantity: ['数量', '天数', '学时'],
  obtained: ['完成时间', '完成月份'],
  subject: ['科目'],
}

export const creditSubjectWords: Readonly<Record<CreditSubject, string>> = {
  any: '不限',
  professional: '专业科目',
  public: '公需科目',
}

const reasons: Readonly<Record<RosterFault['why'], (limit: number) => string>> = {
  broken: () => '引号不成对，或这一行太长，读不出来',
  'too-many-cells': () => '内容比表头的栏目多，名称里的逗号请用中文逗号',
  missing: () => '没有填写',
  'too-long': (limit) => `超过 ${limit} 个字`,
  'too-short': (limit) => `至少 ${limit} 个字`,
  blank: () => '只有标点符号',
  characters: () => '有乱码或看不见的字符',
  'spoiled-number': () => '号码被表格软件改成了近似值，请把这一栏设为文本后重新填写',
  'not-a-number': () => '不是证件号码',
  'not-an-option': () => '不是可以填写的内容，请对照填写说明',
  quantity: () => '请填 1 到 999 的整数',
  'too-many': (limit) => `这种学分形式一次最多填 ${limit}`,
  'not-a-month': () => '不是月份，请写成 2026-09 的样子',
  'month-future': () => '晚于本月',
  unknown: () => '没有找到已登记的会计人员，请核对号码',
  'name-differs': () => '与这个号码登记的姓名不同',
  'not-here': () => '登记在其他地区的部门，请由所在地的部门登记',
  own: () => '本人的学分由其他工作人员登记',
  counted: () => '已经计入过学分',
  twice: () => '与本名单中前面的一行相同',
}

export const rosterFaultWord = ({ why, limit }: Pick<RosterFault, 'why' | 'limit'>) =>
  reasons[why](limit ?? 0)
export const rosterColumnWord = (column: RosterColumn | null) =>
  column === null ? '整行' : rosterHeadings[column][0]

const count = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })
const lines = (number: number) => `${count.format(number)} 行`

export const rosterWords = {
  title: '继续教育名单',
  lead: '上传面授、网络培训等的学员名单，逐行核对后，把学分计入本部门和下级部门会计人员的继续教育学分。',
  upload: (department: string) => `上传名单 · ${department}`,
  uploadText: '先核对，不登记。核对结果确认以后，才会计入学分。',
  places: '选择部门',
  file: '名单文件（CSV）',
  fileHint: `不超过 ${rosterLimits.bytes / 1024} KB、${lines(rosterLimits.lines)}；编码为 UTF-8 或 GBK（GB 18030）`,
  submit: '上传并核对',
  template: '下载名单模板',
  aside: '填写说明',
  how: [
    '第一行是表头，每行一人一项。',
    '证件号码和姓名与登记的一致；在表格软件中请先把证件号码一栏设为文本，避免后几位变成 0。',
    '数量按学分形式的单位填写，例如面授培训填天数，网络培训填学时。',
    '完成时间填月份，例如 2026-09，不能晚于本月。',
    '科目可以填专业科目、公需科目；不填的，先计专业科目，再计公需科目。',
    '用表格软件另存为 CSV 文件后上传。',
  ],
  forms: '可以填写的学分形式',
  list: '已上传的名单',
  columns: {
    at: '上传时间',
    department: '会计管理部门',
    by: '上传人',
    lines: '行数',
    entered: '已登记',
    state: '状态',
    action: '',
  },
  open: '查看',
  about: (department: string, at: string) => `${department}，${at}`,
  empty: '还没有上传过名单。',
  states: {
    checked: '待确认',
    entering: '登记中',
    entered: '已登记',
    dropped: '已放弃',
  } satisfies Record<RosterStanding, string>,
  told: {
    confirmed: '已确认。学分由系统在后台登记，您可以离开本页。',
    dropped: '已放弃，没有登记任何内容，名单已经删除。',
  } as Readonly<Record<string, string>>,
  one: '核对结果',
  facts: {
    department: '会计管理部门',
    by: '上传人',
    at: '上传时间',
    lines: '名单行数',
    good: '可以登记',
    bad: '不能登记',
    entered: '已登记',
    left: '等待登记',
  },
  lines,
  until: (day: string) => `请在 ${day} 以前确认，逾期自动放弃。`,
  faults: '不能登记的行',
  faultColumns: { line: '行号', column: '栏目', why: '原因' },
  faultsText:
    '这里只列出行号和原因。确认或放弃以后不再显示，需要改正的，请先对照原文件记下，改好后另行上传。',
  noFaults: '全部行都可以登记。',
  confirmTitle: '确认登记',
  confirmText: (good: number) =>
    `登记 ${lines(good)}，计入各人的学分，并给每个人发一条消息。登记以前会再核对一次，期间已经调走或已计入学分的不重复登记。`,
  nothingGood: '没有可以登记的行。请放弃这份名单，改正后重新上传。',
  confirm: '确认登记',
  drop: '放弃',
  dropText: '不登记任何内容，名单立即删除。',
  running: '正在登记，请稍候。',
  refresh: '刷新',
  ended: {
    entered: (entered: number, all: number) =>
      `登记已经完成：名单共 ${lines(all)}，登记 ${lines(entered)}。名单内容已经删除，登记的学分可由本人查看。`,
    dropped: '这份名单没有登记，内容已经删除。',
  },
} as const

/** The empty list, to be filled in. */
export const rosterTemplate = {
  title: '继续教育学员名单',
  use: '由会计管理部门填写，在“继续教育名单”页上传。文件只有表头，用表格软件打开后逐行填写。',
  download: '下载 CSV',
  fileName: '继续教育学员名单.csv',
  asciiName: 'roster.csv',
} as const
