import { recountFigures } from '#lib/commands/recount-figures.ts'
import { withDeps } from './with-deps.ts'

/** `recount-figures`: for when `verify` says that figures are not what the record says, or after a restore by hand. */
export const run = () =>
  withDeps(async (deps) => {
    const { people, cases } = await recountFigures(deps)
    process.stdout.write(`Counted ${people} people and ${cases} cases anew.\n`)
  })
