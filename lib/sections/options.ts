/** Closed lists of the wizard (domain.md §2). Ids only; their words stand in `lib/text/options.ts`. */
import { ungradedKinds } from '#lib/domain/claims.ts'
import type { ScopeId, Situation } from './define.ts'

export const situations = ['employed', 'student', 'other'] as const satisfies readonly Situation[]

/** SCO-1: five classes. */
export const scopes = [
  'accounting_staff',
  'qualified_not_practising',
  'junior_candidate',
  'intermediate_candidate_phd',
  'intermediate_candidate_crossover',
] as const satisfies readonly ScopeId[]

/** GB/T 3304: 01–56, 97 other, 98 foreign descent with Chinese nationality. */
export const ethnicities = [
  ...Array.from({ length: 56 }, (_, i) => String(i + 1).padStart(2, '0')),
  '97',
  '98',
] as readonly string[]

/** GB/T 4762. */
export const politicalStatuses = [
  'cpc_member',
  'cpc_probationary',
  'cyl_member',
  'rckmt',
  'cdl',
  'cndca',
  'capd',
  'cpwdp',
  'zhigong',
  'jiusan',
  'tdsl',
  'nonpartisan',
  'masses',
] as const

export const studyPlaces = ['domestic', 'overseas'] as const
export const trainingModes = ['full_time', 'part_time'] as const

/** GB/T 4658 and the groups of the exam rules, lowest first. */
export const educationLevels = [
  'senior_high',
  'secondary_specialized',
  'vocational_high',
  'technical_school',
  'junior_college',
  'bachelor_program',
  'second_bachelor_program',
  'graduate_class',
  'master_program',
  'doctor_program',
] as const

/** Rank for comparing levels: 1 senior high … 6 doctor (domain.md §2.5). */
export const levelRank: Readonly<Record<string, number>> = {
  senior_high: 1,
  secondary_specialized: 1,
  vocational_high: 1,
  technical_school: 1,
  junior_college: 2,
  bachelor_program: 3,
  second_bachelor_program: 4,
  graduate_class: 4,
  master_program: 5,
  doctor_program: 6,
}

export const degrees = ['none', 'bachelor', 'second_bachelor', 'master', 'doctor'] as const

/** WRK-1; the first five are named by 会计法, the rest refine them. */
export const employerTypes = [
  'government',
  'public_institution',
  'social_organization',
  'soe',
  'private_enterprise',
  'foreign_enterprise',
  'other_enterprise',
  'private_non_enterprise',
  'accounting_firm',
  'bookkeeping_agency',
  'self_employed',
  'grassroots',
  'other_organization',
] as const

/** GB/T 4754-2017 sections A–T. */
export const industries = [...'ABCDEFGHIJKLMNOPQRST'] as readonly string[]

export const yesNo = ['yes', 'no'] as const

/** 《会计人员管理办法》 art. 2. */
export const accountingWorks = [
  'cashier',
  'audit_check',
  'assets_liabilities_equity',
  'revenue_expense',
  'financial_results',
  'financial_reporting',
  'accounting_supervision',
  'accounting_archives',
  'accounting_head',
  'chief_accountant',
  'other_accounting',
] as const

export const accountingTitles = [
  'accounting_clerk',
  'assistant_accountant',
  'accountant',
  'senior_accountant',
  'professor_level_accountant',
] as const

/** QUA-1: 会计 and the closed list of six others. */
export const qualificationKinds = [
  'accounting',
  'economics',
  'auditing',
  'statistics',
  'cpa',
  'asset_appraiser',
  'tax_advisor',
] as const
export const qualificationLevels = ['junior', 'intermediate', 'senior', 'professor'] as const
export const qualificationWays = ['exam', 'review', 'exam_and_review'] as const
/** QUA-2: how a qualification must have been obtained for a register to know it. */
export const registeredWays: readonly string[] = ['exam']

/** WRK-4: what a department may take as proof of accounting work; 简历表 is the default. */
export const workProofKinds = ['resume', 'commitment', 'contract', 'social-insurance'] as const

/** Kinds that have a level and a way of obtaining it. */
export const gradedKinds: readonly string[] = qualificationKinds.filter((kind) => !ungradedKinds.has(kind))

/** What 身份信息更正 mends: the name, or the number of the document. */
export const correctionKinds = ['name', 'document'] as const

/** TRF-2: why somebody moves to another department. */
export const transferReasons = ['workplace', 'school', 'residence'] as const
export const residenceKinds = ['household', 'living'] as const

/** 奖励级别. */
export const awardLevels = ['national', 'provincial', 'municipal', 'county'] as const
/** 处罚种类: 会计法 (2024) and 行政处罚法. */
export const penaltyKinds = [
  'warning',
  'public_criticism',
  'fine',
  'confiscation',
  'ban_5y',
  'ban_permanent',
  'other',
] as const
