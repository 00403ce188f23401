import { randomBytes } from 'node:crypto'

/** A call for each id and each sealed value is a call into the kernel's generator every time; so many bytes are asked for at once. */
const poolSize = 8192
let pool = Buffer.alloc(0)
let used = 0

/** Bytes of the system's generator, each given once. For secrets that leave the process use `randomBytes`, which keeps none back. */
export function freshBytes(count: number): Buffer {
  if (used + count > pool.length) {
    pool = randomBytes(Math.max(poolSize, count))
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + count))
  used += count
  return bytes
}
