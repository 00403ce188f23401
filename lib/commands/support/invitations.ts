/** One-time links for members of staff (ACC-10): only the SHA-256 of a link's secret is stored. */
import { eq } from 'drizzle-orm'
import { invitationContext, invitedIdentityContext } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Role } from '#lib/domain/actor.ts'
import { stale } from '#lib/domain/errors.ts'
import { secretId } from '#lib/ids.ts'
import { hour } from '#lib/limits.ts'
import { accountIndex } from './account-row.ts'

export interface MadeLink {
  /** Goes into the link, and is told this once. */
  readonly token: string
  readonly expiresAt: Date
  /** false for the second of two clicks. */
  readonly isNew: boolean
}

interface NewLink {
  /** null makes a new account with the office below. */
  readonly accountId: string | null
  readonly role: Role | null
  readonly departmentId: string | null
  readonly name: string
  /** Of `checkNumber`: whose cases will be their own (REV-2), where the office has named it. */
  readonly identityKey: string | null
  /** null where an operator's command makes it. */
  readonly invitedBy: string | null
}

/** Whose cases will be their own, as an invitation keeps it. */
export const invitedIdentityColumns = ({ keys }: Pick<Deps, 'keys'>, id: string, identityKey: string) => ({
  ownIdentityIndex: accountIndex.identity({ keys }, identityKey),
  ownIdentitySealed: keys.seal(identityKey, invitedIdentityContext(id)),
})

/**
 * Makes a link. The same `turn` with the same wishes gives the same link, so that the second of two clicks makes no second
 * one; `stale` where that link was used or taken back meanwhile.
 */
export async function makeLink(deps: Deps, q: Q, turn: string, link: NewLink): Promise<MadeLink> {
  const { t } = deps.store
  const at = deps.clock.now()
  const { accountId, role, departmentId, name, identityKey, invitedBy } = link
  const wishes = JSON.stringify([turn, accountId, role, departmentId, name, identityKey, invitedBy])
  const token = Buffer.from(deps.keys.blind('invitation', wishes), 'hex').toString('base64url')
  const id = secretId(token)
  const expiresAt = new Date(at.getTime() + deps.env.limits.invitationHours * hour)
  const [made] = await q
    .insert(t.invitation)
    .values({
      id,
      accountId,
      role,
      departmentId,
      nameSealed: deps.keys.seal(name, invitationContext(id)),
      ...(identityKey === null ? {} : invitedIdentityColumns(deps, id, identityKey)),
      invitedBy,
      createdAt: at,
      expiresAt,
    })
    .onConflictDoNothing()
    .returning({ id: t.invitation.id })
  if (made) return { token, expiresAt, isNew: true }
  const [there] = await q.select().from(t.invitation).where(eq(t.invitation.id, id))
  if (!there || there.usedAt !== null || there.revokedAt !== null || there.expiresAt <= at) throw stale()
  return { token, expiresAt: there.expiresAt, isNew: false }
}
