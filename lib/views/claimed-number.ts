import { type Account, accountByIdentity } from '#db/queries/accounts.ts'
import { hasRecord } from '#db/queries/records.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { maskPhone } from '#lib/domain/masking.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'
import { nameKey } from '#lib/schemas/name.ts'
import { maskedName } from '#lib/text/surnames.ts'

/**
 * What a reviewer of a claimed number has to know of the account that holds it (ACC-9), masked. null where nothing is
 * claimed (any more), `holder` null where nobody holds the number.
 */
export async function claimedNumber({ store, keys, clock }: Deps, claimant: Account) {
  if (claimant.status !== 'claiming') return null
  const { read, t } = store
  const key = lifelongKey(claimant, dayOf(clock.now()))
  const holder = key === null ? null : await accountByIdentity(read, t, keys, key)
  if (!holder) return { holder: null }
  return {
    holder: {
      name: maskedName(holder.name),
      phone: holder.phone === '' ? '' : maskPhone(holder.phone),
      verified: holder.identityState === 'verified',
      method: holder.identityMethod,
      registeredAt: holder.createdAt,
      hasRecord: await hasRecord(read, t, holder.id),
      sameName: nameKey(holder.name) === nameKey(claimant.name),
    },
  }
}
