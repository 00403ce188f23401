/** Who acts: read from the session at every request, so that a changed grant counts at once (ACC-10). */
import { isWithinPath } from './department-paths.ts'

export type Role = 'reviewer' | 'manager' | 'viewer' | 'auditor' | 'operator'

export interface Grant {
  readonly role: Role
  readonly departmentId: string | null
  /** `/`-joined ids from the root; a grant covers the subtree beneath. Empty for the whole country (operators). */
  readonly path: string
  /** Whose work it is done for (代审). */
  readonly deputyFor?: string | null
}

interface SignedIn {
  readonly id: string
  readonly sessionId: string
}
export interface Applicant extends SignedIn {
  readonly kind: 'applicant'
}
/** Says that their number is held by another account: pursues that claim and nothing else (ACC-9). */
export interface Claimant extends SignedIn {
  readonly kind: 'claimant'
}
/** Who has cases of their own. */
export type Person = Applicant | Claimant
export interface Staff extends SignedIn {
  readonly kind: 'staff'
  readonly grants: readonly Grant[]
}
export type Actor = Person | Staff

export const hasRole = (staff: Staff, role: Role, path: string) =>
  staff.grants.some((grant) => grant.role === role && grant.path !== '' && isWithinPath(path, grant.path))

/** With the offices of their own alone: what is held for somebody on leave (代审) is for reviewing, and for nothing that lasts. */
export const inOwnRight = (staff: Staff): Staff => ({
  ...staff,
  grants: staff.grants.filter(({ deputyFor }) => (deputyFor ?? null) === null),
})

/** For whom alone a member of staff acts at a place: nobody where an office of their own covers it too. */
export function actsFor(staff: Staff, path: string): readonly string[] {
  const covering = staff.grants.filter(({ path: root }) => root !== '' && isWithinPath(path, root))
  const principals = covering.flatMap(({ deputyFor }) => deputyFor ?? [])
  return principals.length === covering.length ? principals : []
}
