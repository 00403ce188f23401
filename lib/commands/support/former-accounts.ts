/** Accounts that somebody closed before they had the one they have now: what stands on them is still theirs. */
import { type Account, openAccount } from '#db/queries/accounts.ts'
import type { Schema } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'

interface OfAccount {
  readonly account: Schema['account']['$inferSelect']
}

/** Those of these rows, found by a birthday, whose account was this very person's: by the identity that a number keeps for life. */
export function ofSamePerson<R extends OfAccount>(
  { keys, clock }: Pick<Deps, 'keys' | 'clock'>,
  account: Account,
  rows: readonly R[],
): R[] {
  const today = dayOf(clock.now())
  const own = lifelongKey(account, today)
  return own === null ? [] : rows.filter((one) => lifelongKey(openAccount(keys, one.account), today) === own)
}
