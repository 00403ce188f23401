/** The conditions of 会计专业技术资格考试 as data (domain.md §7.1, EXM-2). */
import { type Day, dayOf } from './days.ts'
import type { ExamLevel } from './exams.ts'

/** One exam as far as its conditions ask. */
export interface ExamSession {
  readonly level: ExamLevel
  /** Work counts to 31 December of it. */
  readonly year: number
  /** The last day of registration. */
  readonly closesOn: Day
}

/** What an education comes to, least first; 第二学士学位 and 研究生班 are one. */
export const attainments = ['school', 'college', 'bachelor', 'graduate', 'master', 'doctor'] as const
export type Attainment = (typeof attainments)[number]

const byLevel: Readonly<Record<string, Attainment>> = {
  senior_high: 'school',
  secondary_specialized: 'school',
  vocational_high: 'school',
  technical_school: 'school',
  junior_college: 'college',
  bachelor_program: 'bachelor',
  // Without its degree it is a 本科; with it, see `aimOf`.
  second_bachelor_program: 'bachelor',
  graduate_class: 'graduate',
  // EXM-2: 硕士学历 without the degree counts as 研究生班, and so does 博士学历.
  master_program: 'graduate',
  doctor_program: 'graduate',
}
const byDegree: Readonly<Record<string, Attainment>> = {
  bachelor: 'bachelor',
  second_bachelor: 'graduate',
  master: 'master',
  doctor: 'doctor',
}
/** What a study leads to once its degree is there. */
const byAim: Readonly<Record<string, Attainment>> = {
  second_bachelor_program: 'graduate',
  master_program: 'master',
  doctor_program: 'doctor',
}

export const reaches = (attained: Attainment | null, asked: Attainment): boolean =>
  attained !== null && attainments.indexOf(attained) >= attainments.indexOf(asked)

const higher = (one: Attainment | null, other: Attainment | null) =>
  one !== null && other !== null ? (reaches(one, other) ? one : other) : (one ?? other)

interface Studied {
  readonly level: string
  readonly degree: string
}

/** What 学历 and 学位 come to, whichever is more; null for what nobody knows. */
export function attainmentOf({ level, degree }: Studied): Attainment | null {
  const held = higher(byLevel[level] ?? null, byDegree[degree] ?? null)
  return level === 'second_bachelor_program' && byDegree[degree] ? higher(held, 'graduate') : held
}

/** What it would come to with the degree it leads to. */
export const aimOf = (study: Studied): Attainment | null =>
  higher(attainmentOf(study), byAim[study.level] ?? null)

/**
 * What an education may come to by a rule that is not in the record: of 技校 the advanced classes stand beside 专科 and 本科
 * elsewhere, and the record does not tell the class.
 */
export const mayReach: Readonly<Record<string, Attainment>> = { technical_school: 'bachelor' }

/** One of them is enough. */
export interface Way {
  readonly id: Attainment | 'crossover'
  /** Months of accounting work it asks for; for 高级 those since 会计师. */
  readonly months: number
}

/** Most attained first: the first that is met is the one that carries. */
export const waysTo: Readonly<Record<ExamLevel, readonly Way[]>> = {
  junior: [{ id: 'school', months: 0 }],
  intermediate: [
    { id: 'doctor', months: 0 },
    { id: 'master', months: 12 },
    { id: 'graduate', months: 24 },
    { id: 'bachelor', months: 48 },
    { id: 'college', months: 60 },
    { id: 'crossover', months: 0 },
  ],
  senior: [
    { id: 'doctor', months: 24 },
    { id: 'bachelor', months: 60 },
    { id: 'college', months: 120 },
  ],
}

/** 中级 of one of these, by the national exam, leads to 会计中级. */
export const crossoverKinds: readonly string[] = ['economics', 'statistics', 'auditing']

/** Accounting levels, least first: whoever holds the one of the exam or more does not sit it. */
export const titleLevels: readonly string[] = ['junior', 'intermediate', 'senior', 'professor']

/** An exam whose registration ends at this instant; the last day is the one the moment before it lies in. */
export const sessionClosing = (
  { level, year }: Pick<ExamSession, 'level' | 'year'>,
  closesAt: Date,
): ExamSession => ({
  level,
  year,
  closesOn: dayOf(new Date(closesAt.getTime() - 1)),
})

/** The last day of registration as in other years, where no session says it (domain.md §7.2). */
export const usualSession = (level: ExamLevel, year: number): ExamSession => ({
  level,
  year,
  closesOn: level === 'intermediate' ? `${year}-06-30` : `${year}-01-31`,
})
