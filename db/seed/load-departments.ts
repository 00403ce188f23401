import { and, eq } from 'drizzle-orm'
import type { Q, Schema, Store } from '../store.ts'
import { type DepartmentSeed, departments } from './departments.ts'

type Stored = Pick<
  Schema['department']['$inferSelect'],
  | 'id'
  | 'parentId'
  | 'path'
  | 'level'
  | 'kind'
  | 'name'
  | 'fullName'
  | 'regionCode'
  | 'sort'
  | 'active'
  | 'version'
>
type Seeded = Omit<Stored, 'version'>

/** One statement holds some 8,000 values, well below what either engine takes. */
const perStatement = 500

const storedOf = (q: Q, { department }: Schema): Promise<Stored[]> =>
  q
    .select({
      id: department.id,
      parentId: department.parentId,
      path: department.path,
      level: department.level,
      kind: department.kind,
      name: department.name,
      fullName: department.fullName,
      regionCode: department.regionCode,
      sort: department.sort,
      active: department.active,
      version: department.version,
    })
    .from(department)

/** What is missing and what differs. Operators' edits raise `version`, and what they edited is theirs (ADM-1). */
function compare(seeds: readonly DepartmentSeed[], stored: readonly Stored[]) {
  const known = new Map(stored.map((row) => [row.id, row]))
  const paths = new Map<string, string>()
  const missing: Seeded[] = []
  const changed: Seeded[] = []
  for (const { own, ...seed } of seeds) {
    const found = known.get(seed.id)
    const edited = found !== undefined && found.version > 1
    const above = seed.parentId === null ? '' : `${paths.get(seed.parentId) ?? seed.parentId}/`
    // An edited node may hang elsewhere: what is seeded beneath it follows.
    const path = edited ? found.path : `${above}${seed.id}`
    paths.set(seed.id, path)
    const row: Seeded = { ...seed, path }
    if (!found) missing.push(row)
    else if (!edited && !same(found, row)) changed.push(row)
  }
  return { missing, changed }
}

const same = (stored: Stored, { id: _, ...seeded }: Seeded) => {
  const held: Readonly<Record<string, unknown>> = { ...stored }
  return Object.entries(seeded).every(([key, value]) => held[key] === value)
}

/**
 * Brings the table of departments up to the seeded tree (DEP-1): adds what is missing and corrects what nobody has
 * edited; never removes. One read and no write where nothing differs.
 */
export async function loadDepartments(store: Store, at: Date): Promise<{ added: number; corrected: number }> {
  const { t } = store
  const seeds = departments()
  const now = compare(seeds, await storedOf(store.read, t))
  if (now.missing.length + now.changed.length === 0) return { added: 0, corrected: 0 }
  return store.tx(async (q) => {
    const { missing, changed } = compare(seeds, await storedOf(q, t))
    for (let from = 0; from < missing.length; from += perStatement) {
      const rows = missing.slice(from, from + perStatement).map((row) => ({ ...row, createdAt: at }))
      await q.insert(t.department).values(rows).onConflictDoNothing()
    }
    for (const { id, ...row } of changed)
      await q
        .update(t.department)
        .set(row)
        .where(and(eq(t.department.id, id), eq(t.department.version, 1)))
    return { added: missing.length, corrected: changed.length }
  })
}
