/** From the rows of one department to what a page of figures shows; no I/O (ADM-2). */
import { type CaseState, caseStates } from '#lib/domain/case-states.ts'
import type { Day } from '#lib/domain/days.ts'
import {
  ageBands,
  byAge,
  type KeptFigure,
  percentileOf,
  rateOf,
  type Sums,
  summedBy,
  sumsOf,
  totalOf,
} from '#lib/domain/figure-sums.ts'
import { longestDays, noBucket, partsOfBucket } from '#lib/domain/figures.ts'
import { type Month, monthOf } from '#lib/domain/months.ts'
import { educationLevels, qualificationLevels } from '#lib/sections/options.ts'
import { caseKindWords } from '#lib/text/review.ts'

export type PersonTopic = 'sex' | 'age' | 'education' | 'title' | 'unit' | 'industry'

/** A part of a whole: `share` is 0 … 1. */
export interface Slice {
  readonly id: string
  readonly value: number
  readonly share: number
}

export interface Span {
  readonly today: Day
  /** The last day that counts as due soon. */
  readonly soon: Day
  /** Rising. */
  readonly months: readonly Month[]
}

const kindOf = (bucket: string) => partsOfBucket(bucket)[0]
/** What a bucket of two words ends in: a state, an outcome, days, a round. */
const whatOf = (bucket: string) => partsOfBucket(bucket)[1]
const byWhat = (sums: Sums) => summedBy([...sums].map(([bucket, value]) => [whatOf(bucket), value] as const))

/** In this order; what is not in it comes last, and what nobody has is left out unless it is asked for. */
function slices(
  sums: Sums,
  order: readonly string[],
  isKept: (id: string) => boolean = () => false,
): Slice[] {
  const total = totalOf(sums)
  const rest = [...sums.keys()].filter((id) => !order.includes(id)).sort()
  return [...order, ...rest]
    .map((id) => ({ id, value: sums.get(id) ?? 0 }))
    .filter(({ id, value }) => value > 0 || isKept(id))
    .map((one) => ({ ...one, share: rateOf(one.value, total) ?? 0 }))
}

/** From the most; who has none last. */
const ranked = (sums: Sums): Slice[] =>
  slices(sums, []).sort(
    (a, b) =>
      Number(a.id === noBucket) - Number(b.id === noBucket) || b.value - a.value || (a.id < b.id ? -1 : 1),
  )

const always = () => true
const known = (id: string) => id !== noBucket

/** The people of the record by one topic. */
function peopleBy(rows: readonly KeptFigure[], topic: PersonTopic, today: Day): Slice[] {
  switch (topic) {
    case 'sex':
      return slices(sumsOf(rows, 'sex'), ['female', 'male', noBucket], known)
    case 'age':
      return slices(byAge(sumsOf(rows, 'born'), Number(today.slice(0, 4))), ageBands, known)
    case 'education':
      return slices(sumsOf(rows, 'education'), [...educationLevels.toReversed(), noBucket])
    case 'title':
      return slices(sumsOf(rows, 'title'), [...qualificationLevels.toReversed(), noBucket], always)
    case 'unit':
    case 'industry':
      return ranked(sumsOf(rows, topic))
  }
}

/** What there is to do now, of one department or of one beneath it. */
export function standOf(rows: readonly KeptFigure[], { today, soon }: Pick<Span, 'today' | 'soon'>) {
  const cases = byWhat(sumsOf(rows, 'cases'))
  const due = sumsOf(rows, 'due')
  const [free, inReview] = [cases.get('waiting') ?? 0, cases.get('in_review') ?? 0]
  return {
    people: totalOf(sumsOf(rows, 'people')),
    free,
    inReview,
    waiting: free + inReview,
    overdue: totalOf(due, (day) => day < today),
    soon: totalOf(due, (day) => day >= today && day <= soon),
    returned: cases.get('returned') ?? 0,
  }
}

