/** Departments whose cases have come up to this reviewer, because nobody of their own is at work (REV-7). */

import { reviewerFacts } from '#db/queries/accounts.ts'
import { countCap } from '#db/queries/review.ts'
import { nearestAttended, unattended, waitingAt } from '#db/queries/unattended.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { nodeOf } from '#lib/domain/department-paths.ts'
import { isAway } from '#lib/domain/leave.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { mayGive } from '#lib/policy/staff-policy.ts'
import { countWords } from '#lib/text/ui.ts'
import { momentOf } from './departments.ts'

const shownAtMost = 10
const lookedAtMost = 1000

/** Those of the actor's subtrees whose nearest node with somebody at work is one the actor reviews at; none while they are away. */
export async function escalatedTo(deps: Deps, actor: Staff) {
  const { read, t } = deps.store
  const moment = momentOf(deps)
  const none = { rows: [], more: 0 }
  const within = reviewedPaths(actor)
  if (within.length === 0) return none
  const found = await unattended(read, t, { within }, moment, lookedAtMost)
  if (found.length === 0) return none
  const { awayUntil } = await reviewerFacts(read, t, deps.keys, actor.id)
  if (isAway(awayUntil, moment.today)) return none
  const nearest = await nearestAttended(read, t, found, moment)
  const own = new Set(within.map(nodeOf))
  const mine = found.filter(({ id }) => own.has(nearest.get(id) ?? ''))
  const shown = mine.slice(0, shownAtMost)
  const rows = []
  for (const { id, fullName, path } of shown)
    rows.push({
      id,
      fullName,
      cases: countWords(await waitingAt(read, t, id, moment.now, countCap), countCap),
      mayInvite: mayGive(actor, { role: 'reviewer', path }),
    })
  return { rows, more: mine.length - shown.length }
}
