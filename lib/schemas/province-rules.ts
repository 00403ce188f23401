/** What the form about a province's own rules refuses (TRF-3, CRE-1): every issue at once. */
import { z } from 'zod'
import { type ProvinceRules, type TransferWay, transferWays } from '#lib/domain/province-rules.ts'
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { typed } from './account.ts'
import { normaliseCode } from './normalise.ts'

/** 财会〔2018〕10号 asks for 90 credits a year, two thirds of them 专业科目; a province may ask for more. */
export const creditLimits = {
  creditsTotal: { min: 90, max: 360 },
  creditsProfessional: { min: 60, max: 360 },
  creditsOnline: { min: 1, max: 10 },
} as const

const form = z.object({
  transferInside: typed(20),
  transferOutside: typed(20),
  creditsTotal: typed(40),
  creditsProfessional: typed(40),
  creditsOnline: typed(40),
})

const isWay = (text: string): text is TransferWay => transferWays.some((way) => way === text)

/** Issues at the fields: `required`, `not-offered`, `province-number` {min, max}, `province-professional` {limit} for more than a year's credits. */
export function checkProvinceRules(raw: unknown): Result<ProvinceRules> {
  const posted = form.parse(raw)
  const issues: Issue[] = []
  const way = (at: 'transferInside' | 'transferOutside'): TransferWay => {
    const text = posted[at]
    if (isWay(text)) return text
    issues.push(issue(at, text === '' ? 'required' : 'not-offered'))
    return 'target'
  }
  const number = (at: keyof typeof creditLimits): number => {
    const text = normaliseCode(posted[at])
    const { min, max } = creditLimits[at]
    const found = /^\d{1,3}$/.test(text) ? Number(text) : 0
    if (found < min || found > max) issues.push(issue(at, 'province-number', { min, max }))
    return found
  }
  const rules = {
    transferInside: way('transferInside'),
    transferOutside: way('transferOutside'),
    creditsTotal: number('creditsTotal'),
    creditsProfessional: number('creditsProfessional'),
    creditsOnline: number('creditsOnline'),
  }
  const { creditsTotal, creditsProfessional } = rules
  if (issues.length === 0 && creditsProfessional > creditsTotal)
    issues.push(issue('creditsProfessional', 'province-professional', { limit: creditsTotal }))
  return issues.length === 0 ? ok(rules) : refuse(...issues)
}
