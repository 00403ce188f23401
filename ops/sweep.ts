import { sweep } from '#lib/jobs/sweep.ts'
import { sweepOrphans } from '#lib/jobs/sweep-leftovers.ts'
import { withDeps } from './with-deps.ts'

export const run = () =>
  withDeps(async (deps) => {
    await sweep(deps)
    await sweepOrphans(deps)
  })
