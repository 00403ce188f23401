import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import { endSessions } from './support/end-account.ts'

/** Signs the actor out everywhere but here (ACC-8). */
export async function endOtherSessions(deps: Deps, actor: Actor): Promise<void> {
  const { store, clock } = deps
  await store.tx(async (q) => {
    const at = clock.now()
    await endSessions(deps, q, actor.id, actor.sessionId)
    await record(q, store.t, {
      id: newId(at),
      kind: 'session.others-ended',
      actorId: actor.id,
      personId: actor.id,
      at,
    })
  })
}
