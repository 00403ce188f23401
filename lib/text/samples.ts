/** Made-up people whose every page is in order: what tests and the demo fill in. No name, number or unit is real. */
import type { SectionId, Sections } from '#lib/sections/all.ts'
import type { Context } from '#lib/sections/define.ts'

type Keys<T> = keyof T & string
type NestedFields<S> = S extends { nested: { fields: infer F } } ? F : Record<never, never>
/** A row that names every field of its section: one more field, and this file does not compile. */
export interface SampleRow<S extends { fields: object } = { fields: object }> {
  readonly id: string
  readonly values: Readonly<Record<Keys<S['fields']>, string>>
  readonly children?: readonly {
    readonly id: string
    readonly values: Readonly<Record<Keys<NestedFields<S>>, string>>
  }[]
}
type SampleRows = { readonly [K in SectionId]: readonly SampleRow<Sections[K]>[] }

export const variants = ['employed', 'student', 'elsewhere'] as const
/**
 * `employed`: 在职在岗, has done accounting work. `student`: 在校学生 before the first exam.
 * `elsewhere`: neither working nor studying, registered in another province, studied abroad.
 */
export type Variant = (typeof variants)[number]

const form = <T>(values: T) => [{ id: 'main', values }] as const

const employed: SampleRows = {
  department: form({ situation: 'employed', household: '440100', departmentId: '440106' }),
  scope: form({ scope: 'accounting_staff' }),
  basic: form({
    ethnicity: '01',
    politics: 'masses',
    residence: '440100',
    address: '广东省广州市天河区示例路 18 号 602 房',
    email: 'applicant@example.com',
  }),
  education: [
    {
      id: 'row001',
      values: {
        place: 'domestic',
        mode: 'full_time',
        school: '羊城示例中学',
        level: 'senior_high',
        degree: 'none',
        major: '',
        enrolled: '2005-09',
        graduated: '2008-06',
        diplomaNo: '',
        degreeNo: '',
      },
    },
    {
      id: 'row002',
      values: {
        place: 'domestic',
        mode: 'full_time',
        school: '岭南示例大学',
        level: 'bachelor_program',
        degree: 'bachelor',
        major: '会计学',
        enrolled: '2008-09',
        graduated: '2012-06',
        diplomaNo: '100001201205000123',
        degreeNo: '1000042012000456',
      },
    },
  ],
  employment: [
    {
      id: 'row001',
      values: {
        start: '2012-07',
        end: '2016-03',
        employer: '广州示例贸易有限公司',
        creditCode: '91440101MA59ABCD1D',
        noCode: '',
        noCodeReason: '',
        employerType: 'private_enterprise',
        industry: 'F',
        employerAddress: '广东省广州市越秀区示例街 5 号',
        employerPhone: '020-12345678',
        accounting: 'no',
      },
      children: [],
    },
    {
      id: 'row002',
      values: {
        start: '2016-03',
        end: 'ongoing',
        employer: '广州示例科技有限公司',
        creditCode: '91440101MA5KJ7R253',
        noCode: '',
        noCodeReason: '',
        employerType: 'private_enterprise',
        industry: 'I',
        employerAddress: '广东省广州市天河区示例大道 100 号',
        employerPhone: '020-87654321',
        accounting: 'yes',
      },
      children: [
        {
          id: 'row002p1',
          values: { start: '2016-03', end: '2020-06', work: 'cashier', title: '', appointed: '' },
        },
        {
          id: 'row002p2',
          values: {
            start: '2019-01',
            end: 'ongoing',
            work: 'assets_liabilities_equity',
            title: 'accountant',
            appointed: '2019-12',
          },
        },
      ],
    },
  ],
  qualifications: [
    {
      id: 'row001',
      values: {
        kind: 'accounting',
        level: 'intermediate',
        way: 'exam',
        certificateNo: '19440000012345',
        obtained: '2019-09',
        issuer: '人力资源和社会保障部、财政部',
      },
    },
  ],
  identity: form({ city: '440100' }),
  correction: form({
    what: 'name',
    newName: '欧阳䶮',
    newNumber: '',
    reason: '身份证换发后发现登记有误',
    city: '440100',
  }),
  appeal: form({ story: '原手机号去年销号，现在使用新号码', city: '440100' }),
  transfer: form({
    departmentId: '440106',
    reason: 'workplace',
    employer: '广州市某某贸易有限公司',
    creditCode: '914403001922038216',
    joined: '2024-03',
    school: '',
    enrolled: '',
    residenceKind: '',
    newAddress: '',
  }),
  credit: form({ form: 'conference', title: '全省会计信息化研讨会', quantity: '2', obtained: '2025-06' }),
  award: form({
    title: '全省先进会计工作者',
    level: 'provincial',
    authority: '广东省财政厅',
    awardedOn: '2024-12-20',
  }),
  penalty: form({
    penalty: 'warning',
    basis: '违反《中华人民共和国会计法》第十三条，提供虚假会计资料',
    authority: '广州市财政局',
    documentNo: '穗财会罚〔2026〕1号',
    decidedOn: '2026-03-09',
  }),
  objection: form({ story: '决定书写的是另一个单位，本人当时不在该单位任职' }),
  exam: form({
    session: '2027 年度初级会计专业技术资格考试',
    site: '广州市天河区报考点',
    subjects: '初级会计实务、经济法基础',
    fee: '112.00 元',
    verdict: '符合报名条件',
  }),
}

