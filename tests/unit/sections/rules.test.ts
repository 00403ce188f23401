import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf } from '#lib/readers/answers.ts'
import { contextOf } from '#lib/readers/context.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { examine, issuesOf, type Placed, slotNeed } from '#lib/readers/examine.ts'
import { monthParts } from '#lib/readers/month-parts.ts'
import { readForm } from '#lib/readers/read-form.ts'
import {
  asPosted,
  filledForm,
  sampleContext,
  sampleFiles,
  sampleRow,
  sampleRows,
} from '#lib/readers/sample.ts'
import { filesIn, snapshotOf } from '#lib/readers/snapshot.ts'
import { standing, submittable } from '#lib/readers/standing.ts'
import { creditCheckCharacter } from '#lib/schemas/checksum.ts'
import { type SectionId, sectionById, sections } from '#lib/sections/all.ts'
import {
  type Context,
  emptyRow,
  type Field,
  type Row,
  type ScopeId,
  type SlotNeed,
  type Values,
} from '#lib/sections/define.ts'
import { scopes } from '#lib/sections/options.ts'

const laid = (row: Row, values: Values): Row => ({ ...row, values: { ...row.values, ...values } })
const asked = (...keys: string[]) => ({ asked: new Set(keys) })

/** Slots of one row that are not closed. */
function needs(section: SectionId, row: Row, context: Context, rows: readonly Row[] = [row], parent?: Row) {
  const definition = sectionById(section)
  const slots = parent
    ? (definition.nested?.slots ?? {})
    : row.id === 'all'
      ? definition.sharedSlots
      : definition.slots
  return Object.fromEntries(
    Object.entries(slots)
      .map(([key, slot]): [string, SlotNeed] => [
        key,
        slotNeed(definition, key, slot, { row, rows, ...(parent ? { parent } : {}) }, context),
      ])
      .filter(([, need]) => need !== 'closed'),
  )
}

it('an e-mail address typed in full width is kept in ASCII', () => {
  const form = asPosted({ email: ' ｚhang＠example。com' })
  expect(readForm(sections.basic, form, emptyRow('main')).values.email).toBe('zhang@example.com')
  // What was stored before it was put into its normal form stands in nobody's way.
  expect(sections.basic.fields.email.rule?.('ｚhang＠example。com', {}, sampleContext())).toEqual([])
})

