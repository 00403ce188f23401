import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import { claimShapes, judgeClaim, lookedUpBy, plainly } from '#lib/domain/claims.ts'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'

/** Binds a sealed record to its row. */
export const registerContext = (id: string) => `register:${id}`

/** Under which indexes a record of this kind may stand: by whose it is, and which of theirs it is. */
const registerSubject = (kind: ClaimKind, value: string) =>
  `${kind}/${lookedUpBy(kind, { [claimShapes[kind].by]: value })}`
const registerEntryKey = (kind: ClaimKind, record: Facts) =>
  [kind, lookedUpBy(kind, record), plainly(record[claimShapes[kind].entry] ?? '')].join('/')

/** Whose it is, and which of theirs: the latter by every key, newest first. */
export const registerIndexes = (keys: Keyring, kind: ClaimKind, facts: Facts) => ({
  subjectIndex: keys.blind('register', registerSubject(kind, facts[claimShapes[kind].by] ?? '')),
  entryIndexes: keys.blinds('register-entry', registerEntryKey(kind, facts)),
})

/** Most of one subject that are looked at: nobody has more certificates of a kind. */
const most = 50

/**
 * What was imported of this kind about this subject; null where nothing of the kind was, or only some subjects' records were
 * (CHK-4).
 */
export async function registerRecords(
  q: Q,
  t: Schema,
  keys: Keyring,
  kind: ClaimKind,
  subject: Facts,
): Promise<Facts[] | null> {
  const { registerEntry, registerImport } = t
  // Asked first: an import that ends in between has brought in its records before it counts as whole.
  const [whole] = await q
    .select({ id: registerImport.id })
    .from(registerImport)
    .where(and(finished(t, kind), eq(registerImport.partial, false)))
    .limit(1)
  const value = registerSubject(kind, subject[claimShapes[kind].by] ?? '')
  const rows = await q
    .select({ id: registerEntry.id, bodySealed: registerEntry.bodySealed, taken: registerImport.taken })
    .from(registerEntry)
    .innerJoin(registerImport, eq(registerImport.id, registerEntry.importId))
    .where(
      and(inArray(registerEntry.subjectIndex, keys.blinds('register', value)), eq(registerEntry.kind, kind)),
    )
    .limit(most)
  const records: Facts[] = rows.map(({ id, bodySealed }) =>
    JSON.parse(keys.unseal(bodySealed, registerContext(id))),
  )
  // Of who is in an import that has not ended, another certificate may be still to come.
  const isSilent = !whole && rows.every(({ taken }) => taken === 0)
  return isSilent && judgeClaim(kind, subject, records).why === 'not-found' ? null : records
}

/** An import counts once all of it is in: until then it has taken nothing. */
const finished = ({ registerImport }: Schema, kind: ClaimKind) =>
  and(eq(registerImport.kind, kind), gt(registerImport.taken, 0))

/** Imports of a kind that came to their end, newest first. */
export const registerImports = (q: Q, t: Schema, kind: ClaimKind, limit = 1) =>
  q
    .select()
    .from(t.registerImport)
    .where(finished(t, kind))
    .orderBy(desc(t.registerImport.importedAt), desc(t.registerImport.id))
    .limit(limit)
