import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { printFont, printFontFile } from '#lib/print/font.ts'
import { type Ink, inkOf } from '#lib/print/ink.ts'
import { codeParts, lineParts } from '#lib/print/lines.ts'
import { glyphWords } from '#lib/text/glyphs.ts'
import { pdfWords as words } from '#lib/text/templates.ts'
import type { ResumePaper } from '#lib/views/resume.ts'

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
  return renderToBuffer(<Sheet paper={printed} lacking={ink.lacking()} />)
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

export const pdfResponse = (pdf: Buffer, cacheControl: string) =>
  new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="resume.pdf"; filename*=UTF-8''${encodeURIComponent(words.fileName)}`,
      'cache-control': cacheControl,
      'x-content-type-options': 'nosniff',
    },
  })

/** Whether the font has a character; reads the font when first asked. */
async function glyphsOfFont(): Promise<(codePoint: number) => boolean> {
  const family = { fontFamily: printFont }
  if (!Font.getRegisteredFontFamilies().includes(printFont))
    Font.register({ family: printFont, src: printFontFile() })
  await Font.load(family)
  const { data } = Font.getFont(family)
  if (!data) throw new Error('the font was read and is not there')
  return (codePoint) => data.hasGlyphForCodePoint(codePoint)
}

/** Every text that may hold what somebody typed, as the font can print it. */
const written = ({ head, table, ...rest }: ResumePaper, ink: Ink): ResumePaper => ({
  ...rest,
  head: head.map((row) => row.map(({ label, value }) => ({ label, value: ink.write(value) }))),
  table: { ...table, lines: table.lines.map((line) => line.map(ink.write)) },
})

// Thinner ones are lost on screens.
const rule = '1 solid #000'
/** What stands below the lines, in points, so that the last of them goes on to the next page with it. */
const heights = { total: 26, signature: 92 } as const

const styles = StyleSheet.create({
  page: {
    paddingTop: 45,
    paddingBottom: 54,
    paddingHorizontal: 45,
    fontFamily: printFont,
    fontSize: 10,
    lineHeight: 1.35,
    color: '#000',
  },
  title: { fontSize: 18, textAlign: 'center', marginBottom: 18 },
  row: { flexDirection: 'row', borderLeft: rule, borderBottom: rule },
  first: { borderTop: rule },
  // The head of the lines brings its own, on every page.
  open: { borderBottomWidth: 0 },
  cell: { borderRight: rule, paddingHorizontal: 3, paddingVertical: 3, justifyContent: 'center' },
  label: { width: '18%' },
  value: { width: '32%' },
  headRow: { minHeight: 28 },
  line: { minHeight: 34, fontSize: 9 },
  centred: { textAlign: 'center' },
  // From the top: measured from the bottom, it is lost on the tenth page.
  foot: { position: 'absolute', top: 800, left: 45, right: 45, fontSize: 9, textAlign: 'center' },
  total: { height: heights.total },
  whole: { width: '100%' },
  signature: { height: heights.signature },
  signatureTitle: { width: '18%', alignItems: 'center' },
  signatureText: { width: '82%', padding: 8, justifyContent: 'space-between' },
  note: { marginTop: 8, fontSize: 9 },
})

/** Wide enough for what each holds: a month, a code of 18 characters. */
const widths = {
  position: '6%',
  period: '15%',
  employer: '19.5%',
  creditCode: '22%',
  work: '12%',
  title: '12.5%',
  witness: '13%',
} as const satisfies Record<ResumePaper['table']['columns'][number]['key'], string>

/** Text whose lines end where Chinese ones may. */
const Words = ({
  children,
  centred = false,
  ways = lineParts,
}: {
  children: string
  centred?: boolean
  ways?: (word: string) => string[]
}) => (
  <Text hyphenationCallback={ways} style={centred ? styles.centred : {}}>
    {children}
  </Text>
)

/** Spaces that hold their width and are wide enough to write in. */
const Blanks = ({ children }: { children: string }) => (
  <Words>{children.replaceAll(' ', '\u00A0\u00A0')}</Words>
)

function Sheet({ paper, lacking }: { paper: ResumePaper; lacking: readonly string[] }) {
  const { title, head, table, total, signatures } = paper
  const below = heights.total + signatures.length * heights.signature
  return (
    <Document title={title} language="zh-CN">
      <Page size="A4" style={styles.page}>
        <Text style={styles.title}>{title}</Text>
        {head.map((pair, index) => (
          <View
            key={pair[0]?.label}
            style={[styles.row, styles.headRow, index === 0 ? styles.first : {}]}
            wrap={false}
          >
            {pair.map(({ label, value }) => (
              <HeadCells key={label} label={label} value={value} />
            ))}
          </View>
        ))}
        <View style={[styles.row, styles.open]} wrap={false}>
          <View style={[styles.cell, styles.whole]}>
            <Words centred>{table.title}</Words>
          </View>
        </View>
        <View>
          <View style={[styles.row, styles.line, styles.first]} fixed wrap={false}>
            {table.columns.map(({ key, label }) => (
              <View key={key} style={[styles.cell, { width: widths[key] }]}>
                <Words centred>{label}</Words>
              </View>
            ))}
          </View>
          {table.lines.map((line, index) => (
            <View
              key={line[0]}
              style={[styles.row, styles.line]}
              wrap={false}
              {...(index === table.lines.length - 1 ? { minPresenceAhead: below } : {})}
            >
              {table.columns.map(({ key }, column) => (
                <View key={key} style={[styles.cell, { width: widths[key] }]}>
                  <Words centred={key === 'position'} ways={key === 'creditCode' ? codeParts : lineParts}>
                    {line[column] ?? ''}
                  </Words>
                </View>
              ))}
            </View>
          ))}
          <View style={[styles.row, styles.total]} wrap={false} minPresenceAhead={below}>
            <View style={[styles.cell, styles.whole]}>
              <Blanks>{total}</Blanks>
            </View>
          </View>
          {signatures.map((signature) => (
            <View
              key={signature.title}
              style={[styles.row, styles.signature]}
              wrap={false}
              minPresenceAhead={heights.signature}
            >
              <View style={[styles.cell, styles.signatureTitle]}>
                <Words>{signature.title}</Words>
              </View>
              <View style={[styles.cell, styles.signatureText]}>
                <Words>{signature.text}</Words>
                <Blanks>{signature.line}</Blanks>
              </View>
            </View>
          ))}
        </View>
        {lacking.length > 0 ? (
          <View style={styles.note}>
            <Words>{glyphWords.note(lacking)}</Words>
          </View>
        ) : null}
        <Text
          style={styles.foot}
          fixed
          render={({ pageNumber, totalPages }) => words.page(pageNumber, totalPages)}
        />
      </Page>
    </Document>
  )
}

const HeadCells = ({ label, value }: { label: string; value: string }) => (
  <>
    <View style={[styles.cell, styles.label]}>
      <Words>{label}</Words>
    </View>
    <View style={[styles.cell, styles.value]}>
      <Words>{value}</Words>
    </View>
  </>
)
