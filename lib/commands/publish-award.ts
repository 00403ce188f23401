import { eq, sql } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { accountById } from '#db/queries/accounts.ts'
import { entryById, lockEntry } from '#db/queries/conduct.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { notFound, refused } from '#lib/domain/errors.ts'
import { issue } from '#lib/domain/result.ts'
import { newId } from '#lib/ids.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { mayPublish } from '#lib/policy/conduct-policy.ts'
import { isInScope } from '#lib/policy/staff-policy.ts'
import { facingPerson } from './support/case-work.ts'

/**
 * 公开 · 取消公开 an award (AWD-1); asked twice, done once. `not-found` outside the subtrees one reviews or manages; refused: `manager-required-publish`,
 * `publish-penalty`, `publish-own`, and `conduct-revoked` where it does not stand any more.
 */
export async function publishAward(
  deps: Deps,
  actor: Staff,
  { entryId, published }: { readonly entryId: string; readonly published: boolean },
): Promise<void> {
  const { store, clock } = deps
  const { t } = store
  await store.tx(async (q) => {
    const entry = await lockEntry(q, t, entryId)
    const path = (await entryById(q, t, entryId))?.path ?? ''
    if (!entry || !isInScope(reviewedPaths(actor), path)) throw notFound()
    if (!mayPublish(actor, path)) throw refused(issue(null, 'manager-required-publish'))
    if (entry.kind !== 'award') throw refused(issue(null, 'publish-penalty'))
    const honoured = await accountById(q, t, deps.keys, entry.personId)
    if (honoured && (await facingPerson(deps, q, actor, honoured, path)).isSelf)
      throw refused(issue(null, 'publish-own'))
    if (entry.published === published) return
    if (entry.revokedAt !== null) throw refused(issue(null, 'conduct-revoked'))
    await q
      .update(t.conduct)
      .set({ published, version: sql`${t.conduct.version} + 1` })
      .where(eq(t.conduct.id, entryId))
    const at = clock.now()
    await record(q, t, {
      id: newId(at),
      kind: published ? 'conduct.published' : 'conduct.unpublished',
      actorId: actor.id,
      personId: entry.personId,
      caseId: entry.caseId,
      at,
    })
  })
}
