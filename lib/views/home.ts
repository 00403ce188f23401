import { latestCases, type ServiceCase } from '#db/queries/cases.ts'
import { entriesOf, type FoundEntry } from '#db/queries/exam-entries.ts'
import { departmentNames } from '#db/queries/transfers.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { type CaseState, isUnderReview } from '#lib/domain/case-states.ts'
import { changeKinds } from '#lib/domain/changes.ts'
import { holdsSeat } from '#lib/domain/exams.ts'
import { creditsOfThisYear } from './credits.ts'
import { paymentView } from './exam-payments.ts'
import { type Card, inOrder, isTold, stepOfCard, stepOfCase, stepOfEntry } from './home-steps.ts'
import { identityStanding } from './identity.ts'
import { moduleState, obstaclesTo } from './task-state.ts'

export { isYours } from './home-steps.ts'

const stateOf = (found: ServiceCase | undefined) =>
  found && found.state !== 'cancelled' ? found.state : null

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

type Cases = Awaited<ReturnType<typeof latestCases>>

/** Every open case that is not a draft, and every registration that is not settled; what of it has a card is told by the card. */
async function openSteps(
  deps: Deps,
  actor: Applicant,
  cases: Cases,
  entries: readonly FoundEntry[],
  card: Card,
) {
  const { read, t } = deps.store
  const pending = entries.filter(({ entry }) => holdsSeat(entry.state) && entry.state !== 'paid')
  const told = [...cases.values()].filter(({ kind, state }) => kind !== 'exam' && isTold(state))
  const sent = [...told, ...pending.map((one) => one.case)].filter(({ state }) => isUnderReview(state))
  const names = await departmentNames(
    read,
    t,
    sent.flatMap(({ sentTo }) => sentTo ?? []),
  )
  const nameOf = ({ sentTo }: ServiceCase) => names.get(sentTo ?? '')?.fullName ?? ''
  const carded = cases.get(isOfIdentity(card) ? 'identity' : 'collection')
  const steps = [stepOfCard(card, carded, carded ? nameOf(carded) : '')]
  for (const one of told)
    if (one.kind !== 'identity' && one.kind !== 'collection')
      steps.push(
        stepOfCase(
          one,
          nameOf(one),
          obstaclesTo(one.kind, cases, true).map(({ text }) => text),
        ),
      )
  for (const one of pending) {
    const isToPay = one.entry.state === 'awaiting-payment'
    steps.push(
      stepOfEntry(one, isToPay ? await paymentView(deps, actor, one.case.id) : null, nameOf(one.case)),
    )
  }
  return steps
}

const isOfIdentity = (card: Card) => card.startsWith('identity')

/** The one to be paid, else the newest. */
const entryShown = (entries: readonly FoundEntry[]) =>
  (entries.find(({ entry }) => entry.state === 'awaiting-payment') ?? entries[0])?.entry.state ?? null

/** What waits for this person first, and the state of each module. */
export async function applicantHome(deps: Deps, actor: Applicant, identityState: 'none' | 'verified') {
  const { read, t } = deps.store
  const cases = await latestCases(read, t, actor.id)
  const state = stateOf(cases.get('collection'))
  const verified = identityState === 'verified'
  const credits = verified ? await creditsOfThisYear(deps, actor.id) : null
  const entries = verified ? await entriesOf(read, t, actor.id) : []
  const waiting = verified ? collectionCard(state) : identityCard(stateOf(cases.get('identity')))
  const steps = inOrder(await openSteps(deps, actor, cases, entries, waiting))
  const busy = steps.filter(({ rank }) => rank !== 'done')
  return {
    /** All that waits, most urgent first; where nothing does, that nothing does. */
    steps: busy.length > 0 ? busy : steps,
    verified,
    identity: identityStanding(verified, stateOf(cases.get('identity'))),
    state,
    credits,
    /** Of each module about the record; null before there is one. */
    modules:
      state === 'approved'
        ? {
            changes: moduleState(changeKinds, cases),
            transfers: moduleState(['transfer'], cases),
            credits: moduleState(['credit'], cases),
            conduct: moduleState(['award', 'objection'], cases),
            exams: moduleState(['exam'], cases),
          }
        : null,
    /** Where their registration for an exam stands. */
    exam: entryShown(entries),
  }
}
