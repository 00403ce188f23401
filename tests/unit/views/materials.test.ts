import { describe, expect, it } from 'vitest'
import { draftOf } from '#lib/readers/draft.ts'
import type { Placed } from '#lib/readers/examine.ts'
import { sampleFiles, sampleRow, sampleRows } from '#lib/readers/sample.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import type { Row, Values } from '#lib/sections/define.ts'
import { samplePersons, type Variant } from '#lib/text/samples.ts'
import { insteadOfResume, materialsOf } from '#lib/views/materials.ts'

const laid = (row: Row, values: Values): Row => ({ ...row, values: { ...row.values, ...values } })

interface Case {
  readonly variant?: Variant
  readonly person?: Partial<{ idType: string; birth: string; sex: string }>
  readonly situation?: string
  readonly household?: string
  readonly scope?: string
  readonly proofs?: string
  /** null before page 1 is filled in. */
  readonly department?: { readonly id: string; readonly regionCode: string } | null
  readonly rows?: Partial<Record<SectionId, readonly Row[]>>
  readonly files?: readonly (Placed & { section: string })[]
  readonly findings?: readonly { round: number; section: string; rowId: string; target: string }[]
}
const guangzhou = { id: '440106', regionCode: '440106' }

function draft(given: Case) {
  const { variant = 'employed', department = guangzhou, findings = [] } = given
  const first = laid(sampleRow('department', 'main', variant), {
    ...(given.situation === undefined ? {} : { situation: given.situation }),
    ...(given.household === undefined ? {} : { household: given.household }),
  })
  const scope = laid(
    sampleRow('scope', 'main', variant),
    given.scope === undefined ? {} : { scope: given.scope },
  )
  const rows = { department: [first], scope: [scope], ...given.rows }
  return draftOf(
    {
      case: { state: findings.length > 0 ? 'returned' : 'draft', round: findings.length > 0 ? 1 : 0 },
      account: { ...samplePersons[variant], ...given.person },
      department: department && {
        ...department,
        selectable: true,
        acceptedProofs: (given.proofs ?? 'resume').split(' '),
      },
      proposals: new Map(Object.entries(rows).map(([id, of]) => [id, { rows: of, editedFor: 1 }])),
      files: given.files ?? [],
      findings,
      claims: [],
    },
    '2026-11-20',
  )
}
/** Page by page: what is there (+), what is missing (-), and what may come (?). A row stands by its title. */
function listed(given: Case = {}, isAsked = true): Readonly<Record<string, readonly string[]>> {
  const { groups, free } = materialsOf(draft(given), isAsked)
  const lines = groups.map(({ title, places, later }): [string, string[]] => [
    title,
    [
      ...places.flatMap(({ title: row, proofs }) => [
        ...(row === '' ? [] : [`${row}：${proofs.length}`]),
        ...proofs.map(({ label, uploaded }) => `${uploaded ? '+' : '-'}${label}`),
      ]),
      ...later.map((line) => `?${line}`),
    ],
  ])
  return { ...Object.fromEntries(lines), free }
}
const card = ['-证件照', '-身份证明人像面', '-身份证明国徽面']
const mayStudy = [
  '?高中、中专、职高、技校学历：毕业证书',
  '?境外取得的学历：学历（学位）证书；本科及以上的还有教育部留学服务中心认证书',
  '?毕业证书遗失的：毕业院校出具的学历证明，可以代替证书',
]
const mayHold = ['?评审、考评结合取得的专业技术资格：证书或批准文件']
const credit = '-现在单位的统一社会信用代码证明（没有代码的，单位证明）'
const mayWork = '?结束时间为“至今”的工作：单位的统一社会信用代码证明（没有代码的，单位证明）'
const appointment = '?填写会计专业职务的：聘任证明'

