import { Document, Image, Page, Path, StyleSheet, Svg, Text, View } from '@react-pdf/renderer'
import { qrPath } from '#app/_ui/qr-code.tsx'
import { printFont } from '#lib/print/font.ts'
import { codeParts } from '#lib/print/lines.ts'
import { factLines, type Paper, type PaperTable } from '#lib/readers/paper.ts'
import { glyphWords } from '#lib/text/glyphs.ts'
import { receiptWords as words } from '#lib/text/papers.ts'
import { rule, Words } from './words.tsx'

export interface PaperFoot {
  /** The code in groups, as it is read out. */
  readonly code: string
  readonly issued: string
  /** Where the code is typed, and the address that has it already. */
  readonly verifyAt: string
  readonly verifyHref: string
}
export interface Portrait {
  readonly format: 'jpeg' | 'png'
  readonly bytes: Buffer
}

const styles = StyleSheet.create({
  page: {
    paddingTop: 45,
    paddingBottom: 62,
    paddingHorizontal: 45,
    fontFamily: printFont,
    fontSize: 9.5,
    lineHeight: 1.35,
    color: '#000',
  },
  title: { fontSize: 18, textAlign: 'center', marginBottom: 16 },
  top: { flexDirection: 'row', alignItems: 'flex-start' },
  facts: { flexGrow: 1, flexBasis: 0 },
  portrait: { width: 71, height: 99, marginLeft: 10, objectFit: 'cover' },
  row: { flexDirection: 'row', borderLeft: rule, borderBottom: rule, minHeight: 21 },
  first: { borderTop: rule },
  cell: { borderRight: rule, paddingHorizontal: 3, paddingVertical: 2, justifyContent: 'center' },
  label: { width: '18%' },
  value: { width: '32%' },
  whole: { width: '82%' },
  heading: { marginTop: 10, marginBottom: 3, fontSize: 11 },
  receipt: { marginTop: 12, flexDirection: 'row', alignItems: 'center' },
  qr: { width: 78, height: 78, marginRight: 10 },
  told: { flexGrow: 1, flexBasis: 0 },
  note: { marginTop: 8, fontSize: 9 },
  // From the top: measured from the bottom, it is lost on the tenth page (docs/decisions/014-pdf.md).
  foot: { position: 'absolute', top: 796, left: 45, right: 45, fontSize: 9, textAlign: 'center' },
})

interface Props {
  readonly paper: Paper
  readonly foot: PaperFoot
  readonly portrait: Portrait | null
  /** Characters that the note asks to write in by hand. */
  readonly lacking: readonly string[]
}

/** A paper on A4: facts beside the portrait, its tables, and what it can be verified by. */
export function PaperSheetPdf({ paper, foot, portrait, lacking }: Props) {
  const { title, facts, tables } = paper
  return (
    <Document title={title} language="zh-CN">
      <Page size="A4" style={styles.page}>
        <Text style={styles.title}>{title}</Text>
        <View style={styles.top}>
          <View style={styles.facts}>
            {factLines(facts).map((line, index) => (
              <View key={line[0]?.label} style={[styles.row, index === 0 ? styles.first : {}]} wrap={false}>
                {line.map(({ label, value }) => (
                  <FactCells key={label} label={label} value={value} alone={line.length === 1} />
                ))}
              </View>
            ))}
          </View>
          {portrait ? (
            <Image
              style={styles.portrait}
              src={{ data: portrait.bytes, format: portrait.format === 'png' ? 'png' : 'jpg' }}
            />
          ) : null}
        </View>
        {tables.map((table) => (
          <TableOf key={table.title} table={table} />
        ))}
        <Receipt foot={foot} />
        {lacking.length > 0 ? (
          <View style={styles.note}>
            <Words>{glyphWords.note(lacking)}</Words>
          </View>
        ) : null}
        <Text
          style={styles.foot}
          fixed
          render={({ pageNumber, totalPages }) =>
            `${words.code} ${foot.code}    ${words.page(pageNumber, totalPages)}`
          }
        />
      </Page>
    </Document>
  )
}

function TableOf({ table: { title, columns, lines, empty } }: { table: PaperTable }) {
  if (lines.length === 0)
    return (
      <View wrap={false}>
        <Text style={styles.heading}>{title}</Text>
        <Text>{empty}</Text>
      </View>
    )
  const width = (column: number) => ({ width: `${columns[column]?.share ?? 0}%` })
  return (
    <View>
      <Text style={styles.heading} minPresenceAhead={60}>
        {title}
      </Text>
      <View style={[styles.row, styles.first]} fixed wrap={false}>
        {columns.map(({ label }, column) => (
          <View key={label} style={[styles.cell, width(column)]}>
            <Words centred>{label}</Words>
          </View>
        ))}
      </View>
      {lines.map((cells, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a frozen line is its place
        <View key={line} style={styles.row} wrap={false}>
          {cells.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
            <View key={column} style={[styles.cell, width(column)]}>
              <Words ways={codeParts}>{cell}</Words>
            </View>
          ))}
        </View>
      ))}
    </View>
  )
}

function Receipt({ foot: { code, issued, verifyAt, verifyHref } }: { foot: PaperFoot }) {
  const { path, size } = qrPath(verifyHref)
  return (
    <View style={styles.receipt} wrap={false}>
      <Svg style={styles.qr} viewBox={`0 0 ${size} ${size}`}>
        <Path d={path} fill="#000" />
      </Svg>
      <View style={styles.told}>
        <Words>{`${words.code} ${code}`}</Words>
        <Words>{words.foot(verifyAt)}</Words>
        <Words>{`${words.issuedAt} ${issued}`}</Words>
        <Words>{words.footnote}</Words>
      </View>
    </View>
  )
}

const FactCells = ({ label, value, alone }: { label: string; value: string; alone: boolean }) => (
  <>
    <View style={[styles.cell, styles.label]}>
      <Words>{label}</Words>
    </View>
    <View style={[styles.cell, alone ? styles.whole : styles.value]}>
      <Words ways={codeParts}>{value}</Words>
    </View>
  </>
)
