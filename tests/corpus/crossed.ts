/** Faults between rows and between pages, in what order they are made, and who may send at all. */
import { sampleRows } from '#lib/readers/sample.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { mainRow, type Row, type Values } from '#lib/sections/define.ts'
import { bases, calm, laid, oddInnerDigit, withValues } from './bases.ts'
import { type Collection, rowsIn, type Step } from './collection.ts'
import { type Entry, over, type Place } from './entry.ts'

const { employed, student, elsewhere, doctor, crossover, withoutCode } = bases

type Line = readonly [id: string, rule: string, what: string, code: string]
const caught =
  (expected: Place) =>
  (sound: Collection, [id, rule, what, code]: Line, fault: Partial<Collection>): Entry =>
    over(
      sound,
      { id, rule, what, code, expected, ...(expected === 'human' ? { beyond: 'remark' } : {}) },
      fault,
    )
const field = caught('field')
const submission = caught('submission')
const remark = caught('human')

const rowOf = (one: Collection, section: SectionId, rowId: string): Row => {
  const found = rowsIn(one, section).find(({ id }) => id === rowId)
  if (!found) throw new Error(`no row ${rowId} of ${section}`)
  return found
}
/** The row and the rows in it, over by a month where they go on. */
const endedBy = (row: Row, month: string): Row => ({
  ...row,
  values: { ...row.values, end: row.values.end === 'ongoing' ? month : (row.values.end ?? '') },
  ...(row.children ? { children: row.children.map((child) => endedBy(child, month)) } : {}),
})
const typed = (one: Collection, section: SectionId, rowId: string, values: Values) => ({
  rows: withValues(one, section, rowId, values).rows,
})
const added = (one: Collection, section: SectionId, like: string, values: Values) => {
  const row = { ...rowOf(one, section, like), id: 'row009', children: [] }
  const { children: _none, ...plain } = row
  const made: Row = { ...(section === 'employment' ? row : plain), values: { ...row.values, ...values } }
  return { rows: { ...one.rows, [section]: [...rowsIn(one, section), made] } }
}
const then = (section: SectionId, rowId: string, step: Partial<Step>): { then: Step[] } => ({
  then: [{ section, rowId, do: 'type', ...step }],
})
const later = (section: SectionId, values: Values, rowId: string = mainRow) =>
  then(section, rowId, { values })

/** Rows that cross, on every way in which they can (EDU-2, WRK-5). */
const crossings = (): Entry[] => [
  field(
    employed,
    ['cross.education.add', 'EDU-2', '新增的教育经历与已有的交叉', 'period-crossing'],
    added(employed, 'education', 'row001', { enrolled: '2008-01', graduated: '2008-10' }),
  ),
  field(
    employed,
    ['cross.education.inside', 'EDU-2', '新增的教育经历整段落在另一条里', 'period-crossing'],
    added(employed, 'education', 'row001', { enrolled: '2009-01', graduated: '2010-01' }),
  ),
  field(
    employed,
    ['cross.education.same', 'EDU-2', '同一段教育经历填了两遍', 'period-crossing'],
    added(employed, 'education', 'row001', {}),
  ),
  field(
    employed,
    ['cross.education.edit', 'EDU-2', '全部填完以后改一条，与相邻的交叉', 'period-crossing'],
    later('education', { graduated: '2008-11' }, 'row001'),
  ),
  field(
    employed,
    ['cross.employment.add', 'WRK-5', '新增的工作经历与已有的交叉', 'period-crossing'],
    added(employed, 'employment', 'row001', { start: '2012-01', end: '2012-09' }),
  ),
  field(
    employed,
    ['cross.employment.two-now', 'WRK-5', '两份工作都至今', 'period-crossing'],
    typed(employed, 'employment', 'row001', { end: 'ongoing' }),
  ),
  field(
    employed,
    ['cross.employment.month', 'WRK-5', '另一份工作里的一个月又填了一份工作', 'period-crossing'],
    added(employed, 'employment', 'row001', { start: '2014-05', end: '2014-05' }),
  ),
  field(
    oneMonth,
    ['cross.employment.same-month', 'WRK-5', '同一个月的工作填了两遍', 'period-crossing'],
    added(oneMonth, 'employment', 'row001', {}),
  ),
  field(
    employed,
    ['cross.employment.edit', 'WRK-5', '全部填完以后改一份工作，与相邻的交叉', 'period-crossing'],
    later('employment', { end: '2016-05' }, 'row001'),
  ),
  field(
    employed,
    ['cross.posts.edit', 'WRK-2', '全部填完以后推迟工作开始时间，会计工作早于这份工作', 'post-outside-job'],
    later('employment', { start: '2016-06' }, 'row002'),
  ),
]

