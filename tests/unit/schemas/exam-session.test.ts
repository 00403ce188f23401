import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minuteIn, minuteOf } from '#lib/domain/minutes.ts'
import {
  checkExamSession,
  checkExamSite,
  checkExamTerms,
  outsideNational,
  type TypedTerms,
  takenBack,
} from '#lib/schemas/exam-session.ts'
import { siteCities } from '#lib/text/exam-cities.ts'
import { moneyWords, sessionTitle } from '#lib/text/exams.ts'

const typed = {
  level: 'junior',
  year: '2027',
  opensAt: '2027-01-05T09:00',
  collectBy: '2027-01-23T12:00',
  closesAt: '2027-01-24T12:00',
  payBy: '2027-01-24T18:00',
  examFrom: '2027-05-15',
  examTo: '2027-05-18',
  fee: '56.5',
  notice: ' 请携带身份证件。\r\n ',
}
const issuesOf = (read: ReturnType<typeof checkExamSession>) =>
  read.ok ? [] : read.issues.map(({ at, code }) => `${at} ${code}`)
const issues = (change: Record<string, unknown>) => issuesOf(checkExamSession({ ...typed, ...change }))

describe('a minute as forms write it', () => {
  it('is of China, and comes back as it was', () => {
    expect(minuteIn('2027-01-05T09:00')).toEqual(new Date('2027-01-05T01:00:00Z'))
    expect(minuteIn('2027-01-05 00:30')).toEqual(new Date('2027-01-04T16:30:00Z'))
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2500-01-01'), noInvalidDate: true }),
        (at) => {
          const minute = Math.floor(at.getTime() / 60_000) * 60_000
          expect(minuteIn(minuteOf(at))?.getTime()).toBe(minute)
        },
      ),
    )
  })
  it.each([
    '2027-02-30T09:00',
    '2027-01-05T24:00',
    '2027-01-05',
    '2027-01-05T9:00',
    '2027-01-05T09:00:30',
    '',
  ])('%o is none', (text) => expect(minuteIn(text)).toBeNull())
})

describe('a session of an exam as typed (EXM-1)', () => {
  it('is taken', () =>
    expect(checkExamSession(typed)).toEqual({
      ok: true,
      value: {
        level: 'junior',
        year: 2027,
        opensAt: new Date('2027-01-05T01:00:00Z'),
        collectBy: new Date('2027-01-23T04:00:00Z'),
        closesAt: new Date('2027-01-24T04:00:00Z'),
        payBy: new Date('2027-01-24T10:00:00Z'),
        examFrom: '2027-05-15',
        examTo: '2027-05-18',
        fee: 5650,
        notice: '请携带身份证件。',
      },
    }))

  it.each([
    [{ level: '' }, ['level required']],
    [{ level: 'expert' }, ['level not-offered']],
    [{ year: '' }, ['year required']],
    [{ year: '2019' }, ['year exam-year']],
    [{ year: '27' }, ['year exam-year']],
    [{ opensAt: '' }, ['opensAt required']],
    [{ opensAt: '明天' }, ['opensAt instant-invalid']],
    [{ collectBy: '2027-01-05T09:00' }, ['collectBy exam-collect-early']],
    [{ collectBy: '2027-01-24T12:00' }, []],
    [{ collectBy: '2027-01-24T12:01' }, ['closesAt exam-close-early']],
    [{ payBy: '2027-01-24T12:00' }, []],
    [{ payBy: '2027-01-24T11:59' }, ['payBy exam-pay-early']],
    [{ examFrom: '2027-01-24' }, ['examFrom exam-day-early']],
    [{ examFrom: '2027-01-25' }, []],
    [{ examFrom: '2027-02-30' }, ['examFrom day-invalid']],
    [{ examTo: '2027-05-14' }, ['examTo exam-days-order']],
    [{ examTo: '' }, ['examTo required']],
    [{ fee: '' }, ['fee required']],
    [{ fee: '56.001' }, ['fee exam-fee']],
    [{ fee: '-1' }, ['fee exam-fee']],
    [{ fee: '1000.01' }, ['fee exam-fee']],
    [{ fee: '０' }, []],
    [{ notice: '字'.repeat(2001) }, ['notice too-long']],
    [
      { level: '', year: '', opensAt: '', examFrom: '', fee: '' },
      ['level required', 'year required', 'opensAt required', 'fee required', 'examFrom required'],
    ],
    [{ level: ['junior'] }, ['level required']],
    [
      { year: '27', fee: '-1', collectBy: '2027-01-05T09:00', payBy: '2027-01-24T11:59' },
      ['year exam-year', 'fee exam-fee', 'collectBy exam-collect-early', 'payBy exam-pay-early'],
    ],
    [{ fee: '', examFrom: '2027-01-24' }, ['fee required', 'examFrom exam-day-early']],
  ])('%o', (change, expected) => expect(issues(change)).toEqual(expected))
})

