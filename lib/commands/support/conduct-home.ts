/** A penalty goes with the person, not with the account: closing it and registering anew leaves nothing behind (AWD-1). */
import { eq, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { type Account, accountByIdentity } from '#db/queries/accounts.ts'
import { closedWithPenalties } from '#db/queries/conduct.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'
import { ofSamePerson } from './former-accounts.ts'

/** Who is this person now: the account itself, or the one they registered after they had closed it. */
export async function presentAccount({ store, keys, clock }: Deps, q: Q, account: Account): Promise<Account> {
  if (account.status !== 'closed') return account
  const key = lifelongKey(account, dayOf(clock.now()))
  return (key === null ? null : await accountByIdentity(q, store.t, keys, key)) ?? account
}

/** What was decided about somebody under an account they closed, entered for the one they have now. */
export async function bringPenalties(deps: Deps, q: Q, account: Account): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  const at = clock.now()
  const found = await closedWithPenalties(q, t, { birth: account.birth })
  for (const { entry } of ofSamePerson(deps, account, found)) {
    await q
      .update(t.conduct)
      .set({ personId: account.id, version: sql`${t.conduct.version} + 1` })
      .where(eq(t.conduct.id, entry.id))
    await record(q, t, {
      id: newId(at),
      kind: 'conduct.carried',
      personId: account.id,
      caseId: entry.caseId,
      at,
    })
  }
}
