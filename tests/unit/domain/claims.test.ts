import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ClaimKind,
  claimKinds,
  claimShapes,
  type Facts,
  formerNames,
  judgeClaim,
  plainly,
  sameRow,
  sameSubject,
  subjectOf,
} from '#lib/domain/claims.ts'
import { gradedKinds, qualificationKinds } from '#lib/sections/options.ts'

const person = { name: '欧阳·晴', number: '11010519491231002X' }
const education: Facts = {
  ...person,
  school: '岭南示例大学',
  level: 'bachelor_program',
  graduated: '2012-06',
  diplomaNo: '100001201205000123',
  mode: 'full_time',
  major: '会计学',
}
const degree: Facts = { ...person, school: '岭南示例大学', degree: 'bachelor', degreeNo: '1000042012000456' }
const accounting: Facts = {
  ...person,
  kind: 'accounting',
  level: 'intermediate',
  certificateNo: '19440000012345',
  obtained: '2019-09',
  issuer: '人力资源和社会保障部、财政部',
}
const cpa: Facts = { ...accounting, kind: 'cpa', level: '', certificateNo: '430100012345' }
const employer: Facts = { creditCode: '91440101MA5KJ7R253', employer: '广州示例科技有限公司' }

const subjects: Readonly<Record<ClaimKind, Facts>> = {
  education,
  degree,
  'accounting-qualification': accounting,
  'other-qualification': cpa,
  'credit-code': employer,
}
const without = (facts: Facts, ...fields: string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([field]) => !fields.includes(field)))
const names = (kind: ClaimKind, subject: Facts, ...records: Facts[]) =>
  judgeClaim(kind, subject, records).fields

