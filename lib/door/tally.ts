/** What the door counts of its requests in this process, as plain numbers: `/metrics` puts them into words. */
import { once } from '../once.ts'
import { isAsset, isProbe, type Load, noLoad } from './admission.ts'

/** Lanes as they are counted: what the door lets through freely is told apart. */
type Counted = 'page' | 'file' | 'asset' | 'probe'

/** Upper ends of the durations that are counted together, in seconds; longer ones come after the last. */
export const durationBounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const

export interface LaneTally {
  /** By the first digit of the status. */
  readonly statuses: Record<'2' | '3' | '4' | '5', number>
  /** One number for each of `durationBounds`, and one for what was longer. */
  readonly durations: number[]
  seconds: number
  /** Answers that did not reach their reader whole. */
  cut: number
}

export interface Tally {
  readonly lanes: Readonly<Record<Counted, LaneTally>>
  /** What the door itself refused, by status. */
  readonly refused: Record<string, number>
  /** The door's own counters, of what is in flight now and of how much may be. */
  inFlight: Readonly<Load>
  limits: Readonly<Load>
}

const emptyLane = (): LaneTally => ({
  statuses: { '2': 0, '3': 0, '4': 0, '5': 0 },
  durations: Array.from({ length: durationBounds.length + 1 }, () => 0),
  seconds: 0,
  cut: 0,
})

const emptyTally = (): Tally => ({
  lanes: { page: emptyLane(), file: emptyLane(), asset: emptyLane(), probe: emptyLane() },
  refused: {},
  inFlight: noLoad(),
  limits: noLoad(),
})

/** The one of this process: Next evaluates this module a second time, for the route that reads it. */
export const tally = (): Tally => once('tally', emptyTally)

const countedLane = (path: string): Counted => {
  if (isProbe(path)) return 'probe'
  if (isAsset(path)) return 'asset'
  return path.startsWith('/files/') ? 'file' : 'page'
}

/** Counts a request that has ended; `seconds` from its head to the end of its answer. */
export function countRequest(
  { lanes }: Tally,
  { path, status, seconds, cut }: { path: string; status: number; seconds: number; cut: boolean },
): void {
  const lane = lanes[countedLane(path)]
  lane.statuses[status >= 500 ? '5' : status >= 400 ? '4' : status >= 300 ? '3' : '2'] += 1
  const at = durationBounds.findIndex((bound) => seconds <= bound)
  const slot = at < 0 ? durationBounds.length : at
  lane.durations[slot] = (lane.durations[slot] ?? 0) + 1
  lane.seconds += seconds
  if (cut) lane.cut += 1
}

/** Counts a request, or bytes that made none, that the door turned away. */
export function countRefused({ refused }: Tally, status: number): void {
  refused[status] = (refused[status] ?? 0) + 1
}
