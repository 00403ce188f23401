import { enterRoster } from '#lib/commands/enter-roster.ts'
import type { JobKind } from './kinds.ts'

/** It is never given up: what was confirmed is entered. */
export const enterRosterJob: JobKind = {
  run: async (deps, { roster, by }) => {
    await enterRoster(deps, { rosterId: String(roster), by: String(by) })
  },
  failingSince: async () => null,
  giveUpAfterMs: () => Number.POSITIVE_INFINITY,
  giveUp: async () => undefined,
}