describe('proofs of education', () => {
  const bachelor = sampleRow('education', 'row002')
  const questioned = asked('education/row002/diplomaNo')
  const cases: [string, Values, Partial<Context>, Record<string, SlotNeed>][] = [
    ['a mainland degree that a register knows needs none', {}, {}, {}],
    [
      'abroad',
      { place: 'overseas' },
      {},
      {
        diploma: 'required',
        degreeCertificate: 'open',
        overseasReport: 'required',
        schoolStatement: 'open',
      },
    ],
    [
      '大专 abroad',
      { place: 'overseas', level: 'junior_college' },
      {},
      { diploma: 'required', schoolStatement: 'open' },
    ],
    [
      'before 2001',
      { enrolled: '1996-09', graduated: '2000-12' },
      {},
      { diploma: 'required', degreeCertificate: 'required', schoolStatement: 'open' },
    ],
    ['the first month of the register', { enrolled: '1997-09', graduated: '2001-01' }, {}, {}],
    ['高中', { level: 'senior_high' }, {}, { diploma: 'required', schoolStatement: 'open' }],
    ['技校', { level: 'technical_school' }, {}, { diploma: 'required', schoolStatement: 'open' }],
    [
      'questioned',
      {},
      questioned,
      { diploma: 'open', degreeCertificate: 'open', schoolStatement: 'open', chsiReport: 'open' },
    ],
    [
      'questioned, 大专',
      { level: 'junior_college' },
      questioned,
      { diploma: 'open', schoolStatement: 'open' },
    ],
    [
      'questioned, before 2008',
      { graduated: '2007-12' },
      questioned,
      { diploma: 'open', degreeCertificate: 'open', schoolStatement: 'open' },
    ],
    [
      'a report asked for by name',
      {},
      asked('education/row002/chsiReport'),
      { diploma: 'open', degreeCertificate: 'open', schoolStatement: 'open', chsiReport: 'required' },
    ],
    ['in progress', { graduated: 'ongoing' }, {}, { studyProof: 'required' }],
    ['expected to end later', { graduated: '2027-06' }, {}, { studyProof: 'required' }],
    ['in progress and questioned', { graduated: 'ongoing' }, questioned, { studyProof: 'required' }],
    ['no month yet', { graduated: '' }, {}, {}],
    ['half a month', { graduated: '2027-' }, {}, {}],
    ['nonsense for a month', { graduated: 'soon' }, {}, {}],
  ]
  // EDU-3, EDU-5
  it.each(cases)('%s', (_, values, overrides, expected) => {
    expect(needs('education', laid(bachelor, values), sampleContext(overrides))).toEqual(expected)
  })

  // EDU-4
  it('asks a student for the highest certificate obtained and for proof of study', () => {
    const college = laid(bachelor, { level: 'junior_college' })
    const studying = laid(emptyRow('row003'), {
      level: 'bachelor_program',
      graduated: 'ongoing',
      place: 'domestic',
    })
    const rows = [sampleRow('education', 'row001'), college, studying]
    const context = sampleContext({}, 'student')
    expect(needs('education', college, context, rows)).toEqual({
      diploma: 'required',
      schoolStatement: 'open',
    })
    expect(needs('education', studying, context, rows)).toEqual({ studyProof: 'required' })
  })

  it('takes the statement of the school for a lost certificate', () => {
    const rows = [laid(bachelor, { enrolled: '1996-09', graduated: '2000-06' })]
    const found = (slot: string) =>
      issuesOf(
        examine(sections.education, rows, sampleContext(), [{ rowId: 'row002', slot, fileId: 'f' }]),
      ).map(({ at }) => at)
    expect(found('schoolStatement')).toEqual([])
    expect(found('studyProof')).toEqual(['slot:diploma', 'slot:degreeCertificate'])
  })

  it('asks no number of what is not obtained, and any text abroad', () => {
    const issues = (values: Values) =>
      issuesOf(
        examine(sections.education, [laid(bachelor, values)], sampleContext({ situation: 'other' })),
      ).map(({ at }) => at)
    expect(issues({ graduated: 'ongoing', degree: 'none', diplomaNo: '', degreeNo: '' })).toEqual([null])
    expect(issues({ graduated: '2027-06', degree: 'none', diplomaNo: '', degreeNo: '' })).toEqual([null])
    expect(issues({ diplomaNo: '' })).toEqual(['diplomaNo'])
    expect(issues({ diplomaNo: 'No. 12 / 2012', degreeNo: '第 7 号' })).toEqual(['diplomaNo', 'degreeNo'])
    expect(issues({ place: 'overseas', diplomaNo: 'No. 12 / 2012', degreeNo: '第 7 号' })).toEqual([])
    expect(
      issues({ enrolled: '1996-09', graduated: '2000-06', diplomaNo: '九六字第 5 号', degreeNo: '九六' }),
    ).toEqual([])
  })

  // EDU-6
  it('remarks on numbers of mainland certificates only', () => {
    const remarks = (values: Values) =>
      sections.education.warnings(laid(bachelor, values), sampleContext()).map(({ code }) => code)
    expect(remarks({})).toEqual([])
    expect(remarks({ diplomaNo: '12' })).toEqual(['diploma-number-format'])
    expect(remarks({ degreeNo: '12' })).toEqual(['degree-number-format'])
    expect(remarks({ graduated: '2013-06' })).toEqual(['diploma-number-year', 'degree-number-year'])
    expect(remarks({ place: 'overseas', diplomaNo: '12', degreeNo: '12' })).toEqual([])
    expect(remarks({ graduated: 'ongoing', diplomaNo: '12', degreeNo: '12' })).toEqual([])
    expect(remarks({ level: 'senior_high', degree: 'none', diplomaNo: '12', degreeNo: '12' })).toEqual([])
    expect(remarks({ degree: 'doctor' })).toEqual(['degree-number-level', 'degree-unusual'])
  })
})

