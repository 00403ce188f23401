import {
  and,
  asc,
  count,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm'
import { caseStates, isOpen } from '#lib/domain/case-states.ts'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { countsNow } from './at-work.ts'

export type Department = Schema['department']['$inferSelect']

const departmentQuery = prepared((q, t, { id }: Given<{ id: string }>) =>
  q.select().from(t.department).where(eq(t.department.id, id)).limit(1),
)

export async function departmentById(q: Q, t: Schema, id: string): Promise<Department | null> {
  const [row] = await departmentQuery(q, t, { id })
  return row ?? null
}

/** What is beneath a path, as a range: `0` follows `/`, and a column of `steps` is in the order of bytes on either engine. */
export const rangeOf = (path: string) => ({ path, from: `${path}/`, before: `${path}0` })
type Range = { readonly [K in keyof ReturnType<typeof rangeOf>]: string | Placeholder }

const inRange = ({ department: { path } }: Schema, { from, before }: Range) =>
  and(gte(path, from), lt(path, before))

/** Everything beneath the node of this path. */
export const isBeneath = (t: Schema, path: string) => inRange(t, rangeOf(path))

/** The node a range is of, and everything beneath it. */
export const isWithin = (t: Schema, range: Range) => or(eq(t.department.path, range.path), inRange(t, range))

/** The nodes of so many paths, given by `boundWithin`, and everything beneath them; of none, nothing. */
export const isWithinAny = (t: Schema, paths: number) =>
  paths === 0
    ? sql`false`
    : or(
        ...Array.from({ length: paths }, (_, nth) => {
          const at = (key: string) => sql.placeholder(`${key}${nth}`)
          return isWithin(t, { path: at('path'), from: at('from'), before: at('before') })
        }),
      )
export const boundWithin = (paths: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    paths.flatMap((path, nth) =>
      Object.entries(rangeOf(path)).map(([key, value]) => [`${key}${nth}`, value]),
    ),
  )

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

const activeChildQuery = prepared((q, t, { id }: Given<{ id: string }>) =>
  q
    .select({ id: t.department.id })
    .from(t.department)
    .where(and(eq(t.department.parentId, id), eq(t.department.active, true)))
    .limit(1),
)

/** A department people may choose: active and without active children (DEP-1). */
export async function isSelectable(q: Q, t: Schema, node: Department): Promise<boolean> {
  if (!node.active) return false
  const [child] = await activeChildQuery(q, t, { id: node.id })
  return child === undefined
}

/** The 市本级 node that looks at identity pictures of people in this city (IDV-3), or whichever took over from it. */
export async function ownDepartmentOf(q: Q, t: Schema, cityCode: string): Promise<Department | null> {
  const rows = await q
    .select()
    .from(t.department)
    .where(inArray(t.department.id, [`${cityCode}-own`, cityCode]))
  const own = rows.find(({ kind }) => kind === 'own')
  const city = rows.find(({ kind }) => kind !== 'own')
  return (own && (await successorOf(q, t, own))) ?? (city ? successorOf(q, t, city) : null)
}

/** Where a page of one level ended: its order, then the id. */
export interface LevelCursor {
  readonly sort: number
  readonly id: string
}

/** Nodes right beneath one, closed ones too, or these very nodes; `limit` rows in official order (ADM-1). */
export const departmentLevel = (
  q: Q,
  t: Schema,
  of: { readonly parentId: string | null } | { readonly ids: readonly string[] },
  { after, limit }: { readonly after: LevelCursor | null; readonly limit: number },
): Promise<Department[]> => {
  const { id, sort, parentId } = t.department
  const level =
    'ids' in of
      ? inArray(id, [...of.ids])
      : of.parentId === null
        ? isNull(parentId)
        : eq(parentId, of.parentId)
  const past = after ? or(gt(sort, after.sort), and(eq(sort, after.sort), gt(id, after.id))) : undefined
  return q.select().from(t.department).where(and(level, past)).orderBy(asc(sort), asc(id)).limit(limit)
}

/** Which of these have nodes beneath them, closed ones too. */
export async function departmentsWithChildren(q: Q, t: Schema, ids: readonly string[]) {
  const rows = await q
    .selectDistinct({ parentId: t.department.parentId })
    .from(t.department)
    .where(inArray(t.department.parentId, [...ids]))
  return new Set(rows.map(({ parentId }) => parentId))
}

/** Whether another node beneath the same parent, or anywhere in the tree, is called this. */
export async function isDepartmentName(
  q: Q,
  t: Schema,
  {
    parentId,
    name,
    fullName,
    except,
  }: Pick<Department, 'parentId' | 'name' | 'fullName'> & { except: string },
): Promise<boolean> {
  const { department } = t
  const beside = parentId === null ? isNull(department.parentId) : eq(department.parentId, parentId)
  const [row] = await q
    .select({ id: department.id })
    .from(department)
    .where(
      and(
        ne(department.id, except),
        or(and(beside, eq(department.name, name)), eq(department.fullName, fullName)),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** Where a new node beneath this one stands: after its siblings. */
export async function nextSort(q: Q, t: Schema, parent: Pick<Department, 'id' | 'sort'>): Promise<number> {
  const [last] = await q
    .select({ sort: sql<number>`max(${t.department.sort})`.mapWith(Number) })
    .from(t.department)
    .where(eq(t.department.parentId, parent.id))
  return Math.max(parent.sort, last?.sort ?? 0) + 1
}

/** The active node that took over from a closed one, however often; null where none did. */
export async function successorOf(q: Q, t: Schema, closed: Department): Promise<Department | null> {
  const seen = new Set<string>()
  let at: Department | null = closed
  while (at && !at.active && !seen.has(at.id)) {
    seen.add(at.id)
    at = at.mergedInto === null ? null : await departmentById(q, t, at.mergedInto)
  }
  return at?.active ? at : null
}

/** Of a case that goes along when its department closes; drafts are chosen anew, decided ones stay. */
const openStates = caseStates.filter(isOpen)

/** Up to `limit` ids of open cases that stand at a department, or that their applicants mean to send there. */
export async function openCasesAt(q: Q, t: Schema, departmentId: string, limit: number): Promise<string[]> {
  const { id, state, departmentId: chosen, sentTo } = t.serviceCase
  const at = (where: SQL) =>
    q
      .select({ id })
      .from(t.serviceCase)
      .where(and(where, inArray(state, openStates)))
      .limit(limit)
  // Two reads, each by an index of its own.
  const rows = [...(await at(eq(chosen, departmentId))), ...(await at(eq(sentTo, departmentId)))]
  return [...new Set(rows.map((row) => row.id))].sort().slice(0, limit)
}

/** Up to `limit` ids of people whose records belong to a department. */
export const peopleAt = async (q: Q, t: Schema, departmentId: string, limit: number): Promise<string[]> =>
  (
    await q
      .select({ id: t.person.id })
      .from(t.person)
      .where(eq(t.person.departmentId, departmentId))
      .limit(limit)
  ).map(({ id }) => id)

/** People and open cases of a department, each counted up to one more than `cap`. */
export async function heldBy(q: Q, t: Schema, departmentId: string, cap: number) {
  const cases = (await openCasesAt(q, t, departmentId, cap + 1)).length
  const some = q
    .select({ id: t.person.id })
    .from(t.person)
    .where(eq(t.person.departmentId, departmentId))
    .limit(cap + 1)
    .as('some_people')
  const [people] = await q.select({ found: count() }).from(some)
  return { people: Number(people?.found ?? 0), cases }
}

/** Closed departments whose people or open cases have not all gone where they belong now. */
export async function unfinishedMoves(q: Q, t: Schema): Promise<string[]> {
  const { department, person, serviceCase } = t
  const open = inArray(serviceCase.state, openStates)
  const caseBy = (column: typeof serviceCase.departmentId | typeof serviceCase.sentTo) =>
    exists(
      q
        .select({ id: serviceCase.id })
        .from(serviceCase)
        .where(and(eq(column, department.id), open)),
    )
  const rows = await q
    .select({ id: department.id })
    .from(department)
    .where(
      and(
        eq(department.active, false),
        isNotNull(department.mergedInto),
        or(
          exists(q.select({ id: person.id }).from(person).where(eq(person.departmentId, department.id))),
          caseBy(serviceCase.departmentId),
          caseBy(serviceCase.sentTo),
        ),
      ),
    )
  return rows.map(({ id }) => id)
}

/** Offices at exactly this department that count now, of active people, by role. */
export async function staffedRoles(q: Q, t: Schema, departmentId: string, now: Date) {
  const { staffGrant, account } = t
  return q
    .select({ role: staffGrant.role, accountId: staffGrant.accountId })
    .from(staffGrant)
    .innerJoin(account, eq(account.id, staffGrant.accountId))
    .where(and(eq(staffGrant.departmentId, departmentId), countsNow(t, now), eq(account.status, 'active')))
}
