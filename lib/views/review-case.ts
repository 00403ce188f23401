/** One case on a reviewer's desk (REV-3): the frozen round, what changed since the last return, opinions, history. */
import { recordAccess } from '#db/access.ts'
import { ownIdentitiesOf, reviewerFacts } from '#db/queries/accounts.ts'
import { type CaseFile, caseFacts, caseFile } from '#db/queries/case-file.ts'
import {
  newestEvents,
  openBase,
  openFacts,
  openSnapshot,
  roundNoteContext,
  roundsOf,
  verdictsOf,
} from '#db/queries/cases.ts'
import { departmentById } from '#db/queries/departments.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { Deps } from '#lib/deps.ts'
import { actsFor, type Staff } from '#lib/domain/actor.ts'
import { isEditable, isOpen } from '#lib/domain/case-states.ts'
import { claimShapes } from '#lib/domain/claims.ts'
import { isOfOffice } from '#lib/domain/conduct.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { isForwardReason } from '#lib/domain/forward-reasons.ts'
import { isAway } from '#lib/domain/leave.ts'
import type { OwnIdentity } from '#lib/domain/own-identity.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { authorise, judge, leaseHeld } from '#lib/policy/case-policy.ts'
import type { AnswerSection } from '#lib/readers/answers.ts'
import { countChecks, failingAmong } from '#lib/readers/check-counts.ts'
import { diffAnswers } from '#lib/readers/diff.ts'
import type { Audience } from '#lib/readers/mask.ts'
import { isSamePerson, passersSeenBy } from '#lib/readers/own-case.ts'
import { returnedLine } from '#lib/readers/returned-lines.ts'
import { sectionOf } from '#lib/readers/snapshot.ts'
import { type Target, targetsOf } from '#lib/readers/targets.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { caseEventWords, forwardReasonWords, reviewWords } from '#lib/text/review.ts'
import { claimedNumber } from './claimed-number.ts'
import { entryAbout } from './conduct.ts'
import { claimUnderReview } from './credits.ts'
import { offeredTemplates } from './note-templates.ts'
import { staffNames } from './review-queue.ts'
import {
  type FindingView,
  factViews,
  numbered,
  picturesOf,
  placeOf,
  removedOf,
  type SectionView,
} from './review-section.ts'
import { reviewersFor } from './reviewers.ts'

/** The case if its last round went to a department this actor reviews; what is being mended stays with that department. */
export async function openReview(deps: Deps, actor: Staff, caseId: string) {
  const { read, t } = deps.store
  const file = await caseFile(read, t, deps.keys, caseId)
  if (!file) throw notFound()
  const rounds = await roundsOf(read, t, caseId)
  const current = rounds.find(({ round }) => round === file.case.round)
  if (!current) throw notFound()
  const department = await departmentById(read, t, file.case.sentTo ?? current.departmentId)
  const now = deps.clock.now()
  const { own, awayUntil } = await reviewerFacts(read, t, deps.keys, actor.id)
  const today = dayOf(now)
  const isThem = (one: OwnIdentity) =>
    isSamePerson(one, file.account, (key) => deps.keys.blinds('identity', key), today)
  const isSelf = isThem(own)
  const facts = {
    ...caseFacts(file),
    departmentPath: department?.path ?? null,
    isSelf,
    isOwn:
      isSelf ||
      (await ownIdentitiesOf(read, t, deps.keys, actsFor(actor, department?.path ?? ''))).some(isThem),
    passedBy: passersSeenBy(actor.id, own, file.passes),
    enteredBy: passersSeenBy(actor.id, own, file.entryPeople),
    isAway: isAway(awayUntil, today),
  }
  authorise(actor, 'read-for-review', facts, now)
  return { file, rounds, current, department, facts, now }
}

const noteFullNumbers = (deps: Deps, actor: Staff, file: CaseFile, at: Date) =>
  deps.store.tx((q) =>
    recordAccess(q, deps.store.t, {
      id: newId(at),
      actorId: actor.id,
      personId: file.case.personId,
      caseId: file.case.id,
      what: 'full-number',
      subject: `case:${file.case.id}`,
      at,
    }),
  )

/** How much of what happened to a case its page shows; the log has all of it. */
export const mostHistory = 50

