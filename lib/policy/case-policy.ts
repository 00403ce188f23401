/** Who may do what to which case: one table, deny by default (SEC-1). A verb that is not listed for the actor is hidden. */
import { type Actor, hasRole, type Staff } from '#lib/domain/actor.ts'
import { type CaseState, isEditable, isUnderReview } from '#lib/domain/case-states.ts'
import { isKnownToPerson, isOfOffice } from '#lib/domain/conduct.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { type Issue, issue } from '#lib/domain/result.ts'

export interface CaseFacts {
  /** Some kinds are filed by the office, not by the person (AWD-1); absent where that makes no difference. */
  readonly kind?: string
  readonly personId: string
  readonly state: CaseState
  /** Path of the department it stands at; null for a draft that has not chosen one. */
  readonly departmentPath: string | null
  readonly claimedBy: string | null
  readonly claimedUntil: Date | null
  /** The actor is this person by another account, or acts for them alone (REV-2). */
  readonly isOwn?: boolean
  /** The actor is this person by another account. */
  readonly isSelf?: boolean
  /** Who let the present round pass the stages before: the next is for somebody else. */
  readonly passedBy?: readonly string[]
  /** Who entered or decided the entry of 奖惩 that a 异议 is about: others look at it (AWD-1). */
  readonly enteredBy?: readonly string[]
  /** The actor is on leave (ADM-1). */
  readonly isAway?: boolean
}

export type Verb =
  | 'read-own'
  | 'edit'
  | 'submit'
  | 'withdraw'
  | 'read-for-review'
  | 'claim'
  | 'release'
  | 'decide'
  | 'forward'
  | 'assign'
  | 'cancel'

type Answer = 'yes' | 'hidden' | Issue

const isOfPerson = (actor: Actor, facts: CaseFacts) => actor.kind !== 'staff' && actor.id === facts.personId

/** Of their own filing: what the office files about somebody is not theirs to change or take back (AWD-1). */
const owner = (actor: Actor, facts: CaseFacts) => isOfPerson(actor, facts) && !isOfOffice(facts.kind ?? '')

/** Nobody reviews their own case, whichever of their accounts they use (REV-2). */
const isOwn = (actor: Actor, facts: CaseFacts) => facts.personId === actor.id || facts.isOwn === true

const hasPassed = (actor: Actor, facts: CaseFacts) => facts.passedBy?.includes(actor.id) === true

/** Why somebody else has to judge it; null where they may. */
function isForAnother(actor: Actor, facts: CaseFacts): Issue | null {
  if (hasPassed(actor, facts)) return issue(null, 'second-person-required')
  return facts.enteredBy?.includes(actor.id) === true ? issue(null, 'other-person-required') : null
}

/** What the office files about somebody is not there for them before it took effect, also where they review (AWD-1). */
const isKeptFrom = (actor: Actor, { kind = '', state, personId, isSelf }: CaseFacts) =>
  (personId === actor.id || isSelf === true) && !isKnownToPerson({ kind, state })

/** In scope and submitted. Drafts are nobody's business but the applicant's. */
const inScope = (actor: Actor, facts: CaseFacts) =>
  actor.kind === 'staff' &&
  !isKeptFrom(actor, facts) &&
  facts.departmentPath !== null &&
  facts.state !== 'draft' &&
  (hasRole(actor, 'reviewer', facts.departmentPath) || hasRole(actor, 'manager', facts.departmentPath))

const managesIt = (actor: Actor, { departmentPath }: CaseFacts) =>
  actor.kind === 'staff' && departmentPath !== null && hasRole(actor, 'manager', departmentPath)

/** The subtrees whose cases this member of staff reviews or manages; none for everybody else. */
export const reviewedPaths = ({ grants }: Staff): readonly string[] =>
  grants
    .filter(({ role, path }) => (role === 'reviewer' || role === 'manager') && path !== '')
    .map(({ path }) => path)

export const leaseHeld = ({ claimedBy, claimedUntil }: CaseFacts, now: Date) =>
  claimedBy !== null && claimedUntil !== null && claimedUntil > now

/** SUB-3: under review and in no reviewer's hands; a lease that has ended holds nothing. */
export const isWithdrawable = (facts: CaseFacts, now: Date) =>
  isUnderReview(facts.state) && !(facts.state === 'in_review' && leaseHeld(facts, now))

const holds = (actor: Actor, facts: CaseFacts, now: Date): Answer =>
  facts.claimedBy === actor.id && leaseHeld(facts, now) ? 'yes' : issue(null, 'lease-required')

