import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClaimKind, claimKinds, claimShapes } from '#lib/domain/claims.ts'
import { type CsvLine, csvLines } from '#lib/readers/csv-lines.ts'
import { readHeadings, readLine } from '#lib/readers/register-file.ts'

async function linesOf(...chunks: string[]): Promise<CsvLine[]> {
  async function* text() {
    yield* chunks
  }
  const found: CsvLine[] = []
  for await (const lines of csvLines(text())) found.push(...lines)
  return found
}
const cells = (lines: readonly CsvLine[]) => lines.map(({ number, cells }) => [number, cells])

describe('lines of a CSV file', () => {
  it.each<[string, string, [number, CsvLine['cells']][]]>([
    ['quotes and commas in them', 'a,"b,c","d ""e"""\n', [[1, ['a', 'b,c', 'd "e"']]]],
    [
      'every kind of line end',
      'a\r\nb\nc\rd',
      [
        [1, ['a']],
        [2, ['b']],
        [3, ['c']],
        [4, ['d']],
      ],
    ],
    [
      'blank lines',
      '\n\na,b\n  \nc,d\n',
      [
        [3, ['a', 'b']],
        [5, ['c', 'd']],
      ],
    ],
    ['spaces around', ' a , "b" \n', [[1, ['a', 'b']]]],
    [
      'a quote that never ends',
      'a,"b\nc,d\ne,f',
      [
        [1, 'broken'],
        [2, ['c', 'd']],
        [3, ['e', 'f']],
      ],
    ],
    [
      'two that never end',
      'a,"b\nc,"d\ne,f',
      [
        [1, 'broken'],
        [2, 'broken'],
        [3, ['e', 'f']],
      ],
    ],
    [
      'a quote in the middle',
      'a,b"c\nd,e',
      [
        [1, 'broken'],
        [2, ['d', 'e']],
      ],
    ],
    [
      'something behind a quote',
      'a,"b"c\nd,e',
      [
        [1, 'broken'],
        [2, ['d', 'e']],
      ],
    ],
    [
      'a line without end',
      `${'x'.repeat(9000)}\nd,e`,
      [
        [1, 'too-long'],
        [2, ['d', 'e']],
      ],
    ],
    ['nothing', '', []],
    ['line ends only', '\n\r\n\r', []],
  ])('%s', async (_what, text, expected) => {
    expect(cells(await linesOf(text))).toEqual(expected)
  })

  it('are the same in whatever pieces the file comes', async () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom(...'ab,"\r\n '), maxLength: 6 }), {
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(pieces, async (chunks) => {
        expect(await linesOf(...chunks)).toEqual(await linesOf(chunks.join('')))
      }),
    )
  })

  it('come by the thousand, and an endless one takes no room', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `${n},x`)
    expect(await linesOf(many.join('\n'))).toHaveLength(5000)
    const endless = Array.from({ length: 200 }, () => 'x'.repeat(100_000))
    expect(cells(await linesOf(...endless, '\nd,e'))).toEqual([
      [1, 'too-long'],
      [2, ['d', 'e']],
    ])
  })
})

const sample: Readonly<Record<ClaimKind, readonly (readonly [string, string, string])[]>> = {
  education: [
    ['姓名', 'name', '张三'],
    ['证件号码', 'number', ' １１０１０５19491231002x '],
    ['学校名称', 'school', '岭南示例大学'],
    ['曾用名', 'formerNames', '岭南书院；岭南学院; '],
    ['学历', 'level', '大学本科'],
    ['毕业时间', 'graduated', '2012年6月'],
    ['学历证书编号', 'diplomaNo', '100001201205000123'],
    ['培养方式', 'mode', '全日制'],
    ['所学专业', 'major', '会计学'],
  ],
  degree: [
    ['姓名', 'name', '张三'],
    ['证件号码', 'number', '11010519491231002X'],
    ['学校名称', 'school', '岭南示例大学'],
    ['学位', 'degree', '学士'],
    ['学位证书编号', 'degreeNo', '1000042012000456'],
  ],
  'accounting-qualification': [
    ['姓名', 'name', '张三'],
    ['证件号码', 'number', '11010519491231002X'],
    ['级别', 'level', '中级'],
    ['证书编号', 'certificateNo', '19440000012345'],
    ['取得时间', 'obtained', '2019'],
    ['发证机关', 'issuer', '财政部'],
  ],
  'other-qualification': [
    ['姓名', 'name', '张三'],
    ['证件号码', 'number', '11010519491231002X'],
    ['资格类别', 'kind', '经济专业技术资格'],
    ['级别', 'level', '高级（副高）'],
    ['证书编号', 'certificateNo', '19440000012345'],
    ['取得时间', 'obtained', '2019-09'],
  ],
  'credit-code': [
    ['统一社会信用代码', 'creditCode', '91440101ma5kj7r253'],
    ['单位名称', 'employer', '广州示例科技有限公司'],
    ['曾用名', 'formerNames', '示例行'],
  ],
}
/** A line of the sample with some cells changed, by field. */
function lineOf(
  kind: ClaimKind,
  changes: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
) {
  const known = new Set(sample[kind].map(([, field]) => field))
  const added = Object.keys(changes).filter((field) => !known.has(field))
  const headings = readHeadings(kind, [...sample[kind].map(([heading]) => heading), ...added])
  const values = sample[kind].map(([, field, value]) => changes[field] ?? value)
  return readLine(kind, headings, [...values, ...added.map((field) => changes[field] ?? ''), ...more])
}

