/** Who sees which figures: deny by default (ADM-2, REV-7, SEC-1). A place outside one's scope is hidden. */

import type { Actor, Role } from '#lib/domain/actor.ts'
import { outermost } from '#lib/domain/department-paths.ts'
import { isInScope } from './staff-policy.ts'

export type FiguresVerb =
  | 'see'
  /** Who of the staff does how much, and what was returned late: of no use to who only counts. */
  | 'see-work'

const rolesFor: Readonly<Record<FiguresVerb, readonly Role[]>> = {
  see: ['manager', 'viewer'],
  'see-work': ['manager'],
}

/** Subtrees whose figures the actor sees; null = the whole country, [] = none. */
function scopeFor(actor: Actor, verb: FiguresVerb): readonly string[] | null {
  if (actor.kind !== 'staff') return []
  const { grants } = actor
  if (grants.some(({ role, departmentId }) => role === 'operator' && departmentId === null)) return null
  return grants
    .filter(({ role, path }) => rolesFor[verb].includes(role) && path !== '')
    .map(({ path }) => path)
}

/** Whether there are any figures for this actor. */
export const seesFigures = (actor: Actor): boolean => scopeFor(actor, 'see')?.length !== 0

/** Where the actor's figures begin: the topmost nodes; null = the whole country. */
export function figureRoots(actor: Actor): readonly string[] | null {
  const scope = scopeFor(actor, 'see')
  return scope === null ? null : outermost(scope)
}

/** `path` is `/`-joined ids from the root; '' is the whole country. */
export function judgeFigures(actor: Actor, verb: FiguresVerb, path: string): 'yes' | 'hidden' {
  const scope = scopeFor(actor, verb)
  return scope === null || (path !== '' && isInScope(scope, path)) ? 'yes' : 'hidden'
}