describe('proofs of employment', () => {
  const [former, present] = [sampleRow('employment', 'row001'), sampleRow('employment', 'row002')]
  const noCode = { noCode: '1', creditCode: '' }
  const questioned = asked('employment/row001/employer')
  const cases: [string, Row, Partial<Context>, Record<string, SlotNeed>][] = [
    ['a job that ended needs none', former, {}, {}],
    ['a job to date', laid(former, { end: 'ongoing' }), {}, { creditProof: 'required' }],
    [
      'a job to date, whatever the class',
      laid(former, { end: 'ongoing' }),
      { scope: 'junior_candidate' },
      { creditProof: 'required' },
    ],
    [
      'a job to date without code',
      laid(former, { end: 'ongoing', ...noCode }),
      {},
      { employerStatement: 'required' },
    ],
    ['a job with accounting', present, {}, { creditProof: 'required', workProof: 'open' }],
    ['questioned', former, questioned, { creditProof: 'open', employerStatement: 'open' }],
    ['questioned, without code', laid(former, noCode), questioned, { employerStatement: 'open' }],
    [
      'questioned in a nested row',
      laid(present, { end: '2024-01' }),
      asked('employment/row002p1/work'),
      { creditProof: 'open', employerStatement: 'open', workProof: 'open' },
    ],
    ['questioned in a row whose id begins alike', former, asked('employment/row0011/employer'), {}],
  ]
  // WRK-4
  it.each(cases)('%s', (_, row, overrides, expected) => {
    expect(needs('employment', row, sampleContext(overrides))).toEqual(expected)
  })

  // WRK-3
  it('asks for the appointment where a title is held', () => {
    const [plain, titled] = present.children ?? []
    if (!plain || !titled) throw new Error('two posts are needed')
    expect(needs('employment', plain, sampleContext(), [present], present)).toEqual({})
    expect(needs('employment', titled, sampleContext(), [present], present)).toEqual({
      appointment: 'required',
    })
    const without = { ...present, children: [plain, laid(titled, { appointed: '' })] }
    expect(
      issuesOf(examine(sections.employment, [former, without], sampleContext())).map(({ at, code }) => [
        at,
        code,
      ]),
    ).toEqual([['posts.row002p2.appointed', 'required']])
  })

  // WRK-4
  it.each(scopes)('asks class %s for the résumé form only if it is the first', (scope) => {
    const expected = scope === 'accounting_staff' ? { resume: 'required' } : {}
    expect(needs('employment', emptyRow('all'), sampleContext({ scope }))).toEqual(expected)
    expect(
      needs('employment', emptyRow('all'), sampleContext({ scope, ...asked('employment/all/resume') })),
    ).toEqual({
      resume: 'required',
    })
  })

  // WRK-5
  it('remarks on work under sixteen by the last day of the month', () => {
    const remarks = (start: string) =>
      sections.employment.warnings(laid(former, { start }), sampleContext()).map(({ code }) => code)
    expect(remarks('2006-04')).toEqual(['under-sixteen'])
    expect(remarks('2006-05')).toEqual([])
    expect(remarks('2006-')).toEqual([])
    expect(remarks('')).toEqual([])
  })

  it('remarks on the inner digit of a code that counts', () => {
    const head = '91440101MA59ABCD2'
    const odd = head + creditCheckCharacter(head)
    const remarks = (values: Values) =>
      sections.employment.warnings(laid(former, values), sampleContext()).map(({ code }) => code)
    expect(remarks({ creditCode: odd })).toEqual(['credit-code-organisation-digit'])
    expect(remarks({ creditCode: odd, noCode: '1' })).toEqual([])
  })

  it('says of a post on both sides of its job where it lies outside', () => {
    const [post] = present.children ?? []
    if (!post) throw new Error('a post is needed')
    const job = laid(
      { ...present, children: [laid(post, { start: '2012-01', end: '2025-01' })] },
      { end: '2024-01' },
    )
    const found = issuesOf(examine(sections.employment, [job], sampleContext({ situation: 'other' })))
    expect(found.map(({ at, code }) => [at, code])).toEqual([
      ['posts.row002p1.start', 'post-outside-job'],
      ['posts.row002p1.end', 'post-outside-job'],
    ])
  })
})

describe('proofs of qualifications', () => {
  const row = sampleRow('qualifications', 'row001')
  const cases: [string, Values, Partial<Context>, Record<string, SlotNeed>][] = [
    ['by exam', {}, {}, {}],
    ['by review', { way: 'review' }, {}, { proof: 'required' }],
    ['by exam and review', { way: 'exam_and_review' }, {}, { proof: 'required' }],
    ['by exam and questioned', {}, asked('qualifications/row001/certificateNo'), { proof: 'open' }],
    ['of a kind that has no way, though one was typed before', { kind: 'cpa', way: 'review' }, {}, {}],
    ['of no kind yet', { kind: '' }, {}, { proof: 'unknown' }],
    ['of no kind yet, though a way was chosen', { kind: '', way: 'review' }, {}, { proof: 'unknown' }],
    ['in no way yet', { way: '' }, {}, { proof: 'unknown' }],
    ['of a kind that has no way, in none', { kind: 'cpa', way: '' }, {}, {}],
    [
      'in no way any more, and questioned',
      { way: '' },
      asked('qualifications/row001/way'),
      { proof: 'open' },
    ],
    [
      'of no kind, and the proof asked for',
      { kind: '' },
      asked('qualifications/row001/proof'),
      { proof: 'required' },
    ],
  ]
  // QUA-2
  it.each(cases)('%s', (_, values, overrides, expected) => {
    expect(needs('qualifications', laid(row, values), sampleContext(overrides))).toEqual(expected)
  })

  it('are no fault of a row that nothing was chosen in', () => {
    const blank = { ...row, values: {} }
    const found = issuesOf(examine(sections.qualifications, [blank], sampleContext(), []))
    expect(found.map(({ at, code }) => `${at} ${code}`)).toEqual([
      'kind required',
      'certificateNo required',
      'obtained required',
      'issuer required',
    ])
  })
})

