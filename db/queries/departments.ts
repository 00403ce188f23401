import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

export type Department = Schema['department']['$inferSelect']

export async function departmentById(q: Q, t: Schema, id: string): Promise<Department | null> {
  const [row] = await q.select().from(t.department).where(eq(t.department.id, id)).limit(1)
  return row ?? null
}

/** Active children in official order; the first level for null (DEP-1). */
export const departmentsUnder = (q: Q, t: Schema, parentId: string | null) =>
  q
    .select({ id: t.department.id, name: t.department.name })
    .from(t.department)
    .where(
      and(
        parentId === null ? sql`${t.department.parentId} is null` : eq(t.department.parentId, parentId),
        eq(t.department.active, true),
      ),
    )
    .orderBy(asc(t.department.sort))

/** The nodes from the root down to this one, itself last. */
export async function departmentChain(
  q: Q,
  t: Schema,
  node: Pick<Department, 'path'>,
): Promise<Department[]> {
  const ids = node.path.split('/')
  const rows = await q.select().from(t.department).where(inArray(t.department.id, ids))
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/**
 * What three selects say: the deepest node of the typed `a/b/c` that hangs together, or null. A city left over
 * from another province counts for nothing (DEP-1 without script).
 */
export async function departmentTyped(q: Q, t: Schema, typed: string): Promise<Department | null> {
  const ids = typed.split('/').filter((id) => id !== '')
  if (ids.length === 0) return null
  const rows = await q
    .select()
    .from(t.department)
    .where(and(inArray(t.department.id, ids), eq(t.department.active, true)))
  const [first = '', ...rest] = ids
  let found = rows.find(({ id }) => id === first) ?? null
  for (const id of rest) {
    const next = rows.find((row) => row.id === id && row.parentId === found?.id)
    if (!next) break
    found = next
  }
  return found
}

/** A department people may choose: active and without active children (DEP-1). */
export async function isSelectable(q: Q, t: Schema, node: Department): Promise<boolean> {
  if (!node.active) return false
  const [child] = await q
    .select({ id: t.department.id })
    .from(t.department)
    .where(and(eq(t.department.parentId, node.id), eq(t.department.active, true)))
    .limit(1)
  return child === undefined
}

/** The 市本级 node that looks at identity pictures of people in this city (IDV-3). */
export async function ownDepartmentOf(q: Q, t: Schema, cityCode: string): Promise<Department | null> {
  const rows = await q
    .select()
    .from(t.department)
    .where(and(inArray(t.department.id, [`${cityCode}-own`, cityCode]), eq(t.department.active, true)))
  return rows.find(({ kind }) => kind === 'own') ?? rows[0] ?? null
}
