import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import type { ClaimKind, Facts } from '#lib/domain/claims.ts'
import { claimShapes, plainly } from '#lib/domain/claims.ts'
import type { Keyring } from '../crypto.ts'
import type { Q, Schema } from '../store.ts'

/** Binds a sealed record to its row. */
export const registerContext = (id: string) => `register:${id}`

/** Under which indexes a record of this kind may stand: by whose it is, and which of theirs it is. */
export const registerSubject = (kind: ClaimKind, value: string) => `${kind}/${value}`
export const registerEntryKey = (kind: ClaimKind, record: Facts) =>
  [kind, record[claimShapes[kind].by] ?? '', plainly(record[claimShapes[kind].entry] ?? '')].join('/')

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
    .select({ id: registerEntry.id, bodySealed: registerEntry.bodySealed })
    .from(registerEntry)
    .where(
      and(inArray(registerEntry.subjectIndex, keys.blinds('register', value)), eq(registerEntry.kind, kind)),
    )
    .limit(most)
  if (rows.length === 0 && !whole) return null
  return rows.map(({ id, bodySealed }) => JSON.parse(keys.unseal(bodySealed, registerContext(id))))
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
