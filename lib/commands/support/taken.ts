/** That a number or a phone is held by another account: said to who has proven the phone, and not often (ACC-9). */
import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import type { Issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { day, limitKey, take } from '#lib/limits.ts'

/** Counts before the look: a limit that only the taken ones use up would tell that they are. `phone` was proven by its code. */
export const mayAskTaken = (deps: Deps, phone: string): Promise<boolean> =>
  deps.store.tx((q) => {
    const perDay = { limit: deps.env.limits.takenPerPhonePerDay, windowMs: day }
    return take(q, deps.store.t, limitKey(deps, 'taken', phone), perDay, deps.clock.now())
  })

/** Writes down that it was said. */
export async function tellTaken({ store, clock }: Deps, taken: readonly Issue[]): Promise<readonly Issue[]> {
  const at = clock.now()
  const data = { what: taken.map((one) => one.code).join(' ') }
  await store.tx((q) => record(q, store.t, { id: newId(at), kind: 'account.taken', data, at }))
  return taken
}
