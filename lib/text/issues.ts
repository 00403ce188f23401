/** What every issue says: what to do, with the measured value and the limit. Codes come from schemas, rules and commands. */
import type { Issue } from '#lib/domain/result.ts'
import { monthWords } from './dates.ts'
import { groundWords } from './department-finder.ts'
import { accountIssues } from './issues-account.ts'
import { afterApprovalIssues } from './issues-after-approval.ts'
import { auditIssues } from './issues-audit.ts'
import { departmentIssues } from './issues-departments.ts'
import { examIssues } from './issues-exams.ts'
import { exportIssues } from './issues-exports.ts'
import { paymentIssues } from './issues-payments.ts'
import { pictureIssues } from './issues-picture.ts'
import { reviewIssues } from './issues-review.ts'
import { rosterIssues } from './issues-rosters.ts'
import { staffIssues } from './issues-staff.ts'
import { sectionWords } from './sections.ts'

type Params = Readonly<Record<string, string | number>>
/** The control an issue stands at: its label, and whether it is typed or chosen. */
export interface Subject {
  readonly label: string
  readonly chosen?: boolean
  /** The words of the fields beside it, by key, for an issue that names another one. */
  readonly beside?: Readonly<Record<string, { readonly label: string }>>
}
export type IssueWords = Readonly<Record<string, (params: Params, subject: Subject) => string>>

const periodWords = (start: string | number | undefined, end: string | number | undefined) => {
  const from = monthWords(String(start ?? ''))
  return end === 'ongoing' ? `${from}至今` : `${from}至${monthWords(String(end ?? ''))}`
}
const titleOf = (section: string | number | undefined) =>
  Object.entries(sectionWords).find(([id]) => id === section)?.[1].title ?? ''
const placeOf = (ground: string | number | undefined) =>
  Object.entries(groundWords).find(([id]) => id === ground)?.[1] ?? ''

