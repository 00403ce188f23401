/** Links what waits for the log into the audit chain at once (ADM-3): left to the worker it would take hours. */
import { eventText, linkHash, seqAfter } from '#db/audit-hash.ts'
import { chainHead, takeChain } from '#db/queries/audit-chain.ts'
import type { Q, Store } from '#db/store.ts'
import type { Bulk } from './bulk.ts'

export async function linkWaiting({ t, engine }: Store, q: Q, bulk: Bulk, at: Date): Promise<void> {
  await takeChain(q, engine)
  let { seq, hash } = await chainHead(q, t)
  const events = bulk.waiting('event').toSorted((a, b) => (a.id < b.id ? -1 : 1))
  for (const { id, kind, actorId = null, personId = null, caseId = null, data, at: when } of events) {
    seq = seqAfter(seq)
    hash = linkHash(hash, {
      seq,
      log: 'event',
      row: eventText({ id, kind, actorId, personId, caseId, data, at: when }),
    })
    bulk.add('auditLink', { seq, log: 'event', rowId: id, hash, at })
  }
}
