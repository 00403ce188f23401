import { renderToBuffer } from '@react-pdf/renderer'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { type Ink, inkOf } from '#lib/print/ink.ts'
import { pdfWords as words } from '#lib/text/templates.ts'
import type { ResumePaper } from '#lib/views/resume.ts'
import { glyphsOfFont } from './glyphs.ts'
import { pdfResponse } from './respond.ts'
import { ResumeSheetPdf } from './resume-sheet-pdf.tsx'

/**
 * The layout's cost grows with the square of what it lays out: so many lines and characters take about a second. A line
 * goes on no second page, so its cells hold what fits on one; blanks to write in have numbers in circles to 50.
 */
const most = { lines: 60, characters: 10_000, cell: 420, lacking: 50 } as const

/**
 * 会计专业工作简历表 as a PDF on A4, by the one press of the process (lib/print/press.ts). Import it where it is used: it
 * brings the PDF library into memory, and the font. Refused: `print-too-long`.
 */
export async function resumePdf(paper: ResumePaper): Promise<Buffer> {
  const ink = inkOf(await glyphsOfFont())
  const printed = written(paper, ink)
  if (isTooLong(printed.table.lines, ink)) throw refused(issue(null, 'print-too-long'))
  return renderToBuffer(<ResumeSheetPdf paper={printed} lacking={ink.lacking()} />)
}

function isTooLong(lines: ResumePaper['table']['lines'], ink: Ink): boolean {
  const lengths = lines.flat().map((cell) => cell.length)
  return (
    lines.length > most.lines ||
    ink.lacking().length > most.lacking ||
    lengths.some((length) => length > most.cell) ||
    lengths.reduce((sum, length) => sum + length, 0) > most.characters
  )
}

export const resumeResponse = (pdf: Buffer, cacheControl: string) =>
  pdfResponse(pdf, { cacheControl, name: 'resume.pdf', fileName: words.fileName })

/** Every text that may hold what somebody typed, as the font can print it. */
const written = ({ head, table, ...rest }: ResumePaper, ink: Ink): ResumePaper => ({
  ...rest,
  head: head.map((row) => row.map(({ label, value }) => ({ label, value: ink.write(value) }))),
  table: { ...table, lines: table.lines.map((line) => line.map(ink.write)) },
})
