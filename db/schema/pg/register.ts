// Generated from ../register.ts by npm run db:generate; do not edit.
import { claimKinds } from '#lib/domain/claims.ts'
import { bool, id, index, instant, integer, ref, table, text, uniqueIndex } from './columns.ts'

/** One CSV file of register records brought in by an operator (CHK-2). */
export const registerImport = table('register_import', {
  id: id(),
  kind: text('kind', { enum: claimKinds }).notNull(),
  /** Records taken and lines left out. */
  taken: integer('taken').notNull(),
  refused: integer('refused').notNull(),
  /** It holds some subjects only: who is not in it is not known, instead of not there. */
  partial: bool('partial').notNull(),
  importedAt: instant('imported_at').notNull(),
})

/** What a register knows about one thing. Looked up by whose it is: a blind index of the identity number or credit code. */
export const registerEntry = table(
  'register_entry',
  {
    id: id(),
    kind: text('kind', { enum: claimKinds }).notNull(),
    subjectIndex: text('subject_index').notNull(),
    /** Blind index of kind, subject and number of the thing: a later import of it replaces it. */
    entryIndex: text('entry_index').notNull(),
    bodySealed: text('body_sealed').notNull(),
    importId: ref('import_id')
      .notNull()
      .references(() => registerImport.id),
  },
  (t) => [
    uniqueIndex('register_entry_entry').on(t.entryIndex),
    index('register_entry_subject').on(t.subjectIndex, t.kind),
    index('register_entry_kind').on(t.kind, t.importId),
  ],
)
