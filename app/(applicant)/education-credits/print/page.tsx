import { notFound } from 'next/navigation'
import type { Search } from '#app/_form/own-echo.ts'
import { LedgerTargets } from '#app/_ui/credit-ledger.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { PrintButton } from '#app/_ui/live/print-button.tsx'
import { Page } from '#app/_ui/page.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { creditWords } from '#lib/text/credits.ts'
import { instantDay } from '#lib/text/dates.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { creditLedger } from '#lib/views/credits.ts'
import { Entries } from '../_entries.tsx'
import { RulesOf } from '../_rules.tsx'

const words = creditWords.paper

export const metadata = { title: `${words.title} · ${creditWords.title}` }

/** A year of the ledger on A4, for the person's own papers. */
export default async function PrintCreditsPage({ searchParams }: { searchParams: Search }) {
  const { actor, account } = await applicantPage()
  const d = await deps()
  const { year } = await searchParams
  const view = await creditLedger(d, actor.id, typeof year === 'string' ? year : undefined)
  if (!view) notFound()
  const { shown, department } = view
  const { ledger } = shown
  return (
    <Page
      crumbs={[
        { href: paths.credits(String(shown.year)), label: creditWords.title },
        { label: creditWords.year(shown.year) },
      ]}
      title={words.title}
      beside={<PrintButton word={words.print} />}
    >
      <FactList
        facts={[
          [words.name, account.name],
          [words.idType, identityTypeWords[account.idType] ?? account.idType],
          [words.number, account.number],
          [words.department, department],
          [words.year, creditWords.year(shown.year)],
          [
            words.result,
            ledger.complete ? creditWords.states.complete : creditWords.short(ledger.total.missing),
          ],
        ]}
      />
      <section aria-label={creditWords.year(shown.year)} className="my-6">
        <LedgerTargets ledger={ledger} />
        <p className="mt-3 text-hint text-ink-2">
          <RulesOf view={view} />
        </p>
      </section>
      <h2 className="mb-3 text-h2">{creditWords.entries(shown.year)}</h2>
      <Entries view={view} />
      <p className="mt-6 text-hint text-ink-2">
        {words.note} {words.printedOn} {instantDay(d.clock.now())}
      </p>
    </Page>
  )
}
