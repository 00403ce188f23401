import { instant, table, text, uniqueIndex } from './columns.ts'

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
