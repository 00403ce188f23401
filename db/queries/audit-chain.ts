/** Reads of the audit chain (ADM-3): links in the order of their numbers, and the rows they stand for. */
import { and, asc, count, desc, eq, gt, gte, inArray, lt, max, min, sql } from 'drizzle-orm'
import {
  type AuditLog,
  accessText,
  type ChainHead,
  chainStart,
  eventText,
  noRow,
  unreadableRow,
} from '../audit-hash.ts'
import type { Engine, Q, Schema } from '../engine.ts'

export type Link = Schema['auditLink']['$inferSelect']

const chainLock = 7_203_117 // any number, the same in every process of this system

/** Of several linkers one at a time goes on, until its transaction ends. SQLite writes one at a time anyway. */
export async function takeChain(q: Q, engine: Engine): Promise<void> {
  if (engine === 'pg')
    await q.select({ taken: sql`pg_advisory_xact_lock(${chainLock})` }).from(sql`(values (1)) as one`)
}

/** The newest link; null before the first. */
export async function newestLink(q: Q, t: Schema): Promise<Link | null> {
  const [row] = await q.select().from(t.auditLink).orderBy(desc(t.auditLink.seq)).limit(1)
  return row ?? null
}

/** Where the chain ends now. */
export async function chainHead(q: Q, t: Schema): Promise<ChainHead> {
  const newest = await newestLink(q, t)
  return newest ? { seq: newest.seq, hash: newest.hash } : chainStart
}

/** Whether there is anything to link. */
export async function isLinkDue(q: Q, t: Schema): Promise<boolean> {
  const rows = await q.select({ id: t.auditPending.id }).from(t.auditPending).limit(1)
  return rows.length > 0
}

/** Rows that wait to be linked, counted up to one more than `cap`. */
export async function pendingCount(q: Q, t: Schema, cap: number): Promise<number> {
  const some = q
    .select({ id: t.auditPending.id })
    .from(t.auditPending)
    .limit(cap + 1)
    .as('some_pending')
  const [row] = await q.select({ found: count() }).from(some)
  return Number(row?.found ?? 0)
}

/** Rows that have waited since before an id, and the first of them. */
export async function pendingBefore(q: Q, t: Schema, id: string) {
  const { auditPending } = t
  const [row] = await q
    .select({ found: count(), first: min(auditPending.id) })
    .from(auditPending)
    .where(lt(auditPending.id, id))
  return { found: Number(row?.found ?? 0), first: row?.first ?? null }
}

/** The links after a number, at most `limit`, up to `last` where one is given. */
export const linksAfter = (
  q: Q,
  t: Schema,
  seq: string,
  { limit, last }: { limit: number; last?: string },
): Promise<Link[]> =>
  q
    .select()
    .from(t.auditLink)
    .where(and(gt(t.auditLink.seq, seq), last === undefined ? undefined : sql`${t.auditLink.seq} <= ${last}`))
    .orderBy(asc(t.auditLink.seq))
    .limit(limit)

export async function linkAt(q: Q, t: Schema, seq: string): Promise<Link | null> {
  const [row] = await q.select().from(t.auditLink).where(eq(t.auditLink.seq, seq)).limit(1)
  return row ?? null
}

interface Named {
  readonly log: AuditLog
  readonly id: string
}

/** Ids are unique across both logs. */
const texts = {
  event: async (q: Q, t: Schema, ids: readonly string[]): Promise<[string, string][]> => {
    const rows = await q
      .select()
      .from(t.event)
      .where(inArray(t.event.id, [...ids]))
    return rows.map((row) => [row.id, eventText(row)])
  },
  access: async (q: Q, t: Schema, ids: readonly string[]): Promise<[string, string][]> => {
    const rows = await q
      .select()
      .from(t.accessLog)
      .where(inArray(t.accessLog.id, [...ids]))
    return rows.map((row) => [row.id, accessText(row)])
  },
}

/** One row that spoils its page would otherwise hide all others of it. */
async function oneByOne(q: Q, t: Schema, log: AuditLog, ids: readonly string[]) {
  const found: [string, string][] = []
  for (const id of ids)
    found.push(...(await texts[log](q, t, [id]).catch((): [string, string][] => [[id, unreadableRow]])))
  return found
}

/** What is hashed of each of these rows, by id: `noRow` where there is none, `unreadableRow` where it cannot be read. */
export async function rowTexts(
  q: Q,
  t: Schema,
  rows: readonly Named[],
): Promise<ReadonlyMap<string, string>> {
  const held = new Map(rows.map(({ id }) => [id, noRow]))
  for (const log of ['event', 'access'] as const) {
    const ids = rows.filter((row) => row.log === log).map(({ id }) => id)
    if (ids.length === 0) continue
    const found = await texts[log](q, t, ids).catch(() => oneByOne(q, t, log, ids))
    for (const [id, text] of found) held.set(id, text)
  }
  return held
}

/** A page of one log in the order of its ids, each row with whether it is linked or waits to be; one statement, so that no linker comes between. */
export async function logPage(q: Q, t: Schema, log: AuditLog, after: string, limit: number) {
  const { auditLink, auditPending } = t
  const of = log === 'event' ? t.event : t.accessLog
  const rows = await q
    .select({ id: of.id, seq: auditLink.seq, pending: auditPending.id })
    .from(of)
    .leftJoin(auditLink, and(eq(auditLink.log, log), eq(auditLink.rowId, of.id)))
    .leftJoin(auditPending, eq(auditPending.id, of.id))
    .where(gt(of.id, after))
    .orderBy(asc(of.id))
    .limit(limit)
  return rows.map(({ id, seq, pending }) => ({ id, isKnown: seq !== null || pending !== null }))
}

/** The first and the last link of rows whose ids lie in a range; null where there is none. */
export async function linkRange(
  q: Q,
  t: Schema,
  { from, to }: { from: string | null; to: string | null },
): Promise<{ first: string; last: string } | null> {
  const { seq, log, rowId } = t.auditLink
  const found: { first: string; last: string }[] = []
  for (const one of ['event', 'access'] as const) {
    const [row] = await q
      .select({ first: min(seq), last: max(seq) })
      .from(t.auditLink)
      .where(
        and(
          eq(log, one),
          from === null ? undefined : gte(rowId, from),
          to === null ? undefined : lt(rowId, to),
        ),
      )
    if (row?.first && row.last) found.push({ first: row.first, last: row.last })
  }
  const [first] = found.map((one) => one.first).sort()
  const last = found
    .map((one) => one.last)
    .sort()
    .at(-1)
  return first !== undefined && last !== undefined ? { first, last } : null
}
