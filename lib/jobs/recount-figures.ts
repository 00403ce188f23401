import { recountFigures } from '#lib/commands/recount-figures.ts'
import type { JobKind } from './kinds.ts'

/** Left behind by a migration: what was there before figures were kept is counted once. Never given up. */
export const recountFiguresJob: JobKind = {
  long: true,
  run: async (deps) => {
    await recountFigures(deps)
  },
  failingSince: async () => null,
  giveUpAfterMs: () => Number.POSITIVE_INFINITY,
  giveUp: async () => undefined,
}
