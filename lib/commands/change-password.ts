import { and, eq } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { refused, stale } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'
import { checkPasswordChange } from '#lib/schemas/account-changes.ts'
import { endSessions } from './support/end-account.ts'
import { notify } from './support/notify.ts'
import { ownAccount, proveOwn } from './support/own-password.ts'
import { revokeWaysIn } from './support/staff-work.ts'

/**
 * 修改密码 (ACC-8): the present one proves who it is, staff by their authenticator too. Every other session ends. Refused:
 * the issues of `checkPasswordChange` and `proveOwn`; `stale` where the password was changed meanwhile.
 */
export async function changePassword(
  deps: Deps,
  actor: Actor,
  { typed }: { /** The form as typed, by field name. */ readonly typed: unknown },
): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  const account = await ownAccount(deps, actor)
  const isStaff = account.kind === 'staff'
  const owner = { idNumber: account.number, phone: account.phone, name: account.name }
  const read = checkPasswordChange(typed, owner, { needsTotp: isStaff })
  if (!read.ok) throw refused(...read.issues)
  const { currentPassword, password, totp } = read.value
  await proveOwn(deps, account, { password: currentPassword, ...(isStaff ? { totp } : {}) })
  const passwordHash = await hashPassword(password)
  await store.tx(async (q) => {
    const at = clock.now()
    const [row] = await q
      .update(t.account)
      .set({ passwordHash, version: account.version + 1 })
      .where(and(eq(t.account.id, account.id), eq(t.account.version, account.version)))
      .returning({ id: t.account.id })
    if (!row) throw stale()
    await endSessions(deps, q, account.id, actor.sessionId)
    if (isStaff) await revokeWaysIn(deps, q, account.id)
    await notify(deps, q, account, { kind: 'password-changed' })
    await record(q, t, {
      id: newId(at),
      kind: 'password.changed',
      actorId: account.id,
      personId: account.id,
      at,
    })
  })
}
