import { createHash } from 'node:crypto'
import type { Schema } from './store.ts'

// The audit chain (ADM-3, decision 017): the linker, `verify` and the export all hash by what stands here.

type EventLogRow = Schema['event']['$inferSelect']
type AccessLogRow = Schema['accessLog']['$inferSelect']

export type AuditLog = Schema['auditLink']['$inferSelect']['log']

/** A place in the chain; as operators note it: `000000000042:<64 hex digits>`. */
export interface ChainHead {
  /** 12 digits. */
  readonly seq: string
  readonly hash: string
}

/** What stands before the first link. */
export const chainStart: ChainHead = { seq: '0'.repeat(12), hash: '0'.repeat(64) }

export const seqAfter = (seq: string): string => String(Number(seq) + 1).padStart(12, '0')

/** In place of a row that is not there. */
export const noRow = 'null'
/** In place of a row that cannot be read; it fits no hash that was made of one. */
export const unreadableRow = '"unreadable"'

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  a < b ? -1 : a > b ? 1 : 0

/** The row as JSON that does not depend on the engine: keys in this order, those of `data` sorted, the instant in UTC. */
export const eventText = ({ id, kind, actorId, personId, caseId, data, at }: EventLogRow): string =>
  JSON.stringify({
    id,
    kind,
    actorId,
    personId,
    caseId,
    data: Object.fromEntries(Object.entries(data).sort(byKey)),
    at: at.toISOString(),
  })

/** The same of a look at a picture or a full number. */
export const accessText = ({ id, actorId, personId, caseId, what, subject, at }: AccessLogRow): string =>
  JSON.stringify({ id, actorId, personId, caseId, what, subject, at: at.toISOString() })

/** SHA-256 over the link before, the number, the log and the row, 64 hex digits. */
export const linkHash = (
  before: string,
  { seq, log, row }: { seq: string; log: string; row: string },
): string => createHash('sha256').update(`${before}|${seq}|${log}|${row}`).digest('hex')
