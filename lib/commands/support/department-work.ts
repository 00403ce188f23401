/** What every command on departments does first and last (ADM-1): who acts now, the node as it is now, its change and the log. */
import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { type Department, departmentById } from '#db/queries/departments.ts'
import type { Q, Schema } from '#db/store.ts'
import { lock } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { type DepartmentVerb, judgeDepartment } from '#lib/policy/department-policy.ts'
import { authorised } from '#lib/policy/staff-policy.ts'
import { actingStaff } from './staff-work.ts'

/** The form of a node, as it was shown. */
export interface DepartmentForm {
  readonly departmentId: string
  /** Of the node as it was seen; another one since then is `stale`. */
  readonly version: number
  /** The form as typed, by field name. */
  readonly typed: unknown
}

/** One change at a time beneath a node of the first level: an update that changes nothing locks its row, on either engine. */
export async function lockTree({ store }: Deps, q: Q, { path }: Pick<Department, 'path'>): Promise<void> {
  const { department } = store.t
  const [root = ''] = path.split('/')
  await lock(q, department, root)
}

/** The node under the lock of its tree, if `actor` may do `verb` to it; `not-found` or `refused` otherwise. */
export async function openDepartment(
  deps: Deps,
  q: Q,
  actor: Actor,
  verb: DepartmentVerb,
  departmentId: string,
): Promise<{ readonly node: Department; readonly acting: Staff }> {
  const { t } = deps.store
  const acting = await actingStaff(deps, q, actor)
  const seen = await departmentById(q, t, departmentId)
  if (!seen) throw notFound()
  authorised(judgeDepartment(acting, verb, seen.path))
  await lockTree(deps, q, seen)
  const node = await departmentById(q, t, departmentId)
  if (!node) throw notFound()
  return { node, acting }
}

/** Nothing but its reopening is done to a closed node. */
export function requireActive(node: Department): void {
  if (!node.active) throw refused(issue(null, 'department-closed'))
}

/** Changes the node if it still is as it was seen; `stale` otherwise. */
export async function changeDepartment(
  { store }: Deps,
  q: Q,
  { id }: Pick<Department, 'id'>,
  version: number,
  change: Partial<Schema['department']['$inferInsert']>,
): Promise<void> {
  const { department } = store.t
  const [row] = await q
    .update(department)
    .set({ ...change, version: version + 1 })
    .where(and(eq(department.id, id), eq(department.version, version)))
    .returning({ id: department.id })
  if (!row) throw stale()
}

/** What happened to a department, by whom. */
export const logDepartment = (
  { store, clock }: Deps,
  q: Q,
  kind: string,
  /** Null where the service itself did it. */
  actor: Actor | null,
  data: Record<string, string | number | boolean> & { readonly department: string },
) =>
  record(q, store.t, {
    id: newId(clock.now()),
    kind,
    ...(actor === null ? {} : { actorId: actor.id }),
    data,
    at: clock.now(),
  })