const student: SampleRows = {
  department: form({ situation: 'student', household: '440300', departmentId: '440106' }),
  scope: form({ scope: 'junior_candidate' }),
  basic: form({
    ethnicity: '08',
    politics: 'cyl_member',
    residence: '440100',
    address: '广东省广州市天河区示例大学城学生公寓 3 栋',
    email: '',
  }),
  education: [
    {
      id: 'row001',
      values: {
        place: 'domestic',
        mode: 'full_time',
        school: '鹏城示例中学',
        level: 'senior_high',
        degree: 'none',
        major: '',
        enrolled: '2020-09',
        graduated: '2023-06',
        diplomaNo: '',
        degreeNo: '',
      },
    },
    {
      id: 'row002',
      values: {
        place: 'domestic',
        mode: 'full_time',
        school: '岭南示例大学',
        level: 'bachelor_program',
        degree: 'none',
        major: '财务管理',
        enrolled: '2023-09',
        graduated: 'ongoing',
        diplomaNo: '',
        degreeNo: '',
      },
    },
  ],
  employment: [],
  qualifications: [],
  identity: form({ city: '440300' }),
  correction: form({
    what: 'document',
    newName: '',
    newNumber: '11010519491231002X',
    reason: '身份证换发后发现登记有误',
    city: '440300',
  }),
  appeal: form({ story: '原手机号去年销号，现在使用新号码', city: '440300' }),
  transfer: form({
    departmentId: '440106',
    reason: 'school',
    employer: '',
    creditCode: '',
    joined: '',
    school: '广东财经大学',
    enrolled: '2023-09',
    residenceKind: '',
    newAddress: '',
  }),
  credit: form({ form: 'degree_study', title: '中级财务会计', quantity: '1', obtained: '2025-07' }),
  award: form({
    title: '会计知识竞赛一等奖',
    level: 'municipal',
    authority: '深圳市财政局',
    awardedOn: '2025-05-04',
  }),
  penalty: form({
    penalty: 'ban_5y',
    basis: '违反《中华人民共和国会计法》第四十条，伪造会计凭证',
    authority: '深圳市财政局',
    documentNo: '深财会罚〔2026〕2号',
    decidedOn: '2026-02-28',
  }),
  objection: form({ story: '奖励的授予日期登记有误，证书上是另一天' }),
  exam: form({
    session: '2027 年度中级会计专业技术资格考试',
    site: '深圳市南山区报考点',
    subjects: '财务管理',
    fee: '56.00 元',
    verdict: '需要人工审核',
  }),
}

