import { beforeEach, describe, expect, it, vi } from 'vitest'
import { resumePdf } from '#app/_print/resume-pdf.tsx'
import ResumePage from '#app/(applicant)/collection/resume/page.tsx'
import { GET as filled } from '#app/(applicant)/collection/resume/pdf/route.ts'
import { GET as template } from '#app/(public)/templates/[name]/pdf/route.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { takePrintTurn } from '#lib/commands/take-print-turn.ts'
import { printFontFile } from '#lib/print/font.ts'
import characters from '#lib/text/characters.json' with { type: 'json' }
import { type ResumeSheet, resumePaper } from '#lib/views/resume.ts'
import { filledCase, typedRows } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar, shown } from '#tests/support/next-side.ts'
import { pdfText } from '#tests/support/pdf-text.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)

const sentence = '第1页，共1页'
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())

const line = (position: number, employer = '广州示例科技有限公司'): ResumeSheet['lines'][number] => ({
  period: `${1960 + position}年3月—${1961 + position}年2月`,
  employer,
  creditCode: '91440101MA5KJ7R253',
  work: '出纳',
  title: '会计师（2019年12月聘任）',
  witness: '',
})
const sheetOf = (name: string, lines: ResumeSheet['lines']): ResumeSheet => ({
  head: {
    name,
    sex: '女',
    idType: '内地居民身份证',
    number: '11010519491231002X',
    phone: '13812345678',
    education: '大学本科（学士）',
    graduated: '2012年6月',
    qualification: '中级，2019年9月',
  },
  lines,
  months: 129,
})
const printed = async (sheet: ResumeSheet) => pdfText(await resumePdf(resumePaper(sheet)))
const times = (part: string, whole: string) => whole.split(part).length - 1

describe('会计专业工作简历表 as a PDF (WRK-4)', () => {
  it('says all that the page says, in the same order, as text on A4', async () => {
    const sheet = sheetOf('欧阳䶮𫠆', [line(1), line(2)])
    const paper = resumePaper(sheet)
    const { pages, size } = await printed(sheet)
    expect(size).toEqual([595, 842])
    const flat = (text: string) => text.replace(/\s/g, '')
    const expected = [
      paper.title,
      ...paper.head.flat().flatMap(({ label, value }) => [label, value]),
      paper.table.title,
      ...paper.table.columns.map(({ label }) => label),
      ...paper.table.lines.flat(),
      paper.total,
      ...paper.signatures.flatMap(({ title, text, line: signed }) => [title, text, signed]),
      sentence,
    ]
    expect(pages).toEqual([flat(expected.join(''))])
  })

  it.each([9, 10, 11, 12, 25, 30])(
    '%i long lines: head on every page, no row cut, signatures with a line',
    async (count) => {
      const name = '广州示例（集团）股份有限公司“华南大区”财务共享服务中心Shared Services Ltd.'
      const { pages } = await printed(
        sheetOf(
          '张三',
          Array.from({ length: count }, (_, index) => line(index, name)),
        ),
      )
      expect(pages.length).toBeGreaterThan(1)
      const row = (position: number) =>
        `${position + 1}${line(position).period}${name.replace(/\s/g, '')}91440101MA5KJ7R253出纳会计师（2019年12月聘任）`
      for (const [index, page] of pages.entries()) {
        expect(page).toContain('序号起止年月工作单位')
        expect(page).toContain('出纳')
        expect(page).toContain(`第${index + 1}页，共${pages.length}页`)
      }
      const whole = pages.join('')
      for (let position = 0; position < count; position++) expect(times(row(position), whole)).toBe(1)
      expect(pages.at(-1)).toContain(`${row(count - 1)}合计从事会计工作`)
      expect(pages.at(-1)).toMatch(/本人承诺.*单位意见/)
    },
    30_000,
  )

  it('names what the font lacks, and prints a blank for it', async () => {
    const { pages } = await printed(sheetOf('王𪚥葛\u{E0100}', [line(1, '㐱𪚥会计师事务所\u200B')]))
    expect(pages.join('')).toContain('姓名王〔①〕〔②〕性别')
    expect(pages.join('')).toContain('㐱〔①〕会计师事务所91440101')
    expect(pages.join('')).toContain('①U+2A6A5，②U+845BU+E0100。请在打印后')
    expect(pages.join('')).not.toContain('\uFFFD')
  })

  it('has every character of 通用规范汉字表 that the picker offers', async () => {
    const offered = Object.entries(characters.groups)
      .filter(([key]) => !key.startsWith('0/'))
      .flatMap(([, group]) => group.split(' ').map(([first = '']) => first))
    const rare = [...offered.join('')]
    expect(rare.length).toBeGreaterThan(1500)
    const lines = Array.from({ length: Math.ceil(rare.length / 100) }, (_, index) =>
      line(index, rare.slice(index * 100, index * 100 + 100).join('')),
    )
    const text = (await printed(sheetOf('张三', lines))).pages.join('')
    for (const { employer } of lines) expect(text).toContain(employer)
    expect(text).not.toMatch(/〔|U\+/)
  }, 30_000)

  it('is refused where it would take seconds, or a line would go beyond a page', async () => {
    const of = (count: number, employer: string) =>
      resumePdf(
        resumePaper(
          sheetOf(
            '张三',
            Array.from({ length: count }, () => line(1, employer)),
          ),
        ),
      )
    await expect(of(61, '甲')).rejects.toMatchObject({ issues: [{ code: 'print-too-long' }] })
    for (const employer of ['𠀀'.repeat(100), '甲'.repeat(400)])
      await expect(of(30, employer)).rejects.toMatchObject({ issues: [{ code: 'print-too-long' }] })
    const distinct = Array.from({ length: 51 }, (_, index) => String.fromCodePoint(0x2a6a7 + index)).join('')
    await expect(of(1, distinct)).rejects.toMatchObject({ issues: [{ code: 'print-too-long' }] })
    await expect(of(1, '甲'.repeat(421))).rejects.toMatchObject({ issues: [{ code: 'print-too-long' }] })
  })

  it('finds its font where the server starts', () => expect(printFontFile()).toMatch(/\.ttf$/))

  it('empty, for everybody, made once, and no larger than said', async () => {
    const get = (name: string) =>
      template(new Request('http://localhost/'), { params: Promise.resolve({ name }) })
    const response = await get('resume')
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600')
    const bytes = await bytesOf(response)
    expect(bytes.length).toBeLessThan(100_000)
    expect(pdfText(bytes).pages.join('')).toMatch(/姓名性别.*合计从事会计工作年个月.*第1页，共1页$/)
    expect(await bytesOf(await get('resume'))).toEqual(bytes)
    expect((await get('../resume')).status).toBe(404)
  })
})

