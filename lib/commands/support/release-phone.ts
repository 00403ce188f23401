import { and, inArray, ne } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { openAccount } from '#db/queries/accounts.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'
import { notify } from './notify.ts'

/**
 * Takes a phone from the account that holds it, because somebody else has proven by its code to have it now (ACC-9).
 * The holder keeps number and password, and finds a message. Nothing where nobody holds it.
 */
export async function releasePhone(deps: Deps, q: Q, phone: string, exceptId = ''): Promise<void> {
  const { keys, store, clock } = deps
  const { account } = store.t
  const [row] = await q
    .update(account)
    .set({ phoneIndex: null, phoneSealed: '' })
    .where(and(inArray(account.phoneIndex, keys.blinds('phone', phone)), ne(account.id, exceptId)))
    .returning()
  if (!row) return
  const at = clock.now()
  // The row as it is now: without a phone, so that the SMS does not go to the person who has it.
  await notify(deps, q, openAccount(keys, row), { kind: 'phone-released' })
  await record(q, store.t, { id: newId(at), kind: 'phone.released', personId: row.id, at })
}