/** What one page says against another, typed in the order of the pages or changed afterwards (SCO-2, DEP-2). */
const acrossPages = (): Entry[] => [
  submission(
    employed,
    ['later.situation.student', 'EDU-4', '填完以后改成在校学生，没有在读的教育经历', 'section-incomplete'],
    later('department', { situation: 'student' }),
  ),
  submission(
    withoutJob,
    ['later.situation.employed', 'WRK-5', '填完以后改成在职在岗，没有至今的工作', 'section-incomplete'],
    later('department', { situation: 'employed' }),
  ),
  submission(
    calm(),
    ['later.household', 'BAS-4', '填完以后户籍改到外省，没有居住证', 'section-incomplete'],
    later('department', { household: '430100' }),
  ),
  submission(
    calm(),
    ['later.department', 'BAS-4', '填完以后管理部门改到外省，没有居住证', 'section-incomplete'],
    later('department', { departmentId: '430102' }),
  ),
  submission(
    employed,
    [
      'later.department.proofs',
      'WRK-4',
      '填完以后改到只收劳动合同的部门，没有劳动合同',
      'section-incomplete',
    ],
    later('department', { departmentId: '440104' }),
  ),
  submission(
    employed,
    ['later.scope.doctor', 'SCO-2', '填完以后改成（四），没有博士学位', 'section-incomplete'],
    later('scope', { scope: 'intermediate_candidate_phd' }),
  ),
  submission(
    employed,
    [
      'later.scope.crossover',
      'SCO-2',
      '填完以后改成（五），没有经济、统计、审计中级资格',
      'section-incomplete',
    ],
    later('scope', { scope: 'intermediate_candidate_crossover' }),
  ),
  submission(
    student,
    ['later.scope.qualified', 'SCO-2', '填完以后改成（二），没有会计资格', 'section-incomplete'],
    later('scope', { scope: 'qualified_not_practising' }),
  ),
  submission(
    elsewhere,
    ['later.scope.staff', 'SCO-2', '填完以后改成（一），没有会计工作', 'section-incomplete'],
    later('scope', { scope: 'accounting_staff' }),
  ),
  field(
    student,
    ['remove.obtained', 'EDU-4', '在校生删掉已取得的一条', 'student-needs-obtained'],
    then('education', 'row001', { do: 'remove' }),
  ),
  field(
    student,
    ['remove.current', 'EDU-4', '在校生删掉在读的一条', 'situation-student-needs-current'],
    then('education', 'row002', { do: 'remove' }),
  ),
  field(
    resting,
    ['remove.accounting-job', 'SCO-2', '（一）删掉唯一有会计工作的一条', 'scope-needs-accounting-work'],
    then('employment', 'row002', { do: 'remove' }),
  ),
  field(
    elsewhere,
    ['remove.qualification', 'SCO-2', '（二）删掉会计资格', 'scope-needs-qualification'],
    then('qualifications', 'row001', { do: 'remove' }),
  ),
  field(
    employed,
    ['remove.posts', 'WRK-2', '删掉一份工作里全部会计工作', 'posts-required'],
    then('employment', 'row002', { without: ['row002p1', 'row002p2'] }),
  ),
  field(
    doctor,
    ['typed.degree-not-doctor', 'SCO-2', '（四）的学位填成硕士', 'scope-needs-doctor'],
    typed(doctor, 'education', 'row003', { level: 'master_program', degree: 'master' }),
  ),
  field(
    crossover,
    ['typed.crossover-reviewed', 'SCO-2', '（五）的中级资格是评审取得的', 'scope-needs-crossover'],
    typed(crossover, 'qualifications', 'row001', { way: 'review' }),
  ),
  field(
    withoutCode,
    ['typed.no-code-no-reason', 'WRK-1', '勾了无代码，没有写原因', 'required'],
    typed(withoutCode, 'employment', 'row002', { noCodeReason: '' }),
  ),
  field(
    student,
    ['typed.graduation-too-far', 'EDU-2', '预计毕业时间在八年以后', 'month-too-far'],
    typed(student, 'education', 'row002', { graduated: '2035-06' }),
  ),
  field(
    employed,
    ['typed.invisible', 'ACC-4', '学校名称里有看不见的字符', 'text-characters'],
    typed(employed, 'education', 'row002', { school: '岭南\u200b示例大学' }),
  ),
  field(
    employed,
    ['typed.punctuation', 'EDU-1', '学校名称只有标点', 'text-blank'],
    typed(employed, 'education', 'row002', { school: '。。。' }),
  ),
  field(many(30), ['typed.rows', 'EDU-1', '教育经历多到第 31 条', 'too-many-rows'], { rows: many(31).rows }),
]
const oneMonth: Collection = calm({
  employment: laid(sampleRows('employment').slice(0, 1), 'row001', { start: '2013-05', end: '2013-05' }),
})
/** Has done accounting work, and has no job now. */
const resting: Collection = withValues(
  {
    ...employed,
    rows: {
      ...employed.rows,
      employment: rowsIn(employed, 'employment').map((row) => endedBy(row, '2024-06')),
    },
  },
  'department',
  mainRow,
  { situation: 'other' },
)
const withoutJob: Collection = calm({ employment: sampleRows('employment').slice(0, 1) })
/** So many schools, one month each. */
function many(count: number): Collection {
  const [school] = sampleRows('education')
  if (!school) throw new Error('a sample row is needed')
  const education = Array.from({ length: count }, (_, index) => {
    const month = `${1998 + Math.floor(index / 6)}-${String(1 + 2 * (index % 6)).padStart(2, '0')}`
    return {
      ...school,
      id: `school${index + 10}`,
      values: { ...school.values, enrolled: month, graduated: month },
    }
  })
  return calm({ education })
}

