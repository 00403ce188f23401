/** 继续教育 of one person (CRE-1): the ledger year by year, what a claim would add to it, and the claims that were sent. */
import type { CaseFile } from '#db/queries/case-file.ts'
import { openSnapshot, roundNoteContext } from '#db/queries/cases.ts'
import { changesOf } from '#db/queries/changes.ts'
import { creditHome, creditJudge, creditLines } from '#db/queries/credits.ts'
import { type OpenRecord, openRecord } from '#db/queries/records.ts'
import type { Deps } from '#lib/deps.ts'
import { type Filled, type LearningRecord, owedYears, type YearLedger } from '#lib/domain/credit-ledger.ts'
import {
  type CreditUnit,
  creditFormIds,
  creditForms,
  creditsFor,
  isCreditForm,
  titleKey,
} from '#lib/domain/credits.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isMonth } from '#lib/domain/months.ts'
import { type ProvinceRules, usualRules } from '#lib/domain/province-rules.ts'
import { sectionOf } from '#lib/readers/snapshot.ts'
import { mainRow, type Values, valueOf } from '#lib/sections/define.ts'

export type { Filled, YearLedger } from '#lib/domain/credit-ledger.ts'
export type { CreditUnit } from '#lib/domain/credits.ts'

/** The conversion table as it holds in a province (domain.md §4). */
export const conversionTable = (rules: Pick<ProvinceRules, 'creditsOnline'> = usualRules) =>
  creditFormIds.map((form) => {
    const { unit, most } = creditForms[form]
    return { form, unit, most, each: creditsFor(form, 1, rules) }
  })

const unitOf = (form: string): CreditUnit | null => (isCreditForm(form) ? creditForms[form].unit : null)

/** What the record says of who owes credits, and since when. */
function learningOf({ proposals }: OpenRecord): LearningRecord {
  const rows = (page: string) => proposals.get(page)?.rows ?? []
  return {
    qualified: rows('qualifications')
      .filter((row) => valueOf(row, 'kind') === 'accounting')
      .map((row) => valueOf(row, 'obtained')),
    posts: rows('employment')
      .flatMap(({ children = [] }) => children)
      .map((post) => ({ start: valueOf(post, 'start'), end: valueOf(post, 'end') })),
  }
}

/** What the province of somebody's record asks for; the usual where there is no record. */
export const creditRules = async (deps: Deps, personId: string): Promise<ProvinceRules> =>
  (await creditHome(deps.store.read, deps.store.t, personId))?.rules ?? usualRules

const thisYearOf = ({ clock }: Deps) => Number(dayOf(clock.now()).slice(0, 4))

/** How far this year's credits are; null before there is a record. */
export async function creditsOfThisYear(deps: Deps, personId: string): Promise<Filled | null> {
  const { read, t } = deps.store
  const home = await creditHome(read, t, personId)
  if (!home) return null
  const lines = await creditLines(read, t, personId, thisYearOf(deps))
  return (await creditJudge(read, t, home, lines))(lines).total
}

export interface LedgerYear {
  readonly year: number
  readonly ledger: YearLedger
  /** By what the record says, this year asks for credits. */
  readonly owed: boolean
}

/** Every year there is something to say of, newest first; null before there is a record. */
export async function creditYears(deps: Deps, personId: string) {
  const { read, t } = deps.store
  const home = await creditHome(deps.store.read, deps.store.t, personId)
  const record = home && (await openRecord(read, t, deps.keys, personId))
  if (!home || !record) return null
  const lines = await creditLines(read, t, personId)
  const judge = await creditJudge(deps.store.read, deps.store.t, home, lines)
  const thisYear = thisYearOf(deps)
  const owed = new Set(owedYears(learningOf(record), thisYear))
  const byYear = Map.groupBy(lines, ({ year }) => year)
  const years = [...new Set([...owed, ...byYear.keys(), thisYear])].toSorted((a, b) => b - a)
  return {
    thisYear,
    department: home.fullName,
    province: home.province,
    rules: home.rules,
    lines: byYear,
    years: years.map(
      (year): LedgerYear => ({ year, ledger: judge(byYear.get(year) ?? []), owed: owed.has(year) }),
    ),
  }
}

