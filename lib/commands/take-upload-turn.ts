import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { take } from '#lib/limits.ts'

/** One upload of the hour's allowance, taken before the picture is read; `uploads-too-many` when there is none left. */
export async function takeUploadTurn(deps: Deps, actor: Person): Promise<void> {
  const limit = deps.env.limits.uploadsPerPersonPerHour
  const left = await deps.store.tx((q) =>
    take(q, deps.store.t, `upload:${actor.id}`, { limit, windowMs: 3_600_000 }, deps.clock.now()),
  )
  if (!left) throw refused(issue(null, 'uploads-too-many'))
}
