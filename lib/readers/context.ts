/** Puts together what the rules of every section need to know (`Context`) from what is typed and stored. */
import type { ClaimKind } from '#lib/domain/claims.ts'
import {
  askedKey,
  type Context,
  claimKey,
  mainRow,
  type Row,
  type ScopeId,
  type Situation,
  type Values,
  valueOf,
} from '#lib/sections/define.ts'
import { scopes, situations } from '#lib/sections/options.ts'

export interface ContextParts {
  readonly today: string
  readonly person: Context['person']
  readonly rows: (section: string) => readonly Row[]
  readonly ofRecord?: boolean
  readonly department: Context['department']
  readonly findings: readonly { section: string; rowId: string; target: string }[]
  /** The latest word of a register on each claim that it did not confirm. */
  readonly failed: readonly { section: string; rowId: string; kind: ClaimKind; subject: Values }[]
}

const isSituation = (value: string): value is Situation => situations.some((id) => id === value)
const isScope = (value: string): value is ScopeId => scopes.some((id) => id === value)

export function contextOf(parts: ContextParts): Context {
  const { today, person, rows, ofRecord = false, department, findings, failed } = parts
  const read = (section: string, key: string) => {
    const row = rows(section).find(({ id }) => id === mainRow)
    return row ? valueOf(row, key) : ''
  }
  const situation = read('department', 'situation')
  const scope = read('scope', 'scope')
  return {
    today,
    person,
    ofRecord,
    department,
    household: read('department', 'household'),
    situation: isSituation(situation) ? situation : '',
    scope: isScope(scope) ? scope : '',
    asked: new Set(
      findings.map(({ section, rowId, target }) => askedKey(section, rowId, target.replace(/^slot:/, ''))),
    ),
    failed: new Map(
      failed.map(({ section, rowId, kind, subject }) => [claimKey(section, rowId, kind), subject]),
    ),
  }
}