const table: Readonly<Record<Verb, (actor: Actor, facts: CaseFacts, now: Date) => Answer>> = {
  'read-own': (actor, facts) =>
    isOfPerson(actor, facts) && isKnownToPerson({ kind: facts.kind ?? '', state: facts.state })
      ? 'yes'
      : 'hidden',
  edit: (actor, facts) =>
    owner(actor, facts) ? (isEditable(facts.state) ? 'yes' : issue(null, 'case-frozen')) : 'hidden',
  submit: (actor, facts) =>
    owner(actor, facts) ? (isEditable(facts.state) ? 'yes' : issue(null, 'case-frozen')) : 'hidden',
  withdraw: (actor, facts, now) => {
    if (!owner(actor, facts)) return 'hidden'
    return facts.state === 'in_review' && leaseHeld(facts, now)
      ? issue(null, 'withdraw-while-claimed')
      : 'yes'
  },
  'read-for-review': (actor, facts) => (inScope(actor, facts) ? 'yes' : 'hidden'),
  claim: (actor, facts, now) => {
    if (!inScope(actor, facts)) return 'hidden'
    if (isOwn(actor, facts)) return issue(null, 'own-case')
    if (facts.isAway) return issue(null, 'on-leave')
    if (!isUnderReview(facts.state)) return issue(null, 'case-decided')
    // CHK-4: registers speak first.
    if (facts.state === 'checking') return issue(null, 'being-checked')
    const other = isForAnother(actor, facts)
    if (other) return other
    return leaseHeld(facts, now) && facts.claimedBy !== actor.id ? issue(null, 'claimed-by-other') : 'yes'
  },
  // A manager takes a case out of somebody's hands, and may pass it on or hand it to another (REV-2, REV-5).
  release: (actor, facts, now) => {
    if (!inScope(actor, facts)) return 'hidden'
    const own = holds(actor, facts, now)
    if (own === 'yes' || !managesIt(actor, facts) || !leaseHeld(facts, now)) return own
    return isOwn(actor, facts) ? issue(null, 'own-case') : 'yes'
  },
  forward: (actor, facts, now) => {
    if (!inScope(actor, facts)) return 'hidden'
    if (isOwn(actor, facts)) return issue(null, 'own-case')
    if (facts.state === 'checking') return issue(null, 'being-checked')
    if (!isUnderReview(facts.state)) return issue(null, 'case-decided')
    return managesIt(actor, facts) ? 'yes' : holds(actor, facts, now)
  },
  assign: (actor, facts) => {
    if (!inScope(actor, facts)) return 'hidden'
    if (!managesIt(actor, facts)) return issue(null, 'manager-required')
    if (isOwn(actor, facts)) return issue(null, 'own-case')
    if (facts.state === 'checking') return issue(null, 'being-checked')
    return isUnderReview(facts.state) ? 'yes' : issue(null, 'case-decided')
  },
  decide: (actor, facts, now) => {
    if (!inScope(actor, facts)) return 'hidden'
    if (isOwn(actor, facts)) return issue(null, 'own-case')
    if (facts.isAway) return issue(null, 'on-leave')
    if (facts.state === 'checking') return issue(null, 'being-checked')
    const other = isForAnother(actor, facts)
    if (other) return other
    return isUnderReview(facts.state) ? holds(actor, facts, now) : issue(null, 'case-decided')
  },
  // Of what the office filed: whoever entered it, and who manages there, while nobody looks at it.
  cancel: (actor, facts, now) => {
    if (!inScope(actor, facts) || !isOfOffice(facts.kind ?? '')) return 'hidden'
    if (isOwn(actor, facts)) return issue(null, 'own-case')
    if (!isUnderReview(facts.state)) return issue(null, 'case-decided')
    if (leaseHeld(facts, now)) return issue(null, 'cancel-while-claimed')
    return hasPassed(actor, facts) || managesIt(actor, facts) ? 'yes' : issue(null, 'cancel-not-yours')
  },
}

export const judge = (actor: Actor, verb: Verb, facts: CaseFacts, now: Date): Answer =>
  table[verb](actor, facts, now)

/** Throws `not-found` where the case is none of the actor's business, `refused` where the state or lease forbids it. */
export function authorise(actor: Actor, verb: Verb, facts: CaseFacts, now: Date): void {
  const answer = judge(actor, verb, facts, now)
  if (answer === 'hidden') throw notFound()
  if (answer !== 'yes') throw refused(answer)
}
