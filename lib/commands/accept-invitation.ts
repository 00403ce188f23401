import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { accountContext } from '#db/queries/accounts.ts'
import { linkSecret } from '#db/queries/factor-ticket.ts'
import { type Invitation, invitationContext, invitedIdentityContext, linkById } from '#db/queries/staff.ts'
import type { Q } from '#db/store.ts'
import { insert } from '#db/write.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import { type Proven, prove } from '#lib/auth/proof.ts'
import { totpStepOf } from '#lib/auth/totp.ts'
import type { Deps } from '#lib/deps.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId, secretId } from '#lib/ids.ts'
import { letsIn } from '#lib/policy/staff-policy.ts'
import { checkAcceptance } from '#lib/schemas/staff.ts'
import { ownIdentityColumns, staffRow } from './support/account-row.ts'
import { endSessions } from './support/end-account.ts'
import { replaceCodes } from './support/recovery-codes.ts'
import { logStaff } from './support/staff-work.ts'

export interface AcceptInvitationInput {
  readonly token: string
  /** The form as typed, by field name. */
  readonly typed: unknown
}

interface Ways {
  readonly login: string | null
  readonly passwordHash: string
  readonly totpSecret: string
  readonly totpStep: number
}

const over = () => refused(issue(null, 'invitation-over'))

/**
 * Makes the account an invitation is for, or the way into it anew (ACC-10), once, also under two at once; the code proves
 * that the authenticator was set up, and does not work a second time. Gives a proof for the first session and ten recovery
 * codes, this once. Refused: the issues of `checkAcceptance`, `totp-wrong`, `login-taken`, and `invitation-over`, which
 * says the same of a link that is used, taken back, too old or none of ours.
 */
export async function acceptInvitation(
  deps: Deps,
  _actor: null,
  { token, typed }: AcceptInvitationInput,
): Promise<Proven & { readonly recoveryCodes: readonly string[]; readonly isNew: boolean }> {
  const { store, keys, clock } = deps
  const { t } = store
  const id = secretId(token)
  const link = await linkById(store.read, t, id, clock.now())
  if (!link || !letsIn(link.facts)) throw over()
  const name = keys.unseal(link.invitation.nameSealed, invitationContext(id))
  const read = checkAcceptance(typed, { isNew: link.member === null, name })
  if (!read.ok) throw refused(...read.issues)
  const { login, password, totp, ticket } = read.value
  const proven = enrolledBy(deps, id, { ticket, totp })
  if (!proven) throw refused(issue('totp', 'totp-wrong'))
  const ways: Ways = { login, passwordHash: await hashPassword(password), ...proven }

  return store.tx(async (q) => {
    const [mine] = await q
      .update(t.invitation)
      .set({ usedAt: clock.now() })
      .where(
        and(
          eq(t.invitation.id, id),
          isNull(t.invitation.usedAt),
          isNull(t.invitation.revokedAt),
          gt(t.invitation.expiresAt, clock.now()),
        ),
      )
      .returning({ id: t.invitation.id })
    const now = mine ? await linkById(q, t, id, clock.now()) : null
    // Who gave it may have been suspended while the password was hashed.
    if (!now || !letsIn({ ...now.facts, isOpen: true })) throw over()
    const accountId = now.member
      ? await renewAccount(deps, q, now.member.id, ways)
      : await makeAccount(deps, q, now.invitation, name, ways)
    const recoveryCodes = await replaceCodes(deps, q, accountId)
    return { ...prove(deps, accountId), recoveryCodes, isNew: now.member === null }
  })
}

/** The secret that the page of this link showed, and the step of the code typed; null where it does not give it. */
function enrolledBy({ keys, clock }: Deps, id: string, { ticket, totp }: { ticket: string; totp: string }) {
  const totpSecret = linkSecret(keys, id, ticket)
  const totpStep = totpSecret === null ? null : totpStepOf(totpSecret, totp, clock.now(), 0)
  return totpSecret !== null && totpStep !== null ? { totpSecret, totpStep } : null
}

async function makeAccount(
  deps: Deps,
  q: Q,
  invitation: Invitation,
  name: string,
  { login, passwordHash, totpSecret, totpStep }: Ways,
): Promise<string> {
  const { account, staffGrant } = deps.store.t
  const at = deps.clock.now()
  const id = newId(at)
  const { role, departmentId } = invitation
  if (role === null || login === null) throw over()
  const row = staffRow(deps, { id, name, passwordHash, at, login, totpSecret })
  const [made] = await q
    .insert(account)
    .values({ ...row, totpStep, ...ownIdentityOf(deps, id, invitation) })
    .onConflictDoNothing()
    .returning({ id: account.id })
  // Told to who holds a link, and to nobody else.
  if (!made) throw refused(issue('login', 'login-taken'))
  await insert(q, staffGrant, { id: newId(at), accountId: id, role, departmentId, createdAt: at })
  const data = { role, department: departmentId ?? '' }
  await logStaff(deps, q, 'staff.joined', { actorId: id, personId: id }, data)
  return id
}

function ownIdentityOf(
  deps: Deps,
  accountId: string,
  { id, ownIdentityIndex, ownIdentitySealed }: Invitation,
) {
  // One made before 0011 has the index alone.
  if (ownIdentitySealed === '') return { ownIdentityIndex }
  return ownIdentityColumns(deps, accountId, deps.keys.unseal(ownIdentitySealed, invitedIdentityContext(id)))
}

/** Whoever was signed in by the old way is so no longer. */
async function renewAccount(
  deps: Deps,
  q: Q,
  id: string,
  { passwordHash, totpSecret, totpStep }: Ways,
): Promise<string> {
  const { account } = deps.store.t
  await q
    .update(account)
    .set({
      passwordHash,
      totpSealed: deps.keys.seal(totpSecret, accountContext(id, 'totp')),
      totpStep,
      version: sql`${account.version} + 1`,
    })
    .where(eq(account.id, id))
  await endSessions(deps, q, id)
  await logStaff(deps, q, 'staff.way-in-renewed', { actorId: id, personId: id })
  return id
}
