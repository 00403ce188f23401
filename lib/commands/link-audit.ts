import { asc, inArray } from 'drizzle-orm'
import { linkHash, noRow, seqAfter } from '#db/audit-hash.ts'
import { chainHead, isLinkDue, type Link, rowTexts, takeChain } from '#db/queries/audit-chain.ts'
import { insert } from '#db/write.ts'
import type { Deps } from '#lib/deps.ts'

/**
 * Links up to `limit` of the oldest rows that wait into the audit chain (ADM-3), in one short transaction, and gives the
 * number linked. Several may link at once: one goes on at a time, and were it otherwise, the number of a link is its primary
 * key, so that the slower one fails and its rows wait for the next turn. A row that was taken away before it could be linked
 * gets a link all the same, which tells that it is not there.
 */
export async function linkAudit(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  limit = 500,
): Promise<number> {
  const { t, engine } = store
  // Most turns find nothing, and a look takes no lock.
  if (!(await isLinkDue(store.read, t))) return 0
  return store.tx(async (q) => {
    await takeChain(q, engine)
    const { id, log } = t.auditPending
    const oldest = q.select({ id }).from(t.auditPending).orderBy(asc(id)).limit(limit)
    const taken = await q.delete(t.auditPending).where(inArray(id, oldest)).returning({ id, log })
    if (taken.length === 0) return 0
    const rows = taken.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const texts = await rowTexts(q, t, rows)
    const at = clock.now()
    let { seq, hash } = await chainHead(q, t)
    const links = rows.map((row): Link => {
      seq = seqAfter(seq)
      hash = linkHash(hash, { seq, log: row.log, row: texts.get(row.id) ?? noRow })
      return { seq, log: row.log, rowId: row.id, hash, at }
    })
    await insert(q, t.auditLink, links)
    return links.length
  })
}
