import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ResumeForm } from '#app/_ui/resume-form.tsx'
import { draftOf } from '#lib/readers/draft.ts'
import { sampleRows } from '#lib/readers/sample.ts'
import type { Row } from '#lib/sections/define.ts'
import { resumeSheet } from '#lib/views/resume.ts'

const person = {
  idType: 'mainland_id',
  number: '11010519491231002X',
  name: '欧阳䶮',
  sex: 'female',
  birth: '1990-05-12',
  phone: '13812345678',
}

interface Typed {
  education?: readonly Row[]
  employment?: readonly Row[]
  qualifications?: readonly Row[]
}
function sheet({ education = [], employment = [], qualifications = [] }: Typed = {}) {
  const rows = { education, employment, qualifications }
  const draft = draftOf(
    {
      case: { state: 'draft', round: 0 },
      account: person,
      department: null,
      proposals: new Map(Object.entries(rows).map(([id, of]) => [id, { rows: of, editedFor: 1 }])),
      files: [],
      findings: [],
      claims: [],
    },
    '2026-11-21',
  )
  return resumeSheet(draft, person)
}
const row = (id: string, values: Row['values'], children?: readonly Row[]): Row => ({
  id,
  rev: 1,
  values,
  ...(children ? { children } : {}),
})
const post = (start: string, end: string, work = 'cashier') => row(start, { start, end, work })
const job = (...posts: readonly Row[]) =>
  row('job', { employer: '示例公司', creditCode: '91350100M000100Y43', accounting: 'yes' }, posts)
const shown = (of: ReturnType<typeof sheet>) => renderToStaticMarkup(createElement(ResumeForm, { sheet: of }))

describe('会计专业工作简历表, filled in (WRK-4)', () => {
  it('holds what registration, education, qualification and the nested posts say', () => {
    const found = sheet({
      education: sampleRows('education'),
      employment: sampleRows('employment'),
      qualifications: sampleRows('qualifications'),
    })
    expect(found.head).toEqual({
      name: '欧阳䶮',
      sex: '女',
      idType: '内地居民身份证',
      number: '11010519491231002X',
      phone: '13812345678',
      education: '大学本科（学士）',
      graduated: '2012年6月',
      qualification: '中级，2019年9月',
    })
    expect(found.lines).toEqual([
      {
        period: '2016年3月—2020年6月',
        employer: '广州示例科技有限公司',
        creditCode: '91440101MA5KJ7R253',
        work: '出纳',
        title: '',
        witness: '',
      },
      {
        period: '2019年1月—至今',
        employer: '广州示例科技有限公司',
        creditCode: '91440101MA5KJ7R253',
        work: expect.stringMatching(/./),
        title: '会计师（2019年12月聘任）',
        witness: '',
      },
    ])
    // 2016-03 … 2026-11, the months both posts share counted once.
    expect(found.months).toBe(129)
    expect(shown(found)).toContain('合计从事会计工作 10 年 9 个月')
  })

  it.each([
    ['one month', [post('2020-05', '2020-05')], 1],
    ['both end months', [post('2020-01', '2020-12')], 12],
    ['what overlaps once', [post('2020-01', '2020-12'), post('2020-06', '2021-03')], 15],
    ['what repeats once', [post('2020-01', '2020-12'), post('2020-01', '2020-12')], 12],
    ['to this month', [post('2026-01', 'ongoing')], 11],
    [
      'nothing where a period is not in order',
      [post('2020-01', '2020-12'), post('2021-05', '2021-01')],
      null,
    ],
    ['nothing where a month is missing', [post('2020-01', '2020-12'), post('', 'ongoing')], null],
  ])('counts %s', (_, posts, months) => expect(sheet({ employment: [job(...posts)] }).months).toBe(months))

  it('shows what is not in order as it was typed, after the rest', () => {
    const posts = [post('20x9-5', '2019-13', 'no-such-work'), post('2021-01', '2020-01'), post('', '')]
    expect(sheet({ employment: [job(...posts)] }).lines.map(({ period, work }) => [period, work])).toEqual([
      ['2021年1月—2020年1月', '出纳'],
      ['20x9-5—2019年13月', 'no-such-work'],
      ['', '出纳'],
    ])
  })

  it('leaves empty what nobody has filled in', () => {
    const none = sheet()
    expect(none).toMatchObject({ lines: [], months: null })
    expect(none.head).toMatchObject({ name: '欧阳䶮', education: '', graduated: '', qualification: '' })
    const html = shown(none)
    expect(html.match(/<td class="text-center">/g)).toHaveLength(8)
    expect(html).toMatch(/合计从事会计工作 +年 +个月/)
    expect(html).not.toMatch(/undefined|null|NaN|未填/)
  })

  it('lists accounting work alone, and the employer where the work itself is not said yet', () => {
    const other = row('other', { employer: '别的公司', accounting: 'no' }, [post('2010-01', '2011-01')])
    const found = sheet({ employment: [other, job()] })
    expect(found.lines).toMatchObject([{ employer: '示例公司', period: '', work: '', title: '' }])
    expect(found.months).toBeNull()
  })

  it('says why a unit has no code', () => {
    const away = row('away', {
      employer: 'Ltd.',
      creditCode: 'left over',
      noCode: '1',
      noCodeReason: '境外单位',
      accounting: 'yes',
    })
    expect(sheet({ employment: [away] }).lines[0]?.creditCode).toBe('无（境外单位）')
  })

  it('takes the highest education that is over and the highest qualification in accounting', () => {
    const school = (id: string, level: string, degree: string, graduated: string) =>
      row(id, { level, degree, graduated })
    const held = (id: string, kind: string, level: string, obtained: string) =>
      row(id, { kind, level, obtained })
    const { head } = sheet({
      education: [
        school('a', 'bachelor_program', 'none', '2012-06'),
        school('b', 'senior_high', 'none', '2008-06'),
        school('c', 'master_program', 'master', 'ongoing'),
        school('d', 'doctor_program', 'doctor', '2029-06'),
      ],
      qualifications: [
        held('a', 'accounting', 'junior', '2014-09'),
        held('b', 'accounting', 'senior', '2020-09'),
        held('c', 'economics', 'professor', '2021-09'),
      ],
    })
    expect(head).toMatchObject({
      education: '大学本科',
      graduated: '2012年6月',
      qualification: expect.stringMatching(/^高级.*，2020年9月$/),
    })
  })

  it('numbers thirty posts, the earliest first, under one head', () => {
    const posts = Array.from({ length: 30 }, (_, index) => post(`${2025 - index}-01`, `${2025 - index}-06`))
    const found = sheet({ employment: [job(...posts.slice(0, 10)), job(...posts.slice(10))] })
    expect(found.lines).toHaveLength(30)
    expect(found.lines[0]?.period).toBe('1996年1月—1996年6月')
    expect(found.months).toBe(180)
    const html = shown(found)
    expect(html).toContain('<td class="text-center">30</td>')
    expect(html.match(/<thead>/g)).toHaveLength(1)
  })
})
