import { setImmediate as othersFirst } from 'node:timers/promises'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { monthOf } from '#lib/domain/months.ts'
import type { RosterBody, RosterFault, RosterLine } from '#lib/domain/rosters.ts'
import { newId } from '#lib/ids.ts'
import { readRoster } from '#lib/readers/roster-file.ts'
import { judgeLines, logRoster, ownsOf, rosterDepartment, sealBody } from './support/rosters.ts'
import { actingStaff } from './support/staff-work.ts'

const linesAtOnce = 100

/**
 * 上传并核对 (CRE-1): judges every line and enters none; gives the id of the list, which waits to be confirmed. What is good is
 * kept sealed; of what is not, only number, column and reason. Refused: the issues of `readRoster`; `not-found`
 * outside the actor's scope.
 */
export async function checkRoster(
  deps: Deps,
  actor: Actor,
  { departmentId, text }: { readonly departmentId: string; readonly text: AsyncIterable<string> },
): Promise<string> {
  const { store, clock } = deps
  // Before the file is read: who enters nothing there learns nothing of it.
  const { path } = await rosterDepartment(deps, store.read, actor, departmentId)
  const read = await readRoster(text, { latest: monthOf(dayOf(clock.now())) })
  if (!read.ok) throw refused(...read.issues)
  const { count, lines, faults } = read.value
  const judged = await judgeAll(deps, actor, path, lines)
  const body: RosterBody = {
    good: judged.good,
    faults: [...faults, ...judged.faults].toSorted((one, other) => one.line - other.line),
  }
  const at = clock.now()
  const id = newId(at)
  const linesSealed = sealBody(deps, id, body)
  return store.tx(async (q) => {
    const acting = await actingStaff(deps, q, actor)
    await rosterDepartment(deps, q, acting, departmentId)
    const row = { id, departmentId, by: actor.id, at, linesSealed, state: 'checked', lines: count } as const
    await insert(q, store.t.roster, row)
    await logRoster(deps, q, 'roster.checked', actor.id, row, { lines: count, good: body.good.length })
    return id
  })
}

/** Outside any transaction: it looks at thousands of rows. What is confirmed is judged again as it is entered. */
async function judgeAll(deps: Deps, actor: Actor, path: string, lines: readonly RosterLine[]) {
  if (actor.kind !== 'staff') throw notFound()
  const { read } = deps.store
  const paths = [path]
  const scene = { paths, owns: await ownsOf(deps, read, actor, paths), seen: new Set<string>() }
  const good: RosterLine[] = []
  const faults: RosterFault[] = []
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const judged = await judgeLines(deps, read, scene, lines.slice(from, from + linesAtOnce))
    good.push(...judged.good.map(({ line }) => line))
    faults.push(...judged.faults)
    await othersFirst()
  }
  return { good, faults }
}
