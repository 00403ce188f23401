import { departmentById } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import {
  changeDepartment,
  type DepartmentForm,
  logDepartment,
  openDepartment,
} from './support/department-work.ts'

/**
 * Offers a department again (ADM-1): one that was closed, or a 省本级 that was never open. Who has moved away stays where they are,
 * and offices are given anew. Reopening twice does no harm. Refused: `department-own-node`, `department-parent-closed`; `stale`;
 * `not-found`.
 */
export async function reopenDepartment(
  deps: Deps,
  actor: Actor,
  { departmentId, version }: Omit<DepartmentForm, 'typed'>,
): Promise<void> {
  const { t } = deps.store
  await deps.store.tx(async (q) => {
    const { node } = await openDepartment(deps, q, actor, 'reopen', departmentId)
    if (node.active) return
    const parent = node.parentId === null ? null : await departmentById(q, t, node.parentId)
    if (parent && !parent.active) throw refused(issue(null, 'department-parent-closed'))
    await changeDepartment(deps, q, node, version, { active: true, mergedInto: null })
    await logDepartment(deps, q, 'department.reopened', actor, { department: node.id })
  })
}
