import { and, eq, sql } from 'drizzle-orm'
import { accountContext, openAccount } from '#db/queries/accounts.ts'
import { secretInTicket } from '#db/queries/factor-ticket.ts'
import { staffAccount } from '#db/queries/staff.ts'
import { totpStepOf } from '#lib/auth/totp.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound, refused, stale } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { checkFirstCode } from '#lib/schemas/staff.ts'
import { endSessions } from './support/end-account.ts'
import { logStaff, revokeWaysIn } from './support/staff-work.ts'

export interface ReplaceFactorInput {
  /** Of `beginFactor`. */
  readonly ticket: string
  readonly typed: unknown
}

/**
 * The second half: a code of the new authenticator proves it, and from then on only the new one counts. Every other session
 * ends. Refused: `totp-empty`, `totp-format`, `totp-wrong`, `ticket-over`; `stale` when it was changed meanwhile.
 */
export async function replaceFactor(
  deps: Deps,
  actor: Actor,
  { ticket, typed }: ReplaceFactorInput,
): Promise<void> {
  if (actor.kind !== 'staff') throw notFound()
  const { store, keys, clock } = deps
  const { t } = store
  const row = await staffAccount(store.read, t, actor.id)
  if (row?.status !== 'active') throw notFound()
  const secret = secretInTicket(keys, ticket, openAccount(keys, row), clock.now())
  if (secret === null) throw refused(issue(null, 'ticket-over'))
  const code = checkFirstCode(typed)
  if (!code.ok) throw refused(...code.issues)
  const totpStep = totpStepOf(secret, code.value, clock.now(), 0)
  if (totpStep === null) throw refused(issue('totp', 'totp-wrong'))
  await store.tx(async (q) => {
    const [mine] = await q
      .update(t.account)
      .set({
        totpSealed: keys.seal(secret, accountContext(actor.id, 'totp')),
        totpStep,
        version: sql`${t.account.version} + 1`,
      })
      .where(and(eq(t.account.id, actor.id), eq(t.account.totpSealed, row.totpSealed)))
      .returning({ id: t.account.id })
    if (!mine) throw stale()
    await endSessions(deps, q, actor.id, actor.sessionId)
    // A way in that somebody once made for them is not needed any more.
    await revokeWaysIn(deps, q, actor.id)
    await logStaff(deps, q, 'staff.factor-replaced', { actorId: actor.id, personId: actor.id })
  })
}
