import type { IssueWords } from './issues.ts'

/** What a reviewer is told. */
export const reviewIssues: IssueWords = {
  'lease-required': () => '您还没有领取这份申请，或领取已经到期。请先领取，再保存意见',
  'claimed-by-other': () => '这份申请已被其他审核员领取',
  'own-case': () => '不能审核本人的申请',
}
