// Generated from ../file.ts by npm run db:generate; do not edit.
import { account } from './account.ts'
import { id, index, instant, integer, ref, table, text, uniqueIndex } from './columns.ts'

/** A picture as stored: re-encoded, encrypted under `storageKey`. Bytes and size are those received (BAS-3). */
export const storedFile = table(
  'stored_file',
  {
    id: id(),
    ownerId: ref('owner_id')
      .notNull()
      .references(() => account.id),
    storageKey: text('storage_key').notNull(),
    format: text('format', { enum: ['jpeg', 'png'] }).notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    nameSealed: text('name_sealed').notNull(),
    digest: text('digest').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('stored_file_key').on(t.storageKey),
    index('stored_file_owner').on(t.ownerId),
    index('stored_file_digest').on(t.digest),
  ],
)
