/** What an older key has that no value of the database tells: it ends with the key. */
import { and, countDistinct, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import { accountByIndex } from '#db/queries/accounts.ts'
import { ownIdentityColumns } from '#lib/commands/support/account-row.ts'
import { invitedIdentityColumns } from '#lib/commands/support/invitations.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'

export interface Lost {
  /** Members of staff and open invitations whose own identity was written before it was kept with its index. */
  readonly ownIdentities: number
  /** Members of staff with recovery codes from before this rotation. */
  readonly recoveryCodes: number
}

/** Whom the office named, where they are an applicant under the same index. */
async function identityBehind(deps: Deps, index: string): Promise<string | null> {
  const { store, keys, clock } = deps
  const found = await accountByIndex(store.read, store.t, keys, index)
  const key = found && lifelongKey(found, dayOf(clock.now()))
  return key !== null && keys.blinds('identity', key).includes(index) ? key : null
}

/** Seals what is to be known of own identities from before they were (migration 0011). */
export async function recoverOwnIdentities(deps: Deps): Promise<void> {
  const { store } = deps
  const { account, invitation } = store.t
  const writes = [
    { table: account, columns: ownIdentityColumns },
    { table: invitation, columns: invitedIdentityColumns },
  ]
  for (const { table, columns } of writes) {
    const rows = await store.read
      .select({ id: table.id, index: table.ownIdentityIndex })
      .from(table)
      .where(and(isNotNull(table.ownIdentityIndex), eq(table.ownIdentitySealed, '')))
    for (const { id, index } of rows) {
      const key = index === null ? null : await identityBehind(deps, index)
      if (key === null || index === null) continue
      await store.tx((q) =>
        q
          .update(table)
          .set(columns(deps, id, key))
          .where(and(eq(table.id, id), eq(table.ownIdentityIndex, index))),
      )
    }
  }
}

/** What the older keys take with them, counted. */
export async function lostNow({ store, clock }: Deps, since: Date): Promise<Lost> {
  const { account, invitation, recoveryCode } = store.t
  const members = await store.read
    .select({ id: account.id })
    .from(account)
    .where(and(isNotNull(account.ownIdentityIndex), eq(account.ownIdentitySealed, '')))
  const open = await store.read
    .select({ id: invitation.id })
    .from(invitation)
    .where(
      and(
        isNotNull(invitation.ownIdentityIndex),
        eq(invitation.ownIdentitySealed, ''),
        isNull(invitation.usedAt),
        isNull(invitation.revokedAt),
        lt(invitation.createdAt, clock.now()),
      ),
    )
  const [codes] = await store.read
    .select({ members: countDistinct(recoveryCode.accountId) })
    .from(recoveryCode)
    .innerJoin(account, eq(account.id, recoveryCode.accountId))
    .where(
      and(
        isNull(recoveryCode.usedAt),
        lt(recoveryCode.createdAt, since),
        inArray(account.status, ['active', 'suspended']),
      ),
    )
  return { ownIdentities: members.length + open.length, recoveryCodes: codes?.members ?? 0 }
}