describe('the residence permit', () => {
  const shenzhen = { id: '440304', regionCode: '440304', selectable: true, acceptedProofs: ['resume'] }
  const corps = { ...shenzhen, id: '660000-own', regionCode: '660000' }
  const central = { ...shenzhen, id: 'central-ggj-mof', regionCode: '' }
  const cases: [string, Partial<Context>, boolean][] = [
    ['other province, neither working nor studying', { situation: 'other', household: '430100' }, true],
    ['other province, working', { situation: 'employed', household: '430100' }, false],
    ['other province, studying', { situation: 'student', household: '430100' }, false],
    ['same province, other city', { situation: 'other', household: '441900' }, false],
    ['深圳 counts as in 广东', { situation: 'other', household: '440100', department: shenzhen }, false],
    ['registered in 深圳, department in 广州', { situation: 'other', household: '440300' }, false],
    [
      'other province, department in 深圳',
      { situation: 'other', household: '360100', department: shenzhen },
      true,
    ],
    ['the Corps counts as in 新疆', { situation: 'other', household: '650100', department: corps }, false],
    [
      'a central department is in no province',
      { situation: 'other', household: '430100', department: central },
      false,
    ],
    ['no department yet', { situation: 'other', household: '430100', department: null }, false],
    ['no household asked', { situation: 'other', household: '' }, false],
  ]
  // BAS-4
  it.each(cases)('%s', (_, overrides, required) => {
    const found = needs('basic', sampleRow('basic'), sampleContext(overrides))
    expect(found.residencePermit).toBe(required ? 'required' : undefined)
  })

  // BAS-3
  it('comes with both sides of a card and one page of a passport', () => {
    const person = { idType: 'foreign_passport', birth: '1990-01-01', sex: 'male' }
    expect(Object.keys(needs('basic', sampleRow('basic'), sampleContext({ person })))).toEqual([
      'portrait',
      'idFront',
    ])
    expect(Object.keys(needs('basic', sampleRow('basic'), sampleContext()))).toEqual([
      'portrait',
      'idFront',
      'idBack',
    ])
  })

  it('leaves 民族 and 政治面貌 unasked of anybody but mainland people', () => {
    const person = { idType: 'hkmo_permit', birth: '1990-01-01', sex: 'male' }
    const row = laid(sampleRow('basic'), { ethnicity: '', politics: '' })
    expect(issuesOf(examine(sections.basic, [row], sampleContext({ person })))).toEqual([])
    expect(filledForm('basic', row, sampleContext({ person }))).not.toHaveProperty('ethnicity')
  })
})

// SCO-2
describe('what a class makes mandatory', () => {
  const codes = (section: SectionId, rows: readonly Row[], scope: ScopeId) =>
    examine(sectionById(section), rows, sampleContext({ scope, situation: '' })).list.map(({ code }) => code)
  const table: Record<ScopeId, { nothing: [string[], string[], string[]] }> = {
    accounting_staff: { nothing: [['education-required'], ['scope-needs-accounting-work'], []] },
    qualified_not_practising: { nothing: [['education-required'], [], ['scope-needs-qualification']] },
    junior_candidate: { nothing: [['education-required'], [], []] },
    intermediate_candidate_phd: { nothing: [['education-required'], [], []] },
    intermediate_candidate_crossover: { nothing: [['education-required'], [], ['scope-needs-crossover']] },
  }
  it.each(scopes)('class %s, of somebody who has filled in nothing', (scope) => {
    expect([
      codes('education', [], scope),
      codes('employment', [], scope),
      codes('qualifications', [], scope),
    ]).toEqual(table[scope].nothing)
  })

  it('(一) is content with one job of accounting among others', () => {
    expect(codes('employment', sampleRows('employment'), 'accounting_staff')).toEqual([])
    expect(codes('employment', [sampleRow('employment', 'row001')], 'accounting_staff')).toEqual([
      'scope-needs-accounting-work',
    ])
  })
  it('(二) is content with a qualification in accounting and no other', () => {
    const row = sampleRow('qualifications', 'row001')
    expect(codes('qualifications', [row], 'qualified_not_practising')).toEqual([])
    expect(codes('qualifications', [laid(row, { kind: 'cpa' })], 'qualified_not_practising')).toEqual([
      'scope-needs-qualification',
    ])
  })
  it('(四) needs a doctorate, obtained', () => {
    const row = sampleRow('education', 'row002')
    const doctor = { level: 'doctor_program', degree: 'doctor' }
    expect(codes('education', [row], 'intermediate_candidate_phd')).toEqual(['scope-needs-doctor'])
    expect(codes('education', [laid(row, doctor)], 'intermediate_candidate_phd')).toEqual([])
    expect(
      codes(
        'education',
        [sampleRow('education', 'row001'), laid(row, { ...doctor, graduated: 'ongoing' })],
        'intermediate_candidate_phd',
      ),
    ).toEqual(['scope-needs-doctor'])
  })
  it('(五) needs economics, auditing or statistics, intermediate, by exam', () => {
    const row = sampleRow('qualifications', 'row001')
    const scope = 'intermediate_candidate_crossover'
    for (const kind of ['economics', 'auditing', 'statistics'])
      expect(codes('qualifications', [laid(row, { kind })], scope)).toEqual([])
    const others: Values[] = [
      {},
      { kind: 'economics', level: 'junior' },
      { kind: 'economics', way: 'review' },
      { kind: 'cpa' },
    ]
    for (const values of others)
      expect(codes('qualifications', [laid(row, values)], scope)).toEqual(['scope-needs-crossover'])
  })
})

