/** A case as it is told before it is written, and what every writing of it shares. */
import type { Schema } from '#db/store.ts'
import type { CaseKind } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type Draft, draftOf } from '#lib/readers/draft.ts'
import type { Bulk } from './bulk.ts'
import type { Counting } from './counting.ts'
import { type Flaw, rowsIn } from './flaws.ts'
import type { Someone } from './person.ts'
import { idAt, type Random } from './random.ts'
import type { Typed } from './rows.ts'
import type { Round } from './story.ts'

export interface Writing {
  readonly deps: Deps
  readonly bulk: Bulk
  readonly counting: Counting
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

export type EventData = Readonly<Record<string, string | number | boolean>>

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
