import { latestCases, type ServiceCase } from '#db/queries/cases.ts'
import { entriesOf } from '#db/queries/exam-entries.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { type CaseState, isOpen, isUnderReview } from '#lib/domain/case-states.ts'
import { paths } from '#lib/paths.ts'
import { outcomeWords } from '#lib/text/collection.ts'
import { dayWords } from '#lib/text/dates.ts'
import type { homeWords } from '#lib/text/home.ts'
import { creditsOfThisYear } from './credits.ts'
import { identityStanding } from './identity.ts'

type Card = keyof typeof homeWords.cards

const places: Readonly<Record<Card, string>> = {
  identity: paths.identity,
  identityWaiting: paths.identityPictures,
  identityReturned: paths.identityPictures,
  identityRefused: paths.identityPictures,
  start: paths.collection,
  draft: paths.collection,
  returned: paths.collectionStep('outcome'),
  waiting: paths.collectionStep('outcome'),
  approved: paths.record,
}
const nothingToDo: ReadonlySet<Card> = new Set(['identityWaiting', 'waiting', 'approved'])

const stateOf = (found: ServiceCase | undefined) =>
  found && found.state !== 'cancelled' ? found.state : null

/** Of one that is not over. */
const openState = (found: ServiceCase | undefined) => (found && isOpen(found.state) ? found.state : null)

async function newestEntry({ store }: Deps, personId: string) {
  const [found] = await entriesOf(store.read, store.t, personId, 1)
  return found?.entry.state ?? null
}

function identityCard(state: CaseState | null): Card {
  if (state === null) return 'identity'
  if (isUnderReview(state)) return 'identityWaiting'
  if (state === 'returned') return 'identityReturned'
  return state === 'refused' ? 'identityRefused' : 'identity'
}

function collectionCard(state: CaseState | null): Card {
  if (state === null) return 'start'
  if (isUnderReview(state)) return 'waiting'
  return state === 'returned' || state === 'approved' ? state : 'draft'
}

/** What waits for this person first, and the state of each module. */
export async function applicantHome(deps: Deps, actor: Applicant, identityState: 'none' | 'verified') {
  const cases = await latestCases(deps.store.read, deps.store.t, actor.id)
  const state = stateOf(cases.get('collection'))
  const verified = identityState === 'verified'
  const waiting = verified ? collectionCard(state) : identityCard(stateOf(cases.get('identity')))
  const found = cases.get(verified ? 'collection' : 'identity')
  const due =
    found && isUnderReview(found.state) && found.dueOn !== '' ? outcomeWords.due(dayWords(found.dueOn)) : ''
  const credits = verified ? await creditsOfThisYear(deps, actor.id) : null
  return {
    waiting,
    yours: !nothingToDo.has(waiting),
    href: places[waiting],
    verified,
    identity: identityStanding(verified, stateOf(cases.get('identity'))),
    state,
    due,
    credits,
    transfer: openState(cases.get('transfer')),
    /** Where their newest registration for an exam stands. */
    exam: verified ? await newestEntry(deps, actor.id) : null,
  }
}
