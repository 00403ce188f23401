import type { Account } from '#db/queries/accounts.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { checkConfirmation } from '#lib/schemas/staff.ts'
import { ownAccount, proveOwn } from './own-password.ts'

/**
 * The member of staff who is signed in, once password and second factor show that it is them (ACC-10); a recovery code is
 * a second factor too. Refused: the issues of `checkConfirmation` and of `proveOwn`; `not-found` for whom it does not concern.
 */
export async function confirmMember(deps: Deps, actor: Actor, typed: unknown): Promise<Account> {
  if (actor.kind !== 'staff') throw notFound()
  const account = await ownAccount(deps, actor)
  if (account.kind !== 'staff' || account.status !== 'active') throw notFound()
  const read = checkConfirmation(typed)
  if (!read.ok) throw refused(...read.issues)
  await proveOwn(deps, account, read.value)
  return account
}
