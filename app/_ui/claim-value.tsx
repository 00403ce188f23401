import { creditWords } from '#lib/text/credits.ts'
import type { ClaimWorth } from '#lib/views/credits.ts'
import { LedgerTargets } from './credit-ledger.tsx'
import { Notice } from './errors.tsx'
import { Panel } from './panel.tsx'

const words = creditWords.worth

/** What a claim of credits would add to the ledger of its year, for who files it and for who judges it (CRE-1). */
export function ClaimValue({ worth, title }: { worth: ClaimWorth; title: string }) {
  const { credits, year, counts, counted, before, after } = worth
  return (
    <div className="mb-8">
      <Panel title={title} tone="panel">
        <p className="font-medium">{words.credits(credits, year)}</p>
        {counted ? <Notice kind="warn">{words.counted}</Notice> : null}
        {!counted && counts < credits ? <p>{words.counts(counts)}</p> : null}
        <h3 className="mt-4 mb-2 text-h3">{words.before}</h3>
        <LedgerTargets ledger={before} />
        {counted ? null : (
          <>
            <h3 className="mt-6 mb-2 text-h3">{words.after}</h3>
            <LedgerTargets ledger={after} />
          </>
        )}
      </Panel>
    </div>
  )
}
