import { Table } from '#app/_ui/table.tsx'
import { quantityWords, creditWords as words } from '#lib/text/credits.ts'
import { monthWords } from '#lib/text/dates.ts'
import { optionWord } from '#lib/text/options.ts'
import type { CreditLedger } from '#lib/views/credits.ts'

/** What was entered for a year, one line each, with where it comes from. */
export function Entries({ view: { shown, entries } }: { view: CreditLedger }) {
  return (
    <Table
      caption={words.entries(shown.year)}
      captionHidden
      rowHeader="title"
      empty={words.noEntries}
      columns={[
        { key: 'title', label: words.columns.title },
        { key: 'form', label: words.columns.formAndQuantity },
        { key: 'credits', label: words.columns.credits },
        { key: 'obtained', label: words.columns.obtained },
        { key: 'source', label: words.columns.source },
      ]}
      rows={entries.map((entry) => ({
        id: entry.id,
        cells: {
          title: entry.title,
          form: `${optionWord('creditForm', entry.form)} × ${quantityWords(entry.quantity, entry.unit)}`,
          credits: (
            <>
              {entry.credits}
              <span className="block text-hint text-ink-2">{words.subjects[entry.subject]}</span>
            </>
          ),
          obtained: <span className="whitespace-nowrap">{monthWords(entry.obtained)}</span>,
          source: entry.number ? words.sourceClaim(entry.number) : words.sourceRoster,
        },
      }))}
    />
  )
}
