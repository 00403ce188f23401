/** Lists of trainees as departments write them (CRE-1). */
import { describe, expect, it } from 'vitest'
import { rosterColumns } from '#lib/domain/rosters.ts'
import { readRoster, rosterTemplateCsv } from '#lib/readers/roster-file.ts'
import { rosterColumnWord, rosterFaultWord } from '#lib/text/rosters.ts'

const headings = '证件号码,姓名,学分形式,名称,数量,完成时间,科目'
const number = '110101199003078515'

async function* inPieces(text: string, size = 7) {
  for (let from = 0; from < text.length; from += size) yield text.slice(from, from + size)
}
const readText = (text: string) => readRoster(inPieces(text), { latest: '2026-11' })
async function read(...lines: string[]) {
  const found = await readText([headings, ...lines].join('\r\n'))
  if (!found.ok) throw new Error(found.issues.map(({ code }) => code).join(' '))
  return found.value
}
const refusal = async (text: string) => {
  const found = await readText(text)
  return found.ok ? [] : found.issues
}

const good = {
  number,
  name: '张三',
  form: '面授培训',
  title: '会计准则培训班',
  quantity: '2',
  obtained: '2026-09',
  subject: '',
}
const lineOf = (change: Partial<typeof good>) => Object.values({ ...good, ...change }).join(',')

/** What is typed in one column, and what is said of it. */
const bad: [change: Partial<typeof good>, column: string, why: string, limit?: number][] = [
  [{ number: '' }, 'number', 'missing'],
  [{ number: '1234' }, 'number', 'not-a-number'],
  [{ number: '4.40106E+17' }, 'number', 'spoiled-number'],
  [{ number: '110101199003078515（旧）' }, 'number', 'not-a-number'],
  [{ number: 'A'.repeat(70) }, 'number', 'not-a-number'],
  [{ name: '' }, 'name', 'missing'],
  [{ name: '张\uFFFD' }, 'name', 'characters'],
  [{ name: '张\u0007三' }, 'name', 'characters'],
  [{ name: '张'.repeat(101) }, 'name', 'too-long', 100],
  [{ form: '' }, 'form', 'missing'],
  [{ form: '听课' }, 'form', 'not-an-option'],
  [{ form: '面授培训（按小时）x' }, 'form', 'not-an-option'],
  [{ title: '' }, 'title', 'missing'],
  [{ title: '课' }, 'title', 'too-short', 2],
  [{ title: '……' }, 'title', 'blank'],
  [{ title: '长'.repeat(81) }, 'title', 'too-long', 80],
  [{ title: '准则\uFFFD班' }, 'title', 'characters'],
  [{ quantity: '' }, 'quantity', 'missing'],
  [{ quantity: '0' }, 'quantity', 'quantity'],
  [{ quantity: '-1' }, 'quantity', 'quantity'],
  [{ quantity: '1.5' }, 'quantity', 'quantity'],
  [{ quantity: '两天' }, 'quantity', 'quantity'],
  [{ quantity: '1000' }, 'quantity', 'quantity'],
  [{ quantity: '31' }, 'quantity', 'too-many', 30],
  [{ form: '网络培训', quantity: '201' }, 'quantity', 'too-many', 200],
  [{ form: 'senior_training', quantity: '2' }, 'quantity', 'too-many', 1],
  [{ obtained: '' }, 'obtained', 'missing'],
  [{ obtained: '2026' }, 'obtained', 'not-a-month'],
  [{ obtained: '2026-13' }, 'obtained', 'not-a-month'],
  [{ obtained: '去年九月' }, 'obtained', 'not-a-month'],
  [{ obtained: '2026-12' }, 'obtained', 'month-future'],
  [{ obtained: '2026-02-30' }, 'obtained', 'not-a-month'],
  [{ subject: '全部科目' }, 'subject', 'not-an-option'],
]

