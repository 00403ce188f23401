import type { IssueWords } from './issues.ts'

/** 审计日志 (ADM-3). */
export const auditIssues: IssueWords = {
  'audit-day': () => '日期请写成 2026-11-30 的样子',
  'audit-order': () => '结束日期不能早于开始日期，请核对',
  'audit-long': ({ limit }) => `一次最多查看 ${limit} 天，请缩短范围`,
  'audit-login': () => '没有找到这个登录名，或不在您的审计范围内。请填写完整的登录名',
  'audit-search-empty': () => '请填写要查找的姓名或证件号码',
}