/** One year with its entries, and the others to choose from: the year asked for, where it is one of them, else this year. */
export async function creditLedger(deps: Deps, personId: string, asked?: string) {
  const found = await creditYears(deps, personId)
  if (!found) return null
  const { years, lines, thisYear } = found
  const shown =
    years.find(({ year }) => String(year) === asked) ?? years.find(({ year }) => year === thisYear)
  if (!shown) throw new Error('a ledger without this year')
  const entries = (lines.get(shown.year) ?? []).map((line) => ({ ...line, unit: unitOf(line.form) }))
  return { ...found, shown, entries }
}
export type CreditLedger = NonNullable<Awaited<ReturnType<typeof creditLedger>>>

export interface ClaimWorth {
  readonly form: string
  readonly quantity: number
  /** By the table and the rules of the province. */
  readonly credits: number
  /** What the year has room for. */
  readonly counts: number
  readonly year: number
  readonly before: YearLedger
  readonly after: YearLedger
  /** The ledger has the same thing: it will not count again. */
  readonly counted: boolean
}

/** What a claim as it is written would add to the ledger of its year; null where it does not say enough yet. */
export async function claimWorth(deps: Deps, personId: string, values: Values): Promise<ClaimWorth | null> {
  const { form = '', quantity = '', obtained = '', title = '' } = values
  const home = await creditHome(deps.store.read, deps.store.t, personId)
  if (!home || !isCreditForm(form) || !/^[1-9]\d{0,2}$/.test(quantity) || !isMonth(obtained)) return null
  const year = Number(obtained.slice(0, 4))
  const lines = await creditLines(deps.store.read, deps.store.t, personId, year)
  const judge = await creditJudge(deps.store.read, deps.store.t, home, lines)
  const credits = creditsFor(form, Number(quantity), home.rules)
  const key = titleKey(title)
  const counted = lines.some(
    (line) => line.form === form && line.obtained === obtained && titleKey(line.title) === key,
  )
  const before = judge(lines)
  const after = counted ? before : judge(lines, credits)
  const counts = after.total.got - before.total.got
  return { form, quantity: Number(quantity), credits, counts, year, before, after, counted }
}

/** For its reviewer: what a claim under review would add; null for cases of other kinds, and once it is decided. */
export async function claimUnderReview(deps: Deps, { case: { kind, personId }, proposals }: CaseFile) {
  const row = kind === 'credit' ? proposals.get('credit')?.rows.find(({ id }) => id === mainRow) : undefined
  return row ? claimWorth(deps, personId, row.values) : null
}

const claimsPage = 20

/** Claims that were sent, newest first: what they were for, how far they are, and why one was refused. */
export async function creditClaims(deps: Deps, personId: string, after: string) {
  const { read, t } = deps.store
  const found = await changesOf(read, t, personId, 'credit', after, claimsPage + 1)
  const rows = found.slice(0, claimsPage)
  return {
    rows: rows.map(({ case: { id, number, state, dueOn }, round }) => {
      const answers = sectionOf(openSnapshot(deps.keys, round), 'credit')?.rows[0]?.answers ?? []
      const shown = (key: string) => answers.find((answer) => answer.key === key)?.shown ?? ''
      return {
        caseId: id,
        number: number ?? '',
        state,
        dueOn,
        form: shown('form'),
        title: shown('title'),
        quantity: shown('quantity'),
        submittedAt: round.submittedAt,
        note:
          state === 'refused' && round.noteSealed
            ? deps.keys.unseal(round.noteSealed, roundNoteContext(id, round.round))
            : '',
      }
    }),
    next: found.length > claimsPage ? (rows.at(-1)?.case.id ?? null) : null,
  }
}
