/** Everything a case leaves behind in the store, as the commands would have left it. */
import {
  findingContext,
  roundContext,
  roundFactsContext,
  roundNoteContext,
  sectionContext,
} from '#db/queries/cases.ts'
import { claimContext } from '#db/queries/claims.ts'
import type { Schema } from '#db/store.ts'
import type { CaseKind } from '#lib/cases/define.ts'
import { checkJob } from '#lib/commands/support/checks.ts'
import type { Deps } from '#lib/deps.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { type ClaimKind, subjectOf } from '#lib/domain/claims.ts'
import { dayOf } from '#lib/domain/days.ts'
import type { ReturnReason } from '#lib/domain/return-reasons.ts'
import { type Draft, draftOf } from '#lib/readers/draft.ts'
import { factsOf } from '#lib/readers/facts.ts'
import { snapshotOf } from '#lib/readers/snapshot.ts'
import { sectionById } from '#lib/sections/all.ts'
import { ruleVersion } from '#lib/sections/rule-version.ts'
import type { Bulk } from './bulk.ts'
import { hours } from './days.ts'
import { type Flaw, rowsIn } from './flaws.ts'
import type { Someone } from './person.ts'
import { idAt, type Random } from './random.ts'
import type { Typed } from './rows.ts'
import type { Round } from './story.ts'

export interface Writing {
  readonly deps: Deps
  readonly bulk: Bulk
  readonly random: Random
  readonly now: Date
}

export interface Lease {
  readonly by: string
  readonly at: Date
  readonly until: Date
  /** The manager who handed it out; null where the reviewer took it. */
  readonly assignedBy: string | null
}

export interface CaseStory {
  readonly id: string
  readonly kind: CaseKind
  readonly personId: string
  readonly person: Someone
  readonly department: Schema['department']['$inferSelect']
  readonly acceptedProofs: readonly string[]
  readonly state: CaseState
  readonly number: string
  readonly openedAt: Date
  readonly rounds: readonly Round[]
  /** Who decided each round. */
  readonly decider: (round: number) => string
  readonly typed: Typed
  readonly flaws: readonly Flaw[]
  readonly lease: Lease | null
  /** Of a refusal. */
  readonly note: string
  readonly picturesEndedAt: Date | null
}

type EventData = Readonly<Record<string, string | number | boolean>>

/** Appends to the log; the chain is made of what waits there. */
export function addEvent(
  { bulk, random }: Writing,
  kind: string,
  at: Date,
  {
    actorId = null,
    personId = null,
    caseId = null,
    data = {},
  }: {
    actorId?: string | null
    personId?: string | null
    caseId?: string | null
    data?: EventData
  },
): void {
  bulk.add('event', { id: idAt(random, at), kind, actorId, personId, caseId, data, at })
}

const open: ReadonlySet<CaseState> = new Set(['draft', 'checking', 'waiting', 'in_review', 'returned'])
const underReview: ReadonlySet<CaseState> = new Set(['waiting', 'in_review'])

/** Rows as the rules read them on the day they were sent. */
export function draftIn(
  { person, department, acceptedProofs, typed, flaws }: CaseStory,
  { round, submittedAt }: Round,
): Draft {
  return draftOf(
    {
      case: { state: 'draft', round: round - 1 },
      account: person,
      department: { id: department.id, regionCode: department.regionCode, selectable: true, acceptedProofs },
      proposals: new Map(
        [...rowsIn(typed, flaws, round)].map(([id, rows]) => [id, { rows, editedFor: round }]),
      ),
      files: [],
      findings: [],
      claims: [],
    },
    dayOf(submittedAt),
  )
}

interface Found {
  readonly section: string
  readonly rowId: string
  readonly kind: ClaimKind
}
const checkReasons: Readonly<Record<ClaimKind, readonly [field: string, reason: ReturnReason]>> = {
  education: ['graduated', 'education-differs-from-chsi'],
  degree: ['degreeNo', 'degree-differs-from-register'],
  'accounting-qualification': ['obtained', 'qualification-differs-from-register'],
  'other-qualification': ['obtained', 'qualification-differs-from-register'],
  'credit-code': ['employer', 'employer-name-code-differ'],
}

