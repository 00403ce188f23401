import { and, eq, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { cancelWhere } from './support/cancel-cases.ts'
import { closeForGood } from './support/end-account.ts'
import { hasCaseUnderReview } from './support/under-review.ts'

const reason = 'appeal-dropped'

/**
 * 放弃申诉: who lost a phone keeps the account as it is (ACC-8); the account of a claimant was made for the appeal alone
 * and is closed with it (ACC-9). Done once, however often it is sent. Refused: `appeal-under-review`, until it is taken
 * back.
 */
export async function dropAppeal(deps: Deps, actor: Person): Promise<void> {
  const { store, clock } = deps
  const { account, serviceCase } = store.t
  const { id } = actor
  await store.tx(async (q) => {
    const own = and(eq(serviceCase.personId, id), eq(serviceCase.kind, 'appeal'))
    if (await hasCaseUnderReview(deps, q, id, 'appeal')) throw refused(issue(null, 'appeal-under-review'))
    const why = { reason, actorId: id }
    await cancelWhere(deps, q, own, why)
    if (actor.kind === 'claimant') {
      const [claiming] = await q
        .update(account)
        .set({ status: 'closed' })
        .where(and(eq(account.id, id), eq(account.status, 'claiming')))
        .returning({ id: account.id })
      if (claiming) await closeForGood(deps, q, id, why)
      return
    }
    await q
      .update(account)
      .set({ nextPhoneSealed: '', version: sql`${account.version} + 1` })
      .where(eq(account.id, id))
    const at = clock.now()
    await record(q, store.t, { id: newId(at), kind: 'appeal.dropped', actorId: id, personId: id, at })
  })
}
