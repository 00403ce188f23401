/** Words of 部门管理, the editor of the tree of departments (ADM-1). */
import { type DepartmentKind, reviewDayLimits } from '#lib/domain/department-kinds.ts'
import type { TransferWay } from '#lib/domain/province-rules.ts'
import { noteTemplateLimits } from '#lib/schemas/note-templates.ts'
import { creditLimits } from '#lib/schemas/province-rules.ts'

/** Names from the first level down: `广东省广州市天河区`, `广东省广州市本级`. */
export const departmentFullName = (above: string, { kind, name }: { kind: DepartmentKind; name: string }) =>
  `${above}${kind === 'own' ? '本级' : name}`

export const departmentKindWords: Readonly<Record<DepartmentKind, string>> = {
  province: '省级',
  city: '设区的市',
  county: '区县',
  own: '本级',
  central: '中央单位',
  corps: '兵团',
}

/** Who agrees to a transfer (TRF-3). */
export const transferWayWords: Readonly<Record<TransferWay, string>> = {
  target: '只由调入地审核',
  both: '调出地确认后调入地审核',
}

export const departmentsWords = {
  title: '部门管理',
  lead: '维护本部门和下级部门的名称、联系方式、审核时限和接受的证明材料。修改保存后，申请人立即看到。',
  list: '部门列表',
  beneath: (name: string) => `${name}的下级部门`,
  columns: { name: '部门', days: '审核时限', phone: '联系电话', state: '状态', below: '' },
  days: (days: number) => `${days} 个工作日`,
  unset: '未填写',
  open: '正常',
  /** Merged into another. */
  merged: '已撤销',
  closed: '未启用',
  unattended: '无人审核',
  below: '下级部门',
  up: '上级部门',
  empty: '没有下级部门。',
  unattendedTitle: '下列部门有申请在等待，但没有在岗的审核员和部门管理员',
  unattendedText: '请到“人员管理”邀请审核员，或由上级部门的审核员办理。',
  andMore: '还有其他部门，请逐级查看。',
  done: {
    edited: '已保存，申请人现在看到的就是修改后的内容。',
    renamed: '名称已修改，下级部门的全称同时更新。',
    added: '部门已增加，申请人现在可以选择。请填写联系方式。',
    closed: '部门已撤销，不能再选择。人员和在办申请正在转到并入的部门。',
    reopened: '部门已恢复，申请人现在可以选择。',
    'rules-set': '本省规则已保存。',
    'template-added': '常用语已增加，本部门和下级部门的审核员现在可以选用。',
    'template-ended': '常用语已停用。已经写进审核意见的不受影响。',
  } as Readonly<Record<string, string>>,
} as const

/** The state of a department in a word. */
export const departmentState = (isActive: boolean, isMerged: boolean) =>
  isActive ? departmentsWords.open : isMerged ? departmentsWords.merged : departmentsWords.closed

