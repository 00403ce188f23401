/** What commands tell the figures (ADM-2): appended in the transaction of the change, added up by a worker. */
import { sql } from 'drizzle-orm'
import { countedPeople, countedRounds, lockCounted, pathsOf } from '#db/queries/figures.ts'
import type { Q } from '#db/store.ts'
import { insert, update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import {
  type Change,
  type Count,
  type CountedCase,
  type CountedPerson,
  changesBetween,
  countsOfCase,
  countsOfPerson,
  flowOfSubmission,
  flowsOfRound,
  isOfDepartmentOnly,
  type Measure,
  rolledUp,
  summed,
} from '#lib/domain/figures.ts'
import { newId } from '#lib/ids.ts'
import { educationLevels, qualificationLevels } from '#lib/sections/options.ts'

const ranks = { education: educationLevels, title: qualificationLevels }

/** What a record counts as; see `countsOfPerson`. */
export const personCounts = (person: CountedPerson): readonly Count[] => countsOfPerson(person, ranks)

/** Nothing where nothing changes. */
export async function addFigures(deps: Deps, q: Q, changes: readonly Change[]): Promise<void> {
  const some = summed(changes)
  if (some.length === 0) return
  await insert(q, deps.store.t.figureDelta, { id: newId(deps.clock.now()), changes: some })
}

/** How a record is counted: to be read before it is changed, and given to `recountPerson` after. */
export interface Counted {
  readonly at: string | null
  readonly counts: readonly Count[]
}

/** Not counted anywhere. */
export const nowhere: Counted = { at: null, counts: [] }

/** How a record is counted now; nobody moves or recounts it before the transaction is over, as its change would be told twice. */
export async function countedNow({ store }: Deps, q: Q, personId: string): Promise<Counted> {
  const [known] = await lockCounted(q, store.t, { personId })
  return known ? { at: known.at, counts: asCounts(known.counted) } : nowhere
}

/** As they were written by `addFigures`. */
export const asChanges = (
  changes: readonly (readonly [string, string, string, string, number])[],
): readonly Change[] => changes as readonly Change[]

/** As they were written by `recountPerson`. */
export const asCounts = (counted: readonly (readonly [string, string])[] | null): readonly Count[] =>
  (counted ?? []) as readonly Count[]

/** Counts a record as it is after a change, instead of as it was before. */
export async function recountPerson(deps: Deps, q: Q, personId: string, before: Counted): Promise<void> {
  const { person } = deps.store.t
  const [now] = await countedPeople(q, deps.store.t, [personId])
  if (!now) return
  const counts = personCounts(now.as)
  await update(q, person, { id: personId }, { counted: counts })
  await addFigures(deps, q, changesBetween(before, { at: now.departmentId, counts }))
}

export const flowChanges = (
  at: string,
  flows: ReturnType<typeof flowsOfRound>,
  by: number,
): readonly Change[] => flows.map(([period, measure, bucket]) => [at, period, measure, bucket, by] as const)

/** What a case counts as now instead of before. */
export const caseChanges = (before: CountedCase, after: CountedCase): readonly Change[] =>
  changesBetween(
    { at: before.sentTo, counts: countsOfCase(before) },
    { at: after.sentTo, counts: countsOfCase(after) },
  )

/** A round was submitted. */
export const countSubmission = (
  deps: Deps,
  q: Q,
  of: Parameters<typeof flowOfSubmission>[0] & { readonly departmentId: string },
): Promise<void> => addFigures(deps, q, flowChanges(of.departmentId, [flowOfSubmission(of)], 1))

/** A round was decided: once its row and its findings are written. */
export async function countRound(
  deps: Deps,
  q: Q,
  { caseId, round }: { readonly caseId: string; readonly round: number },
): Promise<void> {
  const calendar = await deps.calendar()
  const one = (await countedRounds(q, deps.store.t, [caseId])).find((found) => found.round === round)
  if (!one) throw new Error('a round that is not there')
  const flows = flowsOfRound(one, calendar)
  // The submission was counted when it came.
  const now = flows.filter(([, measure]) => measure !== 'submitted')
  await addFigures(deps, q, flowChanges(one.departmentId, now, 1))
}

/** Rounds that stand at another department now, from where they were counted: call it before they are moved there. */
export async function moveRounds(
  deps: Deps,
  q: Q,
  caseId: string,
  to: string,
  which: (round: { readonly departmentId: string; readonly round: number }) => boolean,
): Promise<void> {
  const calendar = await deps.calendar()
  const moved = (await countedRounds(q, deps.store.t, [caseId])).filter(which)
  await addFigures(
    deps,
    q,
    moved.flatMap((one) => {
      const flows = flowsOfRound(one, calendar)
      return [...flowChanges(one.departmentId, flows, -1), ...flowChanges(to, flows, 1)]
    }),
  )
}

const rowsAtOnce = 200

/** Adds to the figures, each change at its department and above it. A department that is gone counts for the country alone. */
export async function addUp({ store }: Deps, q: Q, changes: readonly Change[]): Promise<void> {
  const { figure } = store.t
  const paths = await pathsOf(q, store.t, [...new Set(changes.map(([at]) => at))])
  const chainOf = (at: string, measure: Measure) =>
    isOfDepartmentOnly(measure) ? [at] : rolledUp(paths.get(at) ?? at)
  const all = summed(
    changes.flatMap(([at, period, measure, bucket, by]) =>
      chainOf(at, measure).map((place) => [place, period, measure, bucket, by] as const),
    ),
  )
  // In one order, so that two processes never wait for each other in turn.
  const rows = all
    .map(([departmentId, period, measure, bucket, value]) => ({
      departmentId,
      period,
      measure,
      bucket,
      value,
    }))
    .sort((a, b) => compare(keyOf(a), keyOf(b)))
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await q
      .insert(figure)
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflictDoUpdate({
        target: [figure.departmentId, figure.period, figure.measure, figure.bucket],
        set: { value: sql`${figure.value} + excluded.value` },
      })
}

const keyOf = (row: Record<'departmentId' | 'period' | 'measure' | 'bucket', string>) =>
  JSON.stringify([row.departmentId, row.period, row.measure, row.bucket])
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