describe('a line of a register', () => {
  it.each(claimKinds)('of %s becomes a record that holds all that is compared', (kind) => {
    const read = lineOf(kind)
    if (!('record' in read)) throw new Error(JSON.stringify(read))
    for (const field of [claimShapes[kind].by, ...claimShapes[kind].compared])
      expect(read.record[field], field).toMatch(/./)
  })

  it('is put into our own ids, months and numbers', () => {
    expect(lineOf('education')).toEqual({
      record: {
        name: '张三',
        number: '11010519491231002X',
        school: '岭南示例大学',
        formerNames: '岭南书院\n岭南学院',
        level: 'bachelor_program',
        graduated: '2012-06',
        diplomaNo: '100001201205000123',
        mode: 'full_time',
        major: '会计学',
      },
    })
    expect(lineOf('credit-code')).toMatchObject({ record: { creditCode: '91440101MA5KJ7R253' } })
    expect(lineOf('other-qualification')).toMatchObject({ record: { kind: 'economics', level: 'senior' } })
    expect(lineOf('accounting-qualification')).toMatchObject({
      record: { kind: 'accounting', obtained: '2019' },
    })
  })

  it('of a kind without levels loses one, of a kind with levels needs one', () => {
    const cpa = lineOf('other-qualification', { kind: '注册会计师', level: '初级' })
    expect('record' in cpa && cpa.record.level).toBeUndefined()
    expect(lineOf('other-qualification', { level: '' })).toEqual({ fault: 'missing', field: 'level' })
  })

  it.each([
    ['2012-06', '2012-06'],
    ['2012/6', '2012-06'],
    ['2012.06', '2012-06'],
    ['201206', '2012-06'],
    ['２０１２年６月', '2012-06'],
    ['2012 年 06 月', '2012-06'],
    ['2012-06-30', '2012-06'],
    ['2012/6/3', '2012-06'],
    ['20120630', '2012-06'],
    ['2012年6月30日', '2012-06'],
    ['2012-13', null],
    ['2012-06-31', null],
    ['20120231', null],
    ['2012', null],
    ['06-2012', null],
    ['41090', null],
    ['June 2012', null],
  ])('reads %s as %s', (cell, expected) => {
    expect(lineOf('education', { graduated: cell })).toMatchObject(
      expected === null ? { fault: 'not-a-month', field: 'graduated' } : { record: { graduated: expected } },
    )
  })

  it.each<[ClaimKind, string, string, string]>([
    ['education', 'number', '', 'missing'],
    ['education', 'number', ' ', 'missing'],
    ['education', 'name', '', 'missing'],
    ['education', 'diplomaNo', '', 'missing'],
    ['education', 'number', '4.40106E+17', 'spoiled-number'],
    ['education', 'diplomaNo', '1.00001E+17', 'spoiled-number'],
    ['education', 'number', '1101', 'not-a-number'],
    ['education', 'number', '110105-1949', 'not-a-number'],
    ['education', 'level', '小学', 'not-an-option'],
    ['education', 'level', '__proto__', 'not-an-option'],
    ['education', 'mode', '自学', 'not-an-option'],
    ['education', 'school', '岭'.repeat(101), 'too-long'],
    ['education', 'name', '张\uFFFD', 'characters'],
    ['education', 'name', '张\u0007', 'characters'],
    ['education', 'formerNames', `${'岭'.repeat(99)}；`.repeat(6), 'too-long'],
    ['degree', 'degree', '无', 'not-an-option'],
    ['accounting-qualification', 'kind', '注册会计师', 'not-an-option'],
    ['other-qualification', 'kind', '会计专业技术资格', 'not-an-option'],
    ['credit-code', 'creditCode', '91440101MA5KJ7R254', 'not-a-credit-code'],
  ])('of %s is left out for its %s: %s', (kind, field, cell, fault) => {
    expect(lineOf(kind, { [field]: cell })).toEqual({ fault, field })
  })

  it('with more cells than headings has been torn apart by a comma', () => {
    expect(lineOf('education', {}, ['', ''])).toHaveProperty('record')
    expect(lineOf('education', {}, ['', '学'])).toEqual({ fault: 'too-many-cells' })
  })

  it.each([
    ['ids', 'bachelor_program'],
    ['words', '大学本科'],
    ['shorter words', '本科'],
  ])('takes options by %s', (_what, level) => {
    expect(lineOf('education', { level })).toMatchObject({ record: { level: 'bachelor_program' } })
  })
})

describe('headings', () => {
  it.each(claimKinds)('of %s are understood in Chinese and as field keys, in any order', (kind) => {
    const [chinese, keys] = [0, 1].map((at) => sample[kind].map((column) => column[at as 0 | 1]).toReversed())
    for (const headings of [chinese, keys]) {
      const read = readHeadings(kind, headings ?? [])
      expect(read).toMatchObject({ missing: [], twice: [], ignored: [] })
      expect([...read.places.keys()]).toEqual(sample[kind].map(([, field]) => field).toReversed())
    }
  })

  it('that are missing, there twice or unknown are named', () => {
    const read = readHeadings('education', [
      '\uFEFF姓名',
      'NAME',
      '备注',
      '',
      '学 历',
      '证件号码',
      '学校名称',
    ])
    expect(read.missing).toEqual(['毕业时间', '学历证书编号'])
    expect(read.twice).toEqual(['姓名'])
    expect(read.ignored).toEqual(['备注'])
  })
})
