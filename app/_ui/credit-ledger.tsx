import { creditWords as words } from '#lib/text/credits.ts'
import { optionWord } from '#lib/text/options.ts'
import type { CreditUnit, Filled, YearLedger } from '#lib/views/credits.ts'
import { Table } from './table.tsx'

const share = ({ got, target }: Filled) => (target === 0 ? 100 : (100 * got) / target)

/** One target as words, and as a bar for the eye alone. */
function Target({ label, filled }: { label: string; filled: Filled }) {
  return (
    <div className="break-inside-avoid">
      <dt className="font-medium">{label}</dt>
      <dd>
        <span className="flex flex-wrap justify-between gap-x-4 tabular-nums">
          <span>{words.filled(filled.got, filled.target)}</span>
          <span className={filled.missing > 0 ? 'text-ink-2' : 'text-good'}>
            {words.missing(filled.missing)}
          </span>
        </span>
        <svg aria-hidden="true" width="100%" height="0.75em" className="mt-1 block">
          <rect width="100%" height="100%" className="fill-panel stroke-edge" />
          <rect
            width={`${share(filled).toFixed(2)}%`}
            height="100%"
            className={filled.missing > 0 ? 'fill-brand' : 'fill-good'}
          />
        </svg>
      </dd>
    </div>
  )
}

/** What a year asks for, and how much of it is there. */
export function LedgerTargets({ ledger }: { ledger: YearLedger }) {
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-3">
      <Target label={words.total} filled={ledger.total} />
      <Target label={words.professional} filled={ledger.professional} />
      <Target label={words.open} filled={ledger.public} />
    </dl>
  )
}

/** 视同继续教育: what counts as how much (domain.md §4). */
export function ConversionTable({
  rows,
}: {
  rows: readonly { form: string; unit: CreditUnit; most: number; each: number }[]
}) {
  return (
    <Table
      caption={words.table.caption}
      captionHidden
      rowHeader="form"
      columns={[
        { key: 'form', label: words.table.form },
        { key: 'each', label: words.table.each },
        { key: 'most', label: words.table.most },
      ]}
      rows={rows.map(({ form, unit, most, each }) => ({
        id: form,
        cells: {
          form: optionWord('creditForm', form),
          each: words.table.eachOf(each, unit),
          most: words.table.mostOf(most, unit),
        },
      }))}
    />
  )
}
