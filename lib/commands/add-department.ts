import { eq } from 'drizzle-orm'
import { isDepartmentName, nextSort } from '#db/queries/departments.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { kindsBeneath } from '#lib/domain/department-kinds.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { checkNewDepartment } from '#lib/schemas/department.ts'
import { departmentFullName } from '#lib/text/departments.ts'
import { logDepartment, openDepartment, requireActive } from './support/department-work.ts'

export interface NewDepartment {
  readonly parentId: string
  readonly typed: unknown
  /** New with every page that shows the form: two clicks on one of them make one department. */
  readonly turn: string
}

/**
 * A department beneath another (ADM-1); its id has a prefix of its own, so that no region and no other department ever had or
 * gets it. Refused: the issues of `checkNewDepartment`, `department-no-room`, `department-name-taken`, `department-closed`;
 * `not-found` outside one's scope.
 */
export async function addDepartment(deps: Deps, actor: Actor, input: NewDepartment): Promise<{ id: string }> {
  const { store, keys, clock } = deps
  const { department } = store.t
  const read = checkNewDepartment(input.typed)
  return store.tx(async (q) => {
    const { node: parent } = await openDepartment(deps, q, actor, 'add', input.parentId)
    requireActive(parent)
    if (!read.ok) throw refused(...read.issues)
    const { name } = read.value
    const kinds = kindsBeneath(parent)
    if (kinds.length === 0) throw refused(issue(null, 'department-no-room'))
    const kind = kinds.find((one) => one === read.value.kind)
    if (!kind) throw refused(issue('childKind', 'not-offered'))
    const wishes = JSON.stringify([input.turn, actor.id, parent.id, name, kind])
    const id = `d-${keys.blind('department', wishes).slice(0, 32)}`
    const [there] = await q.select().from(department).where(eq(department.id, id)).limit(1)
    if (there) {
      if (there.version > 1) throw stale()
      return { id }
    }
    const fullName = departmentFullName(parent.fullName, { kind, name })
    if (await isDepartmentName(q, store.t, { parentId: parent.id, name, fullName, except: id }))
      throw refused(issue('childName', 'department-name-taken', { name }))
    await insert(q, department, {
      id,
      parentId: parent.id,
      path: `${parent.path}/${id}`,
      level: parent.level + 1,
      kind,
      name,
      fullName,
      // It serves a part of that place: where a household is in the same province, this is the province (BAS-4).
      regionCode: parent.regionCode,
      sort: await nextSort(q, store.t, parent),
      active: true,
      createdAt: clock.now(),
    })
    await logDepartment(deps, q, 'department.added', actor, { department: id, parent: parent.id, kind, name })
    return { id }
  })
}
