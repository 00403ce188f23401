/** Where a person stands with each kind of case: their own open one, and what keeps one from being sent (TRF-1). */
import type { ServiceCase } from '#db/queries/cases.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import { isOpen, isUnderReview } from '#lib/domain/case-states.ts'
import { type Obstacle, obstaclesOf } from './obstacles.ts'

/** Of the newest case of a kind: `free` where none is open. */
type OwnState = 'free' | 'draft' | 'returned' | 'underReview'
/** `blocked`: something has to come first. */
export type TaskState = OwnState | 'blocked'

/** The newest case of each kind. */
export type Cases = ReadonlyMap<CaseKindId, Pick<ServiceCase, 'kind' | 'state'>>

/** Of the person’s own newest case of a kind; `undefined` where there never was one. */
export function ownState(own: Pick<ServiceCase, 'state'> | undefined): OwnState {
  if (!own || !isOpen(own.state)) return 'free'
  if (isUnderReview(own.state)) return 'underReview'
  return own.state === 'returned' ? 'returned' : 'draft'
}

/** What is in the way of a kind by the precondition that judges it when it is sent; nothing is in the way of what was. */
export function obstaclesTo(kind: CaseKindId, cases: Cases, hasRecord: boolean): Obstacle[] {
  if (ownState(cases.get(kind)) === 'underReview') return []
  const others = [...cases.values()].filter((one) => one.kind !== kind && isUnderReview(one.state))
  return obstaclesOf(kind, { hasRecord, underReview: others.map((one) => one.kind) })
}

export interface ModuleState {
  readonly state: TaskState
  /** What is in the way, in words, each once. */
  readonly reasons: readonly string[]
}

/** Loudest first: what has to be mended is said although something is in its way, and what waits for others before what was not sent. */
const loudest = ['returned', 'underReview', 'blocked', 'draft', 'free'] as const satisfies TaskState[]

/** Kinds that share a module, told as one; of somebody with a record. */
export function moduleState(kinds: readonly CaseKindId[], cases: Cases): ModuleState {
  const obstacles = kinds.flatMap((kind) => obstaclesTo(kind, cases, true))
  const states = new Set<TaskState>(kinds.map((kind) => ownState(cases.get(kind))))
  if (obstacles.length > 0) states.add('blocked')
  return {
    state: loudest.find((one) => states.has(one)) ?? 'free',
    reasons: [...new Set(obstacles.map(({ text }) => text))],
  }
}
