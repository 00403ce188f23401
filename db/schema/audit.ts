import { id, instant, table, text, uniqueIndex } from './columns.ts'

/**
 * The chain over the event log and the access log (ADM-3): each link holds the hash of the row it stands for and of the link
 * before. Written behind the logs by one worker at a time.
 */
export const auditLink = table(
  'audit_link',
  {
    /** 1, 2, 3 … without a gap, as text of 12 digits. */
    seq: text('seq').primaryKey(),
    log: text('log', { enum: ['event', 'access'] }).notNull(),
    rowId: text('row_id').notNull(),
    /** SHA-256 over the link before, the log, the id and the row, 64 hex digits. */
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [uniqueIndex('audit_link_row').on(t.log, t.rowId)],
)

/** A row of a log that is not in the chain yet, written beside it: so that linking reads no log to find what is new. */
export const auditPending = table('audit_pending', {
  /** The row's own id. */
  id: id(),
  log: text('log', { enum: ['event', 'access'] }).notNull(),
})
