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

/** How often it turns before its first number, so that neighbouring seeds have nothing in common. */
const warmUp = 14

/**
 * sfc32 over up to three seeds: 128 bits of state. A generator of 32 bits would lead a million people along one short circle, and
 * some of them through the same life.
 */
export function randomOf(seed: number, kind = 0, serial = 0): Random {
  let [a, b, c, counter] = [seed | 0, kind ^ 0x9e3779b9, serial | 0, 1]
  const bits = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let turn = 0; turn < warmUp; turn += 1) bits()
  const next = () => bits() / 4_294_967_296
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