/** What registers were asked, and said; gives the claim that differs, where one does. */
function addClaims({ deps, bulk, random, now }: Writing, story: CaseStory, one: Round, draft: Draft) {
  const { answered, round, submittedAt, checkedAt } = one
  const { kind, person, id: caseId } = story
  if (answered === null) return { count: 0, differing: null }
  const claims = kind.sections.flatMap((section) =>
    draft.rows(section).flatMap((row) =>
      sectionById(section)
        .claims(row, draft.context)
        .map((claim) => ({ section, row, claim })),
    ),
  )
  let differing: Found | null = null
  for (const [index, { section, row, claim }] of claims.entries()) {
    const id = idAt(random, new Date(submittedAt.getTime() + index))
    const isLast = index === claims.length - 1
    const state =
      answered === 'unchecked'
        ? 'unchecked'
        : isLast && answered === 'paused'
          ? 'checking'
          : isLast && answered === 'differs'
            ? 'differs'
            : isLast && answered === 'mixed'
              ? 'unavailable'
              : 'agrees'
    if (state === 'differs') differing = { section, rowId: row.id, kind: claim }
    bulk.add('claimCheck', {
      id,
      caseId,
      round,
      section,
      rowId: row.id,
      kind: claim,
      state,
      fields: state === 'differs' ? checkReasons[claim][0] : '',
      why: state === 'unavailable' ? 'no-data' : '',
      subjectSealed: deps.keys.seal(JSON.stringify(subjectOf(claim, row.values, person)), claimContext(id)),
      source: state === 'agrees' || state === 'differs' ? dayOf(submittedAt).slice(0, 7) : '',
      failingSince: state === 'checking' ? checkedAt : null,
      at: checkedAt ?? submittedAt,
    })
    // Somebody is asked again later: a country that was just made does not set every register to work at once.
    if (state === 'checking')
      bulk.add('job', {
        id: idAt(random, submittedAt),
        kind: checkJob,
        data: { claim: id },
        createdAt: submittedAt,
        runAt: new Date(now.getTime() + hours(2 + random.next() * 20)),
        tries: 5,
        lastError: 'timeout',
      })
  }
  return { count: claims.length, differing }
}

/** What a round froze, and what was found in it. Gives how many findings there are. */
function addRound(
  writing: Writing,
  story: CaseStory,
  one: Round,
): { claims: number; findings: number; byCheck: boolean } {
  const { deps, bulk, random } = writing
  const { round, submittedAt, outcome, decidedAt, overdue, late } = one
  const { id: caseId, kind, person, department, flaws, note } = story
  const draft = draftIn(story, one)
  const snapshot = snapshotOf(kind.sections, draft, person, { department: department.fullName })
  const facts = factsOf({ sections: kind.sections, draft, person, elsewhere: new Map() })
  const { count, differing } = addClaims(writing, story, one, draft)
  const by = story.decider(round)
  const byCheck = differing !== null
  const found: (
    | Pick<Flaw, 'section' | 'rowId' | 'target' | 'reason' | 'note'>
    | (Omit<Found, 'kind'> & { target: string; reason: string; note: string })
  )[] =
    outcome !== 'returned'
      ? []
      : differing
        ? [
            {
              ...differing,
              target: checkReasons[differing.kind][0],
              reason: checkReasons[differing.kind][1],
              note: '',
            },
          ]
        : flaws.filter(({ told }) => told === round)
  bulk.add('caseRound', {
    caseId,
    round,
    snapshotSealed: deps.keys.seal(JSON.stringify(snapshot), roundContext(caseId, round)),
    factsSealed: deps.keys.seal(JSON.stringify(facts), roundFactsContext(caseId, round)),
    ruleVersion,
    departmentId: department.id,
    submittedAt,
    outcome,
    noteSealed: outcome === 'refused' ? deps.keys.seal(note, roundNoteContext(caseId, round)) : '',
    decidedBy: outcome === '' || outcome === 'withdrawn' || byCheck ? null : by,
    decidedAt,
    overdue,
    lateAt: outcome === 'returned' && late ? decidedAt : null,
  })
  if (decidedAt !== null)
    for (const [index, { section, rowId, target, reason, note: words }] of found.entries()) {
      const id = idAt(random, new Date(decidedAt.getTime() + index))
      bulk.add('finding', {
        id,
        caseId,
        round,
        section,
        rowId,
        target,
        reason,
        noteSealed: words === '' ? '' : deps.keys.seal(words, findingContext(id)),
        late,
        by: byCheck ? null : by,
        at: decidedAt,
      })
    }
  return { claims: count, findings: found.length, byCheck }
}