// EDU-2, WRK-5
describe('periods', () => {
  const one = sampleRow('education', 'row002')
  const codes = (values: Values) =>
    issuesOf(examine(sections.education, [laid(one, values)], sampleContext({ situation: 'other' }))).map(
      ({ at, code }) => `${at} ${code}`,
    )

  it('half typed are told as months, not as periods', () => {
    expect(codes({ enrolled: '2013-' })).toEqual(['enrolled month-invalid'])
    expect(codes({ enrolled: 'abc' })).toEqual(['enrolled month-invalid'])
    expect(codes({ enrolled: '' })).toEqual(['enrolled required'])
    expect(codes({ enrolled: '2013-', graduated: '2012-' })).toEqual([
      'enrolled month-invalid',
      'graduated month-invalid',
    ])
  })
  it('may last one month and may not end before they start', () => {
    expect(codes({ enrolled: '2012-06' })).toEqual([])
    expect(codes({ enrolled: '2012-07' })).toEqual(['graduated period-order'])
  })
  it('may begin in the month of birth and not before', () => {
    expect(codes({ enrolled: '1990-05' })).toEqual([])
    expect(codes({ enrolled: '1990-04' })).toEqual(['enrolled before-birth'])
  })
  it('that cross name each other by number and months', () => {
    const rows = sampleRows('education').map((row) =>
      row.id === 'row001' ? laid(row, { graduated: '2008-10' }) : row,
    )
    const found = examine(sections.education, rows, sampleContext()).rows
    expect(found.get('row001')).toEqual([
      { at: 'enrolled', code: 'period-crossing', params: { position: 2, start: '2008-09', end: '2012-06' } },
    ])
    expect(found.get('row002')).toEqual([
      { at: 'enrolled', code: 'period-crossing', params: { position: 1, start: '2005-09', end: '2008-10' } },
    ])
  })
  it('to date are at most one', () => {
    const rows = sampleRows('employment').map((row) => laid(row, { end: 'ongoing' }))
    expect(issuesOf(examine(sections.employment, rows, sampleContext())).map(({ code }) => code)).toEqual([
      'period-crossing',
      'period-crossing',
    ])
  })
})

describe('a month half typed', () => {
  const read = (form: Record<string, string>) =>
    readForm(sections.employment, asPosted(form), emptyRow('row001')).values.end ?? ''
  const cases: [Record<string, string>, string, { year: string; month: string; open: boolean }][] = [
    [{ 'end.year': '2010' }, '2010-', { year: '2010', month: '', open: false }],
    [{ 'end.month': '9' }, '-09', { year: '', month: '09', open: false }],
    [{ 'end.year': '２０１０', 'end.month': '９' }, '2010-09', { year: '2010', month: '09', open: false }],
    [{ 'end.year': '20x', 'end.month': '13' }, '20x-13', { year: '20x', month: '', open: false }],
    [{ 'end.year': '', 'end.month': '' }, '', { year: '', month: '', open: false }],
    [{ 'end.open': '1', 'end.year': '2010' }, 'ongoing', { year: '', month: '', open: true }],
  ]
  it.each(cases)('%j is kept', (form, value, parts) => {
    expect(read(form)).toBe(value)
    expect(monthParts(value)).toEqual(parts)
  })
  it('never becomes open where nothing open is offered', () => {
    const row = readForm(sections.employment, asPosted({ 'start.open': '1' }), emptyRow('row001'))
    expect(row.values.start).toBe('')
  })
})

