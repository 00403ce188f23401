/** What keeps 调转, 学分申请 and 奖惩 from being sent, in words (TRF-1, CRE-1, AWD-1). */
import { instantWords } from './dates.ts'
import { unmetText } from './eligibility.ts'
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
  'exam-not-open': ({ at }) => `报名还没有开始，开始时间是 ${instantWords(new Date(String(at)))}`,
  'exam-closed': ({ at }) => `报名已经截止，截止时间是 ${instantWords(new Date(String(at)))}`,
  'exam-unmet': ({ level, condition, needs, has, why }) => unmetText({ level, condition, needs, has, why }),
  'exam-subject-required': () => '请选择报考科目，至少选择一科',
  'exam-site-required': () => '请选择报考点',
  'exam-site-unknown': () => '这个报考点不在您的报名地区，或已经取消，请重新选择',
  'exam-site-full': () => '这个报考点的名额已满，请选择另一个报考点',
  'exam-too-many': ({ limit }) => `一小时内已经报名 ${limit} 次，请过一会儿再报名`,
  'exam-registered': ({ number }) =>
    `您已经报名这次考试（受理编号 ${number}）。要改报考点或科目的，请先撤回，再重新报名`,
  'exam-registered-before': ({ number }) =>
    `您在注销原来的账户之前已经报名这次考试并缴费（受理编号 ${number}），报名仍然有效，同一次考试不能报两次`,
  'exam-frozen': () => '已经缴费，报名信息不能修改，也不能取消',
  'exam-before-approval': () => '信息采集审核通过后，才能报名考试',
  'objection-open': () => '您有一件还没有办结的异议，请先办完，或放弃后再对另一条提出异议',
  'other-person-required': () => '这一条奖惩信息由您登记或审核，异议需要由其他工作人员核实',
  'not-returnable': () => '这类登记不能退回修改。内容有误的，请作不予通过的决定',
  'cancel-while-claimed': () => '这次登记已被领取，正在审核，不能撤销',
  'cancel-not-yours': () => '只有登记人或部门管理员可以撤销登记',
  'person-number-empty': () => '请填写证件号码',
  'person-name-empty': () => '请填写姓名',
  'person-not-found': () =>
    '没有找到。请核对证件号码和姓名是否与登记的一致，以及此人的会计管理关系是否在您的管理范围内',
  'penalty-under-review': ({ number }) =>
    `此人已有一件行政处罚登记正在审核（受理编号 ${number}），办结以后才能再登记`,
  'penalty-entered': () => '这份决定书的同一种处罚已经登记过，不需要再次登记',
  'manager-required-publish': () => '只有登记部门的部门管理员可以公开奖励',
  'publish-penalty': () => '行政处罚不能公开',
  'publish-own': () => '本人的奖励由其他管理员公开或取消公开',
  'conduct-before-approval': () => '信息采集审核通过后，才能办理奖惩事项',
}