/** Two windows on one row (COL-4): what was saved over is never lost unseen. */
const windows = (): Entry[] => {
  const first: Step = { section: 'education', rowId: 'row002', do: 'type', values: { major: '审计学' } }
  const second: Step = { ...first, values: { major: '财务管理' } }
  const page: Step = {
    section: 'basic',
    rowId: mainRow,
    do: 'type',
    values: { address: '广东省广州市天河区新示例路 1 号' },
  }
  const again: Step = { ...page, values: { address: '广东省广州市天河区新示例路 2 号' } }
  const gone: Step = { section: 'education', rowId: 'row001', do: 'type', values: { school: '示例第二中学' } }
  const take: Step = { section: 'qualifications', rowId: 'row001', do: 'type', values: { issuer: '财政部' } }
  const pair = (id: string, what: string, one: Step, other: Step): Entry =>
    field({ ...employed, then: [one, other] }, [id, 'COL-4', what, 'stale'], {
      then: [one, { ...other, window: 'older' }],
    })
  return [
    pair('stale.row', '在旧窗口里保存一条已经改过的教育经历', first, second),
    pair('stale.page', '在旧窗口里保存已经改过的基本信息', page, again),
    pair('stale.remove', '在旧窗口里删除一条已经改过的资格', take, { ...take, do: 'remove' }),
    pair('stale.again', '在旧窗口里改一条已经改过的中学经历', gone, {
      ...gone,
      values: { school: '示例第三中学' },
    }),
  ]
}

/** Who may send, and what they have to say first (IDV-1, IDV-4, SUB-1). */
const senders = (): Entry[] => [
  submission(employed, ['send.unverified', 'IDV-1', '没有实名认证', 'identity-required'], {
    person: { ...employed.person, verified: false },
  }),
  submission(employed, ['send.undeclared', 'SUB-1', '没有勾选承诺', 'declaration-required'], {
    declared: false,
  }),
  field(employed, ['send.no-consent', 'IDV-4', '没有同意使用身份图片', 'consent-required'], {
    consented: false,
  }),
]

/** What is told and never refused (EDU-6, WRK-1, WRK-5): it may be right. */
const remarks = (): Entry[] => {
  const school = (id: string, what: string, code: string, values: Values) =>
    remark(employed, [`remark.${id}`, 'EDU-6', what, code], typed(employed, 'education', 'row002', values))
  const { creditCode = '' } = rowOf(employed, 'employment', 'row001').values
  return [
    school('diploma-format', '学历证书编号不像 17、18 位', 'diploma-number-format', {
      diplomaNo: 'A-2012-77',
    }),
    school('diploma-year', '学历证书编号里的年份不是毕业年份', 'diploma-number-year', {
      diplomaNo: '100001201005000123',
    }),
    school('diploma-level', '学历证书编号里的层次不是本科', 'diploma-number-level', {
      diplomaNo: '100001201206000123',
    }),
    school('degree-format', '学位证书编号不像 16 位', 'degree-number-format', { degreeNo: 'B-2012-77' }),
    school('degree-year', '学位证书编号里的年份不是毕业年份', 'degree-number-year', {
      degreeNo: '1000042010000456',
    }),
    school('degree-level', '学位证书编号里的级别不是学士', 'degree-number-level', {
      degreeNo: '1000032012000456',
    }),
    remark(
      calm(),
      ['remark.degree-fit', 'EDU-6', '高中填了学士学位', 'degree-unusual'],
      typed(calm(), 'education', 'row001', { degree: 'bachelor', degreeNo: '1000042008000456' }),
    ),
    remark(
      employed,
      [
        'remark.inner-digit',
        'WRK-1',
        '统一社会信用代码里的组织机构代码校验不符',
        'credit-code-organisation-digit',
      ],
      typed(employed, 'employment', 'row001', { creditCode: oddInnerDigit(creditCode) }),
    ),
    remark(
      employed,
      ['remark.under-sixteen', 'WRK-5', '工作开始时不满 16 周岁', 'under-sixteen'],
      typed(employed, 'employment', 'row001', { start: '2005-07' }),
    ),
  ]
}

export const crossedFaults = (): Entry[] => [
  ...crossings(),
  ...acrossPages(),
  ...windows(),
  ...senders(),
  ...remarks(),
]
