import { factorTicketMinutes } from '#lib/domain/lifetimes.ts'
import { dayWords } from './dates.ts'
import type { IssueWords } from './issues.ts'

/** Staff accounts (ACC-10). */
export const staffIssues: IssueWords = {
  'staff-role-beyond-you': () => '您不能授予这个角色，请选择其他角色',
  'staff-manager-below': () => '部门管理员只能由上级部门邀请，请选择您的下级部门，或请上级部门邀请',
  'staff-outside-scope': () => '所选部门不在您的管理范围内，请重新选择',
  'staff-self': () => '不能停用自己的账户，也不能修改自己的权限，请由上级部门办理',
  'staff-beyond-you': () => '这位人员还有您管理范围以外的权限，请由上级部门办理',
  'staff-last-operator': () => '至少要保留一位长期有效的平台运维人员，请先邀请另一位',
  'staff-suspended': () => '账户已停用，请先恢复，再重新设置登录方式',
  'staff-until': () => '截止日期请写成 2026-12-31 的样子，并且不早于今天',
  'staff-operator-until': () => '平台运维长期有效，请不要填写截止日期；不再需要时请结束权限',
  'leave-until': ({ last }) =>
    `请假截止日期请写成 2026-12-31 的样子，不早于今天，不晚于 ${dayWords(String(last))}`,
  'leave-suspended': () => '账户已停用，不用登记请假；恢复账户以后再登记',
  'leave-without-office': () => '这位人员现在没有审核员或部门管理员的权限，不用登记请假',
  'deputy-unknown': () =>
    '没有找到可以代审的人员。请选择同一省份内在用的审核员、部门管理员或统计查看员，登录名请填写完整',
  'deputy-self': () => '代审人不能是请假的本人，请选择另一位同事',
  'deputy-away': () => '这位同事也在请假中，请选择另一位同事',
  'deputy-needless': () => '这位同事本来就审核这些部门的申请，不需要代审，请选择另一位，或不指定代审人',
  'invitation-over': () => '链接已失效，请向邀请人索要新的链接',
  'login-name-format': () => '登录名为 3 至 32 位小写字母、数字或短横，请核对',
  'login-name-number': () => '登录名不能像证件号码或手机号，连续的数字最多 4 位，请换一个',
  'login-taken': () => '这个登录名已经有人使用，请换一个',
  'totp-format': () => '动态验证码是身份验证器上的 6 位数字，请核对',
  'ticket-over': () => `更换身份验证器已超过 ${factorTicketMinutes} 分钟或已经完成，请重新开始`,
}
