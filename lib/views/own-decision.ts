/** What somebody has decided a moment ago: of two clicks the second is answered like the first. */
import { caseById, roundAt } from '#db/queries/cases.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'

const momentMs = 60_000

/** How the last round of a case ended, where this actor ended it within the last minute; null otherwise. */
export async function ownDecision({ store, clock }: Deps, actor: Staff, caseId: string) {
  const { read, t } = store
  const found = await caseById(read, t, caseId)
  const round = found ? await roundAt(read, t, caseId, found.round) : null
  if (!round?.decidedAt || round.decidedBy !== actor.id) return null
  return clock.now().getTime() - round.decidedAt.getTime() < momentMs ? round.outcome : null
}
