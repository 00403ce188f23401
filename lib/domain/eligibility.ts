/** 报考条件 (EXM-2): what a record says to every condition of an exam, and what follows. The edges: docs/decisions/024-eligibility.md. */
import {
  type Answer,
  banAnswer,
  crossoverAnswer,
  type LineState,
  levelAnswer,
  studyAnswer,
  type TitleAnswer,
  titleAnswer,
  type Why,
} from './exam-answers.ts'
import { type ExamSession, type Way, waysTo } from './exam-conditions.ts'
import type { ExamFacts } from './exam-facts.ts'
import type { ExamLevel } from './exams.ts'
import { type Month, monthOf } from './months.ts'
import { type Service, serviceMonths } from './service-months.ts'

/** `manual`: no rule says no, and one condition is for a person to judge. */
export type Verdict = 'eligible' | 'ineligible' | 'manual'
export type WayId = Way['id']
export type Condition = 'no-ban' | 'level-free' | 'title' | WayId

export interface Line extends Answer {
  readonly condition: Condition
  /** Every `must` has to be met, and one `way`. */
  readonly part: 'must' | 'way'
  /** Months of accounting work; null where the condition asks for none. */
  readonly needs: number | null
  readonly has: number | null
}

export interface Eligibility {
  readonly level: ExamLevel
  readonly verdict: Verdict
  readonly lines: readonly Line[]
  /** The way that carries the verdict; null where none does. */
  readonly via: WayId | null
  /** Where no way is open: the one whose education is there and whose months are least short; null where it is the education. */
  readonly nearest: WayId | null
  /** What was counted, and since which month; null where the exam asks for no work. */
  readonly work: (Service & { readonly until: Month; readonly since: Month | null }) | null
}

const order: readonly LineState[] = ['unmet', 'unknown', 'met']
const least = (...states: readonly LineState[]): LineState =>
  order.find((state) => states.includes(state)) ?? 'met'
const most = (states: readonly LineState[]): LineState =>
  order.findLast((state) => states.includes(state)) ?? 'unmet'

const verdicts: Readonly<Record<LineState, Verdict>> = {
  met: 'eligible',
  unknown: 'manual',
  unmet: 'ineligible',
}

/** Months that count as the record stands, and those since a title that a person would have to accept first. */
interface Counted {
  readonly sure: Service | null
  readonly any: Service | null
}

const none: Service = { months: 0, deducted: 0 }

function countedMonths(facts: ExamFacts, until: Month, title: TitleAnswer | null): Counted {
  const since = (from: Month | null) => (from === null ? null : serviceMonths(facts, { until, from }))
  // Where every title is in doubt the line of the title says so, and its months are counted.
  if (title) return { sure: since(title.sure ?? title.any), any: since(title.any) }
  const all = serviceMonths(facts, { until })
  return { sure: all, any: all }
}

function workAnswer(needs: number, { sure, any }: Counted): { state: LineState; why: readonly Why[] } {
  if (needs === 0 || (sure?.months ?? -1) >= needs) return { state: 'met', why: [] }
  if ((any?.months ?? -1) >= needs) return { state: 'unknown', why: ['months-by-open-title'] }
  return { state: 'unmet', why: any === null ? ['months-no-title'] : ['months-short'] }
}

/** Pure; the order of rows makes no difference. */
export function eligibility(facts: ExamFacts, { level, year, closesOn }: ExamSession): Eligibility {
  const closing = monthOf(closesOn)
  const until = `${year}-12`
  const title = level === 'senior' ? titleAnswer(facts, closing) : null
  const counted = countedMonths(facts, until, title)
  const must = (condition: Condition, answer: Answer): Line => ({
    ...answer,
    condition,
    part: 'must',
    needs: null,
    has: null,
  })
  const musts = [
    must('no-ban', banAnswer(facts, closesOn)),
    must('level-free', levelAnswer(facts, level, closing)),
    ...(title ? [must('title', title.answer)] : []),
  ]
  const ways = waysTo[level].map(({ id, months }): Line & { condition: WayId; attained: LineState } => {
    const held = id === 'crossover' ? crossoverAnswer(facts, closing) : studyAnswer(facts, id, closing)
    const work = workAnswer(months, counted)
    return {
      condition: id,
      part: 'way',
      state: least(held.state, work.state),
      attained: held.state,
      why: [...held.why, ...work.why],
      rows: held.rows,
      needs: months === 0 ? null : months,
      has: months === 0 ? null : (counted.sure?.months ?? 0),
    }
  })
  const open = most(ways.map(({ state }) => state))
  const verdict = verdicts[least(open, ...musts.map(({ state }) => state))]
  const short = ways
    .filter(({ attained, needs }) => attained !== 'unmet' && needs !== null)
    .toSorted((one, other) => (one.needs ?? 0) - (other.needs ?? 0))
  return {
    level,
    verdict,
    lines: [...musts, ...ways.map(({ attained: _, ...line }) => line)],
    via: verdict === 'ineligible' ? null : (ways.find(({ state }) => state === open)?.condition ?? null),
    nearest: open === 'unmet' ? (short[0]?.condition ?? null) : null,
    work:
      level === 'junior'
        ? null
        : { ...(counted.sure ?? none), until, since: title ? (title.sure ?? title.any) : null },
  }
}