export const departmentWords = {
  facts: {
    fullName: '全称',
    kind: '类别',
    phone: '联系电话',
    address: '办公地址',
    hours: '办公时间',
    days: '审核时限',
    proofs: '接受的会计工作证明',
    staff: '在岗人员',
  },
  staffed: (reviewers: number, managers: number) => `审核员 ${reviewers} 人，部门管理员 ${managers} 人`,
  open: (name: string) => `查看${name}`,
  staffLink: '人员管理',
  below: '查看下级部门',
  unattended:
    '有申请在等待审核，但这个部门没有在岗的审核员和部门管理员。请邀请审核员，或由上级部门的审核员办理。',
  closedInto: (target: string) => `这个部门已撤销，并入${target}。`,
  neverOpen: '这个部门没有启用，申请人不能选择。',
  moving: (people: string, cases: string) =>
    `还有 ${people} 名会计人员、${cases} 份在办申请正在转移，由系统自动完成。`,
  edit: '联系方式和审核要求',
  editSubmit: '保存修改',
  rename: '修改名称',
  renameText: '下级部门的全称同时修改。已提交的申请仍显示提交时的名称。',
  renameSubmit: '修改名称',
  ownName: '本级部门的名称随上级部门变化。',
  add: '增加下级部门',
  addText: '增加后申请人可以选择。名称不能与同级部门相同；撤销过的部门请恢复，不要重新增加。',
  addSubmit: '增加部门',
  close: '撤销并入其他部门',
  closeText: '机构合并或撤销时，把会计人员和在办申请转到另一个部门。',
  closeLink: '撤销这个部门',
  hasChildren: '这个部门下面还有部门，把它们并入其他部门以后才能撤销。',
  templates: '审核意见常用语',
  templatesText:
    '本部门和下级部门的审核员填写说明时可以选用，申请人看到的就是这些文字。要修改的，请停用后重新增加。',
  templatesEmpty: '还没有常用语。',
  templateAdd: '增加常用语',
  templateEnd: '停用',
  rules: '本省规则',
  rulesText:
    '适用于本部门和全部下级部门。调转方式对以后提交的调转生效，网络培训的学分对以后登记的生效，每年学分立即生效。',
  rulesBelow: '由省级部门的管理员设置，适用于本部门。',
  rulesUsual: '没有单独设置，按通用规则。',
  rulesSubmit: '保存规则',
  creditCount: (credits: number) => `${credits} 学分`,
  reopen: '恢复部门',
  reopenText: '恢复后申请人可以选择。已经转走的会计人员和申请不会回来，人员权限需要重新授予。',
  reopenSubmit: '恢复部门',
} as const

export const closingWords = {
  title: (name: string) => `撤销${name}`,
  crumb: '撤销',
  lead: '撤销后立即生效。请核对下面的变化，再选择并入的部门。',
  consequences: '撤销以后',
  people: (count: string) => `${count} 名会计人员转到并入的部门。`,
  cases: (count: string) =>
    `${count} 份在办申请转到并入的部门，包括还没有提交的和退回修改的。正在审核的由新的部门从头审核，审核期限重新计算，已填写的审核意见不保留；申请人会收到消息。`,
  staff: (count: number) =>
    `${count} 项人员权限和全部未接受的邀请立即结束。需要继续工作的，请在并入的部门重新授予权限。`,
  choose: '申请人不能再选择这个部门。',
  reversible: '撤销后可以恢复部门，但已经转走的会计人员和申请不会回来。',
  submit: '撤销并入所选部门',
  back: '返回部门',
} as const

export const departmentFields = {
  phone: { label: '联系电话', hint: '申请人可以拨打的号码，例如 020-12345678' },
  address: { label: '办公地址' },
  hours: { label: '办公时间', hint: '例如 工作日 9:00 至 12:00，14:00 至 17:00' },
  reviewDays: {
    label: '审核时限',
    hint: `${reviewDayLimits.min} 至 ${reviewDayLimits.max} 个工作日；只对以后提交的申请生效`,
  },
  proofs: { label: '接受的会计工作证明', hint: '申请人只需要上传所选的材料；至少选一种' },
  name: { label: '名称', hint: '本级名称，不含上级部门，例如 天河区' },
  childName: { label: '下级部门名称', hint: '本级名称，不含上级部门' },
  childKind: { label: '类别' },
  target: { label: '并入的会计管理部门', hint: '选到申请人可以选择的最后一级' },
  templateReason: { label: '退回原因' },
  templateText: {
    label: '常用语',
    hint: `${noteTemplateLimits.text} 字以内，写清要怎么改；不要写申请人的个人信息`,
  },
  transferInside: { label: '省内调转' },
  transferOutside: { label: '跨省调转', hint: '会计人员从本省调往其他省时' },
  creditsTotal: {
    label: '每年学分',
    hint: `不少于 ${creditLimits.creditsTotal.min}`,
  },
  creditsProfessional: {
    label: '其中专业科目',
    hint: `不少于 ${creditLimits.creditsProfessional.min}，不多于每年学分`,
  },
  creditsOnline: { label: '网络培训每学时学分' },
  confirmed: { label: '我已核对撤销以后的变化，确认撤销' },
} as const
export type DepartmentField = keyof typeof departmentFields
