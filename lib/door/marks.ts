import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from '../once.ts'

/** What is noted of a request while it is answered. */
interface Marks {
  /** A store could not be used: full, read-only, locked or gone. */
  unavailable: boolean
  /** Text that the HTML of a document carries alone; null of an answer that is none. */
  readonly texts: string[] | null
}

/** The marks of the request under way; `db/unavailable.ts` and `app/_ui/live/page-texts.ts` find them by the name they have here. */
export const marksOfRequests = (): AsyncLocalStorage<Marks> =>
  once('marks', () => new AsyncLocalStorage<Marks>())