/** REV-4: what passed and did not change stays passed, with who passed it and when. */
function addVerdicts({ bulk }: Writing, { id: caseId, kind, rounds, flaws, decider }: CaseStory): void {
  const passes = new Map<string, { by: string; at: Date; round: number }>()
  for (const { round, outcome, decidedAt, answered } of rounds) {
    if (outcome === 'withdrawn' || answered === 'differs' || outcome === 'refused') continue
    const wrong = new Set(flaws.filter(({ told }) => told === round).map(({ section }) => section))
    for (const section of kind.sections) {
      const pass = passes.get(section)
      if (outcome === 'returned' && wrong.has(section)) {
        passes.delete(section)
        if (decidedAt)
          bulk.add('verdict', { caseId, round, section, passed: false, by: decider(round), at: decidedAt })
      } else if (pass)
        bulk.add('verdict', {
          caseId,
          round,
          section,
          passed: true,
          by: pass.by,
          at: pass.at,
          carriedFrom: pass.round,
        })
      else if (decidedAt) {
        bulk.add('verdict', { caseId, round, section, passed: true, by: decider(round), at: decidedAt })
        passes.set(section, { by: decider(round), at: decidedAt, round })
      }
    }
  }
}

/** The log of one round. */
function addEvents(
  writing: Writing,
  { id: caseId, personId, department, decider }: CaseStory,
  { round, submittedAt, answered, checkedAt, claimedAt, outcome, decidedAt, late }: Round,
  { claims, findings, byCheck }: { claims: number; findings: number; byCheck: boolean },
): void {
  const log = (kind: string, at: Date, actorId: string | null, data: EventData) =>
    addEvent(writing, kind, at, { actorId, personId, caseId, data })
  const by = decider(round)
  const pending = answered === null || answered === 'unchecked' ? 0 : claims
  log('case.submitted', submittedAt, personId, {
    round,
    department: department.id,
    days: department.reviewDays,
    pending,
  })
  if (checkedAt && answered === 'paused') log('clock.paused', checkedAt, null, { round })
  else if (checkedAt && !byCheck && pending > 0) log('case.checked', checkedAt, null, { round, claims })
  if (claimedAt) log('case.claimed', claimedAt, by, { round })
  if (!decidedAt) return
  if (outcome === 'withdrawn') log('case.withdrawn', decidedAt, personId, { round })
  else if (byCheck) log('case.returned-by-check', decidedAt, null, { round, findings })
  else if (outcome === 'returned')
    log('case.returned', decidedAt, by, { round, findings, ...(late ? { late: findings } : {}) })
  else log(`case.${outcome}`, decidedAt, by, { round })
}

/** The whole case. */
export function addCase(writing: Writing, story: CaseStory): void {
  const { deps, bulk } = writing
  const { id, kind, personId, department, state, rounds, lease, openedAt, typed, flaws } = story
  const last = rounds.at(-1)
  const count = rounds.length
  const isDecided = state === 'approved' || state === 'returned' || state === 'refused'
  const updatedAt = lease?.at ?? last?.decidedAt ?? last?.checkedAt ?? last?.submittedAt ?? openedAt
  bulk.add('serviceCase', {
    id,
    kind: kind.id,
    number: count === 0 ? null : story.number,
    personId,
    departmentId: department.id,
    sentTo: count === 0 ? null : department.id,
    state,
    openKey: open.has(state) ? kind.openKey(personId) : null,
    round: count,
    claimedBy: lease?.by ?? null,
    claimedAt: lease?.at ?? null,
    claimedUntil: lease?.until ?? null,
    submittedAt: last?.submittedAt ?? null,
    dueOn: underReview.has(state) ? (last?.dueOn ?? '') : '',
    decidedAt: isDecided ? (last?.decidedAt ?? null) : null,
    createdAt: openedAt,
    updatedAt,
    picturesEndedAt: story.picturesEndedAt,
    version: 1 + count * 3,
  })
  addEvent(writing, 'case.opened', openedAt, { actorId: personId, personId, caseId: id })
  const now = rowsIn(typed, flaws, count)
  const mendedFor = new Map(
    flaws.filter(({ told }) => told < count).map(({ section, told }) => [section, told + 1]),
  )
  for (const [section, rows] of now)
    if (rows.length > 0)
      bulk.add('caseSection', {
        caseId: id,
        section,
        rowsSealed: deps.keys.seal(JSON.stringify(rows), sectionContext(id, section)),
        editedFor: mendedFor.get(section) ?? 1,
        version: mendedFor.has(section) ? 2 : 1,
        updatedAt: last?.submittedAt ?? openedAt,
      })
  for (const one of rounds) addEvents(writing, story, one, addRound(writing, story, one))
  addVerdicts(writing, story)
  if (lease)
    addEvent(writing, lease.assignedBy === null ? 'case.claimed' : 'case.assigned', lease.at, {
      actorId: lease.assignedBy ?? lease.by,
      personId,
      caseId: id,
      data: { round: count, ...(lease.assignedBy === null ? {} : { to: lease.by }) },
    })
}