describe('what a register says of a claim', () => {
  it.each(claimKinds)(
    '%s: agrees with itself, is not found among none, and unavailable without a register',
    (kind) => {
      const subject = subjects[kind]
      expect(judgeClaim(kind, subject, [subject])).toEqual({
        state: 'agrees',
        why: '',
        fields: [],
        notes: [],
      })
      expect(judgeClaim(kind, subject, [])).toMatchObject({ state: 'differs', why: 'not-found', fields: [] })
      expect(judgeClaim(kind, subject, null)).toMatchObject({
        state: 'unavailable',
        why: 'no-data',
        fields: [],
      })
    },
  )

  it.each(
    claimKinds.flatMap((kind) =>
      claimShapes[kind].compared
        .filter((field) => field !== claimShapes[kind].by)
        .filter((field) => (subjects[kind][field] ?? '') !== '')
        .map((field) => [kind, field] as const),
    ),
  )('%s: names %s where it differs, and where the record leaves it out', (kind, field) => {
    const subject = subjects[kind]
    expect(names(kind, subject, { ...subject, [field]: '1999-01 其他' })).toEqual([field])
    expect(names(kind, subject, without(subject, field))).toEqual([field])
  })

  it.each<[string, ClaimKind, Facts, Facts, readonly string[]]>([
    [
      'the name a school had',
      'education',
      { school: '岭南学院' },
      { [formerNames]: '岭南书院\n岭南学院' },
      [],
    ],
    [
      'another name than any it had',
      'education',
      { school: '岭南' },
      { [formerNames]: '岭南书院\n岭南学院' },
      ['school'],
    ],
    ['the name a unit had', 'credit-code', { employer: '示例贸易行' }, { [formerNames]: '示例贸易行' }, []],
    ['no school at all', 'education', { school: '' }, {}, ['school']],
    ['no school, where it had names', 'degree', { school: '' }, { [formerNames]: '岭南学院\n' }, ['school']],
    [
      'brackets and width',
      'education',
      { school: '岭南示例大学（广州）' },
      { school: '岭南示例大学(广州)' },
      [],
    ],
    [
      'full-width digits and hyphens',
      'education',
      { diplomaNo: '１０００-０１' },
      { diplomaNo: '100001' },
      [],
    ],
    ['lower case', 'education', { diplomaNo: '1000ab' }, { diplomaNo: '1000AB' }, []],
    ['another dot in a name', 'education', { name: '欧阳•晴' }, { name: '欧阳⋅晴' }, []],
    ['a form of a character', 'education', { name: '欧阳\u{E0100}晴' }, { name: '欧阳晴' }, []],
    ['another name', 'education', { name: '欧阳情' }, {}, ['name']],
    ['a month', 'education', { graduated: '2012-07' }, {}, ['graduated']],
    ['the day beside the month', 'education', {}, { graduated: '2012-06-30' }, []],
    ['month and day of a qualification', 'accounting-qualification', {}, { obtained: '2019-12-31' }, []],
    ['the year alone', 'accounting-qualification', {}, { obtained: '2019' }, []],
    ['another year', 'accounting-qualification', {}, { obtained: '2018-09' }, ['obtained']],
    ['no year', 'accounting-qualification', {}, { obtained: '' }, ['obtained']],
    ['a level left over beside a kind without', 'other-qualification', { level: 'senior' }, {}, []],
    ['a level in a record of a kind without', 'other-qualification', {}, { level: 'junior' }, []],
    [
      'a level that differs',
      'other-qualification',
      { kind: 'economics', level: 'junior' },
      { kind: 'economics', level: 'senior' },
      ['level'],
    ],
    [
      'a level missing on one side',
      'other-qualification',
      { kind: 'economics', level: 'junior' },
      { kind: 'economics' },
      ['level'],
    ],
    [
      'a number that is nothing but signs',
      'education',
      { diplomaNo: '--' },
      { diplomaNo: '' },
      ['diplomaNo'],
    ],
    ['several at once', 'education', { name: '李四', school: '别的大学' }, {}, ['name', 'school']],
  ])('compares %s', (_what, kind, said, held, expected) => {
    const subject = { ...subjects[kind], ...said }
    const { state, fields } = judgeClaim(kind, subject, [{ ...subjects[kind], ...held }])
    expect([state, fields]).toEqual([expected.length > 0 ? 'differs' : 'agrees', expected])
  })

  it.each<[string, ClaimKind, Facts]>([
    ['another level and number', 'education', { level: 'junior_college', diplomaNo: '100001200906000999' }],
    ['another degree and number', 'degree', { degree: 'master', degreeNo: '1000032015000456' }],
    ['another kind and number', 'other-qualification', { kind: 'tax_advisor', certificateNo: '1' }],
    ['neither level nor number', 'accounting-qualification', { level: '', certificateNo: '' }],
    ['another code', 'credit-code', { creditCode: '91440101MA59ABCD1D' }],
  ])('a record of %s is about something else', (_what, kind, held) => {
    const record = { ...subjects[kind], ...held }
    expect(judgeClaim(kind, subjects[kind], [record])).toMatchObject({ state: 'differs', why: 'not-found' })
    expect(judgeClaim(kind, subjects[kind], [record, subjects[kind]])).toMatchObject({ state: 'agrees' })
  })

  it('two that both say nothing have nothing in common', () => {
    const nothing = { ...education, level: '', diplomaNo: '' }
    expect(judgeClaim('education', nothing, [nothing]).why).toBe('not-found')
  })

  it('of several takes the one that differs least, then the one of the same number', () => {
    const far = { ...education, school: '甲大学', graduated: '2001-07', diplomaNo: '9' }
    const near = { ...education, graduated: '2012-07' }
    expect(names('education', education, far, near)).toEqual(['graduated'])
    const sameNumber = { ...education, school: '甲大学' }
    const sameLevel = { ...education, diplomaNo: '9' }
    expect(names('education', education, sameLevel, sameNumber)).toEqual(['school'])
  })

  it('notes what differs beside it, where the register keeps it', () => {
    const held = { ...education, mode: 'part_time', major: '' }
    expect(judgeClaim('education', education, [held])).toMatchObject({ state: 'agrees', notes: ['mode'] })
    expect(judgeClaim('education', education, [held, education]).notes).toEqual([])
    expect(judgeClaim('education', education, [{ ...held, graduated: '2011-07' }])).toMatchObject({
      state: 'differs',
      fields: ['graduated'],
      notes: ['mode'],
    })
  })

  it('knows which kinds of qualification have no level', () => {
    for (const kind of qualificationKinds) {
      const subject = { ...cpa, kind, level: 'junior' }
      const agrees =
        judgeClaim('other-qualification', subject, [{ ...subject, level: 'senior' }]).state === 'agrees'
      expect(agrees, kind).toBe(!gradedKinds.includes(kind))
    }
  })
})

