import { countryNotes } from '#db/seed/country-words.ts'
import { caseKinds } from '#lib/cases/all.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { mainRow } from '#lib/sections/define.ts'
import { addCase } from './case-rows.ts'
import type { CaseStory } from './case-story.ts'
import { day } from './days.ts'
import { caseNumberOf, type Department, deciderOf, type Living } from './living.ts'
import { idAt } from './random.ts'
import type { Story } from './story.ts'

/** 线上实名认证 by pictures (IDV-3). */
export function addIdentity(
  living: Living,
  story: Story,
  state: CaseState,
  department: Department,
): CaseStory {
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
    number: caseNumberOf(kind, serial, story),
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
