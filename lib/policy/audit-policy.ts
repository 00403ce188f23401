/** Who may look into the logs, and whose (ADM-3, SEC-1): auditors in their subtrees, operators everywhere, nobody else. */
import type { Actor } from '#lib/domain/actor.ts'
import { staffScope } from './staff-policy.ts'

export interface AuditScope {
  /** Subtrees whose staff and people may be asked about; null = the whole country. */
  readonly paths: readonly string[] | null
}

/** null for who may look into nothing, which is everybody not named here. */
export function auditScope(actor: Actor): AuditScope | null {
  if (actor.kind !== 'staff') return null
  const grants = actor.grants.filter(({ role }) => role === 'auditor')
  // An auditor without a department is one of the whole country.
  const everywhere = staffScope(actor) === null || grants.some(({ departmentId }) => departmentId === null)
  if (everywhere) return { paths: null }
  const paths = grants.map(({ path }) => path).filter((path) => path !== '')
  return paths.length > 0 ? { paths } : null
}
