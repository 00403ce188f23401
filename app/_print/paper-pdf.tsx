import { renderToBuffer } from '@react-pdf/renderer'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { type Ink, inkOf } from '#lib/print/ink.ts'
import type { Paper } from '#lib/readers/paper.ts'
import { glyphsOfFont } from './glyphs.ts'
import { type PaperFoot, PaperSheetPdf, type Portrait } from './paper-sheet-pdf.tsx'

/** The same measure as of the 简历表: what takes longer than about a second, or goes beyond a page in one line, is refused. */
const most = { lines: 120, characters: 12_000, cell: 420, lacking: 50 } as const

/** A paper with its receipt as a PDF on A4, by the one press of the process (lib/print/press.ts). Refused: `print-too-long`. */
export async function paperPdf(paper: Paper, foot: PaperFoot, portrait: Portrait | null): Promise<Buffer> {
  const ink = inkOf(await glyphsOfFont())
  const printed = written(paper, ink)
  if (isTooLong(printed, ink)) throw refused(issue(null, 'print-too-long'))
  return renderToBuffer(
    <PaperSheetPdf paper={printed} foot={foot} portrait={portrait} lacking={ink.lacking()} />,
  )
}

function isTooLong({ facts, tables }: Paper, ink: Ink): boolean {
  const lines = tables.flatMap((table) => table.lines)
  const lengths = [...facts.map(({ value }) => value), ...lines.flat()].map((cell) => cell.length)
  return (
    lines.length > most.lines ||
    ink.lacking().length > most.lacking ||
    lengths.some((length) => length > most.cell) ||
    lengths.reduce((sum, length) => sum + length, 0) > most.characters
  )
}

/** Every text that may hold what somebody typed, as the font can print it. */
const written = (paper: Paper, ink: Ink): Paper => ({
  ...paper,
  facts: paper.facts.map((fact) => ({ ...fact, value: ink.write(fact.value) })),
  tables: paper.tables.map((table) => ({ ...table, lines: table.lines.map((line) => line.map(ink.write)) })),
})
