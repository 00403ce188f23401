import { account } from './account.ts'
import { bool, id, index, instant, integer, json, primaryKey, ref, table, text } from './columns.ts'

/**
 * Counts of a subtree (ADM-2), kept up to date: each number is written for the department and everything above it, so that
 * a page of figures reads its own rows and nothing else. What is asked of a department, one measure over some months, lies side by
 * side: SQLite keeps the rows in the key itself (`without rowid`, written by hand in its migration).
 */
export const figure = table(
  'figure',
  {
    /** '' for the whole country. */
    departmentId: text('department_id').notNull(),
    /** `YYYY-MM` of what happened in a month; '' for what there is now. */
    period: text('period').notNull(),
    measure: text('measure').notNull(),
    bucket: text('bucket').notNull(),
    value: integer('value').notNull(),
  },
  (t) => [primaryKey({ columns: [t.departmentId, t.measure, t.period, t.bucket] })],
)

/** What a transaction changes in the figures. It only appends, so two decisions never wait for one number; a worker adds it up. */
export const figureDelta = table('figure_delta', {
  id: id(),
  /** `[departmentId, period, measure, bucket, by]` each. */
  changes: json<readonly (readonly [string, string, string, string, number])[]>('changes').notNull(),
})

/** A file that a member of staff asked for: written by a job, kept for some days, fetched by nobody else (ADM-2). */
export const exportFile = table(
  'export_file',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    kind: text('kind', { enum: ['people', 'cases', 'figures', 'audit'] }).notNull(),
    format: text('format', { enum: ['csv', 'xlsx'] }).notNull(),
    /** Of which subtree; '' for the whole country. */
    departmentId: text('department_id').notNull().default(''),
    /** With whole numbers: only for who may, with a purpose, and each person noted in the access log. */
    full: bool('full').notNull().default(false),
    purposeSealed: text('purpose_sealed').notNull().default(''),
    /** What narrows it: ids, days and codes. */
    filter: json<Record<string, string>>('filter').notNull(),
    rows: integer('rows').notNull().default(0),
    /** How many there are to write; null before they were counted. */
    total: integer('total'),
    storageKey: text('storage_key'),
    bytes: integer('bytes').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    doneAt: instant('done_at'),
    failedAt: instant('failed_at'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('export_file_account').on(t.accountId, t.id), index('export_file_expires').on(t.expiresAt)],
)
