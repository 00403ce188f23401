/** What is chosen for an exam (EXM-3): subjects by the rule of the level, a 报考点 of the province. */
import { type ExamLevel, type ExamSubject, levelRules } from '#lib/domain/exams.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'

/** Ids as they stand in a query or a form. */
export interface ExamChoice {
  readonly siteId: string
  readonly subjects: readonly string[]
}

/** In the order of the level, each once. Of a level that is passed in one year all of them, whatever was chosen. Issues at `subject`. */
export function subjectsChosen(
  level: ExamLevel,
  chosen: readonly string[],
): Result<readonly [ExamSubject, ...ExamSubject[]]> {
  const { subjects, together } = levelRules[level]
  const found = together ? subjects : subjects.filter((one) => chosen.includes(one))
  const [first, ...rest] = found
  const isStrange = chosen.some((one) => !subjects.some((known) => known === one))
  if (isStrange) return refuse(issue('subject', 'not-offered'))
  return first ? ok([first, ...rest]) : refuse(issue('subject', 'exam-subject-required'))
}

interface Site {
  readonly id: string
  readonly capacity: number
  readonly taken: number
}

/** `sites` are those of the session in the province. Issues at `site`: `required`, `not-offered`, `exam-site-full`. */
export function siteIssues(siteId: string, sites: readonly Site[]): Issue[] {
  if (siteId === '') return [issue('site', 'exam-site-required')]
  const site = sites.find(({ id }) => id === siteId)
  if (!site) return [issue('site', 'exam-site-unknown')]
  return site.taken < site.capacity ? [] : [issue('site', 'exam-site-full')]
}
