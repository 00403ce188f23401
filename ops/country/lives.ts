/** One person of the country with everything they have done. */
import { applicantRow } from '#lib/commands/support/account-row.ts'
import { addEvent } from './case-story.ts'
import { addCollection, type CollectionFate } from './collection-life.ts'
import { before, day, minutes } from './days.ts'
import type { Fate, Lot } from './fates.ts'
import { addIdentity } from './identity-life.ts'
import type { Living, World } from './living.ts'
import { someoneOf } from './person.ts'
import { idAt, randomOf } from './random.ts'
import { storyOf } from './story.ts'

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

/** Days between the pictures somebody was verified by and what they sent then. */
const picturesFirst = 25

type IdentityFate = Exclude<Fate, CollectionFate | 'registered'>
const isOfIdentity = (fate: Fate): fate is IdentityFate =>
  fate === 'identity-waiting' || fate === 'identity-refused'

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
        ? addIdentity(living, story, fate === 'identity-waiting' ? 'waiting' : 'refused', department)
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
