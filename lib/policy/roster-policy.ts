/** Who may enter lists of trainees, and for which subtree: deny by default (CRE-1, SEC-1). */
import { type Actor, type Grant, hasRole } from '#lib/domain/actor.ts'

const keepers = ['reviewer', 'manager'] as const

/** Reviewers and managers, deputies among them, for their node and everything beneath; hidden from everybody else. */
export const mayKeepRosters = (actor: Actor, path: string): boolean =>
  actor.kind === 'staff' && keepers.some((role) => hasRole(actor, role, path))

/** The offices by which somebody may, a department once; none for everybody else. */
export function rosterOffices(actor: Actor): readonly Pick<Grant, 'departmentId' | 'path'>[] {
  if (actor.kind !== 'staff') return []
  const held = actor.grants.filter(({ role, path }) => path !== '' && keepers.some((one) => one === role))
  return [...new Map(held.map(({ departmentId, path }) => [path, { departmentId, path }])).values()]
}