describe('materials before anything is written (COL-5)', () => {
  it('of class （一） with a job', () =>
    expect(listed()).toMatchObject({
      基本信息: card,
      教育经历: mayStudy,
      工作经历: [credit, '-会计专业工作简历表', appointment],
      专业技术资格: mayHold,
    }))

  it('of a student of class （三）', () =>
    expect(listed({ variant: 'student' })).toMatchObject({
      基本信息: card,
      教育经历: [
        '-在读证明（有学校信息的学生证，或学信网教育部学籍在线验证报告）',
        '-已取得的最高学历证书',
        ...mayStudy,
      ],
      工作经历: [mayWork],
      专业技术资格: mayHold,
    }))

  it('of who neither works nor studies, with a household elsewhere', () => {
    const found = listed({ variant: 'elsewhere' })
    expect(found).toMatchObject({
      基本信息: [...card, '-居住证（户籍不在会计管理部门所在省，且未工作、不在校）'],
      工作经历: [],
    })
    expect(listed({ variant: 'elsewhere', household: '441900' })).toMatchObject({ 基本信息: card })
    expect(listed({ variant: 'elsewhere', department: null })).toMatchObject({
      基本信息: [...card, '?会计管理部门不在户籍所在省的：居住证'],
    })
  })

  it.each([
    ['foreign_passport', ['-证件照', '-护照资料页']],
    ['hkmo_permit', ['-证件照', '-港澳居民来往内地通行证人像面', '-港澳居民来往内地通行证背面']],
    ['tw_permit', ['-证件照', '-台湾居民来往大陆通行证人像面', '-台湾居民来往大陆通行证背面']],
    ['foreign_pr_card', ['-证件照', '-外国人永久居留身份证人像面', '-外国人永久居留身份证背面']],
  ])('of a person with %s', (idType, expected) => {
    const found = listed({ variant: 'elsewhere', person: { idType }, household: '' })
    expect(found).toMatchObject({ 基本信息: expected })
  })

  it.each([
    ['resume', [credit, '-会计专业工作简历表', appointment]],
    ['resume contract', [credit, '-会计专业工作简历表或劳动合同', appointment]],
    ['commitment', [credit, '-工作经历承诺书', appointment]],
    ['commitment contract social-insurance', [credit, '-工作经历承诺书或劳动合同或社保证明', appointment]],
    ['payslip', [credit, '-会计专业工作简历表', appointment]],
  ])('of a department that takes %s', (proofs, expected) => {
    expect(listed({ proofs })).toMatchObject({ 工作经历: expected })
    // Who is of another class owes none of them.
    const other = listed({ proofs, scope: 'junior_candidate' })
    expect(other).toMatchObject({ 工作经历: [mayWork] })
  })

  it.each([
    ['accounting_staff', 'other', ['-会计专业工作简历表', appointment]],
    ['qualified_not_practising', 'other', []],
    ['intermediate_candidate_crossover', 'employed', [mayWork]],
    ['junior_candidate', 'student', [mayWork]],
  ])('of class %s, %s', (scope, situation, expected) =>
    expect(listed({ scope, situation })).toMatchObject({ 工作经历: expected }),
  )

  it.each([
    ['1985-12-31', 1],
    ['1986-01-01', 0],
    ['', 1],
  ])('speaks of degrees before 2001 to who may have one: born %s', (birth, times) => {
    const { 教育经历: lines = [] } = listed({ person: { birth } })
    expect(lines.filter((line) => line.includes('2001 年以前'))).toHaveLength(times)
  })

  it('says what needs no paper, and who checks it', () => {
    const asked = listed().free?.join('') ?? ''
    expect(asked).toContain('2001 年以后境内取得的大专及以上学历、学位：由系统与登记信息核验，不用上传')
    expect(asked).toContain('考试取得的专业技术资格：由系统与登记信息核验，不用上传')
    const off = listed({}, false).free?.join('') ?? ''
    expect(off).toContain('由工作人员核对，不用上传')
    expect(off).not.toContain('由系统')
    expect(listed({ variant: 'student' }).free?.[0]).toContain('在校生已取得的最高学历除外')
    expect(listed({ scope: 'intermediate_candidate_phd' }).free?.at(-1)).toContain('博士学位证书编号')
  })

  it('says that the class is still to be chosen', () => {
    const { isOpen, groups } = materialsOf(draft({ scope: '' }), true)
    expect(isOpen).toBe(true)
    expect(groups.map(({ title }) => title)).toEqual(['基本信息', '教育经历'])
    expect(materialsOf(draft({}), true).isOpen).toBe(false)
  })
})