/** Of a 调转: the two departments it is between, by name (TRF-3); null of other kinds. */
async function transferBetween(
  { store }: Deps,
  { case: { id: caseId, kind, state, departmentId } }: CaseFile,
) {
  if (caseKinds[kind].department !== 'from-record-to-chosen') return null
  const [submitted] = await newestEvents(store.read, store.t, caseId, { kinds: ['case.submitted'], limit: 1 })
  const sent = submitted?.data
  const named = async (id: unknown) =>
    typeof id === 'string' ? ((await departmentById(store.read, store.t, id))?.fullName ?? '') : ''
  // Where its applicant points while mending is told to nobody here.
  return { from: await named(sent?.from), to: await named(isEditable(state) ? sent?.to : departmentId) }
}

type Round = Awaited<ReturnType<typeof roundsOf>>[number]

/** The round that a later one is compared with: the last that was sent back (REV-4). */
export const roundBefore = (rounds: readonly Round[], current: Round) =>
  rounds.findLast(({ round, outcome }) => round < current.round && outcome === 'returned')

/** What keeps one person from judging a case, and not another. */
const personal: ReadonlySet<string> = new Set([
  'own-case',
  'second-person-required',
  'other-person-required',
  'on-leave',
])

type EventRow = Awaited<ReturnType<typeof newestEvents>>[number]

const idIn = (value: unknown) => (typeof value === 'string' ? value : '')

/** What the history says of each event: where it came from, where it went and why, of what was passed on (REV-5). */
async function historyOf(
  { store: { read, t } }: Deps,
  { case: { kind: caseKind, personId } }: CaseFile,
  events: readonly EventRow[],
  nameOf: (id: string | null) => string,
) {
  const moves = events.filter(({ kind }) => kind === 'case.forwarded' || kind === 'case.department-merged')
  const ids = new Set(moves.flatMap(({ data }) => [idIn(data.from), idIn(data.department)]))
  const named = new Map(
    await Promise.all(
      [...ids].map(async (id) => [id, (await departmentById(read, t, id))?.fullName ?? ''] as const),
    ),
  )
  return events.map((one) => {
    const { actorId, at, data } = one
    return {
      kind: kindShown(one, caseKind),
      at,
      round: typeof data.round === 'number' ? data.round : 0,
      by: actorId === null ? reviewWords.system : actorId === personId ? null : nameOf(actorId),
      move: moves.includes(one)
        ? {
            from: named.get(idIn(data.from)) ?? '',
            to: named.get(idIn(data.department)) ?? '',
            why: whyMoved(idIn(data.reason)),
          }
        : null,
    }
  })
}

/** In the words its reviewer chose; the log also knows `department-closed`, which the kind tells. */
const whyMoved = (reason: string) => (isForwardReason(reason) ? forwardReasonWords[reason] : '')

/** A closed department's cases went on by themselves; nobody chose to pass them on (ADM-1). */
function kindShown({ kind, data }: EventRow, caseKind: CaseFile['case']['kind']): string {
  if (kind === 'case.advanced' && caseKind === 'transfer') return 'transfer.confirmed'
  return kind === 'case.forwarded' && data.reason === 'department-closed' ? 'case.department-merged' : kind
}

