/** One person of the country with everything they have done. */
import { countryNotes } from '#db/seed/country-words.ts'
import type { Schema } from '#db/store.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseKind } from '#lib/cases/define.ts'
import { applicantRow } from '#lib/commands/support/account-row.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { mainRow } from '#lib/sections/define.ts'
import { addCase, addEvent, type CaseStory, draftIn, type Lease, type Writing } from './case-rows.ts'
import { before, type Days, day, hours, minutes } from './days.ts'
import type { Fate, Lot } from './fates.ts'
import { flawsOf } from './flaws.ts'
import { type Someone, someoneOf } from './person.ts'
import type { Place, Places } from './places.ts'
import { idAt, randomOf, shuffled } from './random.ts'
import { addRecord } from './record-rows.ts'
import { collectionRows, type Typed } from './rows.ts'
import type { Offices } from './staff.ts'
import { type Story, storyOf } from './story.ts'

export interface World extends Omit<Writing, 'random'> {
  readonly seed: number
  readonly days: Days
  readonly places: Places
  readonly offices: Offices
  readonly passwordHash: string
}

/** What a person and their case can be looked for by. */
export interface Told {
  readonly fate: Fate
  readonly name: string
  readonly number: string
  readonly phone: string
  readonly departmentId: string
  readonly caseId: string | null
  readonly caseNumber: string
}

const states: Readonly<Record<Exclude<Fate, 'registered'>, CaseState>> = {
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
  'identity-waiting': 'waiting',
  'identity-refused': 'refused',
}

const hoursOfAssigned = 24
/** Days between the pictures somebody was verified by and what they sent then. */
const picturesFirst = 25

interface Living extends Writing {
  readonly world: World
  readonly lot: Lot
  readonly serial: number
  readonly personId: string
  readonly person: Someone
  readonly place: Place
}
type Department = Schema['department']['$inferSelect']

const isOfIdentity = (fate: Fate) => fate === 'identity-waiting' || fate === 'identity-refused'

const numberOf = ({ letter }: CaseKind, serial: number, { rounds: [first], openedAt }: Story) =>
  `${letter}${dayOf(first?.submittedAt ?? openedAt).replaceAll('-', '')}${String(shuffled(serial, 61_803_399, 100_000_000)).padStart(8, '0')}`

/** Who decides is the reviewer of the department; now and then somebody above. */
function deciderOf({ world, random }: Living, { id, path }: Department): CaseStory['decider'] {
  const { offices } = world
  const who = [1, 2, 3].map(() => (random.chance(0.05) ? offices.managerAbove(path) : offices.reviewerOf(id)))
  return (round) => who[round - 1] ?? offices.reviewerOf(id)
}

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

/** 线上实名认证 by pictures (IDV-3). */
function addIdentity(living: Living, story: Story, state: CaseState, department: Department): CaseStory {
  const { bulk, random, personId, person, place, serial, world } = living
  const kind = caseKinds.identity
  const decidedAt = story.rounds.at(-1)?.decidedAt ?? null
  const ended = decidedAt && new Date(decidedAt.getTime() + world.deps.env.limits.identityPictureDays * day)
  const told: CaseStory = {
    id: idAt(random, story.openedAt),
    kind,
    personId,
    person,
    department,
    acceptedProofs: [],
    state,
    number: numberOf(kind, serial, story),
    openedAt: story.openedAt,
    rounds: story.rounds,
    decider: deciderOf(living, department),
    typed: new Map([['identity', [{ id: mainRow, rev: 1, values: { city: place.city } }]]]),
    flaws: [],
    lease: null,
    note: countryNotes.refused,
    picturesEndedAt: ended && ended < world.now ? ended : null,
  }
  bulk.add('consent', {
    id: idAt(random, story.openedAt),
    accountId: personId,
    purpose: 'identity',
    given: true,
    at: story.openedAt,
  })
  addCase(living, told)
  return told
}

/** What is typed before somebody stops half way. */
const half = (typed: Typed): Typed => new Map([...typed].slice(0, 4))

/** 信息采集, and the record it became. */
function addCollection(living: Living, story: Story, fate: Exclude<Fate, 'registered'>): CaseStory {
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
    number: numberOf(kind, serial, story),
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

/** Adds the `serial`th person of the store; gives what to look for them by. */
export function addLife(world: World, lot: Lot, serial: number): Told {
  const random = randomOf(world.seed, 2, serial)
  const { days, places, deps, bulk } = world
  const place = lot.biggest ? places.biggest : places.choose(random)
  // Where no node looks at identity pictures, nobody waits for one.
  const fate = isOfIdentity(lot.fate) && place.own === null ? 'registered' : lot.fate
  const department = isOfIdentity(fate) && place.own ? place.own : place.department
  const story = storyOf(random, days, { ...lot, fate }, department.reviewDays)
  const isVerified = fate !== 'registered' && !isOfIdentity(fate)
  const pictures = isVerified && place.own !== null && random.chance(0.04) ? place.own : null
  const shown =
    pictures &&
    storyOf(
      random,
      days,
      { ...lot, fate: 'approved', at: before(story.openedAt, picturesFirst * day) },
      pictures.reviewDays,
    )
  const { registeredAt } = shown ?? story
  const verifiedAt = shown?.rounds[0]?.decidedAt ?? before(story.openedAt, minutes(5))
  const person = someoneOf(random, serial, place.city, days.today)
  const personId = idAt(random, registeredAt)
  const living: Living = { ...world, random, world, lot, serial, personId, person, place }
  bulk.add('account', {
    ...applicantRow(deps, {
      ...person,
      id: personId,
      nationality: '',
      passwordHash: world.passwordHash,
      at: registeredAt,
    }),
    ...(isVerified
      ? {
          identityState: 'verified',
          identityMethod: pictures ? 'documents' : 'alipay',
          identityAt: verifiedAt,
        }
      : {}),
  })
  addEvent(living, 'account.registered', registeredAt, { actorId: personId, personId })
  if (shown && pictures) addIdentity(living, shown, 'approved', pictures)
  else if (isVerified)
    addEvent(living, 'identity.verified', verifiedAt, {
      actorId: personId,
      personId,
      data: { method: 'alipay' },
    })
  const added =
    fate === 'registered'
      ? null
      : isOfIdentity(fate)
        ? addIdentity(living, story, states[fate], department)
        : addCollection(living, story, fate)
  const { name, number, phone } = person
  return {
    fate,
    name,
    number,
    phone,
    departmentId: department.id,
    caseId: added?.id ?? null,
    caseNumber: added && added.rounds.length > 0 ? added.number : '',
  }
}
