/** Words of machine checks (CHK) that both sides read: what was compared and what differs, never what a register holds. */
import { type ClaimKind, type ClaimReason, claimShapes } from '#lib/domain/claims.ts'
import { isSectionId } from '#lib/sections/all.ts'
import { type SectionWords, sectionWords } from './sections.ts'

/** What a claim is about. */
export const claimSubjects: Readonly<Record<ClaimKind, string>> = {
  education: '学历',
  degree: '学位',
  'accounting-qualification': '会计专业技术资格',
  'other-qualification': '其他专业技术资格',
  'credit-code': '统一社会信用代码',
}

/** 学历、学位 */
export const subjectsInWords = (kinds: readonly ClaimKind[]) =>
  kinds.map((kind) => claimSubjects[kind]).join('、')

const registers: Readonly<Record<ClaimKind, string>> = {
  education: '学信网',
  degree: '学位登记',
  'accounting-qualification': '证书登记',
  'other-qualification': '证书登记',
  'credit-code': '单位登记',
}

/** What the person is, and not the row. */
const ofPerson: Readonly<Record<string, string>> = { name: '姓名', number: '证件号码' }

const labelOf = (section: string, field: string) => {
  const words: SectionWords | null = isSectionId(section) ? sectionWords[section] : null
  return ofPerson[field] ?? words?.fields[field]?.label ?? field
}

/** 学校名称、毕业时间 */
export const fieldsInWords = (section: string, fields: readonly string[]) =>
  fields.map((field) => labelOf(section, field)).join('、')

interface Failed {
  readonly section: string
  readonly kind: ClaimKind
  readonly why: ClaimReason
  readonly fields: readonly string[]
}

/** What a register did not confirm, as its applicant reads it: 学历：毕业时间与学信网不一致. */
export function failureWords({ section, kind, why, fields }: Failed): string {
  const subject = claimSubjects[kind]
  if (why === 'not-found')
    return `${subject}：按填写的${labelOf(section, claimShapes[kind].entry)}等内容查无记录`
  const own = fields.filter((field) => field !== 'name')
  return [
    ...(own.length > 0 ? [`${subject}：${fieldsInWords(section, own)}与${registers[kind]}不一致`] : []),
    ...(own.length < fields.length ? [`${subject}：登记的姓名与您的姓名不一致`] : []),
  ].join('；')
}

/** How often a claim of a round stands where. */
export interface CheckCounts {
  readonly agrees: number
  readonly differs: number
  /** Of those that differ: answered by proofs. */
  readonly answered: number
  readonly unavailable: number
  readonly unchecked: number
  readonly checking: number
}

const differing = ({ differs, answered }: CheckCounts) => {
  if (differs === 0) return []
  const proven =
    answered === 0 ? '' : answered === differs ? '（已补充证明）' : `（其中 ${answered} 项已补充证明）`
  return [`${differs} 项不一致${proven}`]
}

/** 3 项一致，1 项不一致（已补充证明）; '' where nothing could be checked. */
export const countsInWords = (counts: CheckCounts) =>
  [
    ...(counts.agrees > 0 ? [`${counts.agrees} 项一致`] : []),
    ...differing(counts),
    ...(counts.unavailable > 0 ? [`${counts.unavailable} 项不可用，由人工核对`] : []),
    ...(counts.unchecked > 0 ? [`${counts.unchecked} 项未核验`] : []),
    ...(counts.checking > 0 ? [`${counts.checking} 项核验中`] : []),
  ].join('，')

/** What the pages of an applicant say of checks. */
export const checkWords = {
  title: '机器核验',
  wait: '通常几分钟内完成；核对一致后由会计管理部门审核。',
  failing: (subjects: string, since: string) => `${subjects}的登记系统自 ${since} 起没有答复，正在自动重试。`,
  paused: (until: string) =>
    `等待期间办理期限暂停计算，最晚试到 ${until}，届时仍没有答复的，由会计管理部门人工核对。`,
  stopped: '登记系统没有答复，正在重试',
  refresh: '刷新查看结果',
  returned: '机器核验有不一致的内容，还没有转给会计管理部门',
  returnedShort: '有不一致的内容，退回修改',
  differing: '与登记核对不一致',
  ways: '请逐条核对，两种办法任选：',
  mend: '填写有误的：改正后重新提交，不用上传证明材料，系统按新内容再次核验。',
  prove: '填写无误的：不用改动，上传下面列出的证明材料后重新提交，由会计管理部门人工审核。',
  proofs: '保持现在的内容，需要上传：',
  allThere: '要求的证明材料已经上传，重新提交后由会计管理部门人工审核。',
  confirm: '要求的证明材料原来已经上传。内容无误的，核对后再保存一次，然后重新提交，由会计管理部门人工审核。',
  mendedTitle: '内容已经修改，待再次核验',
  mended: '重新提交后按新内容再次核验，不用上传证明材料。',
  nothingLeft: '不一致的内容已经修改或删除，可以重新提交。',
  mendedOne: '已修改，待再次核验',
  marks: { agrees: '核验一致', differs: '核验不一致', pending: '待核验' },
} as const
