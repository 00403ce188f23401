import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { creditAlphabet, creditCheckCharacter, organisationCheckCharacter } from './checksum.ts'
import { normaliseGrouped } from './normalise.ts'

export const normaliseCreditCode = normaliseGrouped

/**
 * GB 32100-2015 (WRK-1). Refused: `credit-code-empty`, `credit-code-length` {expected, measured},
 * `credit-code-alphabet` {characters}, `credit-code-check-digit`, `credit-code-placeholder` (one character repeated).
 * The inner organisation code (GB 11714) only warns: `credit-code-organisation-digit`; real codes break it.
 */
export function checkCreditCode(raw: string, at = 'creditCode'): Result<{ code: string; warnings: Issue[] }> {
  const code = normaliseCreditCode(raw)
  const all = [...code]
  if (all.length === 0) return refuse(issue(at, 'credit-code-empty'))
  const issues: Issue[] = []
  if (all.length !== 18) issues.push(issue(at, 'credit-code-length', { expected: 18, measured: all.length }))
  const foreign = [...new Set(all.filter((character) => !creditAlphabet.includes(character)))]
  if (foreign.length > 0)
    issues.push(issue(at, 'credit-code-alphabet', { characters: foreign.slice(0, 5).join(' ') }))
  if (issues.length > 0) return refuse(...issues)
  // Eighteen zeros satisfy the arithmetic and are what people type who have no code.
  if (new Set(all).size === 1) return refuse(issue(at, 'credit-code-placeholder'))
  if (creditCheckCharacter(code.slice(0, 17)) !== code.charAt(17))
    return refuse(issue(at, 'credit-code-check-digit'))
  const fits = organisationCheckCharacter(code.slice(8, 16)) === code.charAt(16)
  return ok({ code, warnings: fits ? [] : [issue(at, 'credit-code-organisation-digit')] })
}
