import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { checkDepartmentFacts } from '#lib/schemas/department.ts'
import { workProofKinds } from '#lib/sections/options.ts'
import {
  changeDepartment,
  type DepartmentForm,
  logDepartment,
  openDepartment,
  requireActive,
} from './support/department-work.ts'

const facts = ['phone', 'address', 'hours', 'reviewDays', 'acceptedProofs'] as const

/**
 * Contact, review time and accepted proofs of a department (ADM-1, WRK-4). The same form twice changes nothing the second time.
 * Refused: the issues of `checkDepartmentFacts`, `department-closed`; `stale`; `not-found` outside one's scope.
 */
export async function editDepartment(deps: Deps, actor: Actor, input: DepartmentForm): Promise<void> {
  const read = checkDepartmentFacts(input.typed, workProofKinds)
  await deps.store.tx(async (q) => {
    const { node } = await openDepartment(deps, q, actor, 'edit', input.departmentId)
    requireActive(node)
    if (!read.ok) throw refused(...read.issues)
    const changed = facts.filter((fact) => node[fact] !== read.value[fact])
    if (changed.length === 0) return
    await changeDepartment(deps, q, node, input.version, read.value)
    const { reviewDays, acceptedProofs } = read.value
    await logDepartment(deps, q, 'department.edited', actor, {
      department: node.id,
      changed: changed.join(' '),
      reviewDays,
      acceptedProofs,
    })
  })
}