const wizardIssues: IssueWords = {
  required: (_, { label, chosen }) => `请${chosen ? '选择' : '填写'}${label}`,
  'not-offered': (_, { label }) => `${label}的选项无效，请重新选择`,
  'too-long': ({ measured, limit }, { label }) => `${label}共 ${measured} 个字，最多 ${limit} 个字，请缩短`,
  'text-characters': (_, { label }) => `${label}里有看不见的控制字符，请删掉后重新输入`,
  'text-blank': (_, { label }) => `${label}只有标点符号，请填写文字`,
  'month-too-far': ({ limit }, { label }) => `${label}不能晚于今后 ${limit} 年，请核对`,
  'too-short': ({ limit }, { label }) => `${label}至少 ${limit} 个字，请填写完整`,
  'day-invalid': (_, { label }) => `${label}请填写日历上有的日期，例如 2026-03-09`,
  'day-future': (_, { label }) => `${label}不能晚于今天，请核对`,
  'month-invalid': (_, { label }) => `${label}请填写四位年份和月份，例如 2010 年 9 月`,
  'month-future': (_, { label }) => `${label}不能晚于本月，请核对`,
  'period-order': ({ start = '' }, { label, beside }) =>
    `${label}不能早于${beside?.[start]?.label ?? '开始时间'}，请核对两个时间`,
  'period-crossing': ({ position, start, end }) =>
    `与第 ${position} 条（${periodWords(start, end)}）时间交叉，请修改其中一条；首尾同月不算交叉`,
  'before-birth': (_, { label }) => `${label}早于出生年月，请核对`,
  'before-age': ({ limit }, { label }) => `${label}早于当事人年满 ${limit} 周岁的日子，请核对`,
  'email-format': () => '邮箱格式不对，请写成 name@example.com 的样子，只用英文字母、数字和符号',
  'telephone-format': ({ extension }, { label }) =>
    `${label}只能有数字、括号、加号和短横，7 至 20 位，例如 020-12345678${extension ? '；有分机的，写成 020-12345678 转 801' : ''}`,
  'materials-scope': () => '请先选择采集范围，才能列出材料',
  'finder-place': ({ ground }) => `请选择${placeOf(ground)}，才能推荐`,
  'finder-undivided': ({ ground }) =>
    ground === 'household'
      ? '港澳台没有可以选择的会计管理部门，请在下面按居住地选择'
      : `港澳台没有可以选择的会计管理部门，请改选在内地的${placeOf(ground)}${ground === 'residence' ? '' : '；在内地没有的，选学校所在地或居住地'}`,
  'department-incomplete': () => '会计管理部门还没有选到最后一级，请继续选择市、区县',
  'education-required': () => '至少填写一条教育经历，请点“新增”',
  'degree-not-yet-obtained': () => '在读期间还没有取得学位，学位请选“无”；已取得的学位填在取得它的那一条里',
  'student-needs-obtained': () =>
    '在校生需要两条教育经历：已取得的最高学历，和正在就读的学历。请补充已取得的一条',
  'situation-student-needs-current': () =>
    '您在“会计管理部门”页选择了在校学生，请新增正在就读的一条（毕业时间选“在读”），或修改当前情况',
  'scope-needs-doctor': () => '采集范围（四）要求具备博士学位，请填写取得博士学位的教育经历，或修改采集范围',
  'posts-required': () => '请至少填写一段本单位的会计工作经历',
  'post-outside-job': (_, { label }) => `${label}超出了这段工作的起止时间，请核对`,
  'appointed-outside-job': () => '聘任时间不能早于工作开始时间，也不能晚于工作结束时间，请核对',
  'scope-needs-accounting-work': () =>
    '采集范围（一）要求至少一条有会计工作经历的工作经历，请新增，或修改采集范围',
  'accounting-work-needs-scope': () =>
    '有会计工作经历的，无论现在是否在职，采集范围都应当选（一）。请修改采集范围，或核对“是否有会计工作经历”',
  'situation-other-has-current': () =>
    '您在“会计管理部门”页选择了“其他”，但有一段工作的结束时间是“至今”。请把当前情况改为在职在岗，或填写工作结束时间',
  'situation-employed-needs-current': () =>
    '您选择了在职在岗，请新增现在的工作（结束时间选“至今”），或修改当前情况',
  'scope-needs-qualification': () => '采集范围（二）要求填写会计专业技术资格，请新增，或修改采集范围',
  'scope-needs-crossover': () =>
    '采集范围（五）要求填写通过考试取得的经济、统计或审计中级资格，请新增，或修改采集范围',
  'qualification-twice': () => '这份资格已经填写过，请删除重复的一条',
  'slot-required': (_, { label }) => `请上传${label}`,
  'too-many-rows': ({ limit }) => `最多 ${limit} 条，请先删除不需要的`,
  'credit-code-empty': () => '请填写统一社会信用代码',
  'credit-code-length': ({ measured, expected }) =>
    `统一社会信用代码应为 ${expected} 位，现在是 ${measured} 位，请核对`,
  'credit-code-alphabet': ({ characters }) =>
    `统一社会信用代码里不会出现 ${characters}，请对照营业执照核对（字母 I、O、S、V、Z 不使用）`,
  'credit-code-check-digit': () => '统一社会信用代码的最后一位校验不通过，可能有一位填错，请对照营业执照核对',
  'credit-code-placeholder': () =>
    '请填写真实的统一社会信用代码；单位没有代码的，请勾选“没有统一社会信用代码”',
  'credit-code-organisation-digit': () =>
    '代码的第 17 位与组织机构代码规则不符，请再核对一次；确认无误可以继续',
  'certificate-number-empty': (_, { label }) => `请填写${label}`,
  'certificate-number-length': ({ measured, max }, { label }) =>
    `${label}共 ${measured} 个字符，最多 ${max} 个，请核对`,
  'certificate-number-characters': (_, { label }) => `${label}只能有数字、字母和短横，请核对`,
  'diploma-number-format': () => '学历证书编号通常是 17 或 18 位数字，请再核对一次；确认无误可以继续',
  'diploma-number-year': ({ stated, graduated }) =>
    `学历证书编号里的年份是 ${stated}，毕业时间是 ${graduated} 年，请再核对一次；确认无误可以继续`,
  'diploma-number-level': () => '学历证书编号里的层次与所选学历不同，请再核对一次；确认无误可以继续',
  'degree-number-format': () => '学位证书编号通常是 16 位数字，请再核对一次；确认无误可以继续',
  'degree-number-year': ({ stated, graduated }) =>
    `学位证书编号里的年份是 ${stated}，毕业时间是 ${graduated} 年，请再核对一次；确认无误可以继续`,
  'degree-number-level': () => '学位证书编号里的级别与所选学位不同，请再核对一次；确认无误可以继续',
  'degree-unusual': () => '这个学历通常不授予所选学位，请再核对一次；确认无误可以继续',
  'under-sixteen': () => '工作开始时未满 16 周岁，请核对；确认无误可以继续',
  'row-incomplete': ({ position, count }) => `第 ${position} 条还有 ${count} 处需要填写或修改`,
  'department-unknown': () => '没有找到对应的会计管理部门，请重新选择所在地',
  'withdraw-while-claimed': () => '审核人员已经领取，不能撤回，请等待审核结果',
  'section-incomplete': ({ section, count }) => `${titleOf(section)}还有 ${count} 处需要填写或修改`,
  'section-awaits-mending': ({ section }) => `${titleOf(section)}有退回意见，请按意见修改后再提交`,
  'identity-required': () => '提交前需要先完成实名认证',
  'identity-already-verified': () => '您已经通过实名认证，不需要再次提交',
  'correction-before-identity': () => '还没有实名认证的，可以在“我的账户”里直接修改，不需要申请更正',
  'appeal-without-claim': () => '没有需要申诉的事项，请从“我的账户”重新开始',
  'consent-required': () => '请先阅读并同意身份图片的使用说明',
  'declaration-required': () => '请勾选“承诺所提供信息真实有效”后再提交',
  'change-before-approval': () => '信息采集审核通过后，才能变更已登记的信息',
  'change-nothing': () => '还没有变更任何内容，请修改并保存后再提交',
  'case-frozen': () => '这份申请已经提交，现在不能修改；需要修改请先撤回，或等待审核结果',
  'state-not-allowed': () => '这份申请的状态已经变化，请刷新页面查看最新情况',
  'form-too-long': () => '这一页的文字太多，没有保存。请缩短较长的内容后重新填写',
  stale: () => '这一页在别处修改过，您刚才填写的内容还没有保存。请对照下面的差异，确认后再保存一次',
}

const words: IssueWords = {
  ...wizardIssues,
  ...pictureIssues,
  ...accountIssues,
  ...reviewIssues,
  ...staffIssues,
  ...auditIssues,
  ...departmentIssues,
  ...examIssues,
  ...exportIssues,
  ...paymentIssues,
  ...rosterIssues,
  ...afterApprovalIssues,
}

/** Every code there are words for (contract test). */
export const knownCodes: ReadonlySet<string> = new Set(Object.keys(words))

/** The sentence of an issue; a code without words is a fault of ours, and says so with its name. */
export const issueText = ({ code, params }: Issue, subject: Subject = { label: '' }) =>
  words[code]?.(params ?? {}, subject) ?? `${subject.label}：${code}`
