/** The figures of the country (ADM-2), summed as it is made: counting it anew would read all of it. */
import type { Q } from '#db/store.ts'
import { addUp, nowhere } from '#lib/commands/support/figures.ts'
import type { Deps } from '#lib/deps.ts'
import {
  type Change,
  type Count,
  type CountedRound,
  changesBetween,
  flowsOfRound,
  summed,
} from '#lib/domain/figures.ts'
import type { WorkCalendar } from '#lib/domain/working-days.ts'

export interface Counting {
  readonly calendar: WorkCalendar
  /** Something that stands at a department now. */
  stands(at: string, counts: readonly Count[]): void
  /** What happened in a round that a department judged. */
  happened(at: string, round: CountedRound): void
  /** Adds what is held to the figures where that is much, or in any case. */
  write(q: Q, how?: { readonly all: boolean }): Promise<void>
}

/** So many changes are held before they are added up. */
const much = 200_000

export function countingInto(deps: Deps, calendar: WorkCalendar): Counting {
  let held: Change[] = []
  return {
    calendar,
    stands: (at, counts) => void held.push(...changesBetween(nowhere, { at, counts })),
    happened(at, round) {
      for (const [period, measure, bucket] of flowsOfRound(round, calendar))
        held.push([at, period, measure, bucket, 1])
    },
    async write(q, { all } = { all: false }) {
      if (held.length < much && !all) return
      await addUp(deps, q, summed(held))
      held = []
    },
  }
}
