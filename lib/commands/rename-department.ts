import { sql } from 'drizzle-orm'
import { departmentById, isBeneath, isDepartmentName } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { checkDepartmentName } from '#lib/schemas/department.ts'
import { departmentFullName } from '#lib/text/departments.ts'
import {
  changeDepartment,
  type DepartmentForm,
  logDepartment,
  openDepartment,
  requireActive,
} from './support/department-work.ts'

/**
 * Calls a department something else, and with it everything beneath (ADM-1). What was submitted keeps the name of then. Refused:
 * the issues of a name, `department-own-name`, `department-name-taken`, `department-closed`; `stale`; `not-found`.
 */
export async function renameDepartment(deps: Deps, actor: Actor, input: DepartmentForm): Promise<void> {
  const { store } = deps
  const { department } = store.t
  const read = checkDepartmentName(input.typed)
  await store.tx(async (q) => {
    const { node } = await openDepartment(deps, q, actor, 'rename', input.departmentId)
    requireActive(node)
    if (node.kind === 'own') throw refused(issue('name', 'department-own-name'))
    if (!read.ok) throw refused(...read.issues)
    const name = read.value
    if (name === node.name) return
    const parent = node.parentId === null ? null : await departmentById(q, store.t, node.parentId)
    const fullName = departmentFullName(parent?.fullName ?? '', { kind: node.kind, name })
    if (await isDepartmentName(q, store.t, { parentId: node.parentId, name, fullName, except: node.id }))
      throw refused(issue('name', 'department-name-taken', { name }))
    await changeDepartment(deps, q, node, input.version, { name, fullName })
    // The seed leaves alone what has a version of its own, so that names beneath are not set back at the next start.
    const old = [...node.fullName].length
    await q
      .update(department)
      .set({
        fullName: sql`${fullName} || substr(${department.fullName}, ${sql.raw(String(old + 1))})`,
        version: sql`${department.version} + 1`,
      })
      .where(isBeneath(store.t, node.path))
    await logDepartment(deps, q, 'department.renamed', actor, {
      department: node.id,
      was: node.name,
      name,
    })
  })
}
