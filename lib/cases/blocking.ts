/** What blocks what (system.md): cases under review that keep another from being submitted, all of them told at once. */
import { changedSection } from '#lib/domain/changes.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import type { CaseKindId } from './define.ts'

/** What kinds of case are about, as far as they stand in each other's way. */
export type Matter = 'change' | 'transfer' | 'credit' | 'conduct' | 'exam'

export const matterOf = (kind: CaseKindId): Matter | null => {
  if (changedSection(kind) !== null) return 'change'
  switch (kind) {
    case 'transfer':
    case 'credit':
    case 'exam':
      return kind
    case 'award':
    case 'penalty':
    case 'objection':
      return 'conduct'
    default:
      return null
  }
}

/** TRF-1, and the other way round. Cases of one kind beside each other are kept apart by their open key. */
const blockers: Readonly<Record<Matter, readonly Matter[]>> = {
  transfer: ['change', 'transfer', 'conduct', 'credit'],
  change: ['transfer'],
  credit: ['transfer'],
  conduct: ['transfer'],
  exam: ['transfer'],
}

/** One issue for each matter under review that this kind has to wait for: `transfer-while-<matter>`, or `while-transfer`. */
export function blockedBy(kind: CaseKindId, underReview: readonly CaseKindId[]): readonly Issue[] {
  const matter = matterOf(kind)
  if (matter === null) return []
  const open = new Set(underReview.map(matterOf))
  return blockers[matter]
    .filter((one) => open.has(one))
    .map((one) => issue(null, matter === 'transfer' ? `transfer-while-${one}` : 'while-transfer'))
}
