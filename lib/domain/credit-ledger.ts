/** The ledger of 继续教育 (CRE-1): what the entries of a year add up to, and which years somebody owes. */
import { monthIndex, ongoing, type Period } from './months.ts'
import type { ProvinceRules } from './province-rules.ts'

/** `any` fills 专业科目 first, then 公需科目; the others fill only theirs. */
export const creditSubjects = ['any', 'professional', 'public'] as const
export type CreditSubject = (typeof creditSubjects)[number]

export interface LedgerEntry {
  readonly subject: CreditSubject
  readonly credits: number
}

export type CreditRules = Pick<ProvinceRules, 'creditsTotal' | 'creditsProfessional'>

/** How much of what a year asks for is there; `got` is never more than `target`. */
export interface Filled {
  readonly got: number
  readonly target: number
  readonly missing: number
}

export interface YearLedger {
  readonly professional: Filled
  readonly public: Filled
  readonly total: Filled
  readonly complete: boolean
  /** Entered and not counted: it fills nothing of this year, and no other (财会〔2018〕10号). */
  readonly beyond: number
}

const filled = (got: number, target: number): Filled => ({ got, target, missing: target - got })

/**
 * What the entries of one year add up to. Those that fill one kind of subject alone go first, so that nothing depends on the
 * order in which entries came, and none makes less of another.
 */
export function yearLedger(
  entries: readonly LedgerEntry[],
  { creditsTotal, creditsProfessional }: CreditRules,
): YearLedger {
  const sum = (subject: CreditSubject) =>
    entries.reduce((all, entry) => (entry.subject === subject ? all + entry.credits : all), 0)
  const target = {
    professional: Math.min(creditsProfessional, creditsTotal),
    public: Math.max(0, creditsTotal - creditsProfessional),
  }
  const [own, either] = [Math.min(sum('professional'), target.professional), sum('any')]
  const professional = Math.min(own + either, target.professional)
  const rest = either - (professional - own)
  const open = Math.min(sum('public') + rest, target.public)
  const total = filled(professional + open, creditsTotal)
  return {
    professional: filled(professional, target.professional),
    public: filled(open, target.public),
    total,
    complete: total.missing === 0,
    beyond: entries.reduce((all, { credits }) => all + credits, 0) - total.got,
  }
}

/**
 * A year under the rules of the province that keeps the record, the first. One that was complete where its credits were
 * counted stays so: they are valid nationwide.
 */
export function ledgerUnder(
  entries: readonly LedgerEntry[],
  [home, ...elsewhere]: readonly [CreditRules, ...CreditRules[]],
): YearLedger {
  const here = yearLedger(entries, home)
  if (here.complete) return here
  return elsewhere.map((rules) => yearLedger(entries, rules)).find(({ complete }) => complete) ?? here
}

/** 财会〔2018〕10号 counts in credits, and came into force in July of this year. */
const firstCreditYear = 2018

export interface LearningRecord {
  /** Months in which a 会计专业技术资格 was obtained. */
  readonly qualified: readonly string[]
  /** 会计工作经历. */
  readonly posts: readonly Period[]
}

/**
 * The years that ask for credits, ascending, `thisYear` the last that can be: those after the year a 会计专业技术资格 was
 * obtained in, and each in which accounting work was done, from the one it began in. What is no month counts for nothing.
 */
export function owedYears({ qualified, posts }: LearningRecord, thisYear: number): readonly number[] {
  const yearOf = (month: string) => Math.floor(monthIndex(month) / 12)
  const obtained = qualified.map(yearOf).filter((year) => !Number.isNaN(year))
  const since = Math.min(...obtained) + 1
  const worked = (year: number) =>
    posts.some(({ start, end }) => yearOf(start) <= year && (end === ongoing || year <= yearOf(end)))
  const count = Math.max(0, thisYear - firstCreditYear + 1)
  return Array.from({ length: count }, (_, index) => firstCreditYear + index).filter(
    (year) => year >= since || worked(year),
  )
}
