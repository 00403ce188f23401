import { creditWords as words } from '#lib/text/credits.ts'
import type { CreditLedger } from '#lib/views/credits.ts'

/** By whose rules the year is judged, and what is beyond them. */
export function RulesOf({ view: { shown, rules, province } }: { view: CreditLedger }) {
  const { total, professional, beyond } = shown.ledger
  const isHome = total.target === rules.creditsTotal && professional.target === rules.creditsProfessional
  return (
    <>
      {isHome ? words.by(total.target, professional.target, province) : words.byElsewhere}
      {beyond > 0 ? words.beyond(beyond) : ''}
    </>
  )
}
