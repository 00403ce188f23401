import { and, eq, gt, isNull, or } from 'drizzle-orm'
import {
  type Department,
  departmentById,
  departmentsUnder,
  departmentTyped,
  isSelectable,
} from '#db/queries/departments.ts'
import type { Q, Schema } from '#db/store.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'
import { judgeDepartment } from '#lib/policy/department-policy.ts'
import { authorised } from '#lib/policy/staff-policy.ts'
import { checkClosing, closingTargetIn } from '#lib/schemas/department.ts'
import {
  changeDepartment,
  type DepartmentForm,
  lockTree,
  logDepartment,
  openDepartment,
} from './support/department-work.ts'
import { settleDeputies } from './support/deputies.ts'
import { enqueueJob } from './support/jobs.ts'
import { lockAccount } from './support/lock-account.ts'
import { moveJob } from './support/move-work.ts'
import { logStaff } from './support/staff-work.ts'

/**
 * Closes a department and merges it into another (ADM-1). From this moment nobody can choose it, its offices and open
 * invitations are over, and a job moves its people and open cases. Closing it again into the same one does no harm. Refused:
 * the issues of `checkClosing`, `department-own-node`, `department-closed`, `department-has-children`, and at `target`
 * `department-target` (nothing people may choose), `department-target-same`, `department-target-outside`; `stale`; `not-found`.
 */
export async function closeDepartment(deps: Deps, actor: Actor, input: DepartmentForm): Promise<void> {
  const { store } = deps
  const { t } = store
  const read = checkClosing(input.typed)
  await store.tx(async (q) => {
    const { node, acting } = await openDepartment(deps, q, actor, 'close', input.departmentId)
    if (!read.ok) throw refused(...(await targetIssues(deps, q, acting, node, input.typed)), ...read.issues)
    const target = await openTarget(deps, q, acting, read.value)
    if (target.id === node.id) throw refused(issue('target', 'department-target-same'))
    // The second of two clicks finds it done.
    if (!node.active && node.mergedInto === target.id) return
    if (!node.active) throw refused(issue(null, 'department-closed'))
    if ((await departmentsUnder(q, t, node.id)).length > 0)
      throw refused(issue(null, 'department-has-children'))
    await changeDepartment(deps, q, node, input.version, { active: false, mergedInto: target.id })
    // As it is from now on: a node may take over from the last one beneath it.
    if (!(await isSelectable(q, t, target))) throw refused(issue('target', 'department-target'))
    const offices = await endOffices(deps, q, acting, node.id)
    await enqueueJob(deps, q, { kind: moveJob, data: { department: node.id } })
    await logDepartment(deps, q, 'department.closed', actor, {
      department: node.id,
      into: target.id,
      offices,
    })
  })
}

/** What can be said of the target beside all else that is wrong, before anything is locked; one that is missing is told already. */
async function targetIssues(
  { store: { t } }: Deps,
  q: Q,
  acting: Staff,
  node: Department,
  typed: unknown,
): Promise<readonly Issue[]> {
  const chain = closingTargetIn(typed)
  const target = chain === '' ? null : await chosenOf(q, t, chain)
  if (!target) return chain === '' ? [] : [issue('target', 'required')]
  const answer = judgeDepartment(acting, 'receive', target.path)
  if (typeof answer !== 'string') return [answer]
  if (answer === 'hidden') return []
  if (target.id === node.id) return [issue('target', 'department-target-same')]
  const others = (await departmentsUnder(q, t, target.id)).filter(({ id }) => id !== node.id)
  return target.active && others.length === 0 ? [] : [issue('target', 'department-target')]
}

/** A city left over from another province is no answer. */
async function chosenOf(q: Q, t: Schema, chain: string): Promise<Department | null> {
  const chosen = await departmentTyped(q, t, chain)
  return chosen && chosen.id === chain.split('/').findLast((id) => id !== '') ? chosen : null
}

/** What the selects say, in the actor's own scope and as it stands under the lock of its tree. */
async function openTarget(deps: Deps, q: Q, acting: Staff, typed: string): Promise<Department> {
  const { t } = deps.store
  const chosen = await chosenOf(q, t, typed)
  if (!chosen) throw refused(issue('target', 'required'))
  authorised(judgeDepartment(acting, 'receive', chosen.path))
  await lockTree(deps, q, chosen)
  const target = await departmentById(q, t, chosen.id)
  if (!target) throw refused(issue('target', 'department-target'))
  return target
}

/** Offices at the node count no more, and no open invitation leads to one; how many offices were ended. */
async function endOffices(deps: Deps, q: Q, acting: Staff, departmentId: string): Promise<number> {
  const { staffGrant, invitation } = deps.store.t
  const now = deps.clock.now()
  const ended = await q
    .update(staffGrant)
    .set({ until: now })
    .where(
      and(eq(staffGrant.departmentId, departmentId), or(isNull(staffGrant.until), gt(staffGrant.until, now))),
    )
    .returning({
      accountId: staffGrant.accountId,
      role: staffGrant.role,
      deputyFor: staffGrant.deputyFor,
    })
  for (const { accountId, role, deputyFor } of ended)
    await logStaff(
      deps,
      q,
      deputyFor === null ? 'staff.grant-ended' : 'staff.deputy-ended',
      { actorId: acting.id, personId: accountId },
      { role, department: departmentId, ...(deputyFor === null ? {} : { for: deputyFor }) },
    )
  for (const id of new Set(ended.map(({ accountId }) => accountId))) {
    await lockAccount(deps, q, id)
    await settleDeputies(deps, q, acting, id)
  }
  await update(q, invitation, { departmentId, usedAt: null, revokedAt: null }, { revokedAt: now })
  return ended.length
}
