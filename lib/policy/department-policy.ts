/** Who may do what to which department: one table, deny by default (ADM-1, SEC-1). A place outside one's scope is hidden. */
import type { Actor } from '#lib/domain/actor.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { isInScope, rolesToGive, staffScope } from './staff-policy.ts'

export type DepartmentVerb =
  | 'see'
  | 'edit'
  | 'rename'
  /** A new one beneath this. */
  | 'add'
  /** People and cases go elsewhere. */
  | 'close'
  | 'reopen'
  /** Takes over what another one closes with. */
  | 'receive'
  /** Sets the rules of a province, which only a node of the first level has. */
  | 'rules'

type Answer = 'yes' | 'hidden' | Issue

/** Whether there is any department this actor looks after: whoever looks after staff does. */
export const managesDepartments = (actor: Actor): boolean => rolesToGive(actor).length > 0

/** A manager's own node and everything beneath; operators everywhere. */
const governs = (actor: Actor, path: string) =>
  actor.kind === 'staff' && path !== '' && isInScope(staffScope(actor), path)

/** '' for a root, which is nobody's but the operators'. */
const above = (path: string) => path.split('/').slice(0, -1).join('/')

const within = (actor: Actor, path: string): Answer => (governs(actor, path) ? 'yes' : 'hidden')

/** Nobody closes the node they manage: that is for who manages above it. */
function strictlyBelow(actor: Actor, path: string): Answer {
  if (!governs(actor, path)) return 'hidden'
  const everywhere = actor.kind === 'staff' && staffScope(actor) === null
  return everywhere || governs(actor, above(path)) ? 'yes' : issue(null, 'department-own-node')
}

const table: Readonly<Record<DepartmentVerb, (actor: Actor, path: string) => Answer>> = {
  see: within,
  edit: within,
  rename: within,
  add: within,
  close: strictlyBelow,
  reopen: strictlyBelow,
  rules: (actor, path) => (path.includes('/') ? 'hidden' : within(actor, path)),
  receive: (actor, path) => {
    if (!managesDepartments(actor)) return 'hidden'
    return governs(actor, path) ? 'yes' : issue('target', 'department-target-outside')
  },
}

/** `path` is `/`-joined ids from the root. */
export const judgeDepartment = (actor: Actor, verb: DepartmentVerb, path: string): Answer =>
  table[verb](actor, path)
