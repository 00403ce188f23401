/** 会计专业技术资格考试 (EXM-1): levels, subjects, and where a registration stands (domain.md §7). */

export const examLevels = ['junior', 'intermediate', 'senior'] as const
export type ExamLevel = (typeof examLevels)[number]
export const isExamLevel = (id: string): id is ExamLevel => examLevels.some((one) => one === id)

export const examSubjects = [
  'junior_practice',
  'economic_law_basics',
  'intermediate_practice',
  'financial_management',
  'economic_law',
  'senior_practice',
] as const
export type ExamSubject = (typeof examSubjects)[number]
export const isExamSubject = (id: string): id is ExamSubject => examSubjects.some((one) => one === id)

interface LevelRule {
  readonly subjects: readonly ExamSubject[]
  /** 初级 is passed in one year: all subjects at once. */
  readonly together: boolean
}
export const levelRules: Readonly<Record<ExamLevel, LevelRule>> = {
  junior: { subjects: ['junior_practice', 'economic_law_basics'], together: true },
  intermediate: {
    subjects: ['intermediate_practice', 'financial_management', 'economic_law'],
    together: false,
  },
  senior: { subjects: ['senior_practice'], together: true },
}

/**
 * Where a registration stands: `reviewing` 待人工审核, `awaiting-payment` 待缴费, `paid` 报名成功, `expired` 已关闭（逾期未缴费）,
 * `withdrawn` taken back by its person, `closed` returned or refused.
 */
export const examStates = ['reviewing', 'awaiting-payment', 'paid', 'expired', 'withdrawn', 'closed'] as const
export type ExamState = (typeof examStates)[number]
/** A place at the 报考点 is taken. */
export const holdsSeat = (state: ExamState): boolean =>
  state === 'reviewing' || state === 'awaiting-payment' || state === 'paid'

/**
 * Where an order stands. Money of `refund-needed` has to go back, and went back with `refunded`. `closed` is what nobody is to
 * pay any more: paid all the same, it is judged as any other.
 */
export const payStates = ['open', 'paid', 'closed', 'refund-needed', 'refunded'] as const

/** The instants of a session in one province, inside the national ones (EXM-1). */
export interface ExamWindow {
  readonly opensAt: Date
  /** Until when a collection must have been submitted. */
  readonly collectBy: Date
  readonly closesAt: Date
  readonly payBy: Date
}

export type ExamPhase = 'before' | 'open' | 'paying' | 'over'
/** Closing times are decided by the server's clock: at `closesAt` it is closed. */
export function phaseOf({ opensAt, closesAt, payBy }: ExamWindow, now: Date): ExamPhase {
  if (now < opensAt) return 'before'
  if (now < closesAt) return 'open'
  return now < payBy ? 'paying' : 'over'
}