describe('a line of a list', () => {
  it.each(bad)('%o is left out at %s: %s', async (change, column, why, limit) => {
    const { count, lines, faults } = await read(lineOf({}), lineOf(change), lineOf({}))
    expect([count, lines.map(({ line }) => line)]).toEqual([3, [2, 4]])
    expect(faults).toEqual([{ line: 3, column, why, ...(limit === undefined ? {} : { limit }) }])
    for (const fault of faults)
      expect(rosterColumnWord(fault.column) + rosterFaultWord(fault)).not.toMatch(/undefined|^$/)
  })

  it.each([
    ['"张三,面授', null, 'broken'],
    [`${lineOf({})},多出来的一栏`, null, 'too-many-cells'],
    [`${number},张三`, 'form', 'missing'],
    ['x'.repeat(9000), null, 'broken'],
  ])('%s costs no other', async (line, column, why) => {
    const { lines, faults } = await read(lineOf({}), line, lineOf({}))
    expect(lines.map((one) => one.line)).toEqual([2, 4])
    expect(faults).toEqual([{ line: 3, column, why }])
  })

  it('of several faults says the first by column', async () =>
    expect((await read(lineOf({ obtained: 'x', name: '', quantity: '0' }))).faults).toEqual([
      { line: 2, column: 'name', why: 'missing' },
    ]))

  it('is understood in every way people write it', async () => {
    const line = { line: 2, number, name: '张三', form: 'face_to_face', title: '会计准则培训班' }
    const whole = { ...line, quantity: 2, obtained: '2026-09', subject: 'any' }
    for (const change of [
      {},
      { number: `'${number}` },
      { number: '11010119900307 8515' },
      { form: '面授培训（按天）' },
      { form: '面授培训(按天)' },
      { form: ' face_to_face ' },
      { quantity: '２' },
      { obtained: '2026年9月' },
      { obtained: '2026/9/30' },
      { obtained: '202609' },
      { subject: '不限' },
      { name: '\u200B张三' },
    ])
      expect((await read(lineOf(change))).lines, JSON.stringify(change)).toEqual([whole])
    for (const [word, subject] of [
      ['专业科目', 'professional'],
      ['公需科目', 'public'],
    ] as const)
      expect((await read(lineOf({ subject: word }))).lines).toEqual([{ ...whole, subject }])
    expect(
      (await read(`"${number}","张三","参加会计类专业会议","第三届,年会","1","2026-11",""`)).lines,
    ).toEqual([{ ...whole, form: 'conference', title: '第三届,年会', quantity: 1, obtained: '2026-11' }])
  })
})

describe('a list', () => {
  it('has its columns in any order, without the optional one, under other headings', async () => {
    const found = await readText(
      `序号,姓名,身份证号,名称,学分形式,天数,完成月份\n1,张三,${number},培训班,面授培训,2,2026-09\n,,,,,,\n`,
    )
    expect(found.ok && [found.value.count, found.value.lines[0]]).toEqual([
      1,
      expect.objectContaining({ number, name: '张三', title: '培训班', quantity: 2, subject: 'any' }),
    ])
  })

  it('is refused as a whole where it cannot be one', async () => {
    const issues = async (text: string) =>
      (await refusal(text)).map(({ at, code, params }) => [at, code, params?.columns ?? params?.limit])
    expect(await issues('')).toEqual([['file', 'roster-empty', undefined]])
    expect(await issues(`${headings}\n,,,,,,\n\n`)).toEqual([['file', 'roster-empty', undefined]])
    expect(await issues(`姓名,数量\n张三,2`)).toEqual([
      ['file', 'roster-headings', 'number form title obtained'],
    ])
    expect(await issues('PK\u0003\u0004')).toEqual([
      ['file', 'roster-headings', 'number name form title quantity obtained'],
    ])
    expect(await issues(`${headings},姓名\n${lineOf({})}`)).toEqual([
      ['file', 'roster-headings-twice', 'name'],
    ])
    const line = `${lineOf({})}\n`
    expect(await issues(`${headings}\n${line.repeat(2001)}`)).toEqual([
      ['file', 'roster-too-many-lines', 2000],
    ])
    expect((await read(...Array.from({ length: 2000 }, () => lineOf({})))).lines).toHaveLength(2000)
  })

  it('is begun by the template, which spreadsheets read as UTF-8', async () => {
    const template = rosterTemplateCsv()
    expect(template.startsWith('\uFEFF')).toBe(true)
    const found = await readText(`${template}${lineOf({})}`)
    expect(found.ok && found.value.lines).toHaveLength(1)
    expect(template.trim().split(',')).toHaveLength(rosterColumns.length)
  })
})
