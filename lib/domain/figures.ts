/** What the figures count (ADM-2, REV-7): one definition for what a command changes, for a recount and for the pages. */
import type { CaseState } from './case-states.ts'
import { isUnderReview } from './case-states.ts'
import { type Day, dayOf } from './days.ts'
import { type WorkCalendar, workingDaysBetween } from './working-days.ts'

/** Of every approved record, once each. `born` is a year: ages are told from it on the day they are read. */
export const personMeasures = ['people', 'sex', 'born', 'education', 'title', 'unit', 'industry'] as const
/** What stands where now: cases by kind and state, and the due days of what is under review. */
export const caseMeasures = ['cases', 'due'] as const
/** What happened in a month. `by` counts the decisions of one member of staff, at the department alone. */
export const flowMeasures = [
  'submitted',
  'decided',
  'days',
  'overdue',
  'rounds',
  'reason',
  'reason-again',
  'late',
  'by',
] as const
/** Of what there is now. */
export const presentMeasures = [...personMeasures, ...caseMeasures] as const
export type PersonMeasure = (typeof personMeasures)[number]
export type CaseMeasure = (typeof caseMeasures)[number]
export type FlowMeasure = (typeof flowMeasures)[number]
export type Measure = PersonMeasure | CaseMeasure | FlowMeasure

/** One thing, counted: what of it, and under which heading. */
export type Count = readonly [measure: Measure, bucket: string]
/** The same in a month, `YYYY-MM`; '' is now. */
export type Flow = readonly [period: string, measure: Measure, bucket: string]
/** What is added to a department's number and to those of everything above it. */
export type Change = readonly [
  departmentId: string,
  period: string,
  measure: Measure,
  bucket: string,
  by: number,
]

/** Not rolled up: it is of no use above. */
export const isOfDepartmentOnly = (measure: string): boolean => measure === 'by'

/** The bucket of who has none, or of what was not said. */
export const noBucket = 'none'

const or = (value: string) => (value === '' ? noBucket : value)

export interface CountedPerson {
  readonly sex: string
  /** `YYYY-MM-DD` or ''. */
  readonly birth: string
  readonly education: readonly { readonly level: string; readonly graduated: string }[]
  readonly employment: readonly {
    readonly end: string
    readonly employerType: string
    readonly industry: string
  }[]
  readonly qualifications: readonly { readonly kind: string; readonly level: string }[]
}

/** Lists in rising order; what is not in one counts for nothing. */
export interface Ranks {
  readonly education: readonly string[]
  readonly title: readonly string[]
}

const highestOf = (ranks: readonly string[], found: readonly string[]) =>
  or(ranks.findLast((level) => found.includes(level)) ?? '')

/** What an approved record counts as: its highest level of study that is finished, accounting title and present employer. */
export function countsOfPerson(
  { sex, birth, education, employment, qualifications }: CountedPerson,
  ranks: Ranks,
): readonly Count[] {
  const finished = education.filter(({ graduated }) => graduated !== 'ongoing').map(({ level }) => level)
  const titles = qualifications.filter(({ kind }) => kind === 'accounting').map(({ level }) => level)
  const present = employment.find(({ end }) => end === 'ongoing')
  return [
    ['people', 'all'],
    ['sex', or(sex)],
    ['born', or(birth.slice(0, 4))],
    ['education', highestOf(ranks.education, finished)],
    ['title', highestOf(ranks.title, titles)],
    ['unit', or(present?.employerType ?? '')],
    ['industry', or(present?.industry ?? '')],
  ]
}

export interface CountedCase {
  readonly kind: string
  readonly state: CaseState
  readonly sentTo: string | null
  readonly dueOn: string
}

/** A bucket of two words, and back. */
export const bucketOf = (kind: string, what: string | number): string => `${kind}.${what}`
export const partsOfBucket = (bucket: string): readonly [kind: string, what: string] => {
  const dot = bucket.indexOf('.')
  return [bucket.slice(0, dot), bucket.slice(dot + 1)]
}