describe('a form that is read', () => {
  it('leaves out the nested row marked for removal and keeps ids it was given', () => {
    const row = sampleRow('employment', 'row002')
    const form = { ...filledForm('employment', row, sampleContext()), 'posts.row002p1.remove': '1' }
    expect(readForm(sections.employment, asPosted(form), row).children).toEqual(row.children?.slice(1))
  })
  it('takes three selects for one department and unticked for no', () => {
    const row = readForm(
      sections.department,
      asPosted({ 'departmentId.1': '440000', 'departmentId.2': '440100', 'departmentId.3': '440106' }),
      emptyRow('main'),
    )
    expect(row.values.departmentId).toBe('440000/440100/440106')
    expect(readForm(sections.employment, asPosted({ noCode: 'on' }), emptyRow('row001')).values.noCode).toBe(
      '',
    )
  })
  it('reads codes in their normal form', () => {
    const row = readForm(
      sections.employment,
      asPosted({ creditCode: ' 91440101-ma59abcd１d ' }),
      emptyRow('row001'),
    )
    expect(row.values.creditCode).toBe('91440101MA59ABCD1D')
  })
  it('takes nothing but text', () => {
    const row = readForm(sections.employment, { get: () => ({ toString: () => 'x' }) }, emptyRow('row001'))
    expect(Object.values(row.values).every((value) => value === '')).toBe(true)
  })
})

// COL-2
describe('text', () => {
  it.each(['清华\u0000大学', '清华\u202e大学', '清华\u200b大学', '清华\ud800大学'])(
    'refuses what nobody can see: %j',
    (school) => {
      const row = laid(sampleRow('education', 'row002'), { school })
      const issues = issuesOf(examine(sectionById('education'), [row], sampleContext()))
      expect(issues.filter(({ at }) => at === 'school').map(({ code }) => code)).toEqual(['text-characters'])
    },
  )
})

// AWD-1
describe('the day of a penalty', () => {
  const saidOf = (decidedOn: string, birth: string) =>
    issuesOf(
      examine(
        sectionById('penalty'),
        [laid(sampleRow('penalty', 'main'), { decidedOn })],
        sampleContext({ person: { idType: 'mainland_id', birth, sex: 'female' } }),
      ),
    ).map(({ at, code, params }) => [at, code, params])
  it.each([
    ['1980-01-01', '1990-05-12', false],
    ['2006-05-11', '1990-05-12', false],
    ['2006-05-12', '1990-05-12', true],
    ['2026-11-20', '1990-05-12', true],
    // Of 29 February: of age on 1 March, unless that year has the day.
    ['2008-02-28', '1992-02-29', false],
    ['2008-02-29', '1992-02-29', true],
    ['1980-01-01', '', true],
  ])('%s of somebody born %s: %s', (decidedOn, birth, fits) => {
    expect(saidOf(decidedOn, birth)).toEqual(fits ? [] : [['decidedOn', 'before-age', { limit: 16 }]])
  })
})

// COL-2
describe('a text of several lines', () => {
  const long = Object.values(sections).flatMap((section) =>
    Object.entries<Field>(section.fields).flatMap(([key, field]) =>
      field.kind === 'text' && field.input === 'long' ? [[section.id, key, field] as const] : [],
    ),
  )
  const codesAt = (id: SectionId, key: string, row: Row) =>
    issuesOf(examine(sectionById(id), [row], sampleContext()))
      .filter(({ at }) => at === key)
      .map(({ code }) => code)
  const read = (id: SectionId, key: string, typed: string) => {
    const posted = { ...sampleRow(id, 'main').values, [key]: typed }
    return readForm(sectionById(id), { get: (name) => posted[name] ?? '' }, emptyRow('main'))
  }

  it('is asked for on four pages', () => {
    expect(long.map(([id, key]) => `${id}.${key}`).sort()).toEqual([
      'appeal.story',
      'correction.reason',
      'objection.story',
      'penalty.basis',
    ])
  })
  it.each(long)('%s.%s keeps the lines a browser posts', (id, key) => {
    const row = read(id, key, '第一行写在这里。\r\n\r\n第二行写在下面。')
    expect(row.values[key]).toBe('第一行写在这里。\n\n第二行写在下面。')
    expect(codesAt(id, key, row)).toEqual([])
    const [shown] = answersOf(sectionById(id), [row], sampleContext(), [], { department: '' }).rows
    expect(shown?.answers.find((one) => one.key === key)?.shown).toBe(row.values[key])
  })
  it.each(long)('%s.%s is nothing but its lines and what can be seen', (id, key, { max, min = 1 }) => {
    const unit = fc.constantFrom(
      '会',
      '计',
      '，',
      ' ',
      '\r\n',
      '\n',
      '\t',
      '\u0000',
      '\u007f',
      '\u200b',
      '\u202e',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: max }), (middle) => {
        const typed = `${'依'.repeat(min)}${middle}据`
        const isSeen = !/[\t\0\u007f\u200b\u202e]/.test(typed)
        const said = codesAt(id, key, read(id, key, typed))
        return said.includes('text-characters') === !isSeen && !said.includes('text-blank')
      }),
    )
  })
  it('says nothing by line ends alone, and a text of one line has none', () => {
    for (const [id, key] of long)
      expect(codesAt(id, key, read(id, key, '。\n。\n。。。。。。。。'))).toContain('text-blank')
    const row = laid(sampleRow('education', 'row002'), { school: '清华\n大学' })
    expect(codesAt('education', 'school', row)).toEqual(['text-characters'])
  })
})

