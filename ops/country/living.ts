/** Somebody with their place and the world around them: what each of their cases is told from. */
import type { Schema } from '#db/store.ts'
import type { CaseKind } from '#lib/cases/define.ts'
import { dayOf } from '#lib/domain/days.ts'
import type { CaseStory, Writing } from './case-story.ts'
import type { Days } from './days.ts'
import type { Lot } from './fates.ts'
import type { Someone } from './person.ts'
import type { Place, Places } from './places.ts'
import { shuffled } from './random.ts'
import type { Offices } from './staff.ts'
import type { Story } from './story.ts'

export interface World extends Omit<Writing, 'random'> {
  readonly seed: number
  readonly days: Days
  readonly places: Places
  readonly offices: Offices
  readonly passwordHash: string
}

export interface Living extends Writing {
  readonly world: World
  readonly lot: Lot
  readonly serial: number
  readonly personId: string
  readonly person: Someone
  readonly place: Place
}
export type Department = Schema['department']['$inferSelect']

/** 受理编号; the serial makes it nobody else's. */
export const caseNumberOf = ({ letter }: CaseKind, serial: number, { rounds: [first], openedAt }: Story) =>
  `${letter}${dayOf(first?.submittedAt ?? openedAt).replaceAll('-', '')}${String(shuffled(serial, 61_803_399, 100_000_000)).padStart(8, '0')}`

/** Who decides is the reviewer of the department; now and then somebody above. */
export function deciderOf({ world, random }: Living, { id, path }: Department): CaseStory['decider'] {
  const { offices } = world
  const who = [1, 2, 3].map(() => (random.chance(0.05) ? offices.managerAbove(path) : offices.reviewerOf(id)))
  return (round) => who[round - 1] ?? offices.reviewerOf(id)
}
