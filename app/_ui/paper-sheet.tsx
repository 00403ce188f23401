import { paths } from '#lib/paths.ts'
import { factLines, type Paper } from '#lib/readers/paper.ts'
import { receiptWords as words } from '#lib/text/papers.ts'
import { QrCode } from './qr-code.tsx'

interface Foot {
  /** The code in groups, as it is read out. */
  readonly code: string
  readonly issued: string
  readonly verifyAt: string
  readonly verifyHref: string
}

/** A paper with its receipt, on A4 (lib/readers/paper.ts). */
export function PaperSheet({ paper, foot }: { paper: Paper; foot: Foot }) {
  const { facts, portrait, tables } = paper
  return (
    <>
      <div className="flex flex-wrap items-start gap-4 sm:flex-nowrap">
        <table className="paper-form min-w-0 table-fixed">
          <caption className="sr-only">{paper.title}</caption>
          <tbody>
            {factLines(facts).map((line) => (
              <tr key={line[0]?.label}>
                {line.map(({ label, value }) => (
                  <FactCells key={label} label={label} value={value} span={line.length === 1 ? 3 : 1} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {portrait === '' ? null : (
          <img
            src={paths.file(portrait)}
            alt={words.portrait}
            className="h-[35mm] w-[25mm] flex-none border bg-panel object-cover"
          />
        )}
      </div>
      {tables.map((table) => (
        <section key={table.title} className="mt-6">
          <h2 className="mb-2 text-h3">{table.title}</h2>
          {table.lines.length === 0 ? (
            <p className="text-ink-2">{table.empty}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a narrow window scrolls it, also by keyboard
            <section className="paper-table" aria-label={table.title} tabIndex={0}>
              <table className="paper-form table-fixed">
                <caption className="sr-only">{table.title}</caption>
                <colgroup>
                  {table.columns.map(({ label, share }) => (
                    <col key={label} width={`${share}%`} />
                  ))}
                </colgroup>
                <thead>
                  <tr>
                    {table.columns.map(({ label }) => (
                      <th key={label} scope="col">
                        {label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.lines.map((cells, line) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a frozen line is its place
                    <tr key={line}>
                      {cells.map((cell, column) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                        <td key={column}>{cell}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </section>
      ))}
      <section
        className="mt-6 flex break-inside-avoid items-center gap-4 border-t pt-4"
        aria-label={words.code}
      >
        <div className="w-28 flex-none">
          <QrCode text={foot.verifyHref} label={words.qr} />
        </div>
        <div className="min-w-0">
          <p>
            {words.code} <strong className="tabular-nums sm:whitespace-nowrap">{foot.code}</strong>
          </p>
          <p className="break-all">{words.foot(foot.verifyAt)}</p>
          <p>
            {words.issuedAt} {foot.issued}
          </p>
          <p className="text-hint text-ink-2">{words.footnote}</p>
        </div>
      </section>
    </>
  )
}

const FactCells = ({ label, value, span }: { label: string; value: string; span: number }) => (
  <>
    <th scope="row">{label}</th>
    <td colSpan={span}>{value}</td>
  </>
)