const terms = (change: Record<string, string> = {}): TypedTerms => {
  const read = checkExamTerms({ ...typed, ...change })
  if (!read.ok) throw new Error('not terms')
  return read.value
}
const codes = (found: readonly { at: string | null; code: string }[]) =>
  found.map(({ at, code }) => `${at} ${code}`)

describe('the window of a province', () => {
  it('lies inside the national one, at its very ends too', () => {
    expect(outsideNational(terms(), terms())).toEqual([])
    expect(outsideNational(terms({ opensAt: '2027-01-10T09:00' }), terms())).toEqual([])
    const [found] = outsideNational(terms({ opensAt: '2027-01-05T08:59' }), terms())
    expect(found).toEqual({
      at: 'opensAt',
      code: 'exam-outside',
      params: { from: '2027-01-05T01:00:00.000Z', to: '2027-01-24T04:00:00.000Z' },
    })
    const late = terms({
      collectBy: '2027-01-24T12:01',
      closesAt: '2027-01-24T12:01',
      payBy: '2027-01-24T18:01',
    })
    expect(codes(outsideNational(late, terms()))).toEqual([
      'collectBy exam-outside',
      'closesAt exam-outside',
      'payBy exam-outside',
    ])
  })
})

describe('what people were told', () => {
  const before = new Date('2027-01-04T00:00:00Z')
  const within = new Date('2027-01-15T00:00:00Z')
  it.each([
    ['before it begins everything to come may move', before, { opensAt: '2027-01-06T09:00', fee: '60' }, []],
    ['when it began stays', within, { opensAt: '2027-01-06T09:00' }, ['opensAt exam-begun']],
    ['what it costs stays', within, { fee: '60' }, ['fee exam-fee-fixed']],
    ['a deadline is put off', within, { closesAt: '2027-01-26T12:00', payBy: '2027-01-26T18:00' }, []],
    [
      'and brought forward to a time still to come',
      within,
      { collectBy: '2027-01-16T12:00', closesAt: '2027-01-16T12:00' },
      [],
    ],
    [
      'not to one that has passed',
      within,
      { collectBy: '2027-01-14T12:00', closesAt: '2027-01-14T12:00', payBy: '2027-01-15T07:59' },
      ['collectBy exam-not-earlier', 'closesAt exam-not-earlier', 'payBy exam-not-earlier'],
    ],
  ])('%s', (_, now, change, expected) =>
    expect(codes(takenBack(terms(), terms(change), now))).toEqual(expected),
  )
})

describe('a 报考点 as typed', () => {
  const site = { name: ' 广州市天河区  报考点 ', city: '440100', capacity: '３00' }
  const offered = (city: string) => city === '440100'
  it('is taken', () =>
    expect(checkExamSite(site, offered)).toEqual({
      ok: true,
      value: { name: '广州市天河区 报考点', city: '440100', capacity: 300 },
    }))
  it.each([
    [{ name: '' }, ['name required']],
    [{ name: '——' }, ['name text-blank']],
    [{ name: '天河\u200b区' }, ['name text-characters']],
    [{ name: '点'.repeat(41) }, ['name too-long']],
    [{ city: '' }, ['city required']],
    [{ city: '430100' }, ['city not-offered']],
    [{ capacity: '' }, ['capacity required']],
    [{ capacity: '-1' }, ['capacity exam-site-capacity']],
    [{ capacity: '200001' }, ['capacity exam-site-capacity']],
    [{ capacity: '1.5' }, ['capacity exam-site-capacity']],
    [{ name: '', city: 'x', capacity: '' }, ['name required', 'city not-offered', 'capacity required']],
  ])('%o is refused', (change, expected) => {
    const read = checkExamSite({ ...site, ...change }, offered)
    expect(read.ok ? [] : codes(read.issues)).toEqual(expected)
  })
  it('lies in a city of its province, in the city itself, or anywhere for who has no place', () => {
    expect(siteCities('440000')).toHaveLength(21)
    expect(siteCities('110000')).toEqual([{ code: '110000', name: '北京市' }])
    expect(siteCities('440300')).toEqual([{ code: '440300', name: '深圳市' }])
    expect(siteCities('660000')).toBeNull()
    expect(siteCities(null)).toBeNull()
  })
})

it('names a session and its money as people know them', () => {
  expect(sessionTitle({ level: 'junior', year: 2027 })).toBe('2027 年度初级会计专业技术资格考试')
  expect([0, 5, 11200, 5650].map(moneyWords)).toEqual(['0.00 元', '0.05 元', '112.00 元', '56.50 元'])
})
