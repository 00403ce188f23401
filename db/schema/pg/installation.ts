// Generated from ../installation.ts by npm run db:generate; do not edit.
import { id, instant, integer, primaryKey, table, text } from './columns.ts'

/** One row, `one`: what tells a database that is ours and readable from an empty or a foreign one. */
export const installation = table('installation', {
  id: id(),
  /** A known text under the key that wrote last: another keyring does not open it. */
  keyCheckSealed: text('key_check_sealed').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** How far `rotate-keys` has come under a key, table by table, so that it goes on where it was ended. */
export const keyRotation = table(
  'key_rotation',
  {
    keyId: text('key_id').notNull(),
    /** A table, or `files`. */
    part: text('part').notNull(),
    /** The last one that was looked at, in the order of the primary key; '' before the first. */
    after: text('after').notNull().default(''),
    changed: integer('changed').notNull().default(0),
    startedAt: instant('started_at').notNull(),
    doneAt: instant('done_at'),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.part] })],
)
