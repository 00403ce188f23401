import { Badge } from '#app/_ui/badge.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { collectionWords as words } from '#lib/text/collection.ts'
import type { WarnedRow } from '#lib/views/warnings.ts'

/** Where the lines of a row stand on its page. */
const place = 'warnings'

const Lines = ({ warnings }: { warnings: readonly string[] }) => (
  <ul className="list-disc pl-5">
    {warnings.map((warning) => (
      <li key={warning}>{warning}</li>
    ))}
  </ul>
)

/** 请再核对, above a row: told, never refused (EDU-6, WRK-5). */
export const RowWarnings = ({ warnings }: { warnings: readonly string[] }) =>
  warnings.length === 0 ? null : (
    <div id={place} tabIndex={-1}>
      <Notice kind="warn" title={words.warnings}>
        <Lines warnings={warnings} />
      </Notice>
    </div>
  )

/** The same in a list: the word alone, which leads to the lines. */
export const WarningMark = ({ href, about }: { href: string; about: string }) => (
  <a href={`${href}#${place}`} className="inline-flex min-h-target items-center">
    <Badge tone="warn">{words.warnings}</Badge>
    <span className="sr-only">{about}</span>
  </a>
)

/** Above 承诺: every line once more, with the way to its row. */
export const WarnedRows = ({ rows }: { rows: readonly WarnedRow[] }) =>
  rows.length === 0 ? null : (
    <Notice kind="warn" title={words.warnings}>
      <p>{words.warningsLead}</p>
      <ul>
        {rows.map(({ rowId, href, place: title, warnings }) => (
          <li key={rowId} className="mt-1">
            <a href={`${href}#${place}`} className="inline-flex min-h-target items-center font-medium">
              {title}
            </a>
            <Lines warnings={warnings} />
          </li>
        ))}
      </ul>
    </Notice>
  )
