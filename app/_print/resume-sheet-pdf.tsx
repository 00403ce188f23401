import { Document, Page, StyleSheet, Text, View } from '@react-pdf/renderer'
import { printFont } from '#lib/print/font.ts'
import { codeParts, lineParts } from '#lib/print/lines.ts'
import { glyphWords } from '#lib/text/glyphs.ts'
import { pdfWords as words } from '#lib/text/templates.ts'
import type { ResumePaper } from '#lib/views/resume.ts'
import { rule, Words } from './words.tsx'

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

/** Spaces that hold their width and are wide enough to write in. */
const Blanks = ({ children }: { children: string }) => (
  <Words>{children.replaceAll(' ', '\u00A0\u00A0')}</Words>
)

/** 会计专业工作简历表 on A4; `lacking` are the characters its note asks to write in by hand. */
export function ResumeSheetPdf({ paper, lacking }: { paper: ResumePaper; lacking: readonly string[] }) {
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
