import { isReturnReason } from '#lib/domain/return-reasons.ts'
import type { IssueWords } from './issues.ts'
import { reasonWords } from './review.ts'
import { sectionWords } from './sections.ts'

const titleOf = (section: string | number | undefined) =>
  Object.entries(sectionWords).find(([id]) => id === section)?.[1].title ?? ''

/** What a reviewer is told. */
export const reviewIssues: IssueWords = {
  'lease-required': () => '您还没有领取这份申请，或领取已经到期。请先领取，再保存意见',
  'claimed-by-other': () => '这份申请已被其他审核员领取',
  'being-checked': () => '这份申请正在进行机器核验，核验完成后才能领取和审核',
  'own-case': () => '不能审核本人的申请',
  'on-leave': () => '您在请假中，不能领取和审核申请。要继续审核，请先在“我的账户 · 请假”中结束请假',
  'second-person-required': () => '前一步由您办理，这一步需要由另一名工作人员办理',
  'holder-verified-meanwhile': () =>
    '提交以后，现持有人通过了实名认证，不能直接通过。请退回，由申请人补充说明后重新提交，再由两名工作人员审核',
  'number-held': () => '更正后的证件号码属于另一个已经实名认证的账户，不能通过。请核对后退回，或不予通过',
  'case-decided': () => '这份申请已经作出决定，或已由申请人撤回，不能再审核',
  'manager-required': () => '只有部门管理员可以指派，请联系本部门的管理员',
  'forward-kind': () => '这类申请由系统确定审核部门，不能转办',
  'forward-reason': () => '请选择转办原因',
  'forward-target': () => '请选择接办的会计管理部门，选到最后一级',
  'forward-same': () => '这份申请已经在这个部门，请选择另一个部门',
  'assign-target': () => '请选择审核员；此人现在不审核这个部门的申请，或账户已经停用',
  'assign-away': () => '这位审核员不在岗，请指派给另一名审核员',
  'assign-own': () => '不能指派给申请人本人，也不能指派给已经作出初审的人，请选择另一名审核员',
  'batch-empty': () => '请先勾选要通过的申请',
  'batch-too-many': ({ limit }) => `一次最多通过 ${limit} 件，请减少勾选`,
  'search-empty': () => '请填写要查找的受理编号、姓名、证件号码或手机号',
  'section-unknown': () => '意见中有不属于这份申请的内容，请刷新页面后重新填写',
  'verdict-unknown': () => '请选择“通过”或“有问题”',
  'finding-but-passed': () => '已经填写了意见，请选择“有问题”；或删除意见后再选择“通过”',
  'problem-without-finding': () => '选择“有问题”的，请至少填写一条意见',
  'target-unknown': () => '所指内容不在这次提交中，请重新选择',
  'reason-required': () => '请选择原因；不需要这条意见的，请勾选删除',
  'reason-unfit': () => '这个原因不适用于这一部分，请重新选择',
  'note-required': () => '请填写说明，写明有什么问题、要怎么改',
  'refusal-required': () => '请填写不予通过的理由',
  'refusal-too-long': ({ measured, limit }) =>
    `不予通过的理由共 ${measured} 个字，最多 ${limit} 个字，请缩短`,
  'refusal-characters': () => '不予通过的理由中有无法显示的字符，请删除',
  'note-too-long': ({ measured, limit }) => `说明共 ${measured} 个字，最多 ${limit} 个字，请缩短`,
  'note-template-gone': () => '刚才选择的常用语已经停用，没有加入说明。请重新选择，或直接填写说明',
  'late-findings': ({ count, since }) =>
    `还没有退回：有 ${count} 条意见所指的内容，第 ${since} 次提交时已经可以看到，当时没有指出（一次性告知）。请核对；确认要退回的，请再次点击“退回”，退回时会告知部门管理员`,
  'note-characters': () => '说明中有无法显示的字符，请删除后再保存',
  'too-many-findings': ({ limit }) => `这一部分最多写 ${limit} 条意见，请合并`,
  'refused-but-passed': () =>
    '这里选的是“通过”，不能同时作不予通过的决定。不予通过的，请改选“有问题”并填写意见；没有问题的，请点“审核通过”',
  'section-unpassed': ({ section }) => `${titleOf(section)}还没有通过，全部内容通过后才能审核通过`,
  'record-moved-on': () =>
    '申请提交以后，申请人的已登记信息有了变化，不能直接通过。请退回，由申请人核对后重新提交',
  'change-fits-no-more': () =>
    '按申请人现在的已登记信息，这项变更不符合填报规则，不能通过。请退回，由申请人核对后重新提交',
  'return-without-finding': () => '退回至少需要一条意见，请说明申请人要修改什么',
  'not-refusable': () => '这类申请只能退回修改，不能作不予通过的决定',
  // SUB-4: what an applicant reads at the field a finding concerns.
  finding: ({ reason, note }) => {
    const words = typeof reason === 'string' && isReturnReason(reason) ? reasonWords[reason] : ''
    return note ? `${words}：${note}` : words
  },
}
