/** Words of 导出 by staff (ADM-2, ADM-3): the list, the form, the names of files. What stands inside them: `export-sheets.ts`. */
import {
  type ExamAsked,
  type ExportFormat,
  type ExportKind,
  mostMonths,
  mostXlsxRows,
  purposeLength,
} from '#lib/domain/exports.ts'
import { eligibilityWords } from './eligibility.ts'

const kinds: Readonly<Record<ExportKind, { name: string; sheet: string; text: string }>> = {
  people: { name: '人员名单', sheet: '人员', text: '信息采集已通过的会计人员，包括所选部门和全部下级部门' },
  cases: { name: '办理清单', sheet: '申请', text: '提交过的申请和办理情况，包括所选部门和全部下级部门' },
  figures: { name: '统计数据', sheet: '统计', text: '所选部门和它的直接下级的统计数字' },
  eligibility: {
    name: '报考条件测算',
    sheet: '报考条件',
    text: '按登记的信息测算所选部门和全部下级部门的人员是否符合一次考试的报考条件，并写明还缺什么',
  },
  entries: {
    name: '考试报名名单',
    sheet: '报名',
    text: '一次考试的报名人员、报考点、科目和报名状态。选地区的是在该地区报名的全部人员，选下级部门的是由它和下级管理的人员',
  },
  audit: { name: '审计日志', sheet: '日志', text: '所选部门和全部下级部门的工作人员的操作和查看记录' },
}

const formats: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'Excel 工作簿（xlsx）',
  csv: 'CSV 文本（csv）',
}

const count = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })
export const rowCount = (rows: number) => `${count.format(rows)} 行`

export const exportsWords = {
  title: '数据导出',
  lead: (days: number) =>
    `文件由系统在后台生成，保留 ${days} 天，只有您本人可以下载。每次导出和下载都会记入日志。`,
  begin: '新建导出',
  list: '我的导出',
  kinds,
  formats,
  everywhere: '全国',
  columns: { what: '内容', department: '会计管理部门', at: '申请时间', state: '状态', action: '' },
  months: (from: string, to: string) =>
    from === '' && to === '' ? '' : from === '' ? `${to}及以前` : to === '' ? `${from}起` : `${from}至${to}`,
  exam: ({ level, year }: ExamAsked) => eligibilityWords.heading(level, year),
  full: '完整号码',
  states: {
    waiting: '等待中',
    writing: (percent: number) => `生成中 ${percent}%`,
    done: '已完成',
    failed: '未能生成',
  },
  done: (rows: string, size: string) => `${rows}，${size}`,
  until: (when: string) => `保留到 ${when}`,
  why: {
    'too-many-rows': (limit: number) =>
      `内容超过 ${count.format(limit)} 行，请选择下级部门或较短的月份重新导出`,
    'not-theirs': () => '生成时您已经没有导出这些数据的权限。需要这些数据的，请按现在的权限重新导出',
    fault: () => '系统没有能够生成这个文件，请重新导出；仍不成功的，请联系平台运维',
  },
  download: '下载',
  delete: '删除',
  about: (kind: string, department: string, at: string) => `${kind}，${department}，${at}`,
  empty: '还没有导出过数据，或文件已过保留期。',
  running: (files: number) => `正在生成 ${files} 个文件，完成后通知您。`,
  refresh: '刷新',
  told: {
    begun: '已开始生成。您可以离开本页，完成后在“消息”中通知您。',
    deleted: '已删除。',
  } as Readonly<Record<string, string>>,
} as const

export const exportFormWords = {
  title: '新建导出',
  lead: '选择要导出的内容和范围。默认隐藏姓名、证件号码和手机号的一部分。',
  fields: {
    kind: { label: '导出内容' },
    department: {
      label: '会计管理部门',
      hint: '选到需要的那一级；管理全国的，不选表示全国',
    },
    from: { label: '开始月份' },
    to: { label: '结束月份' },
    level: { label: '考试级别' },
    year: { label: '考试年度', hint: '会计工作算到这一年的 12 月' },
    format: { label: '文件格式' },
    full: {
      label: '导出完整的姓名、证件号码和手机号',
      hint: '只用于人员名单和考试报名名单。名单中的每个人都会有一条查看记录',
    },
    purpose: {
      label: '用途',
      hint: `写明为什么需要完整号码，${purposeLength.min} 至 ${purposeLength.max} 个字`,
    },
  },
  year: (year: number) => `${year} 年度`,
  monthsHint: `办理清单按提交月份，可以不填；统计数据和审计日志必须填写，最多 ${mostMonths} 个月`,
  formatHint: (most: number) =>
    `Excel 工作簿最多 ${count.format(Math.min(most, mostXlsxRows))} 行，CSV 最多 ${count.format(most)} 行。CSV 中，以“=”“+”“-”“@”开头的文字和完整号码前面加了一个单引号，用来防止被当作公式或数值；导入其他系统时请去掉`,
  limits: (running: number, perDay: number) => `同时最多生成 ${running} 个文件，每天最多 ${perDay} 个。`,
  aside: '导出的内容',
  care: '导出的文件没有加密。请在单位的设备上保存，用完及时删除，不要转发给无关人员。',
  submit: '开始导出',
  back: '返回我的导出',
} as const

/** Names of files and of the sheets inside them. */
export const exportFileWords = {
  name: (kind: ExportKind, department: string, day: string) =>
    `${kinds[kind].name}-${department === '' ? exportsWords.everywhere : department}-${day}`,
  sheets: {
    people: kinds.people.sheet,
    cases: kinds.cases.sheet,
    figures: kinds.figures.sheet,
    audit: kinds.audit.sheet,
    eligibility: kinds.eligibility.sheet,
    entries: kinds.entries.sheet,
  },
} as const

/** How a message calls what was exported. */
export const exportName = (kind: string): string =>
  Object.entries(kinds).find(([id]) => id === kind)?.[1].name ?? ''

/** The link from the pages whose content it is. */
export const exportLink = '导出'