describe('an expected graduation', () => {
  const codes = (graduated: string) =>
    issuesOf(
      examine(
        sectionById('education'),
        [laid(sampleRow('education', 'row002'), { enrolled: '2026-09', graduated })],
        sampleContext({ today: '2026-11-21' }),
      ),
    )
      .filter(({ at }) => at === 'graduated')
      .map(({ code }) => code)

  it('may lie eight years ahead and no further', () => {
    expect(codes('2034-11')).toEqual([])
    expect(codes('2034-12')).toEqual(['month-too-far'])
  })
})

describe('standing', () => {
  const context = sampleContext()
  const state = (rows: readonly Row[], files: readonly Placed[] = [], awaitsMending = false) => ({
    rows,
    files,
    awaitsMending,
  })
  const education = sections.education
  const rows = sampleRows('education')
  const files = sampleFiles(education, rows, context)

  it('goes from empty over partial to complete', () => {
    expect(standing(education, state([]), context)).toBe('empty')
    expect(standing(education, state([emptyRow('row001')]), context)).toBe('empty')
    expect(standing(education, state([laid(emptyRow('row001'), { school: '某' })]), context)).toBe('partial')
    expect(standing(education, state(rows), context)).toBe('partial')
    expect(standing(education, state(rows, files), context)).toBe('complete')
  })
  it('is partial with nothing but a file or a nested row', () => {
    expect(
      standing(sections.basic, state([], [{ rowId: 'main', slot: 'portrait', fileId: 'f' }]), context),
    ).toBe('partial')
    const row = {
      ...emptyRow('row001'),
      values: { end: '' },
      children: [laid(emptyRow('row001p1'), { work: 'cashier' })],
    }
    expect(standing(sections.employment, state([row]), context)).toBe('partial')
  })
  it('is returned until something is mended, however complete', () => {
    expect(standing(education, state(rows, files, true), context)).toBe('returned')
    expect(submittable(education, state(rows, files, true), context)).toBe(false)
  })
  it('lets an empty list go where nothing requires it', () => {
    expect(submittable(sections.qualifications, state([]), context)).toBe(true)
    expect(submittable(sections.employment, state([]), context)).toBe(false)
    expect(submittable(sections.employment, state([]), sampleContext({}, 'student'))).toBe(true)
  })
})

