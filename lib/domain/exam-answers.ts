/** What a record answers to one condition of an exam, and which rows say so (EXM-2). */
import { isBanOver } from './conduct.ts'
import {
  type Attainment,
  aimOf,
  attainmentOf,
  crossoverKinds,
  mayReach,
  reaches,
  titleLevels,
} from './exam-conditions.ts'
import type { ExamFacts, QualificationFact, StudyFact } from './exam-facts.ts'
import type { ExamLevel } from './exams.ts'
import type { Month } from './months.ts'

/** `unknown`: the rule cannot decide, a person has to. */
export type LineState = 'met' | 'unmet' | 'unknown'

export interface RowRef {
  readonly section: 'education' | 'qualifications' | 'conduct'
  readonly id: string
}

/** Why a condition is not met, or not decided. */
export type Why =
  | 'banned'
  | 'banned-forever'
  | 'level-held'
  | 'no-study'
  | 'study-unfinished'
  | 'study-late'
  | 'degree-missing'
  | 'study-overseas'
  | 'study-technical'
  | 'no-title'
  | 'title-late'
  | 'title-not-by-exam'
  | 'no-crossover'
  | 'crossover-late'
  | 'crossover-not-by-exam'
  | 'months-short'
  | 'months-no-title'
  | 'months-by-open-title'

export interface Answer {
  readonly state: LineState
  readonly why: readonly Why[]
  readonly rows: readonly RowRef[]
}

const answer = (
  state: LineState,
  why: Why | null,
  section: RowRef['section'],
  rows: readonly { readonly id: string }[],
): Answer => ({
  state,
  why: why === null ? [] : [why],
  rows: rows
    .map(({ id }) => ({ section, id }))
    .toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)),
})

/** A ban in force on the last day of registration excludes. */
export function banAnswer({ bans }: ExamFacts, closesOn: string): Answer {
  const inForce = bans.filter(({ from, until }) => from <= closesOn && !isBanOver(until, closesOn))
  if (inForce.length === 0) return answer('met', null, 'conduct', [])
  const isForever = inForce.some(({ until }) => until === 'forever')
  return answer('unmet', isForever ? 'banned-forever' : 'banned', 'conduct', inForce)
}

const titleRank = ({ level }: { readonly level: string }) => titleLevels.indexOf(level)

/** The level of the exam, or a higher one, is held by then, in whatever way. */
export function levelAnswer({ qualifications }: ExamFacts, level: ExamLevel, closing: Month): Answer {
  const held = qualifications.filter(
    (one) => one.kind === 'accounting' && one.obtained <= closing && titleRank(one) >= titleRank({ level }),
  )
  return held.length === 0
    ? answer('met', null, 'qualifications', [])
    : answer('unmet', 'level-held', 'qualifications', held)
}

const held = ({ finished, graduated }: StudyFact, closing: Month) => finished && graduated <= closing

/** Whether an education of this kind, or a higher one, is held in the month registration closes. */
export function studyAnswer({ studies }: ExamFacts, asked: Attainment, closing: Month): Answer {
  const found = (state: LineState, why: Why | null, fits: (study: StudyFact) => boolean) => {
    const rows = studies.filter(fits)
    return rows.length > 0 ? answer(state, why, 'education', rows) : null
  }
  const is = (study: StudyFact) => held(study, closing)
  const aims = (study: StudyFact) => reaches(aimOf(study), asked)
  return (
    found('met', null, (one) => is(one) && one.recognised && reaches(attainmentOf(one), asked)) ??
    found(
      'unknown',
      'study-overseas',
      (one) => is(one) && !one.recognised && reaches(attainmentOf(one), asked),
    ) ??
    found('unknown', 'study-technical', (one) => is(one) && reaches(mayReach[one.level] ?? null, asked)) ??
    found('unmet', 'study-late', (one) => one.finished && one.graduated > closing && aims(one)) ??
    found('unmet', 'study-unfinished', (one) => !one.finished && aims(one)) ??
    found('unmet', 'degree-missing', (one) => is(one) && aims(one)) ??
    answer('unmet', 'no-study', 'education', [])
  )
}

/** 经济, 统计 or 审计 中级 by the national exam. */
export function crossoverAnswer({ qualifications }: ExamFacts, closing: Month): Answer {
  const all = qualifications.filter(
    ({ kind, level }) => crossoverKinds.includes(kind) && level === 'intermediate',
  )
  const some = (way: string) => all.filter((one) => one.way === way)
  const byExam = some('exam')
  const now = (rows: readonly QualificationFact[]) => rows.filter(({ obtained }) => obtained <= closing)
  if (now(byExam).length > 0) return answer('met', null, 'qualifications', now(byExam))
  const mixed = now(some('exam_and_review'))
  if (mixed.length > 0) return answer('unknown', 'crossover-not-by-exam', 'qualifications', mixed)
  if (byExam.length > 0) return answer('unmet', 'crossover-late', 'qualifications', byExam)
  return all.length > 0
    ? answer('unmet', 'crossover-not-by-exam', 'qualifications', all)
    : answer('unmet', 'no-crossover', 'qualifications', [])
}

export interface TitleAnswer {
  readonly answer: Answer
  /** The month the first 会计师 by exam was obtained; null where there is none. */
  readonly sure: Month | null
  /** The first in whatever way. */
  readonly any: Month | null
}

/** 会计师: by the national exam it is beyond doubt; a region's 评审 is for a person to judge. */
export function titleAnswer({ qualifications }: ExamFacts, closing: Month): TitleAnswer {
  const titles = qualifications.filter(({ kind, level }) => kind === 'accounting' && level === 'intermediate')
  const now = titles.filter(({ obtained }) => obtained <= closing)
  const byExam = now.filter(({ way }) => way === 'exam')
  const first = (rows: readonly QualificationFact[]) =>
    rows.map(({ obtained }) => obtained).toSorted()[0] ?? null
  const told =
    byExam.length > 0
      ? answer('met', null, 'qualifications', byExam)
      : now.length > 0
        ? answer('unknown', 'title-not-by-exam', 'qualifications', now)
        : titles.length > 0
          ? answer('unmet', 'title-late', 'qualifications', titles)
          : answer('unmet', 'no-title', 'qualifications', [])
  return { answer: told, sure: first(byExam), any: first(now) }
}