describeEachEngine('who gets the PDF of a 会计专业工作简历表', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async (accountId: string) =>
    void jar.set('sid', {
      value: await openSession(deps, { accountId, address: '192.0.2.7', agent: 'Chrome/1 Windows' }),
    })

  it('is who is signed in, of their own rows; the file says nothing of them outside', async () => {
    const { tianhe } = await seedDepartments(deps)
    const mine = await makeApplicant(deps, { name: '欧阳䶮' })
    const other = await makeApplicant(deps, { name: '诸葛他人' })
    for (const { actor } of [mine, other]) await filledCase(deps, actor, tianhe)
    for (const [reader, theirs] of [
      [mine, other],
      [other, mine],
    ] as const) {
      await enter(reader.actor.id)
      const response = await filled()
      expect(Object.fromEntries(response.headers)).toEqual({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="resume.pdf"; filename*=UTF-8''${encodeURIComponent('会计专业工作简历表.pdf')}`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      const bytes = await bytesOf(response)
      expect(bytes.length).toBeLessThan(100_000)
      const text = pdfText(bytes).pages.join('')
      for (const there of [reader.name, reader.number, reader.phone, typedRows.employment.employer])
        expect(text).toContain(there)
      for (const hidden of [theirs.name, theirs.number, theirs.phone]) expect(text).not.toContain(hidden)
    }
  })

  it('is not staff, nobody signed in, somebody unproven or without a collection', async () => {
    expect(await ended(filled())).toMatch(/^303 \/login/)
    await enter((await makeStaff(deps, { role: 'operator' })).actor.id)
    expect(await ended(filled())).toBe('404')
    await enter((await makeApplicant(deps, { verified: false })).actor.id)
    expect(await ended(filled())).toBe('303 /identity')
    await enter((await makeApplicant(deps)).actor.id)
    expect(await ended(filled())).toBe('303 /collection')
  })

  it('gets twenty in an hour; then the page says until when, and the printer still works', async () => {
    const { tianhe } = await seedDepartments(deps)
    const person = await makeApplicant(deps)
    await filledCase(deps, person.actor, tianhe)
    await enter(person.actor.id)
    for (let turn = 0; turn < 19; turn++) await takePrintTurn(deps, person.actor)
    expect((await filled()).status).toBe(200)
    const refused = await filled()
    expect(refused.status).toBe(303)
    const to = new URL(refused.headers.get('location') ?? '', 'http://localhost')
    expect(`${to.pathname}${to.hash}`).toBe('/collection/resume#errors')
    const page = await shown(ResumePage, { echo: to.searchParams.get('echo') ?? '' })
    expect(page).toContain('一小时内下载 PDF 的次数过多，请于')
    expect(page).toContain(person.number)
    deps.clock.advance(3_600_000)
    await enter(person.actor.id)
    expect((await filled()).status).toBe(200)
  })
})
