import { recountJob } from '#lib/commands/recount-figures.ts'
import { checkJob } from '#lib/commands/support/checks.ts'
import { exportJob } from '#lib/commands/support/export-work.ts'
import { moveJob } from '#lib/commands/support/move-work.ts'
import { rosterJob } from '#lib/commands/support/rosters.ts'
import type { Deps } from '#lib/deps.ts'
import { checkClaim } from './check-claim.ts'
import { enterRosterJob } from './enter-roster.ts'
import { moveDepartmentJob } from './move-department.ts'
import { recountFiguresJob } from './recount-figures.ts'
import { writeExportJob } from './write-export.ts'

export type JobData = Readonly<Record<string, string | number>>

/** What a job does. It may be run twice: after a crash, or when its lease ran out. */
export interface JobKind {
  readonly run: (deps: Deps, data: JobData) => Promise<void>
  /** Takes longer than seconds: done one at a time, in a loop of its own, its lease kept up meanwhile. */
  readonly long?: true
  /** Told of the run that failed first, before it is tried again. */
  readonly failed?: (deps: Deps, data: JobData) => Promise<void>
  /** How long it is tried at all, counted from when it first failed. */
  readonly giveUpAfterMs: (deps: Deps) => number
  /** When it first failed; null before it did. A server that was down for days gives nothing up at its start. */
  readonly failingSince: (deps: Deps, data: JobData) => Promise<Date | null>
  /** What happens then; the job is dead afterwards. */
  readonly giveUp: (deps: Deps, data: JobData) => Promise<void>
  /** Nobody was asked, because the provider is given a rest: not counted as a try, and not tried again before that is over. */
  readonly isNoTry?: (error: unknown) => boolean
}

export const jobKinds: Readonly<Record<string, JobKind>> = {
  [checkJob]: checkClaim,
  [moveJob]: moveDepartmentJob,
  [recountJob]: recountFiguresJob,
  [exportJob]: writeExportJob,
  [rosterJob]: enterRosterJob,
}

export const longKinds: readonly string[] = Object.keys(jobKinds).filter((kind) => jobKinds[kind]?.long)
