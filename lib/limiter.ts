export type Limiter = <T>(work: () => Promise<T>) => Promise<T>

/** Runs at most `max` pieces of work at once; the others wait their turn in order of arrival. */
export function limiter(max: number): Limiter {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= max) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    try {
      return await work()
    } finally {
      // The slot is handed over, not freed, so that a newcomer cannot slip in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
