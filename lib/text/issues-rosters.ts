import { instantWords } from './dates.ts'
import type { IssueWords } from './issues.ts'
import { sizeWords } from './picture-rules.ts'
import { rosterHeadings } from './rosters.ts'

const headings = (columns: string | number | undefined) =>
  String(columns ?? '')
    .split(' ')
    .map((column) => Object.entries(rosterHeadings).find(([id]) => id === column)?.[1][0] ?? '')
    .join('、')

/** Lists of trainees (CRE-1). */
export const rosterIssues: IssueWords = {
  'roster-none': () => '请先选择一个 CSV 文件，再点“上传并核对”',
  'roster-no-bytes': () => '文件是空的，请核对后重新选择',
  'roster-utf16': () =>
    '文件的编码是 UTF-16（表格软件里叫“Unicode 文本”），不能读取。请用表格软件打开，另存为 CSV（例如“CSV UTF-8（逗号分隔）”），再上传',
  'roster-too-large': ({ limit }) => `文件太大，最多 ${sizeWords(Number(limit))}，请分成几个文件上传`,
  'roster-interrupted': () => '文件没有传完，请检查网络后再上传一次',
  'roster-headings': ({ columns }) =>
    `第一行没有找到这些栏目：${headings(columns)}。请下载名单模板对照；不是 CSV 文件的，请用表格软件另存为 CSV`,
  'roster-headings-twice': ({ columns }) => `这些栏目出现了两次：${headings(columns)}。请删除多余的一栏`,
  'roster-empty': () => '文件里没有名单，请从第二行开始填写',
  'roster-too-many-lines': ({ limit }) => `名单超过 ${limit} 行，请分成几个文件上传`,
  'rosters-per-day': ({ limit, until }) =>
    `每天最多上传 ${limit} 份名单，请在 ${instantWords(new Date(String(until)))} 以后再试`,
  'roster-nothing': () => '这份名单没有可以登记的行，请放弃后改正重新上传',
  'roster-over': () => '这份名单已经确认或放弃，请查看最新情况',
}
