/** What a province may set for itself (TRF-3, CRE-1). A first-level node without settings of its own has these. */

export const transferWays = ['target', 'both'] as const
/** Who agrees to a transfer: the department somebody moves to, or the one they leave first. */
export type TransferWay = (typeof transferWays)[number]

export interface ProvinceRules {
  readonly transferInside: TransferWay
  readonly transferOutside: TransferWay
  /** Credits of a year, and how many of them 专业科目. */
  readonly creditsTotal: number
  readonly creditsProfessional: number
  /** For one 学时 of an online course. */
  readonly creditsOnline: number
}

export const usualRules: ProvinceRules = {
  transferInside: 'target',
  transferOutside: 'both',
  creditsTotal: 90,
  creditsProfessional: 60,
  creditsOnline: 1,
}

export const provinceRuleKeys = [
  'transferInside',
  'transferOutside',
  'creditsTotal',
  'creditsProfessional',
  'creditsOnline',
] as const satisfies readonly (keyof ProvinceRules)[]

/** The first-level node of a department, by its path. */
export const provinceOf = (path: string): string => path.split('/')[0] ?? path

/** By whom a transfer is agreed to, one after another: the province somebody leaves decides whether it confirms first (TRF-3). */
export function transferRoute<D extends { readonly path: string }>(
  from: D,
  to: D,
  { transferInside, transferOutside }: ProvinceRules,
): readonly D[] {
  const way = provinceOf(from.path) === provinceOf(to.path) ? transferInside : transferOutside
  return way === 'both' ? [from, to] : [to]
}