const value = fc.oneof(
  fc.constantFrom(
    '',
    '2012-06',
    '2012-07-01',
    'bachelor_program',
    'cpa',
    'economics',
    '岭南示例大学',
    'junior',
  ),
  fc.string({ maxLength: 4 }),
)
const factsOf = (kind: ClaimKind) => {
  const { by, compared, noted } = claimShapes[kind]
  return fc.record(
    Object.fromEntries([by, ...compared, ...noted, formerNames].map((field) => [field, value])),
  )
}
const kinds = fc.constantFrom(...claimKinds)

describe('for whatever is said and held', () => {
  it('the order of records does not matter, and the fields named are compared ones', () => {
    const scenes = kinds.chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        subject: factsOf(kind),
        records: fc.array(factsOf(kind), { maxLength: 5 }),
      }),
    )
    fc.assert(
      fc.property(scenes, ({ kind, subject, records }) => {
        const said = judgeClaim(kind, subject, records)
        expect(judgeClaim(kind, subject, records.toReversed())).toEqual(said)
        expect(said.fields.every((field) => claimShapes[kind].compared.includes(field))).toBe(true)
        expect(said.state === 'agrees').toBe(said.fields.length === 0 && said.why === '')
      }),
    )
  })

  it('what counts as the same row gets the same answer', () => {
    const ignored = fc.constantFrom('', ' ', '　', '(', '）', '-', '—', '·', '•', '\u200B', '.')
    const scenes = kinds.chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        subject: factsOf(kind),
        sign: ignored,
        records: fc.array(factsOf(kind), { maxLength: 3 }),
      }),
    )
    fc.assert(
      fc.property(scenes, ({ kind, subject, sign, records }) => {
        const rewritten = Object.fromEntries(
          Object.entries(subject).map(([field, text]) => [
            field,
            field === formerNames || text === '' ? text : `${text}${sign}`,
          ]),
        )
        fc.pre(sameSubject(kind, subject, rewritten))
        expect(sameRow(kind, rewritten, subject)).toBe(true)
        expect(judgeClaim(kind, rewritten, records)).toEqual(judgeClaim(kind, subject, records))
      }),
    )
  })

  it('a plain form has one writing', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'岭南Ａa１ß（)-· .•') })
    fc.assert(fc.property(plain, (text) => plainly(plainly(text)) === plainly(text)))
    expect(plainly('Ａb－（１） · ・⋅\u200B\uFE00')).toBe('AB1')
  })
})

describe('whether a row still says the same', () => {
  const subject = subjectOf('education', education, person)

  it.each<[string, Facts, boolean, boolean?]>([
    ['nothing', {}, true],
    ['what is only noted', { major: '财务管理', mode: 'part_time' }, true, false],
    ['what nobody compares', { degreeNo: '1', place: 'overseas' }, true],
    ['the writing', { school: '岭南示例（大学）', diplomaNo: '１００００１２０１２０５０００１２３' }, true],
    ['the school', { school: '岭南学院' }, false],
    ['the month', { graduated: '2012-07' }, false],
    ['a value taken out', { diplomaNo: '' }, false],
  ])('after changing %s', (_what, change, expected, stands = expected) => {
    expect(sameRow('education', { ...education, ...change }, subject)).toBe(expected)
    expect(sameSubject('education', { ...subject, ...change }, subject)).toBe(stands)
  })

  it('the person is not the row’s to mend, but asks for a new check', () => {
    expect(sameRow('education', without(education, 'name', 'number'), subject)).toBe(true)
    expect(sameSubject('education', { ...subject, name: '李四' }, subject)).toBe(false)
    expect(sameSubject('education', { ...subject, number: '110101199003070011' }, subject)).toBe(false)
  })

  it('a month in the year of a qualification does not count, nor a level where there is none', () => {
    expect(sameRow('accounting-qualification', { ...accounting, obtained: '2019-12' }, accounting)).toBe(true)
    expect(sameRow('accounting-qualification', { ...accounting, obtained: '2020-01' }, accounting)).toBe(
      false,
    )
    expect(sameRow('other-qualification', { ...cpa, level: 'senior' }, cpa)).toBe(true)
  })
})

it('a subject holds what is compared or noted, and nothing else of the row', () => {
  const values = { ...education, place: 'domestic', degreeNo: '1', name: 'not this one' }
  expect(subjectOf('education', values, person)).toEqual(education)
  expect(subjectOf('credit-code', { ...employer, industry: 'I' }, person)).toEqual(employer)
  expect(subjectOf('degree', {}, person)).toEqual({ ...person, school: '', degree: '', degreeNo: '' })
})