/** `full` shows numbers, phones and addresses unmasked, and is written to the access log before anything is shown (REV-6). */
export async function reviewCase(deps: Deps, actor: Staff, caseId: string, { full = false } = {}) {
  const { read, t } = deps.store
  const { file, rounds, current, department, facts, now } = await openReview(deps, actor, caseId)
  if (full) await noteFullNumbers(deps, actor, file, now)

  const opened = (round: Round) => openSnapshot(deps.keys, round)
  const snapshot = opened(current)
  const before = roundBefore(rounds, current)
  // A 信息变更 is judged against the record it was made from, whatever round it is.
  const base = openBase(deps.keys, current)
  const beforeSnapshot = base ? { sections: [base] } : before ? opened(before) : null
  const snapshots = new Map(rounds.map((round) => [round.round, () => opened(round)]))

  const verdicts = (await verdictsOf(read, t, caseId)).filter(({ round }) => round === current.round)
  const claims = file.claims.filter(({ round }) => round === current.round)
  const computed = openFacts(deps.keys, current)
  const kinds = Object.keys(caseEventWords)
  const newest = await newestEvents(read, t, caseId, { kinds, limit: mostHistory + 1 })
  const events = newest.slice(0, mostHistory)
  const names = await staffNames(
    deps,
    [
      file.case.claimedBy,
      ...verdicts.map(({ by }) => by),
      ...file.passes.map(({ by }) => by),
      ...events.map(({ actorId }) => actorId),
    ].flatMap((id) => (id === null || id === file.case.personId ? [] : id)),
  )
  const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''))

  const placed = (section: SectionId, round: number) => {
    const shown = snapshots.get(round)?.()
    return shown ? targetsOf(section, sectionOf(shown, section)) : []
  }
  const { sections } = caseKinds[file.case.kind]
  const sectionView = (answers: AnswerSection): SectionView => {
    const judged = sections.find((id) => id === answers.section) ?? null
    const old = beforeSnapshot ? sectionOf(beforeSnapshot, answers.section) : undefined
    // What is no page of the record was not changed by it.
    const isCompared = beforeSnapshot !== null && (!base || base.section === answers.section)
    const changes = isCompared ? diffAnswers(old, answers) : []
    const targets = judged ? targetsOf(judged, answers) : []
    const facts = factViews(computed, answers, targets)
    const verdict = verdicts.find(({ section }) => section === answers.section)
    const found = file.findings.filter(({ section }) => section === answers.section)
    const viewed = (round: number, places: readonly Target[]): FindingView[] =>
      found
        .filter((one) => one.round === round)
        .map((one) => ({ ...one, place: placeOf(places, one.rowId, one.target) }))
    const earlier = [...new Set(found.map(({ round }) => round))]
      .filter((round) => round < current.round)
      .reverse()
    return {
      id: answers.section,
      judged,
      answers,
      pictures: picturesOf(answers, changes, facts),
      picturesGone: file.case.picturesEndedAt !== null,
      changed: new Map(changes.map(({ rowId, key, before: was }) => [`${rowId}/${key}`, was])),
      removed: removedOf(old, changes),
      claims: new Map(
        claims
          .filter(({ section }) => section === answers.section)
          .map((claim) => [`${claim.rowId}/${claimShapes[claim.kind].entry}`, claim]),
      ),
      facts,
      verdict: verdict
        ? { passed: verdict.passed, by: nameOf(verdict.by), at: verdict.at, carriedFrom: verdict.carriedFrom }
        : null,
      findings: viewed(current.round, targets),
      previous: judged ? earlier.flatMap((round) => viewed(round, placed(judged, round))) : [],
      targets,
    }
  }

  const held = leaseHeld(facts, now)
  // Extending it changes nothing of how it came about.
  const begun = events.find(({ kind }) => kind === 'case.claimed' || kind === 'case.assigned')
  const isAssigned = begun?.kind === 'case.assigned' && begun.data.to === file.case.claimedBy
  const open = file.case.state === 'waiting' || file.case.state === 'in_review'
  const checking = file.case.state === 'checking'
  const failing = checking ? failingAmong(claims, deps.env.limits.registerRetryHours) : null
  const audience: Audience = full ? 'owner' : 'reviewer'
  const claimAnswer = judge(actor, 'claim', facts, now)
  const decideAnswer = judge(actor, 'decide', facts, now)
  const mayDecide = decideAnswer === 'yes'
  const isReviewer = mayDecide || (typeof decideAnswer !== 'string' && decideAnswer.code === 'lease-required')
  // They are written for who mends what is returned.
  const phrases =
    isReviewer && department && caseKinds[file.case.kind].returnable
      ? await offeredTemplates(deps, department.path)
      : []
  return {
    caseId,
    kind: file.case.kind,
    refusable: caseKinds[file.case.kind].refusable,
    returnable: caseKinds[file.case.kind].returnable,
    /** Its person never hears of it before it takes effect (AWD-1). */
    isEntered: isOfOffice(file.case.kind),
    /** Of a 异议: the entry it is about (AWD-1). */
    about: await entryAbout(deps, file.case.about),
    number: file.case.number ?? '',
    state: file.case.state,
    round: current.round,
    /** Which of how many judges it now. */
    stage: file.case.stage,
    stages: file.case.stages,
    /** Who let this round pass the stages before. */
    passes: file.passes.map(({ stage, by, at }) => ({ stage, by: nameOf(by), at })),
    /** Of an appeal for a number: who holds it. */
    claimed: await claimedNumber(deps, file.account),
    /** Of a claim of credits that is not decided: what it would add to the ledger (CRE-1). */
    worth: open || checking ? await claimUnderReview(deps, file) : null,
    version: file.case.version,
    ruleVersion: current.ruleVersion,
    department: department?.fullName ?? '',
    transfer: await transferBetween(deps, file),
    submittedAt: current.submittedAt,
    dueOn: open || checking ? file.case.dueOn : '',
    /** Its clock stands still: a register does not answer (CHK-1). */
    paused: checking && file.case.dueOn === '',
    overdue: open && file.case.dueOn !== '' && file.case.dueOn < dayOf(now),
    audience,
    sections: numbered(snapshot.sections.map(sectionView)),
    /** A return with the opinions that are saved, as its applicant will read it. */
    told: sections.flatMap((section) =>
      file.findings
        .filter((one) => one.round === current.round && one.section === section)
        .map((one) =>
          returnedLine(section, sectionOf(snapshot, section)?.rows ?? [], one, {
            isOnePage: sections.length === 1,
          }),
        ),
    ),
    /** How many of them were there to be seen before (一次性告知), and since which round. */
    late: {
      count: file.findings.filter((one) => one.round === current.round && one.late).length,
      since: rounds.findLast(
        ({ round, outcome, decidedBy }) =>
          round < current.round && outcome === 'returned' && decidedBy !== null,
      )?.round,
    },
    /** 常用语 that may be put in front of a note. */
    templates: mayDecide ? phrases : [],
    /** Those that may have been chosen by who held it a moment ago. */
    phrases,
    /** The round it is compared with, or the record; null where there is nothing to compare with. */
    comparedWith: base ? ('record' as const) : (before?.round ?? null),
    note:
      current.noteSealed === ''
        ? ''
        : deps.keys.unseal(current.noteSealed, roundNoteContext(caseId, current.round)),
    lease: {
      state:
        !open || file.case.claimedBy === null
          ? ('free' as const)
          : file.case.claimedBy === actor.id
            ? ('mine' as const)
            : ('other' as const),
      held,
      by: nameOf(file.case.claimedBy),
      /** Who handed it to them; '' where they took it themselves, or that is told no more. */
      assignedBy: isAssigned ? nameOf(begun.actorId) : '',
      since: file.case.claimedAt,
      until: file.case.claimedUntil,
    },
    /** When it was looked at. */
    now,
    open,
    /** Decided for good: nothing follows from it any more. */
    isOver: !isOpen(file.case.state),
    checks: {
      counts: countChecks(claims),
      /** Registers are still asked: nobody may claim it yet. */
      running: checking,
      /** They sent it back before anybody saw it. */
      returned: current.outcome === 'returned' && current.decidedBy === null,
      failing,
    },
    mayClaim: claimAnswer === 'yes',
    /** Why this member of staff is not the one to judge it, whoever holds it; null where they may be. */
    notForYou: typeof claimAnswer !== 'string' && personal.has(claimAnswer.code) ? claimAnswer : null,
    mayDecide,
    /** 转办: only where its applicant chose the department. */
    mayForward:
      caseKinds[file.case.kind].department === 'chosen' && judge(actor, 'forward', facts, now) === 'yes',
    /** 撤销登记, of a 处罚 that waits. */
    mayCancel: judge(actor, 'cancel', facts, now) === 'yes',
    mayRelease: judge(actor, 'release', facts, now) === 'yes',
    /** Whom a manager may hand it to; null for who manages nothing here. */
    reviewers: judge(actor, 'assign', facts, now) === 'yes' ? await reviewersFor(deps, file, now) : null,
    /** Held back from a 批量通过, for a look by itself. */
    secondLook: open && file.case.secondLookAt !== null,
    /** Newest first; older ones are left out. */
    hasOlderHistory: newest.length > mostHistory,
    history: await historyOf(deps, file, events, nameOf),
  }
}

/** 转办 on a page of its own: what is passed on, and whether this actor may; `not-found` outside the scope. */
export async function forwardCaseView(deps: Deps, actor: Staff, caseId: string) {
  const { file, department, facts, now } = await openReview(deps, actor, caseId)
  const { kind, number, version } = file.case
  const answer = judge(actor, 'forward', facts, now)
  return {
    caseId,
    kind,
    number: number ?? '',
    version,
    department: department?.fullName ?? '',
    /** Null where they may. */
    refusal:
      caseKinds[kind].department !== 'chosen'
        ? issue(null, 'forward-kind')
        : typeof answer === 'string'
          ? null
          : answer,
  }
}

export type ReviewCase = Awaited<ReturnType<typeof reviewCase>>
