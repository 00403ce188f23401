import { sweep } from '#lib/jobs/sweep.ts'
import { withDeps } from './with-deps.ts'

export const run = () => withDeps(sweep)