/** What people decided in the period; a register's return is nobody's decision. */
export function decisionsOf(rows: readonly KeptFigure[], isAsked: (period: string) => boolean) {
  const outcomes = byWhat(sumsOf(rows, 'decided', isAsked))
  const [approved, returned, refused] = ['approved', 'returned', 'refused'].map(
    (one) => outcomes.get(one) ?? 0,
  )
  const all = (approved ?? 0) + (returned ?? 0) + (refused ?? 0)
  return {
    approved: approved ?? 0,
    returned: returned ?? 0,
    refused: refused ?? 0,
    byCheck: outcomes.get('returned-by-check') ?? 0,
    decided: all,
    returnRate: rateOf(returned ?? 0, all),
  }
}

function daysOf(rows: readonly KeptFigure[], isAsked: (period: string) => boolean) {
  const sums = byWhat(sumsOf(rows, 'days', isAsked))
  return Array.from({ length: longestDays + 1 }, (_, days) => [days, sums.get(String(days)) ?? 0] as const)
}

function reasonsOf(rows: readonly KeptFigure[], isAsked: (period: string) => boolean) {
  const again = sumsOf(rows, 'reason-again', isAsked)
  return ranked(sumsOf(rows, 'reason', isAsked)).map((one) => {
    const repeated = again.get(one.id) ?? 0
    return { ...one, again: repeated, againRate: rateOf(repeated, one.value) }
  })
}

const kindOrder = Object.keys(caseKindWords)
const shownStates: readonly CaseState[] = caseStates.filter((state) => state !== 'draft')

/** Kinds of case by where they stand; kinds and states that nothing is in are left out. */
function statesOf(rows: readonly KeptFigure[]) {
  const sums = sumsOf(rows, 'cases')
  const states = shownStates.filter((state) => totalOf(sums, (bucket) => whatOf(bucket) === state) > 0)
  const kinds = [...new Set([...sums.keys()].map(kindOf))].sort(
    (a, b) => kindOrder.indexOf(a) - kindOrder.indexOf(b),
  )
  const lineOf = (of: (bucket: string) => boolean) => ({
    values: states.map((state) => totalOf(sums, (bucket) => of(bucket) && whatOf(bucket) === state)),
    total: totalOf(sums, of),
  })
  return {
    states,
    kinds: kinds.map((kind) => ({ kind, ...lineOf((bucket) => kindOf(bucket) === kind) })),
    all: lineOf(always),
  }
}

/** Everything a page says of one place. */
export function figuresShown(rows: readonly KeptFigure[], span: Span) {
  const { today, months } = span
  const asked = new Set(months)
  const isAsked = (period: string) => asked.has(period)
  const days = daysOf(rows, isAsked)
  const rounds = byWhat(sumsOf(rows, 'rounds', isAsked))
  const of = (topic: PersonTopic) => peopleBy(rows, topic, today)
  return {
    isEmpty: rows.length === 0,
    now: standOf(rows, span),
    period: {
      ...decisionsOf(rows, isAsked),
      overdue: totalOf(sumsOf(rows, 'overdue', isAsked)),
      lateReturns: totalOf(sumsOf(rows, 'late', isAsked)),
      median: percentileOf(days, 50),
      ninetieth: percentileOf(days, 90),
      firstRound: rateOf(rounds.get('1') ?? 0, totalOf(rounds)),
    },
    states: statesOf(rows),
    monthly: months.map((month) => ({
      month,
      submitted: totalOf(sumsOf(rows, 'submitted', (period) => period === month)),
      ...decisionsOf(rows, (period) => period === month),
    })),
    days: days.map(([days, value]) => ({ days, value })),
    reasons: reasonsOf(rows, isAsked),
    people: {
      sex: of('sex'),
      age: of('age'),
      education: of('education'),
      title: of('title'),
      unit: of('unit'),
      industry: of('industry'),
    },
  }
}

/** What people decided, by account: this month and in the period. `by` is kept at the department alone. */
export function decisionsByStaff(rows: readonly KeptFigure[], { today, months }: Span) {
  const asked = new Set(months)
  return {
    month: sumsOf(rows, 'by', (period) => period === monthOf(today)),
    period: sumsOf(rows, 'by', (period) => asked.has(period)),
  }
}
