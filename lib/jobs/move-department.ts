import { and, eq, isNull } from 'drizzle-orm'
import { unfinishedMoves } from '#db/queries/departments.ts'
import { moveDepartment } from '#lib/commands/move-department.ts'
import { enqueueJob } from '#lib/commands/support/jobs.ts'
import { moveJob } from '#lib/commands/support/move-work.ts'
import type { Deps } from '#lib/deps.ts'
import type { JobKind } from './kinds.ts'

/** It is never given up: whoever was left behind would stand in nobody's queue. */
export const moveDepartmentJob: JobKind = {
  run: async (deps, { department }) => {
    await moveDepartment(deps, { departmentId: String(department) })
  },
  failingSince: async () => null,
  giveUpAfterMs: () => Number.POSITIVE_INFINITY,
  giveUp: async () => undefined,
}

/** Whoever was sent to a department in the moment it closed follows the others. */
export async function resumeMoves(deps: Deps): Promise<void> {
  const { store } = deps
  const { job } = store.t
  const left = await unfinishedMoves(store.read, store.t)
  if (left.length === 0) return
  await store.tx(async (q) => {
    const waiting = await q
      .select({ data: job.data })
      .from(job)
      .where(and(eq(job.kind, moveJob), isNull(job.doneAt), isNull(job.deadAt)))
    const asked = new Set(waiting.map(({ data }) => data.department))
    for (const department of left)
      if (!asked.has(department)) await enqueueJob(deps, q, { kind: moveJob, data: { department } })
  })
}
