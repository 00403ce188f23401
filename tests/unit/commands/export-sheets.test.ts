import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import readWorkbook from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { type Cell, type Column, newSheet } from '#lib/commands/support/export-sheets.ts'

const columns: readonly Column[] = [
  { label: '姓名', width: 12 },
  { label: '证件号码', width: 22, isCode: true },
  { label: '数量', width: 8 },
]
const nasty = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠1']

async function csv(...pages: (readonly (readonly Cell[])[])[]) {
  const sheet = newSheet('csv', columns, '表')
  for (const page of pages) sheet.add(page)
  return (await sheet.end()).toString('utf8')
}
const cellsIn = (text: string): string[][] => parse(text, { bom: true, relax_column_count: false })
async function xlsx(rows: readonly (readonly Cell[])[]) {
  const sheet = newSheet('xlsx', columns, '表')
  sheet.add(rows)
  return readWorkbook(await sheet.end())
}

describe('CSV', () => {
  it('is UTF-8 with a byte order mark once, and CRLF', async () => {
    const text = await csv([['张三', 'A1', 1]], [['李四', 'A2', 2]], [])
    expect(text).toBe('\ufeff姓名,证件号码,数量\r\n张三,A1,1\r\n李四,A2,2\r\n')
  })

  it('holds no cell that a program would take for a formula', async () => {
    const rows = cellsIn(await csv(nasty.map((name) => [name, name, 0])))
    expect(rows.slice(1).map(([name, code]) => [name, code])).toEqual(
      nasty.map((name) => [`'${name}`, `'${name}`]),
    )
  })

  it('holds numbers of documents that no program takes for a quantity', async () => {
    const codes = [
      '440106199003071234',
      '44010619900307123X',
      '12E34567',
      '0012',
      '13812345678',
      'G123',
      '4401****1234',
    ]
    const rows = cellsIn(await csv(codes.map((code) => ['', code, 1])))
    expect(rows.slice(1).map(([, code]) => code)).toEqual([
      "'440106199003071234",
      '44010619900307123X',
      "'12E34567",
      "'0012",
      "'13812345678",
      'G123',
      '4401****1234',
    ])
  })

  it('gives back what was put in, whatever it is, but for the mark', async () => {
    const unit = fc.constantFrom(...'=+-@＝＋－＠\t\r\n\'",;|% 0189Ee.𠮷王a\ufeff\u0000')
    const text = fc.string({ unit, maxLength: 12 })
    const rows = fc.array(fc.tuple(text, text, fc.integer()), { minLength: 1, maxLength: 6 })
    const isKept = (cell: Cell, found: string | undefined) =>
      (found === String(cell) || found === `'${cell}`) &&
      (typeof cell === 'number' || !/^[=+\-@\t\r＝＋－＠]/.test(found))
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const [, ...read] = cellsIn(await csv(written))
        return (
          read.length === written.length &&
          written.every((row, index) => row.every((cell, place) => isKept(cell, read[index]?.[place])))
        )
      }),
    )
  })
})

describe('a workbook', () => {
  it('has its cells as they were: text as text, numbers as numbers, nothing as nothing', async () => {
    const [sheet] = await xlsx([
      ['𠮷野家', '440106199003071234', 12],
      ['=1+1', '0012', 0],
      ['', 'E12', ''],
      ['第一行\n第二行', 'E13', 1],
    ])
    expect(sheet?.sheet).toBe('表')
    expect(sheet?.data).toEqual([
      ['姓名', '证件号码', '数量'],
      ['𠮷野家', '440106199003071234', 12],
      ['=1+1', '0012', 0],
      [null, 'E12', null],
      ['第一行\n第二行', 'E13', 1],
    ])
  })
})
