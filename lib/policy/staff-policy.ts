/** Who may give which office, and do what to which member of staff: one table, deny by default (ACC-10, SEC-1). */

import { type Actor, type Grant, hasRole, inOwnRight, type Role, type Staff } from '#lib/domain/actor.ts'
import { isWithinPath } from '#lib/domain/department-paths.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'

/** A role at a place; path '' is the whole country. */
export type Office = Pick<Grant, 'role' | 'path'>

export interface StaffFacts {
  readonly id: string
  /** The offices of their own held now; where there are none, those that were held. */
  readonly offices: readonly Office[]
  /** Held for somebody on leave: seen by who looks after the place, and no bar to who looks after the person. */
  readonly acting?: readonly Office[]
  /** Reviews, by an office of their own that counts now. */
  readonly reviews?: boolean
  /** What is asked would leave nobody who is an operator for good. */
  readonly leavesNoOperator?: boolean
}

export type StaffVerb = 'see' | 'suspend' | 'resume' | 'renew' | 'give' | 'end' | 'leave' | 'end-leave'

type Answer = 'yes' | 'hidden' | Issue

/** Whether this member of staff runs the service, anywhere. */
export const isOperator = ({ grants }: Staff) =>
  grants.some(({ role, departmentId }) => role === 'operator' && departmentId === null)

const manages = (actor: Staff, path: string) => hasRole(inOwnRight(actor), 'manager', path)

/** '' for a root, which nobody manages. */
const above = (path: string) => path.split('/').slice(0, -1).join('/')

/** From above in the tree: a manager makes the managers below their own node, and everybody else at it too. */
const byManager: Readonly<Record<Role, (actor: Staff, path: string) => boolean>> = {
  reviewer: manages,
  viewer: manages,
  auditor: manages,
  manager: (actor, path) => manages(actor, above(path)),
  operator: () => false,
}

/** Whether the actor may give this office, and take it away again. */
export const mayGive = (actor: Actor, { role, path }: Office): boolean =>
  actor.kind === 'staff' && (isOperator(actor) || byManager[role](actor, path))

const everybody: readonly Role[] = ['reviewer', 'manager', 'viewer', 'auditor', 'operator']

/** The roles the actor may give somewhere; none for who has no staff to look after. */
export function rolesToGive(actor: Actor): readonly Role[] {
  if (actor.kind !== 'staff') return []
  if (isOperator(actor)) return everybody
  const managing = inOwnRight(actor).grants.some(({ role, path }) => role === 'manager' && path !== '')
  return managing ? everybody.filter((role) => role !== 'operator') : []
}

/** Subtrees whose staff the actor sees; null = all of it. */
export function staffScope(actor: Staff): readonly string[] | null {
  if (isOperator(actor)) return null
  return inOwnRight(actor)
    .grants.filter(({ role, path }) => role === 'manager' && path !== '')
    .map(({ path }) => path)
}

/** Whether a place lies in such a scope. */
export const isInScope = (scope: ReturnType<typeof staffScope>, path: string) =>
  scope === null || scope.some((root) => isWithinPath(path, root))

/** Issues at `role` or `department`: `staff-role-beyond-you`, `staff-manager-below`, `staff-outside-scope`. */
export function judgeOffice(actor: Actor, office: Office): Answer {
  const offered = rolesToGive(actor)
  if (actor.kind !== 'staff' || offered.length === 0) return 'hidden'
  if (mayGive(actor, office)) return 'yes'
  if (!offered.includes(office.role)) return issue('role', 'staff-role-beyond-you')
  return office.role === 'manager' && manages(actor, office.path)
    ? issue('department', 'staff-manager-below')
    : issue('department', 'staff-outside-scope')
}

/** Colleagues anywhere in one's own subtree are seen; who is seen is not yet who may be changed. */
const sees = (actor: Actor, { offices, acting = [] }: StaffFacts) =>
  actor.kind === 'staff' &&
  (isOperator(actor) || [...offices, ...acting].some(({ path }) => manages(actor, path)))

function governed(actor: Actor, facts: StaffFacts): Answer {
  if (!sees(actor, facts)) return 'hidden'
  if (actor.id === facts.id) return issue(null, 'staff-self')
  return facts.offices.every((office) => mayGive(actor, office)) ? 'yes' : issue(null, 'staff-beyond-you')
}

function governedAndReplaceable(actor: Actor, facts: StaffFacts): Answer {
  const answer = governed(actor, facts)
  return answer === 'yes' && facts.leavesNoOperator ? issue(null, 'staff-last-operator') : answer
}

const isSelf = (actor: Actor, { id }: StaffFacts) => actor.kind === 'staff' && actor.id === id

/** One's own, or that of somebody one looks after; only who reviews has work that waits meanwhile (ADM-1). */
function leave(actor: Actor, facts: StaffFacts): Answer {
  if (isSelf(actor, facts)) return facts.reviews ? 'yes' : 'hidden'
  const answer = governed(actor, facts)
  return answer === 'yes' && !facts.reviews ? issue(null, 'leave-without-office') : answer
}

const table: Readonly<Record<StaffVerb, (actor: Actor, facts: StaffFacts) => Answer>> = {
  see: (actor, facts) => (sees(actor, facts) ? 'yes' : 'hidden'),
  suspend: governedAndReplaceable,
  resume: governed,
  renew: governed,
  give: governed,
  end: governedAndReplaceable,
  leave,
  'end-leave': (actor, facts) => (isSelf(actor, facts) ? 'yes' : governed(actor, facts)),
}

export const judgeStaff = (actor: Actor, verb: StaffVerb, facts: StaffFacts): Answer =>
  table[verb](actor, facts)

/** Throws `not-found` where it is none of the actor's business, `refused` where the actor may know why not. */
export function authorised(answer: Answer): void {
  if (answer === 'hidden') throw notFound()
  if (answer !== 'yes') throw refused(answer)
}

export interface LinkFacts {
  /** Neither used nor taken back, and in time. */
  readonly isOpen: boolean
  /** Who gave it, as they stand now; null for an operator's command. */
  readonly inviter: Staff | 'gone' | null
  /** An office for somebody new, or the account it leads into. */
  readonly opens: Office | StaffFacts | 'gone'
}

/** Whether a link lets somebody in: who was suspended or moved meanwhile has given nothing. */
export function letsIn({ isOpen, inviter, opens }: LinkFacts): boolean {
  if (!isOpen || inviter === 'gone' || opens === 'gone') return false
  if (inviter === null) return true
  return 'offices' in opens ? judgeStaff(inviter, 'renew', opens) === 'yes' : mayGive(inviter, opens)
}
