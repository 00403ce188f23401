/**
 * Walks the audit chain and both logs in pages (ADM-3), so that a million rows take no more memory than a thousand. A breath
 * between pages, because what SQLite's statements hold is freed no sooner.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import {
  type AuditLog,
  type ChainHead,
  chainStart,
  linkHash,
  noRow,
  seqAfter,
  unreadableRow,
} from '#db/audit-hash.ts'
import { type Link, linkAt, linksAfter, logPage, pendingBefore, rowTexts } from '#db/queries/audit-chain.ts'
import type { Deps } from '#lib/deps.ts'
import { firstIdAt, instantOfId } from '#lib/domain/id-times.ts'

const pageSize = 1000
/** So long a row may wait for its link: the worker takes it up within a second. */
const waitMs = 10 * 60_000

/** Told of each thing that is wrong, in a line without personal data. */
export type Tell = (fault: string) => void

interface Judged extends Pick<Link, 'seq' | 'log' | 'hash'> {
  /** Which row, as operators can look it up. */
  readonly name: string
  /** What is hashed of it. */
  readonly row: string
}

/** Judges one link after another; what was wrong before one does not make it wrong too. */
export function chainJudge(start: ChainHead, tell: Tell) {
  let before: ChainHead = start
  let count = 0
  return {
    next(link: Judged): void {
      const expected = seqAfter(before.seq)
      const gap = link.seq !== expected
      if (gap && !/^\d{12}$/.test(link.seq)) tell(`chain: a link is numbered ${link.seq}`)
      else if (gap)
        tell(
          `chain: after link ${before.seq} comes ${link.seq}, which cannot be judged without the one before it`,
        )
      if (link.row === noRow) tell(`chain: link ${link.seq} stands for a row that is gone: ${link.name}`)
      else if (link.row === unreadableRow)
        tell(`chain: link ${link.seq} stands for a row that cannot be read: ${link.name}`)
      else if (!gap && linkHash(before.hash, link) !== link.hash)
        tell(
          `chain: link ${link.seq} does not fit: its row was changed (${link.name}), or the link, or their order`,
        )
      before = { seq: link.seq, hash: link.hash }
      count += 1
    },
    /** Where it has come to. */
    head: (): ChainHead => before,
    count: () => count,
  }
}

/** Every link against its row and the link before. Gives where the chain ends and how many links it has. */
export async function verifyLinks({ store }: Deps, tell: Tell): Promise<{ head: ChainHead; links: number }> {
  const { read, t } = store
  const judge = chainJudge(chainStart, tell)
  let last = ''
  for (;;) {
    const links = await linksAfter(read, t, last, { limit: pageSize })
    const texts = await rowTexts(
      read,
      t,
      links.map(({ log, rowId }) => ({ log, id: rowId })),
    )
    for (const { seq, log, rowId, hash } of links)
      judge.next({ seq, log, hash, name: `${log} ${rowId}`, row: texts.get(rowId) ?? noRow })
    last = links.at(-1)?.seq ?? last
    if (links.length < pageSize) return { head: judge.head(), links: judge.count() }
    await breathe()
  }
}

/** Rows that somebody put into a log past the chain. Gives how many rows the log has. */
export async function verifyLog({ store }: Deps, log: AuditLog, tell: Tell): Promise<number> {
  let after = ''
  let count = 0
  for (;;) {
    const rows = await logPage(store.read, store.t, log, after, pageSize)
    for (const { id, isKnown } of rows)
      if (!isKnown) tell(`chain: a row is neither linked nor waiting to be: ${log} ${id}`)
    count += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < pageSize) return count
    await breathe()
  }
}

/** Whether linking has stopped. */
export async function verifyPending({ store, clock }: Deps, tell: Tell): Promise<void> {
  const bound = firstIdAt(new Date(clock.now().getTime() - waitMs))
  const { found, first } = await pendingBefore(store.read, store.t, bound)
  if (found === 0) return
  const since = (first === null ? null : instantOfId(first))?.toISOString() ?? 'an unknown time'
  tell(`chain: ${found} rows have waited for more than ten minutes, since ${since}: is the server running?`)
}

/** Whether a head that was noted elsewhere is part of the chain as it is now. */
export async function verifyHead({ store }: Deps, head: ChainHead, tell: Tell): Promise<void> {
  if (head.seq === chainStart.seq && head.hash === chainStart.hash) return
  const link = await linkAt(store.read, store.t, head.seq)
  if (!link) tell(`chain: the noted head ${head.seq} is not there: the chain was cut or begun anew`)
  else if (link.hash !== head.hash)
    tell(`chain: link ${head.seq} is not the noted head: the chain was written anew`)
}