const elsewhere: SampleRows = {
  department: form({ situation: 'other', household: '430100', departmentId: '440106' }),
  scope: form({ scope: 'qualified_not_practising' }),
  basic: form({
    ethnicity: '15',
    politics: 'cpc_member',
    residence: '440100',
    address: '广东省广州市天河区示例新村 9 栋 301 房',
    email: 'returned@example.com',
  }),
  education: [
    {
      id: 'row001',
      values: {
        place: 'overseas',
        mode: 'full_time',
        school: 'Example University',
        level: 'master_program',
        degree: 'master',
        major: '会计与金融',
        enrolled: '2012-09',
        graduated: '2013-12',
        diplomaNo: 'No. 2013/ACF 77',
        degreeNo: 'MSc 2013 № 77',
      },
    },
  ],
  employment: [
    {
      id: 'row001',
      values: {
        start: '2014-02',
        end: '2017-08',
        employer: 'Example Trading Ltd.',
        creditCode: '',
        noCode: '1',
        noCodeReason: '境外单位',
        employerType: 'foreign_enterprise',
        industry: 'F',
        employerAddress: '1 Example Street, London',
        employerPhone: '+44 20 7946 0000',
        accounting: 'no',
      },
      children: [],
    },
  ],
  qualifications: [
    {
      id: 'row001',
      values: {
        kind: 'accounting',
        level: 'senior',
        way: 'exam_and_review',
        certificateNo: '湘人社示例〔2021〕8号',
        obtained: '2021-12',
        issuer: '湖南省示例厅',
      },
    },
    {
      id: 'row002',
      values: {
        kind: 'cpa',
        level: '',
        way: '',
        certificateNo: '430100012345',
        obtained: '2016-05',
        issuer: '湖南省注册会计师协会',
      },
    },
  ],
  identity: form({ city: '430100' }),
  correction: form({
    what: 'name',
    newName: '欧阳䶮',
    newNumber: '',
    reason: '身份证换发后发现登记有误',
    city: '430100',
  }),
  appeal: form({ story: '原手机号去年销号，现在使用新号码', city: '430100' }),
  transfer: form({
    departmentId: '440106',
    reason: 'residence',
    employer: '',
    creditCode: '',
    joined: '',
    school: '',
    enrolled: '',
    residenceKind: 'household',
    newAddress: '广东省广州市天河区体育西路 1 号',
  }),
  credit: form({ form: 'paper_solo', title: '小企业内部控制研究', quantity: '1', obtained: '2024-11' }),
  award: form({
    title: '全国会计先进工作者',
    level: 'national',
    authority: '财政部',
    awardedOn: '2023-11-30',
  }),
  penalty: form({
    penalty: 'other',
    basis: '违反《中华人民共和国会计法》第三十八条，不具备从事会计工作所需要的专业能力',
    authority: '长沙市财政局',
    documentNo: '长财会罚〔2025〕9号',
    decidedOn: '2025-10-15',
  }),
  objection: form({ story: '同一份决定登记了两次，请撤销其中一条' }),
  exam: form({
    session: '2027 年度高级会计专业技术资格考试',
    site: '长沙市报考点',
    subjects: '高级会计实务',
    fee: '56.00 元',
    verdict: '符合报名条件',
  }),
}

export const samples: Readonly<Record<Variant, SampleRows>> = { employed, student, elsewhere }

/** What registration knows of each of them. */
export const samplePersons: Readonly<Record<Variant, Context['person']>> = {
  employed: { idType: 'mainland_id', birth: '1990-05-12', sex: 'female' },
  student: { idType: 'mainland_id', birth: '2004-11-02', sex: 'male' },
  elsewhere: { idType: 'mainland_id', birth: '1989-08-20', sex: 'male' },
}
