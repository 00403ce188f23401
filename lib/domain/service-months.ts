/** Months of accounting work as the exams count them (EXM-2). */
import type { ExamFacts } from './exam-facts.ts'
import { compareMonths, type Month, ongoing, type Period, unionMonths } from './months.ts'

type End = Period['end']
const later = (one: Month, other: Month): Month => (compareMonths(one, other) > 0 ? one : other)
const sooner = (one: End, other: End): End => {
  if (one === ongoing || other === ongoing) return one === ongoing ? other : one
  return compareMonths(one, other) < 0 ? one : other
}

/** The part of a period inside another; where they share no month its end is before its start, and counts nothing. */
const within = (period: Period, around: Period): Period => ({
  start: later(period.start, around.start),
  end: sooner(period.end, around.end),
})

export interface Service {
  readonly months: number
  /** How many more it would be but for full-time study. */
  readonly deducted: number
}

/**
 * Distinct months of the accounting posts, each clipped to its job, both end months counted, to `until`, and from `from` where it
 * is given; less every month from the first to the last of a full-time study, also of one that goes on.
 */
export function serviceMonths(
  { jobs, studies }: Pick<ExamFacts, 'jobs' | 'studies'>,
  { until, from }: { readonly until: Month; readonly from?: Month },
): Service {
  const posts = jobs.flatMap((job) => job.posts.map((post) => within(post, job)))
  const except = studies
    .filter(({ fullTime }) => fullTime)
    .map(({ enrolled, graduated }): Period => ({ start: enrolled, end: graduated }))
  const since = from === undefined ? {} : { from }
  const months = unionMonths(posts, until, { ...since, except })
  return { months, deducted: unionMonths(posts, until, since) - months }
}
