import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from '../once.ts'

/** What is noted of a request while it is answered. */
interface Marks {
  /** A store could not be used: full, read-only, locked or gone. */
  unavailable: boolean
}

/** The marks of the request under way; `db/unavailable.ts` finds them by the name they have here. */
export const marksOfRequests = (): AsyncLocalStorage<Marks> =>
  once('marks', () => new AsyncLocalStorage<Marks>())
