import { instantWords } from './dates.ts'
import type { IssueWords } from './issues.ts'

/** Exports by staff (ADM-2). */
export const exportIssues: IssueWords = {
  'export-full-beyond-you': () =>
    '只有管理这个部门的部门管理员可以导出完整号码，请取消勾选，或选择您管理的部门',
  'export-months': ({ limit }) => `一次最多导出 ${limit} 个月，请缩短月份范围`,
  'export-empty': () => '所选范围没有可以导出的内容，请选择其他部门或月份',
  'export-too-many-rows': ({ limit }) =>
    `所选范围超过 ${limit} 行，请选择下级部门、缩短月份范围，或改用 CSV 格式`,
  'export-running': ({ limit }) => `您有 ${limit} 个文件正在生成，请等其中一个完成，或删除不需要的`,
  'export-per-day': ({ limit, until }) =>
    `每天最多导出 ${limit} 个文件，请在 ${instantWords(new Date(String(until)))} 以后再试`,
}
