/** 部门管理 (ADM-1): the tree one level at a time, within the viewer's scope. */

import {
  type Department,
  departmentById,
  departmentChain,
  departmentLevel,
  departmentsWithChildren,
} from '#db/queries/departments.ts'
import { unattended } from '#db/queries/unattended.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { nodeOf, outermost } from '#lib/domain/department-paths.ts'
import { notFound } from '#lib/domain/errors.ts'
import { judgeDepartment, managesDepartments } from '#lib/policy/department-policy.ts'
import { staffScope } from '#lib/policy/staff-policy.ts'

export const departmentPageSize = 50
const unattendedShown = 10

export const momentOf = ({ clock }: Deps) => ({ now: clock.now(), today: dayOf(clock.now()) })

/** A node of the viewer's scope, whatever its state; `not-found` elsewhere. */
export async function seenDepartment(deps: Deps, actor: Staff, id: string): Promise<Department> {
  const { read, t } = deps.store
  const node = await departmentById(read, t, id.slice(0, 100))
  if (!node || judgeDepartment(actor, 'see', node.path) !== 'yes') throw notFound()
  return node
}

/** The way down to a node, from where the viewer's scope begins, itself last. */
export async function seenChain({ store }: Deps, actor: Staff, node: Department) {
  const chain = await departmentChain(store.read, store.t, node)
  return chain.filter(({ path }) => judgeDepartment(actor, 'see', path) === 'yes')
}

/** Where the viewer's tree begins: the first level, or the nodes they manage, without those beneath another of them. */
function rootsOf(actor: Staff) {
  const scope = staffScope(actor)
  if (scope === null) return { parentId: null }
  return { ids: outermost(scope).map(nodeOf) }
}

const cursorIn = (text: string) => {
  const [, sort, id] = /^(\d{1,9})\.(.{1,100})$/.exec(text) ?? []
  return sort && id ? { sort: Number(sort), id } : null
}

export interface DepartmentLine {
  readonly id: string
  readonly name: string
  readonly reviewDays: number
  readonly phone: string
  readonly isActive: boolean
  /** Closed, and gone into another. */
  readonly isMerged: boolean
  readonly hasBeneath: boolean
  /** Cases wait, and nobody at work reviews or manages exactly here (REV-7). */
  readonly isUnattended: boolean
}

/** One page of one level, `under` a node or where the viewer's tree begins (''); `not-found` outside the scope. */
export async function departmentList(
  deps: Deps,
  actor: Staff,
  { under, after }: { readonly under: string; readonly after: string },
) {
  if (!managesDepartments(actor)) throw notFound()
  const { read, t } = deps.store
  const node = under === '' ? null : await seenDepartment(deps, actor, under)
  const cursor = cursorIn(after)
  const found = await departmentLevel(read, t, node ? { parentId: node.id } : rootsOf(actor), {
    after: cursor,
    limit: departmentPageSize + 1,
  })
  const shown = found.slice(0, departmentPageSize)
  const ids = shown.map(({ id }) => id)
  const moment = momentOf(deps)
  const [beneath, here, everywhere, chain] = await Promise.all([
    departmentsWithChildren(read, t, ids),
    unattended(read, t, { ids }, moment, ids.length),
    // Escalated upward (REV-7): whoever manages above sees it at once, however deep it is.
    node === null
      ? unattended(read, t, { within: staffScope(actor) }, moment, unattendedShown + 1)
      : Promise.resolve([]),
    node ? seenChain(deps, actor, node) : Promise.resolve([]),
  ])
  const flagged = new Set(here.map(({ id }) => id))
  const last = shown.at(-1)
  return {
    node: node && { id: node.id, name: node.name, fullName: node.fullName },
    chain: chain.map(({ id, name }) => ({ id, name })),
    continued: cursor !== null,
    next: found.length > shown.length && last ? `${last.sort}.${last.id}` : null,
    unattended: everywhere.slice(0, unattendedShown),
    moreUnattended: everywhere.length > unattendedShown,
    rows: shown.map(
      (row): DepartmentLine => ({
        id: row.id,
        // Where a tree begins the name alone does not say whose it is.
        name: node === null ? row.fullName : row.name,
        reviewDays: row.reviewDays,
        phone: row.phone,
        isActive: row.active,
        isMerged: row.mergedInto !== null,
        hasBeneath: beneath.has(row.id),
        isUnattended: flagged.has(row.id),
      }),
    ),
  }
}
