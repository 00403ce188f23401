import type { IssueWords } from './issues.ts'

/** The tree of departments (ADM-1). */
export const departmentIssues: IssueWords = {
  'department-review-days': ({ min, max }) => `审核时限为 ${min} 至 ${max} 个工作日，请填写整数`,
  'department-proofs': () => '请至少选择一种证明材料',
  'department-name-characters': () => '名称里不能有“/”，请修改',
  'department-name-taken': ({ name }) =>
    `已经有名为“${name}”的部门。请换一个名称；已撤销的部门，可以打开后恢复`,
  'department-own-name': () => '本级部门的名称随上级部门变化，不能单独修改',
  'department-no-room': () => '这个部门下面不能再增加部门',
  'department-closed': () => '这个部门已经撤销，请先恢复',
  'department-parent-closed': () => '上级部门已经撤销，请先恢复上级部门',
  'department-own-node': () => '您管理的部门本身由上级部门撤销或恢复',
  'department-has-children': () => '这个部门下面还有部门，请先把它们并入其他部门',
  'department-target': () => '并入的部门必须是申请人可以选择的，请选到最后一级',
  'department-target-same': () => '不能并入自己，请选择其他部门',
  'department-target-outside': () => '所选部门不在您的管理范围内，请重新选择，或请上级部门办理',
  'note-templates-too-many': ({ limit }) => `一个部门最多保留 ${limit} 条常用语，请先停用不需要的`,
  'province-number': ({ min, max }, { label }) => `${label}请填 ${min} 至 ${max} 的整数`,
  'province-professional': ({ limit }) => `专业科目不能多于每年学分（${limit}），请核对`,
  'department-unconfirmed': () => '请核对撤销以后的变化，并勾选确认',
}