/** What a case counts as where it stands; a draft is nobody's business but its applicant's. */
export function countsOfCase({ kind, state, sentTo, dueOn }: CountedCase): readonly Count[] {
  if (sentTo === null || state === 'draft') return []
  const isDue = isUnderReview(state) && state !== 'checking' && dueOn !== ''
  return [['cases', bucketOf(kind, state)], ...(isDue ? ([['due', dueOn]] as const) : [])]
}

export interface CountedRound {
  readonly kind: string
  readonly round: number
  readonly submittedAt: Date
  readonly outcome: '' | 'returned' | 'approved' | 'refused' | 'withdrawn'
  /** Null where a register returned it. */
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  /** As it was counted when it was decided, whatever the calendar became since; null where that was not kept. */
  readonly workingDays: number | null
  readonly overdue: boolean
  readonly late: boolean
  /** Of its findings, each once. */
  readonly reasons: readonly string[]
  /** Those of them that a person gave in an earlier round too. */
  readonly again: readonly string[]
}

/** Longer is counted together. */
export const longestDays = 20
export const mostRounds = 4

/** What nobody decided: a register sent it back, or a setting lets it pass. */
const byRule = {
  returned: 'returned-by-check',
  approved: 'approved-by-rule',
  refused: 'refused',
} as const

/** In the month of the submission. */
export const flowOfSubmission = ({ kind, submittedAt }: Pick<CountedRound, 'kind' | 'submittedAt'>): Flow => [
  monthOf(dayOf(submittedAt)),
  'submitted',
  kind,
]

/** In the month of its submission, and what became of it in the month of its decision. */
export function flowsOfRound(of: CountedRound, calendar: Pick<WorkCalendar, 'isWorkday'>): readonly Flow[] {
  const { kind, outcome, decidedAt, decidedBy } = of
  const from = dayOf(of.submittedAt)
  const submitted = flowOfSubmission(of)
  if (decidedAt === null || outcome === '' || outcome === 'withdrawn') return [submitted]
  const to = dayOf(decidedAt)
  const period = monthOf(to)
  if (decidedBy === null) return [submitted, [period, 'decided', bucketOf(kind, byRule[outcome])]]
  const days = of.workingDays ?? workingDaysBetween(from, to, calendar, longestDays)
  const byPerson: Flow[] = [
    submitted,
    [period, 'decided', bucketOf(kind, outcome)],
    [period, 'days', bucketOf(kind, days)],
    [period, 'by', decidedBy],
  ]
  if (of.overdue) byPerson.push([period, 'overdue', kind])
  if (outcome === 'approved')
    byPerson.push([period, 'rounds', bucketOf(kind, Math.min(of.round, mostRounds))])
  if (outcome !== 'returned') return byPerson
  if (of.late) byPerson.push([period, 'late', kind])
  for (const reason of of.reasons) byPerson.push([period, 'reason', reason])
  for (const reason of of.again) byPerson.push([period, 'reason-again', reason])
  return byPerson
}

const monthOf = (day: Day) => day.slice(0, 7)

/** What counting something anew changes: it was `before` at one department and is `after` at another, or the same. */
export function changesBetween(
  before: { readonly at: string | null; readonly counts: readonly Count[] },
  after: { readonly at: string | null; readonly counts: readonly Count[] },
): readonly Change[] {
  return [...asChanges(before, -1), ...asChanges(after, 1)]
}

const asChanges = (
  { at, counts }: { readonly at: string | null; readonly counts: readonly Count[] },
  by: number,
): readonly Change[] =>
  at === null ? [] : counts.map(([measure, bucket]) => [at, '', measure, bucket, by] as const)

/** Changes to the same number made one; what cancels out is left out. */
export function summed(changes: Iterable<Change>): readonly Change[] {
  const held = new Map<string, Change>()
  for (const change of changes) {
    const [at, period, measure, bucket, by] = change
    const key = JSON.stringify([at, period, measure, bucket])
    held.set(key, [at, period, measure, bucket, (held.get(key)?.[4] ?? 0) + by])
  }
  return [...held.values()].filter(([, , , , by]) => by !== 0)
}

/** A department and everything above it, from its path; '' is the whole country. */
export const rolledUp = (path: string): readonly string[] => ['', ...path.split('/')]
