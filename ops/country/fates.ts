/** Who has come how far, and when: fixed shares of the people, in the order of time. */

export type Fate =
  | 'approved'
  | 'approved-second'
  | 'approved-third'
  | 'waiting'
  | 'in-review'
  | 'returned'
  | 'returned-by-check'
  | 'checking'
  | 'draft'
  | 'withdrawn'
  | 'identity-waiting'
  | 'identity-refused'
  | 'registered'

interface Share {
  readonly fate: Fate
  readonly share: number
  /** Days ago, between which their last submission lies (or their last save, or their registration). */
  readonly from: number
  readonly to: number
}

const months24 = 730

/** What is left over by rounding is `approved`. */
const shares: readonly Share[] = [
  { fate: 'approved', share: 0.538, from: months24, to: 9 },
  { fate: 'approved-second', share: 0.13, from: months24, to: 10 },
  { fate: 'approved-third', share: 0.03, from: months24, to: 11 },
  { fate: 'returned', share: 0.045, from: 200, to: 9 },
  { fate: 'returned-by-check', share: 0.015, from: 200, to: 2 },
  { fate: 'identity-refused', share: 0.012, from: months24, to: 10 },
  { fate: 'registered', share: 0.012, from: months24, to: 1 },
  { fate: 'withdrawn', share: 0.01, from: 120, to: 2 },
  { fate: 'draft', share: 0.03, from: 60, to: 0 },
  { fate: 'waiting', share: 0.12, from: 18, to: 0 },
  { fate: 'in-review', share: 0.04, from: 12, to: 0 },
  { fate: 'identity-waiting', share: 0.008, from: 9, to: 0 },
  { fate: 'checking', share: 0.01, from: 1, to: 0 },
]

export interface Lot {
  readonly fate: Fate
  /** In the biggest place, or elsewhere. */
  readonly biggest: boolean
  /** 0, 1, 2 … among those of this fate that are in the biggest place, or elsewhere. */
  readonly nth: number
  /** About then. */
  readonly at: Date
}

const day = 86_400_000

/** One lot for each of `people`, oldest first; `share` of each fate is in the biggest place, spread evenly. */
export function* lots(people: number, share: number, now: Date): Generator<Lot> {
  const streams = shares.map(({ share: of, ...stream }) => ({
    ...stream,
    left: Math.floor(people * of),
    done: 0,
    here: 0,
  }))
  const [first] = streams
  const dealt = streams.reduce((sum, { left }) => sum + left, 0)
  if (first) first.left += people - dealt
  const lanes = streams.filter(({ left }) => left > 0).map((stream) => ({ ...stream, count: stream.left }))
  type Lane = (typeof lanes)[number]
  const timeOf = ({ from, to, done, count }: Lane) =>
    now.getTime() - (from - ((from - to) * (done + 0.5)) / count) * day
  for (let made = 0; made < people; made += 1) {
    let next: Lane | null = null
    for (const lane of lanes)
      if (lane.done < lane.count && (next === null || timeOf(lane) < timeOf(next))) next = lane
    if (!next) return
    const at = new Date(timeOf(next))
    next.done += 1
    const biggest = Math.floor(next.done * share + 0.5) > next.here
    if (biggest) next.here += 1
    yield { fate: next.fate, biggest, nth: biggest ? next.here - 1 : next.done - next.here - 1, at }
  }
}