describe('materials once rows are there', () => {
  const sections: readonly SectionId[] = ['basic', 'education', 'employment', 'qualifications']
  const written = (variant: Variant, more: Partial<Record<SectionId, readonly Row[]>> = {}) => ({
    variant,
    rows: { ...Object.fromEntries(sections.map((id) => [id, sampleRows(id, variant)])), ...more },
  })

  it('are those of the rows, each with its name and a link to it', () => {
    expect(listed(written('employed'))).toMatchObject({
      基本信息: card,
      教育经历: ['教育经历 1 羊城示例中学：1', '-学历证书', '教育经历 2 岭南示例大学：0'],
      工作经历: [
        '工作经历 1 广州示例贸易有限公司：0',
        '工作经历 2 广州示例科技有限公司：2',
        '-统一社会信用代码证明',
        '-聘任证明',
        '-会计专业工作简历表',
      ],
      专业技术资格: ['专业技术资格 1：0'],
    })
    const [, education, employment] = materialsOf(draft(written('employed')), true).groups
    expect(education?.places.map(({ href }) => href)).toEqual([
      '/collection/education/row001',
      '/collection/education/row002',
    ])
    expect(employment?.places.at(-1)?.href).toBe('/collection/employment')
  })

  it('of a qualification that has yet to say how it was obtained are still open', () => {
    const [known] = sampleRows('qualifications', 'employed')
    if (!known) throw new Error('a row is needed')
    const shown = (qualifications: readonly Row[]) =>
      materialsOf(draft(written('employed', { qualifications })), true).groups.at(-1)
    const unknown = laid(known, { way: '' })
    expect(shown([known])).toMatchObject({ places: [{ isOpen: false }], later: [] })
    expect(shown([known, unknown])).toMatchObject({
      places: [{ isOpen: false }, { isOpen: true, proofs: [] }],
      later: ['评审、考评结合取得的专业技术资格：证书或批准文件'],
    })
  })

  it('of a degree from abroad and a qualification by review', () =>
    expect(listed(written('elsewhere'))).toMatchObject({
      教育经历: ['教育经历 1 Example University：2', '-学历证书', '-教育部留学服务中心认证书'],
      工作经历: ['工作经历 1 Example Trading Ltd.：0'],
      专业技术资格: ['专业技术资格 1：1', '-资格证明材料', '专业技术资格 2：0'],
    }))

  it('of a student, also while one of the two rows is not written', () => {
    expect(listed(written('student'))).toMatchObject({
      教育经历: ['教育经历 1 鹏城示例中学：1', '-学历证书', '教育经历 2 岭南示例大学：1', '-在读证明'],
    })
    const [school, studying] = sampleRows('education', 'student')
    if (!school || !studying) throw new Error('two rows are needed')
    const awaited = (row: Row) => listed(written('student', { education: [row] })).教育经历
    expect(awaited(school)?.at(-1)).toMatch(/^-在读证明（/)
    expect(awaited(studying)?.at(-1)).toBe('-已取得的最高学历证书')
  })

  it('are marked where they are there, whatever takes their place', () => {
    const rows = sampleRows('education', 'elsewhere')
    const files = [{ section: 'education', rowId: 'row001', slot: 'schoolStatement', fileId: 'f' }]
    expect(listed({ ...written('elsewhere'), files })).toMatchObject({
      教育经历: [
        '教育经历 1 Example University：2',
        '-教育部留学服务中心认证书',
        '+学历证明（毕业证书丢失时）',
      ],
    })
    const all = sections.flatMap((section) => {
      const { context } = draft(written('elsewhere'))
      const definition = sectionById(section)
      const own = section === 'education' ? rows : sampleRows(section, 'elsewhere')
      return sampleFiles(definition, own, context).map((file) => ({ ...file, section }))
    })
    const { groups } = materialsOf(draft({ ...written('elsewhere'), files: all }), true)
    const proofs = groups.flatMap(({ places }) => places.flatMap((place) => place.proofs))
    expect(proofs).toHaveLength(7)
    expect(proofs.every(({ uploaded }) => uploaded)).toBe(true)
  })

  it('name every kind the department takes, in the job it is about, and the one that is there', () => {
    const job = '工作经历 2 广州示例科技有限公司：3'
    expect(listed({ ...written('employed'), proofs: 'commitment contract' }).工作经历).toEqual([
      '工作经历 1 广州示例贸易有限公司：0',
      job,
      '-统一社会信用代码证明',
      '-工作经历承诺书或劳动合同',
      '-聘任证明',
    ])
    const files = [{ section: 'employment', rowId: 'row002', slot: 'contract', fileId: 'f' }]
    for (const proofs of ['commitment contract', 'resume contract'])
      expect(listed({ ...written('employed'), proofs, files }).工作经历).toEqual([
        '工作经历 1 广州示例贸易有限公司：0',
        job,
        '-统一社会信用代码证明',
        '+劳动合同',
        '-聘任证明',
      ])
  })

  it('name alone what a reviewer asked for', () => {
    const findings = [{ round: 1, section: 'employment', rowId: 'row002', target: 'slot:socialInsurance' }]
    expect(listed({ ...written('employed'), proofs: 'resume contract', findings }).工作经历).toContain(
      '-社保证明',
    )
  })

  it('keep in sight what no row asks for yet', () => {
    const former = sampleRow('employment', 'row001')
    const found = listed({ ...written('employed', { employment: [former] }), proofs: 'contract' })
    expect(found.工作经历).toEqual(['工作经历 1 广州示例贸易有限公司：0', credit, '-劳动合同'])
  })

  it('link the empty 简历表, and the one filled in once there is something in it', () => {
    const links = (given: Case) =>
      materialsOf(draft(given), true)
        .groups.flatMap(({ places }) => places.flatMap(({ proofs }) => proofs))
        .find(({ label }) => label.startsWith('会计专业工作简历表'))
        ?.links.map(({ href }) => href)
    expect(links({})).toEqual(['/templates/resume'])
    expect(links(written('employed'))).toEqual(['/collection/resume', '/templates/resume'])
    expect(links({ ...written('employed'), proofs: 'resume contract' })).toHaveLength(2)
  })
})

it('what serves instead of 简历表 is named only where both are taken', () => {
  expect(insteadOfResume(draft({ proofs: 'resume' }))).toEqual([])
  expect(insteadOfResume(draft({ proofs: 'social-insurance resume contract' }))).toEqual([
    '劳动合同',
    '社保证明',
  ])
  expect(insteadOfResume(draft({ proofs: 'contract' }))).toEqual([])
})
