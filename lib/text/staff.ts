/** Words of 人员管理, invitations and the second factor of staff (ACC-10). */
import type { Role } from '#lib/domain/actor.ts'
import { passwordLimits } from '#lib/schemas/password.ts'

export const roleWords: Readonly<Record<Role, { name: string; does: string }>> = {
  reviewer: { name: '审核员', does: '审核本部门和下级部门的申请' },
  manager: { name: '部门管理员', does: '审核申请，并管理本部门和下级部门的人员' },
  viewer: { name: '统计查看员', does: '查看本部门和下级部门的统计' },
  auditor: { name: '审计员', does: '查看本部门和下级部门的审计日志' },
  operator: { name: '平台运维', does: '管理全国的人员账户，不审核申请' },
}

/** How this service is called in authenticator applications. */
export const issuer = '会计人员平台'

export const staffWords = {
  /** One of several of the same name. */
  apart: (name: string, login: string) => `${name}，登录名 ${login}`,
  title: '人员管理',
  lead: '人员账户只能由上级邀请开通。权限的变更从对方的下一次操作起生效。',
  everywhere: '全国',
  tabs: { people: '人员', open: '待接受的邀请' },
  tabList: '人员分类',
  search: '登录名或姓名',
  searchHint: '填写完整的登录名或姓名',
  find: '查找',
  clear: '清除条件',
  results: '查找结果',
  columns: { name: '姓名', login: '登录名', roles: '角色和部门', state: '状态', seen: '最近登录' },
  states: { active: '在岗', suspended: '已停用', claiming: '', closed: '已注销' },
  awayTo: (until: string) => `至 ${until}`,
  filter: '筛选人员',
  within: '部门',
  presence: '状态',
  everyPresence: '全部',
  presences: { present: '在岗', away: '请假中', suspended: '已停用' },
  apply: '筛选',
  noneSuch: '没有符合条件的人员。请换一个部门或状态，或清除条件。',
  noRole: '现在没有权限',
  unseen: '没有记录',
  empty: '您的管理范围内还没有人员，请先邀请。',
  notFound: '没有找到这位人员，或不在您的管理范围内。请填写完整的登录名或姓名。',
  invite: '邀请人员',
  invited: { name: '姓名', role: '角色和部门', until: '有效期至', action: '' },
  noInvitations: '没有待接受的邀请。',
  revoke: '撤销邀请',
  done: {
    revoked: '链接已撤销，不能再使用。',
    suspended: '已停用。对方的登录已全部结束。',
    resumed: '已恢复。对方可以用原来的方式登录。',
    given: '权限已生效，从对方的下一次操作起算。',
    ended: '权限已结束，从对方的下一次操作起算。',
    leave: '请假已登记。已领取的申请已退回待领取。',
    back: '请假已结束，现在可以领取和审核申请。',
  } as Readonly<Record<string, string>>,
  fields: {
    name: { label: '姓名', hint: '与本人的证件一致' },
    idNumber: {
      label: '居民身份证号码',
      hint: '填写后，系统不会让此人审核本人的申请；号码只用于比对，不保存',
    },
    role: { label: '角色' },
    department: { label: '会计管理部门', hint: '选到此人所在的那一级；权限包括所选部门和全部下级部门' },
    leaveUntil: { label: '请假至', hint: '例如 2026-12-31，当天仍在请假，次日自动结束' },
    deputy: { label: '代审人' },
    deputyLogin: {
      label: '代审人的登录名',
      hint: '上面没有列出的同事，填写完整的登录名；填写后以登录名为准',
    },
    until: { label: '截止日期', hint: '例如 2026-12-31，当天仍然有效；不填写则长期有效' },
    login: { label: '登录名', hint: '3 至 32 位小写字母、数字或短横，以后用它登录' },
    password: {
      label: '密码',
      hint: `${passwordLimits.minCharacters} 至 ${passwordLimits.maxCharacters} 个字符，什么字符都可以；不能含有姓名`,
    },
    passwordAgain: { label: '确认密码', hint: '请把密码再输入一次' },
    currentPassword: { label: '当前密码', hint: '登录时使用的密码' },
    totp: { label: '动态验证码', hint: '身份验证器上显示的 6 位数字' },
    factor: { label: '动态验证码', hint: '身份验证器上显示的 6 位数字，或一个恢复码' },
  },
} as const

/** 请假 and 代审 (ADM-1). */
export const leaveWords = {
  title: '请假',
  lead: '请假期间不能领取、审核申请，也不会被指派；登录和管理权限不变。已领取的申请退回待领取。',
  leadOther:
    '请假期间不能领取、审核申请，也不会被指派；登录和管理权限不变。已领取的申请退回待领取，并通知本人。',
  most: (day: string) => `最晚到 ${day}。`,
  submit: '开始请假',
  change: '修改请假',
  end: '结束请假',
  away: (until: string) => `请假中，至 ${until}`,
  awayText: '提前上岗的，请结束请假；不结束的，次日自动结束。',
  deputies: '代审',
  deputyLine: (name: string, department: string, until: string) => `${name}代审${department}，至 ${until}`,
  noDeputy: '没有指定代审人。其他有权审核的同事仍然可以领取。',
  deputyText:
    '代审人在请假期间得到同样的审核权限，请假结束时自动收回。本人的申请、本人作出初审的申请，代审人仍然不能审核。',
  nobody: '不指定',
  candidate: (name: string, department: string) => `${name}（${department}）`,
  standsTitle: '请假以后，代审随之中断',
  /** Whom somebody stands in for who goes on leave themselves. */
  standsLine: (isSelf: boolean, name: string, department: string) =>
    `${isSelf ? '您' : '此人'}正在代${name}审核${department}的申请，请假期间不能代审。`,
  standsNobody: (department: string) => `${department}届时没有其他在岗的审核员，请先安排人员。`,
  /** Beside an office that is held for somebody else. */
  actsFor: (name: string, until: string) => `代审：${name} 至 ${until}`,
  actsTitle: '您正在代审',
  actsLine: (name: string, department: string, until: string) =>
    `代${name}审核${department}的申请，至 ${until}`,
  queueAway: (until: string) => `您在请假中，至 ${until}，不能领取和审核申请。`,
  toLeave: '管理请假',
} as const

