/** What keeps 调转, 学分申请 and 奖惩 from being sent, in words (TRF-1, CRE-1, AWD-1). */
import type { IssueWords } from './issues.ts'

export const afterApprovalIssues: IssueWords = {
  'transfer-before-approval': () => '信息采集还没有审核通过，审核通过后才能申请调转',
  'transfer-while-change': () => '有审核中的信息变更，请等待审核结果，或撤回变更后再申请调转',
  'transfer-while-transfer': () => '已有审核中的调转申请，请等待审核结果',
  'transfer-while-conduct': () => '有审核中的奖惩事项，审核结束后才能申请调转',
  'transfer-while-credit': () => '有审核中的继续教育学分申请，请等待审核结果，或撤回后再申请调转',
  'transfer-same-department': () => '调入地会计管理部门就是现在的会计管理部门，不需要调转，请重新选择',
  'while-transfer': () => '有审核中的调转申请，审核结束后才能提交，请等待审核结果，或先撤回调转申请',
  'credit-before-approval': () => '信息采集审核通过后，才能申请继续教育学分',
  'credit-counted': () => '这一项已经计入过学分，不能重复申请',
  'quantity-format': () => '数量请填 1 到 999 的整数',
  'credit-quantity': ({ limit }) => `这种学分形式一次最多申请 ${limit}，请核对数量；多出的分次申请`,
  'conduct-revoked': () => '这一条奖惩信息已经撤销，不需要再次办理',
  'exam-entry-over': () => '这次报名已经结束，不能再办理',
  'exam-before-approval': () => '信息采集审核通过后，才能报名考试',
  'conduct-before-approval': () => '信息采集审核通过后，才能办理奖惩事项',
}
