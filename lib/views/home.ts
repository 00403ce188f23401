import { latestCase } from '#db/queries/cases.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { isUnderReview } from '#lib/domain/case-states.ts'
import { paths } from '#lib/paths.ts'
import { outcomeWords } from '#lib/text/collection.ts'
import { dayWords } from '#lib/text/dates.ts'
import type { homeWords } from '#lib/text/home.ts'

/** What waits for this person first, and the state of each module. */
export async function applicantHome(deps: Deps, actor: Applicant, identityState: 'none' | 'verified') {
  const { read, t } = deps.store
  const found = await latestCase(read, t, actor.id, 'collection')
  const state = found && found.state !== 'cancelled' ? found.state : null
  const verified = identityState === 'verified'
  const waiting: keyof typeof homeWords.cards = !verified
    ? 'identity'
    : state === null
      ? 'start'
      : isUnderReview(state)
        ? 'waiting'
        : state === 'returned' || state === 'approved'
          ? state
          : 'draft'
  const href = {
    identity: paths.identity,
    start: paths.collection,
    draft: paths.collection,
    returned: paths.collectionStep('outcome'),
    waiting: paths.collectionStep('outcome'),
    approved: paths.collectionStep('outcome'),
  }[waiting]
  const due =
    found && isUnderReview(found.state) && found.dueOn !== '' ? outcomeWords.due(dayWords(found.dueOn)) : ''
  const yours = waiting !== 'waiting' && waiting !== 'approved'
  return { waiting, yours, href, verified, state, due }
}
