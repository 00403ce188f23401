/** How columns of register files are headed, and which words stand in them beside those of the wizard's own lists. */
import type { ClaimKind } from '#lib/domain/claims.ts'

type Headings = Readonly<Record<string, readonly [string, ...string[]]>>

const person: Headings = {
  name: ['姓名'],
  number: ['证件号码', '身份证号', '身份证号码'],
}
const qualification: Headings = {
  ...person,
  kind: ['资格类别', '资格名称'],
  level: ['级别', '资格级别'],
  certificateNo: ['证书编号', '证书编号或批准文号', '管理号'],
  obtained: ['取得时间', '批准日期'],
  issuer: ['发证机关'],
}

/** The columns of a file of each kind: by field, how it is headed in templates and messages, then other headings that are understood. */
export const registerHeadings: Readonly<Record<ClaimKind, Headings>> = {
  education: {
    ...person,
    school: ['学校名称', '院校名称'],
    formerNames: ['曾用名', '学校曾用名'],
    level: ['学历', '学历层次', '层次'],
    graduated: ['毕业时间', '毕业日期'],
    diplomaNo: ['学历证书编号', '毕业证书编号'],
    mode: ['培养方式', '学习形式'],
    major: ['所学专业', '专业', '专业名称'],
  },
  degree: {
    ...person,
    school: ['学校名称', '院校名称', '学位授予单位'],
    formerNames: ['曾用名', '学校曾用名'],
    degree: ['学位'],
    degreeNo: ['学位证书编号'],
  },
  'accounting-qualification': qualification,
  'other-qualification': qualification,
  'credit-code': {
    creditCode: ['统一社会信用代码'],
    employer: ['单位名称'],
    formerNames: ['曾用名', '单位曾用名'],
  },
}

/** Shorter and older words of registers for our options, by option set. */
export const registerOptionWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  educationLevel: {
    专科: 'junior_college',
    大专: 'junior_college',
    高职: 'junior_college',
    本科: 'bachelor_program',
    专升本: 'bachelor_program',
    第二学士: 'second_bachelor_program',
    硕士: 'master_program',
    博士: 'doctor_program',
  },
  trainingMode: {
    普通全日制: 'full_time',
    脱产: 'full_time',
    业余: 'part_time',
    夜大学: 'part_time',
    函授: 'part_time',
    网络教育: 'part_time',
    开放教育: 'part_time',
    自学考试: 'part_time',
  },
  degree: { 第二学士学位: 'second_bachelor', 学士学位: 'bachelor', 硕士学位: 'master', 博士学位: 'doctor' },
  qualificationKind: { 会计: 'accounting', 经济: 'economics', 审计: 'auditing', 统计: 'statistics' },
  qualificationLevel: {
    助理级: 'junior',
    高级: 'senior',
    副高级: 'senior',
    正高: 'professor',
  },
}
