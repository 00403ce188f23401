import { and, eq, inArray, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import {
  type Department,
  departmentById,
  openCasesAt,
  peopleAt,
  successorOf,
} from '#db/queries/departments.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { isOpen } from '#lib/domain/case-states.ts'
import { changesBetween } from '#lib/domain/figures.ts'
import { newId } from '#lib/ids.ts'
import { openCaseForService } from './support/case-work.ts'
import { logDepartment } from './support/department-work.ts'
import { addFigures, asCounts } from './support/figures.ts'
import { enqueueJob } from './support/jobs.ts'
import { moveCase, moveJob } from './support/move-work.ts'

/** So many in one transaction: a case takes some twenty statements, and others wait for their turn to write. */
const peopleAtOnce = 500
const casesAtOnce = 50

/**
 * Moves some of the people and open cases of a closed department to the one that took over, and asks to be run again until
 * there is nobody left (ADM-1). Nothing happens to one that is open, or open again. Gives how many were moved.
 */
export async function moveDepartment(
  deps: Deps,
  { departmentId }: { departmentId: string },
): Promise<number> {
  const { store } = deps
  const { t } = store
  return store.tx(async (q) => {
    const closed = await departmentById(q, t, departmentId)
    if (!closed || closed.active) return 0
    const target = await heldSuccessor(deps, q, closed)
    if (!target) return 0
    const people = await movePeople(deps, q, closed.id, target.id)
    const cases = await moveCases(deps, q, closed.id, target)
    if (people + cases === 0) return 0
    await enqueueJob(deps, q, { kind: moveJob, data: { department: closed.id } })
    const data = { department: closed.id, into: target.id, people, cases }
    await logDepartment(deps, q, 'department.moved', null, data)
    return people + cases
  })
}

/** The node that took over, locked: it may not close before those who move there are seen by its own move. */
async function heldSuccessor({ store }: Deps, q: Q, closed: Department): Promise<Department | null> {
  const { department } = store.t
  for (;;) {
    const found = await successorOf(q, store.t, closed)
    if (!found) return null
    const [held] = await q
      .update(department)
      .set({ version: sql`${department.version}` })
      .where(and(eq(department.id, found.id), eq(department.active, true)))
      .returning()
    if (held) return held
  }
}

async function movePeople(deps: Deps, q: Q, from: string, to: string): Promise<number> {
  const { store, clock } = deps
  const { t } = store
  const ids = await peopleAt(q, t, from, peopleAtOnce)
  if (ids.length === 0) return 0
  const moved = await q
    .update(t.person)
    .set({ departmentId: to, version: sql`${t.person.version} + 1` })
    .where(and(inArray(t.person.id, ids), eq(t.person.departmentId, from)))
    .returning({ id: t.person.id, counted: t.person.counted })
  await addFigures(
    deps,
    q,
    moved.flatMap(({ counted }) => {
      const counts = asCounts(counted)
      return changesBetween({ at: from, counts }, { at: to, counts })
    }),
  )
  const at = clock.now()
  for (const { id } of moved) {
    const data = { from, department: to }
    await record(q, t, { id: newId(at), kind: 'person.department-merged', personId: id, data, at })
  }
  return moved.length
}

async function moveCases(deps: Deps, q: Q, from: string, target: Department): Promise<number> {
  let moved = 0
  for (const id of await openCasesAt(q, deps.store.t, from, casesAtOnce)) {
    const file = await openCaseForService(deps, q, id)
    // Decided, or sent elsewhere, while this waited for it.
    if (!file || !isOpen(file.case.state)) continue
    if (file.case.departmentId !== from && file.case.sentTo !== from) continue
    await moveCase(deps, q, file, from, target)
    moved += 1
  }
  return moved
}