describe('a case read as a draft', () => {
  const order = ['department', 'scope', 'basic', 'education', 'employment', 'qualifications'] as const
  const context = sampleContext()
  const loaded = (more: Partial<Parameters<typeof draftOf>[0]> = {}) => ({
    case: { state: 'draft' as const, round: 0 },
    account: context.person,
    department: context.department,
    proposals: new Map(order.map((id) => [id as string, { rows: sampleRows(id), editedFor: 1 }])),
    files: order.flatMap((section) =>
      sampleFiles(sections[section], sampleRows(section), context).map((file) => ({
        ...file,
        section,
        fileId: `${section}-${file.fileId}`,
      })),
    ),
    findings: [],
    claims: [],
    ...more,
  })

  it('knows what its own pages say of each other', () => {
    expect(draftOf(loaded(), '2026-11-20').context).toEqual(context)
    expect(draftOf(loaded(), '2026-11-20').obstacles(order)).toEqual([])
  })
  it('names every page that is not ready, with the number of faults', () => {
    const files = loaded().files.filter(({ section }) => section !== 'basic')
    const draft = draftOf(loaded({ files }), '2026-11-20')
    expect(draft.obstacles(order)).toEqual([
      { at: 'section:basic', code: 'section-incomplete', params: { section: 'basic', count: 3 } },
    ])
  })
  it('judges all pages anew when the class changes', () => {
    const proposals = new Map(loaded().proposals).set('scope', {
      rows: [laid(sampleRow('scope'), { scope: 'intermediate_candidate_phd' })],
      editedFor: 1,
    })
    expect(draftOf(loaded({ proposals }), '2026-11-20').standing('education')).toBe('partial')
  })
  // SUB-4
  it('holds back a returned page until it is edited for the next round', () => {
    const findings = [{ round: 1, section: 'education', rowId: 'row002', target: 'slot:diploma' }]
    const returned = { case: { state: 'returned' as const, round: 1 }, findings }
    const draft = draftOf(loaded(returned), '2026-11-20')
    expect(draft.standing('education')).toBe('returned')
    expect(draft.standing('employment')).toBe('complete')
    expect(draft.obstacles(order).map(({ code }) => code)).toEqual(['section-awaits-mending'])
    const proposals = new Map(loaded().proposals).set('education', {
      rows: sampleRows('education'),
      editedFor: 2,
    })
    const mended = draftOf(loaded({ ...returned, proposals }), '2026-11-20')
    expect(mended.standing('education')).toBe('partial')
    expect(issuesOf(mended.examine('education')).map(({ at }) => at)).toEqual(['slot:diploma'])
  })
  it('freezes what is shown, with every file', () => {
    const draft = draftOf(loaded(), '2026-11-20')
    const person = { ...context.person, number: '440199199005120024', name: '某某', phone: '13900000000' }
    const snapshot = snapshotOf(order, draft, person, { department: '广东省广州市天河区' })
    expect(snapshot.sections.map(({ section }) => section)).toEqual(['registration', ...order])
    expect(filesIn(snapshot).sort()).toEqual(
      loaded()
        .files.map(({ fileId }) => fileId)
        .sort(),
    )
  })
  it('takes no situation or class that does not exist', () => {
    const found = contextOf({
      today: '2026-11-20',
      person: context.person,
      rows: () => [laid(emptyRow('main'), { situation: 'retired', scope: 'all' })],
      department: null,
      findings: [],
      failed: [],
    })
    expect([found.situation, found.scope]).toEqual(['', ''])
  })
})

describe('corrections and appeals', () => {
  const named = sampleRow('correction', 'main')
  const renewed = sampleRow('correction', 'main', 'student')
  const passport = sampleContext({
    person: { idType: 'foreign_passport', birth: '1988-02-03', sex: 'female' },
  })
  const codesOf = (section: SectionId, row: Row, context: Context) =>
    (examine(sectionById(section), [row], context, []).rows.get(row.id) ?? [])
      .filter(({ code }) => code !== 'slot-required')
      .map(({ at, code }) => `${at}: ${code}`)

  it('a name needs the proof of its change, a new document may go without', () => {
    expect(needs('correction', named, sampleContext())).toEqual({
      face: 'required',
      reverse: 'required',
      proof: 'required',
    })
    expect(needs('correction', renewed, sampleContext())).toMatchObject({ proof: 'open' })
  })
  it('a passport has one side', () => {
    expect(needs('correction', named, passport)).toEqual({ face: 'required', proof: 'required' })
    expect(needs('identity', sampleRow('identity', 'main'), passport)).toEqual({
      face: 'required',
      holding: 'required',
    })
    expect(needs('appeal', sampleRow('appeal', 'main'), passport)).toEqual({
      face: 'required',
      holding: 'required',
      other: 'open',
    })
  })
  it('asks for what is to be corrected, and not for the other', () => {
    for (const [what, row] of [
      ['name', laid(named, { newName: '', newNumber: 'nonsense' })],
      ['document', laid(renewed, { newNumber: '', newName: '\uFFFD' })],
    ] as const)
      expect(codesOf('correction', row, sampleContext())).toEqual([
        `${what === 'name' ? 'newName' : 'newNumber'}: required`,
      ])
  })
  it('reads a number by the type of the document it renews', () => {
    const permit = sampleContext({ person: { idType: 'hkmo_permit', birth: '1988-02-03', sex: 'female' } })
    const numbered = (newNumber: string) => laid(renewed, { newNumber })
    expect(codesOf('correction', numbered('H1234567802'), permit)).toEqual([])
    expect(codesOf('correction', numbered('11010519491231002X'), permit)).toEqual(['newNumber: id-format'])
    expect(codesOf('correction', numbered('X1234567'), passport)).toEqual([])
    expect(codesOf('correction', numbered('13800138000'), passport)).toEqual(['newNumber: id-is-phone'])
    expect(codesOf('correction', numbered('H1234567802'), sampleContext())).toEqual(['newNumber: id-length'])
  })
  it('keeps a rare name as it was typed', () => {
    for (const newName of ['\u{20BB7}野家', '葛\u{E0100}飾', 'Anne-Marie·Dupont'])
      expect(codesOf('correction', laid(named, { newName }), sampleContext())).toEqual([])
    expect(codesOf('correction', laid(named, { newName: '张\u200B三' }), sampleContext())).toEqual([
      'newName: text-characters',
    ])
  })
})
