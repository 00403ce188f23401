/** A stream of numbers that follows from its seeds alone, so that one seed always makes the same country. */
export interface Random {
  /** From 0 up to 1. */
  next(): number
  /** A whole number from 0 up to `below`. */
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  digits(length: number): string
}

const scramble = (seed: number, more: number) => {
  let h = Math.imul(seed ^ (more + 0x9e3779b9), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** mulberry32 over the mixed seeds; each person has a stream of their own. */
export function randomOf(...seeds: readonly number[]): Random {
  let state = seeds.reduce(scramble, 0x2545f491)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const found = list[int(list.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
    digits: (length) => String(int(10 ** length)).padStart(length, '0'),
  }
}

/** UUIDv7 of a moment, its random part from the stream: ids sort by when things happened, as those of `newId` do. */
export function idAt(random: Random, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  const hex = (length: number) =>
    random
      .int(16 ** length)
      .toString(16)
      .padStart(length, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + random.int(4)).toString(16)}${hex(3)}-${hex(6)}${hex(6)}`
}

/** A permutation of the whole numbers below `size`: `factor` has no divisor in common with it. */
export const shuffled = (n: number, factor: number, size: number) =>
  Number((BigInt(n) * BigInt(factor)) % BigInt(size))