/** Departments nobody reviews, beside the queue of whoever stands above (REV-7). */
export const escalatedWords = {
  title: '下列部门没有在岗的审核员，请办理或安排人员',
  line: (department: string, cases: string) => `无人审核：${department}（${cases} 件待审）`,
  invite: '邀请人员',
  more: (count: number) => `还有 ${count} 个部门。`,
} as const

export type StaffField = keyof typeof staffWords.fields

export const inviteWords = {
  title: '邀请人员',
  lead: '填写后生成一个一次性链接，请转交给被邀请人，由本人设置登录名、密码和身份验证器。',
  submit: '生成邀请链接',
  auditorNote: '审计员不选部门时，范围为全国；平台运维不需要选部门。',
} as const

export const linkWords = {
  title: '链接已生成，只在本页显示',
  text: (name: string, until: string) =>
    `请把下面的链接当面或通过内部工作渠道交给${name}本人。链接只能使用一次，${until} 前有效。`,
  care: '拿到链接的人都能使用它，请不要发到群里。离开本页后不再显示；遗失的，请撤销后重新生成。',
  label: '一次性链接',
  back: '返回人员管理',
} as const

export const memberWords = {
  crumb: '人员',
  facts: { login: '登录名', state: '状态', seen: '最近登录', identity: '本人证件', codes: '恢复码' },
  identity: { known: '已登记，不能审核本人的申请', unknown: '没有登记' },
  grants: '权限',
  grantColumns: { role: '角色', department: '部门', since: '开始', until: '截止', action: '' },
  forGood: '长期有效',
  noGrants: '现在没有有效的权限。',
  endGrant: '结束权限',
  elsewhere: '这位人员还有您管理范围以外的权限，需要由上级部门修改权限、停用或重新设置登录方式。',
  yourself: '这是您自己的账户。权限和状态由上级部门管理。',
  /** Of who is above all departments. */
  yourselfOperator: '这是您自己的账户。权限和状态由其他平台运维人员管理。',
  own: '管理身份验证器和恢复码',
  give: '增加权限',
  giveLead: '从对方的下一次操作起生效。相同的角色和部门再次提交，只修改截止日期。',
  giveSubmit: '增加权限',
  wayIn: '登录方式',
  renewText:
    '忘记密码，或身份验证器和恢复码都遗失时，生成一个一次性链接，由本人重新设置。链接使用以前，原来的方式仍然有效；使用以后，原来的密码、身份验证器和恢复码全部失效。',
  renew: '重新设置登录方式',
  renewOpen: (until: string) => `有一个还没有使用的链接，${until} 前有效。再次生成后，原来的链接失效。`,
  revoke: '撤销这个链接',
  state: '账户状态',
  suspendText: '停用后立即退出登录，不能再登录；本人发出的邀请同时失效。',
  suspend: '停用账户',
  resumeText: '恢复后可以用原来的方式登录，权限不变。',
  resume: '恢复账户',
} as const

export const acceptWords = {
  title: '开通人员账户',
  renewTitle: '重新设置登录方式',
  over: '链接已失效',
  overText: '链接已失效，请向邀请人索要新的链接。',
  overUsed: '如果您刚刚用这个链接完成了设置，请直接登录。',
  login: '去登录',
  lead: (name: string) => `${name}，请设置您的登录方式。完成后这个链接不能再使用。`,
  office: '角色和部门',
  accountLogin: '登录名',
  step1: '一、设置登录名和密码',
  step1Renew: '一、设置新密码',
  step2: '二、添加身份验证器',
  scan: [
    '在手机上安装一个身份验证器应用（例如手机自带的密码管理，或 FreeOTP、Microsoft Authenticator）。',
    '在应用里选择添加账户，扫描下面的二维码；不能扫描的，选择手动输入，填写下面的密钥，类型选“基于时间”。',
    '把应用显示的 6 位数字填写到“动态验证码”。数字每 30 秒更换一次。',
  ],
  qr: '身份验证器二维码',
  secret: '密钥',
  submit: '完成设置',
} as const

export const factorWords = {
  title: '身份验证器和恢复码',
  account: '我的账户',
  lead: '登录时除密码外，还需要身份验证器上的动态验证码。身份验证器不在身边时，可以用恢复码代替，每个恢复码只能使用一次。',
  left: (count: number) => `还有 ${count} 个恢复码可以使用。`,
  few: '恢复码快要用完，请重新生成。',
  confirm: '先确认是您本人',
  confirmLead: '更换身份验证器或重新生成恢复码以前，请填写当前密码和动态验证码。',
  replace: '更换身份验证器',
  codes: '重新生成恢复码',
  newFactor: '添加新的身份验证器',
  newFactorLead: '完成以前，原来的身份验证器仍然有效；完成以后，其他设备上的登录会结束。',
  finish: '完成更换',
  cancel: '取消',
  replaced: '身份验证器已更换，原来的不再有效。',
  made: '恢复码只在本页显示',
  madeText:
    '请打印或抄写下来，和其他重要文件放在一起，不要和手机放在一起。登录时填写在“动态验证码”里，每个只能使用一次。',
  madeAnew: '以前的恢复码已经失效。',
  list: '恢复码',
  print: '打印',
  go: '继续',
} as const
