import { caseKinds } from '#lib/cases/all.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { addCase } from './case-rows.ts'
import { type CaseStory, draftIn, type Lease } from './case-story.ts'
import { hours, minutes } from './days.ts'
import type { Fate } from './fates.ts'
import { flawsOf } from './flaws.ts'
import { caseNumberOf, type Department, deciderOf, type Living } from './living.ts'
import { idAt } from './random.ts'
import { addRecord } from './record-rows.ts'
import { collectionRows, type Typed } from './rows.ts'
import type { Story } from './story.ts'

export type CollectionFate = Exclude<Fate, 'registered' | 'identity-waiting' | 'identity-refused'>

const states: Readonly<Record<CollectionFate, CaseState>> = {
  approved: 'approved',
  'approved-second': 'approved',
  'approved-third': 'approved',
  waiting: 'waiting',
  'in-review': 'in_review',
  returned: 'returned',
  'returned-by-check': 'returned',
  checking: 'checking',
  draft: 'draft',
  // A case that is taken back is a draft again (SUB-3).
  withdrawn: 'draft',
}

const hoursOfAssigned = 24

/** In somebody's hands: a few leases have ended, most are some minutes or, where a manager handed it out, some hours old. */
function leaseOf(
  { world, random, lot: { nth, biggest } }: Living,
  { id, path }: Department,
  { rounds }: Story,
): Lease {
  const { now, offices, deps } = world
  const last = rounds.at(-1)
  const earliest = (last?.checkedAt ?? last?.submittedAt ?? now).getTime() + 1
  const isOver = nth % 20 === 19
  const isAssigned = nth % 10 !== 0
  const ago = isOver ? hours(3) : isAssigned ? hours(8 * random.next()) : minutes(1 + 10 * random.next())
  const at = new Date(Math.max(earliest, now.getTime() - Math.floor(ago)))
  const lasting = isAssigned && !isOver ? hours(hoursOfAssigned) : minutes(deps.env.limits.leaseMinutes)
  const onTop = biggest && nth % 2 === 1
  return {
    by: onTop ? offices.managerOnTop(path) : offices.reviewerOf(id),
    at,
    until: new Date(at.getTime() + lasting),
    assignedBy: isAssigned && !isOver ? offices.managerAbove(path) : null,
  }
}

/** What is typed before somebody stops half way. */
const half = (typed: Typed): Typed => new Map([...typed].slice(0, 4))

/** 信息采集, and the record it became. */
export function addCollection(living: Living, story: Story, fate: CollectionFate): CaseStory {
  const { random, personId, person, place, serial } = living
  const { department, acceptedProofs } = place
  const kind = caseKinds.collection
  const last = story.rounds.at(-1)
  const typed = collectionRows(random, person, place, {
    on: dayOf(story.rounds[0]?.submittedAt ?? story.openedAt),
    working: fate === 'checking' || fate === 'returned-by-check',
  })
  const returned = story.rounds.filter(
    ({ outcome, answered }) => outcome === 'returned' && answered !== 'differs',
  )
  const told: CaseStory = {
    id: idAt(random, story.openedAt),
    kind,
    personId,
    person,
    department,
    acceptedProofs,
    state: states[fate],
    number: caseNumberOf(kind, serial, story),
    openedAt: story.openedAt,
    rounds: story.rounds,
    decider: deciderOf(living, department),
    typed: fate === 'draft' ? half(typed) : typed,
    flaws: flawsOf(random, typed, returned),
    lease: fate === 'in-review' ? leaseOf(living, department, story) : null,
    note: '',
    picturesEndedAt: null,
  }
  addCase(living, told)
  if (told.state === 'approved' && last?.decidedAt)
    addRecord(living, {
      draft: draftIn(told, last),
      person,
      personId,
      caseId: told.id,
      departmentId: department.id,
      approvedAt: last.decidedAt,
    })
  return told
}
