import { setImmediate as othersFirst } from 'node:timers/promises'
import { casesAfter, countedCases, countedPeople, countedRounds, peopleAfter } from '#db/queries/figures.ts'
import type { Q } from '#db/store.ts'
import { update } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'
import { type Change, changesBetween, countsOfCase, flowsOfRound, summed } from '#lib/domain/figures.ts'
import { addUp, flowChanges, nowhere, personCounts } from './support/figures.ts'

/** The job that a migration leaves behind, and the verb of the same name. */
export const recountJob = 'recount-figures'

const peopleAtOnce = 1000
const casesAtOnce = 1000
/** So many different numbers are held before they are written. */
const held = 100_000

/**
 * Counts everything anew, from the record and the cases alone, and forgets what was counted before (ADM-2). All of it sees
 * one moment; on SQLite nobody else writes meanwhile (reading goes on), so it is for a quiet hour where there are many people.
 */
export async function recountFigures(deps: Deps): Promise<{ people: number; cases: number }> {
  const { store } = deps
  return store.tx(
    async (q) => {
      await q.delete(store.t.figureDelta)
      await q.delete(store.t.figure)
      const sum = summing(deps, q)
      const people = await countPeople(deps, q, sum.add)
      const cases = await countCases(deps, q, sum.add)
      await sum.write()
      return { people, cases }
    },
    { snapshot: true },
  )
}

type Add = (changes: readonly Change[]) => Promise<void>

function summing(deps: Deps, q: Q) {
  let waiting: Change[] = []
  const write = async () => {
    await addUp(deps, q, waiting)
    waiting = []
  }
  const add: Add = async (changes) => {
    waiting.push(...changes)
    if (waiting.length < held) return
    waiting = [...summed(waiting)]
    if (waiting.length >= held / 2) await write()
  }
  return { add, write }
}

async function countPeople({ store }: Deps, q: Q, add: Add): Promise<number> {
  const { person } = store.t
  let found = 0
  for (let after = ''; ; ) {
    const ids = await peopleAfter(q, store.t, after, peopleAtOnce)
    const last = ids.at(-1)
    if (last === undefined) return found
    const changes: Change[] = []
    for (const { id, departmentId, counted, as } of await countedPeople(q, store.t, ids)) {
      const counts = personCounts(as)
      if (JSON.stringify(counts) !== JSON.stringify(counted))
        await update(q, person, { id }, { counted: counts })
      changes.push(...changesBetween(nowhere, { at: departmentId, counts }))
    }
    await add(changes)
    // Readers go on: SQLite answers without ever giving the loop back.
    await othersFirst()
    found += ids.length
    after = last
  }
}

async function countCases(deps: Deps, q: Q, add: Add): Promise<number> {
  const { t } = deps.store
  const calendar = await deps.calendar()
  let found = 0
  for (let after = ''; ; ) {
    const ids = await casesAfter(q, t, after, casesAtOnce)
    const last = ids.at(-1)
    if (last === undefined) return found
    const cases = await countedCases(q, t, ids)
    const rounds = await countedRounds(q, t, ids)
    await add([
      ...cases.flatMap((one) => changesBetween(nowhere, { at: one.sentTo, counts: countsOfCase(one) })),
      ...rounds.flatMap((one) => flowChanges(one.departmentId, flowsOfRound(one, calendar), 1)),
    ])
    await othersFirst()
    found += ids.length
    after = last
  }
}
