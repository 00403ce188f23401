import { and, asc, eq, gte, isNotNull, isNull, lt, notExists, or, sql } from 'drizzle-orm'
import { closeForGood } from '#lib/commands/support/end-account.ts'
import type { Deps } from '#lib/deps.ts'

const day = 24 * 3_600_000
const atOnce = 50

/**
 * Closes the accounts of claimants (ACC-9) who have not had an appeal open for `LIMITS_DRAFT_DAYS`, in short
 * transactions: they can do nothing else, and hold a phone.
 */
export async function endClaims(deps: Deps): Promise<void> {
  while ((await endSome(deps)) === atOnce);
}

async function endSome(deps: Deps): Promise<number> {
  const { store, clock, env } = deps
  const { account, serviceCase } = store.t
  const before = new Date(clock.now().getTime() - env.limits.draftDays * day)
  return store.tx(async (q) => {
    const found = await q
      .select({ id: account.id })
      .from(account)
      .where(
        and(
          eq(account.status, 'claiming'),
          // By which the index finds them.
          isNull(account.identityIndex),
          lt(account.createdAt, before),
          notExists(
            q
              .select({ id: serviceCase.id })
              .from(serviceCase)
              .where(
                and(
                  eq(serviceCase.personId, account.id),
                  // Open, or ended not long ago.
                  or(isNotNull(serviceCase.openKey), gte(serviceCase.updatedAt, before)),
                ),
              ),
          ),
        ),
      )
      .orderBy(asc(account.createdAt))
      .limit(atOnce)
    for (const { id } of found) {
      // An update that changes nothing locks the row: of two processes at once the second finds it closed.
      const [held] = await q
        .update(account)
        .set({ version: sql`${account.version}` })
        .where(and(eq(account.id, id), eq(account.status, 'claiming')))
        .returning({ id: account.id })
      if (held) await closeForGood(deps, q, id, { reason: 'claim-idle' })
    }
    return found.length
  })
}
