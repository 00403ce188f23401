/** A number that one account claims and another holds (ACC-9). */
import type { Account } from '#db/queries/accounts.ts'
import { accountByIdentity } from '#db/queries/accounts.ts'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'
import { notify } from './notify.ts'

/** Who holds the number a claimant says is theirs; null where nobody does any more. */
export async function holderOf(
  { store, keys, clock }: Deps,
  q: Q,
  claimant: Account,
): Promise<Account | null> {
  const key = lifelongKey(claimant, dayOf(clock.now()))
  return key === null ? null : accountByIdentity(q, store.t, keys, key)
}

/** The holder learns of it at once, and may say that the number is theirs. */
export async function tellHolder(deps: Deps, q: Q, file: CaseFile): Promise<void> {
  if (file.account.status !== 'claiming') return
  const holder = await holderOf(deps, q, file.account)
  if (holder) await notify(deps, q, holder, { kind: 'number-claimed' })
}
