/** Everything a case leaves behind in the store, as the commands would have left it. */
import { sectionContext } from '#db/queries/cases.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { countsOfCase } from '#lib/domain/figures.ts'
import { addEvent, type CaseStory, type EventData, type Writing } from './case-story.ts'
import { rowsIn } from './flaws.ts'
import { addRound, addVerdicts, type Counted } from './round-rows.ts'
import type { Round } from './story.ts'

const open: ReadonlySet<CaseState> = new Set(['draft', 'checking', 'waiting', 'in_review', 'returned'])
const underReview: ReadonlySet<CaseState> = new Set(['waiting', 'in_review'])

/** The log of one round. */
function addEvents(
  writing: Writing,
  { id: caseId, personId, department, decider }: CaseStory,
  { round, submittedAt, answered, checkedAt, claimedAt, outcome, decidedAt, late }: Round,
  { claims, findings, byCheck }: Counted,
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
  const { deps, bulk, counting } = writing
  const { id, kind, personId, department, state, rounds, lease, openedAt, typed, flaws } = story
  const last = rounds.at(-1)
  const count = rounds.length
  const isDecided = state === 'approved' || state === 'returned' || state === 'refused'
  const updatedAt = lease?.at ?? last?.decidedAt ?? last?.checkedAt ?? last?.submittedAt ?? openedAt
  const sentTo = count === 0 ? null : department.id
  const dueOn = underReview.has(state) ? (last?.dueOn ?? '') : ''
  counting.stands(department.id, countsOfCase({ kind: kind.id, state, sentTo, dueOn }))
  bulk.add('serviceCase', {
    id,
    kind: kind.id,
    number: count === 0 ? null : story.number,
    personId,
    departmentId: department.id,
    sentTo,
    state,
    openKey: open.has(state) ? kind.openKey(personId) : null,
    round: count,
    claimedBy: lease?.by ?? null,
    claimedAt: lease?.at ?? null,
    claimedUntil: lease?.until ?? null,
    submittedAt: last?.submittedAt ?? null,
    dueOn,
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
