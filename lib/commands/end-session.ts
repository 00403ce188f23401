import { and, eq, isNull } from 'drizzle-orm'
import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { newId } from '#lib/ids.ts'

/** Signs one of one's own browsers out (ACC-8); one that is out already stays so. Anybody else's is `not-found`. */
export async function endOneSession(
  { store, clock }: Deps,
  actor: Actor,
  { sessionId }: { readonly sessionId: string },
): Promise<void> {
  const { t } = store
  const own = and(eq(t.session.id, sessionId), eq(t.session.accountId, actor.id))
  await store.tx(async (q) => {
    const at = clock.now()
    const [ended] = await q
      .update(t.session)
      .set({ endedAt: at })
      .where(and(own, isNull(t.session.endedAt)))
      .returning({ id: t.session.id })
    if (ended)
      return record(q, t, { id: newId(at), kind: 'session.ended', actorId: actor.id, personId: actor.id, at })
    const [known] = await q.select({ id: t.session.id }).from(t.session).where(own).limit(1)
    if (!known) throw notFound()
  })
}
