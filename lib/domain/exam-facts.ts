/** What the conditions of an exam ask of a record (EXM-2), as plain values. `lib/readers/exam-facts.ts` makes them of one. */
import type { Day } from './days.ts'
import type { Month, ongoing, Period } from './months.ts'

export interface StudyFact {
  readonly id: string
  /** 学历 and 学位, ids of `lib/sections/options.ts`; a degree of nobody is `none`. */
  readonly level: string
  readonly degree: string
  /** 全日制: its months are no months of work. */
  readonly fullTime: boolean
  readonly enrolled: Month
  readonly graduated: Month | typeof ongoing
  /** Not 在读, and graduation does not lie ahead of the day the record was read. */
  readonly finished: boolean
  /** Awarded in the mainland, or abroad and confirmed by a certificate that is in the record. */
  readonly recognised: boolean
}

export interface JobFact extends Period {
  readonly id: string
  /** 会计工作经历 in it. */
  readonly posts: readonly Period[]
}

export interface QualificationFact {
  readonly id: string
  readonly kind: string
  /** '' where the kind has none. */
  readonly level: string
  /** `exam`, `review`, `exam_and_review`; '' where the kind has none. */
  readonly way: string
  readonly obtained: Month
}

/** A penalty that keeps somebody from accounting work, both days included. */
export interface BanFact {
  readonly id: string
  readonly from: Day
  readonly until: Day | 'forever'
}

export interface ExamFacts {
  readonly studies: readonly StudyFact[]
  readonly jobs: readonly JobFact[]
  readonly qualifications: readonly QualificationFact[]
  readonly bans: readonly BanFact[]
}
