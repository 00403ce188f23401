import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { limiter } from '#lib/limiter.ts'
import { once } from '#lib/once.ts'

export type Press = <T>(make: () => Promise<T>) => Promise<T>

/** Makes one at a time, `places` with those that wait. Refused beyond: `print-busy`. */
export function pressOf(places: number): Press {
  const turn = limiter(1)
  let inside = 0
  return async (make) => {
    if (inside >= places) throw refused(issue(null, 'print-busy'))
    inside += 1
    try {
      return await turn(make)
    } finally {
      inside -= 1
    }
  }
}

/** The one of this process: a sheet takes a core for a part of a second. */
export const press: Press = (make) => once('press', () => pressOf(8))(make)

interface Kept<T> {
  made?: Promise<T> | undefined
}

/** What is the same for everybody: pressed once in this process, under this name. What failed is tried again. */
export async function pressedOnce<T>(name: string, make: () => Promise<T>): Promise<T> {
  const kept = once(`pressed-${name}`, (): Kept<T> => ({}))
  kept.made ??= press(make)
  try {
    return await kept.made
  } catch (error) {
    kept.made = undefined
    throw error
  }
}
