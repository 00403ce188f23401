/** What a copy of an earlier moment must not go on with. */
import { and, inArray, isNull } from 'drizzle-orm'
import { record } from '#db/events.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import type { Deps } from '#lib/deps.ts'
import { newId } from '#lib/ids.ts'
import type { Ending } from './archive.ts'
import type { Manifest } from './manifest.ts'

const keysAtOnce = 500

export interface Settled {
  readonly sessions: number
  readonly unsent: number
}

/**
 * Ends every session, so that a cookie that was stolen then does not live again; gives up messages that were on their way, which
 * may have been sent since (with `send` they are sent, maybe twice); frees jobs of the worker they belonged to; takes away exports whose file went before it
 * could be copied; and links the log to its end.
 */
export async function settle(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  manifest: Manifest,
  ending: Pick<Ending, 'gone'>,
  send: boolean,
): Promise<Settled> {
  const { t } = store
  const at = clock.now()
  const settled = await store.tx(async (q) => {
    const ended = await q
      .update(t.session)
      .set({ endedAt: at })
      .where(isNull(t.session.endedAt))
      .returning({ id: t.session.id })
    const unsent = send
      ? []
      : await q
          .update(t.outbox)
          .set({ deadAt: at })
          .where(and(isNull(t.outbox.sentAt), isNull(t.outbox.deadAt)))
          .returning({ id: t.outbox.id })
    await q.update(t.job).set({ worker: '', leaseUntil: null }).where(isNull(t.job.doneAt))
    for (let from = 0; from < ending.gone.length; from += keysAtOnce)
      await q
        .delete(t.exportFile)
        .where(inArray(t.exportFile.storageKey, ending.gone.slice(from, from + keysAtOnce)))
    const counts = { sessions: ended.length, unsent: unsent.length }
    const data = { ...counts, of: manifest.at, chain: manifest.head.seq }
    await record(q, t, { id: newId(at), kind: 'backup.restored', data, at })
    return counts
  })
  while ((await linkAudit({ store, clock })) > 0);
  return settled
}
