/** 继续教育学分证明: what was entered of all years, on paper. */
import type { YearLedger } from '#lib/domain/credit-ledger.ts'
import { creditForms, isCreditForm } from '#lib/domain/credits.ts'
import { quantityWords, creditWords as words } from '#lib/text/credits.ts'
import { monthWords } from '#lib/text/dates.ts'
import { optionWord } from '#lib/text/options.ts'
import { paperKindWords } from '#lib/text/papers.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { canonical, type Paper } from './paper.ts'

interface Holder {
  readonly name: string
  readonly idType: string
  readonly number: string
}
interface Line {
  readonly year: number
  readonly form: string
  readonly title: string
  readonly quantity: number
  readonly credits: number
  readonly subject: 'any' | 'professional' | 'public'
  readonly obtained: string
}
interface Year {
  readonly year: number
  readonly ledger: YearLedger
}

/** What is printed of the ledger, and the text that is the same as long as that is. Years without entries are left out. */
export function creditPaper(
  { name, idType, number }: Holder,
  department: string,
  years: readonly Year[],
  lines: readonly Line[],
) {
  const { paper: said, columns } = words
  const filled = ({ got, target }: { got: number; target: number }) => words.filled(got, target)
  const paper: Paper = {
    title: paperKindWords.credits,
    portrait: '',
    facts: [
      { label: said.name, value: name },
      { label: said.idType, value: identityTypeWords[idType] ?? idType },
      { label: said.number, value: number, wide: true },
      { label: said.department, value: department, wide: true },
    ],
    tables: [
      {
        title: said.years,
        columns: [
          { label: said.year, share: 20 },
          { label: words.professional, share: 20 },
          { label: words.open, share: 20 },
          { label: words.total, share: 20 },
          { label: said.result, share: 20 },
        ],
        lines: years.map(({ year, ledger }) => [
          words.year(year),
          filled(ledger.professional),
          filled(ledger.public),
          filled(ledger.total),
          ledger.complete ? words.states.complete : words.short(ledger.total.missing),
        ]),
        empty: words.noEntries,
      },
      {
        title: said.entries,
        columns: [
          { label: columns.obtained, share: 15 },
          { label: columns.title, share: 30 },
          { label: columns.form, share: 30 },
          { label: columns.quantity, share: 12 },
          { label: columns.credits, share: 13 },
        ],
        lines: lines.map(({ obtained, title, form, quantity, credits }) => [
          monthWords(obtained),
          title,
          optionWord('creditForm', form),
          quantityWords(quantity, isCreditForm(form) ? creditForms[form].unit : null),
          String(credits),
        ]),
        empty: words.noEntries,
      },
    ],
  }
  const entered = lines.map(({ year, form, title, quantity, credits, subject, obtained }) =>
    canonical({ year, form, title, quantity, credits, subject, obtained }),
  )
  const content = canonical({ name, idType, number, department, years, lines: entered.sort() })
  return { paper, content }
}
