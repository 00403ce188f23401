/** Departments whose cases nobody of their own reviews, and who stands above them (REV-7). */
import {
  and,
  asc,
  count,
  eq,
  exists,
  gt,
  inArray,
  isNull,
  lte,
  not,
  or,
  type Param,
  type SQL,
  sql,
} from 'drizzle-orm'
import { type Given, among as isAmong, moment, preparedBy } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { countsNow, isAtWork, isPresent, type Moment } from './at-work.ts'
import { boundWithin, isWithinAny } from './departments.ts'

/** Waits for anybody: sent and not taken up, or in hands that have let go. Two reads, each by an index of its own. */
const waitingIn = (t: Schema, now: Date | Param<unknown>): readonly (SQL | undefined)[] => [
  eq(t.serviceCase.state, 'waiting'),
  and(eq(t.serviceCase.state, 'in_review'), lte(t.serviceCase.claimedUntil, now)),
]

/** Of a grant beside a department: it is at this node, or at the city or province whose own office a 本级 is. */
const isAtNode = ({ department: { id, kind, parentId }, staffGrant }: Schema) =>
  sql`${staffGrant.departmentId} in (${id}, case when ${kind} = 'own' then ${parentId} else ${id} end)`

interface Bound {
  readonly ids: readonly string[]
  readonly now: Date
  readonly today: string
  readonly limit: number
}

/** Among these, everywhere, or in so many subtrees. */
type Shape = 'ids' | 'all' | number

const unattendedIn = preparedBy((q, t, given: Given<Pick<Bound, keyof Bound>>, shape: Shape) => {
  const { department, serviceCase, staffGrant, account } = t
  const among =
    shape === 'ids'
      ? isAmong(t, department.id, given.ids)
      : shape === 'all'
        ? undefined
        : isWithinAny(t, shape)
  const waits = or(
    ...waitingIn(t, moment(serviceCase.claimedUntil, given.now)).map((which) =>
      exists(
        q
          .select({ id: serviceCase.id })
          .from(serviceCase)
          .where(and(eq(serviceCase.sentTo, department.id), which)),
      ),
    ),
  )
  const isReviewed = exists(
    q
      .select({ id: staffGrant.id })
      .from(staffGrant)
      .innerJoin(account, eq(account.id, staffGrant.accountId))
      .where(and(isAtNode(t), isAtWork(t, { now: moment(staffGrant.until, given.now), today: given.today }))),
  )
  // Asked in this order: almost everywhere somebody reviews, and cases wait in ever more places.
  return q
    .select({ id: department.id, fullName: department.fullName, path: department.path })
    .from(department)
    .where(and(eq(department.active, true), among, not(isReviewed), waits))
    .orderBy(asc(department.sort), asc(department.id))
    .limit(given.limit)
})

/** Not run until it is awaited: a test reads its plan. */
export function unattendedQuery(
  q: Q,
  t: Schema,
  where: { readonly ids: readonly string[] } | { readonly within: readonly string[] | null },
  { now, today }: Moment,
  limit: number,
) {
  const bound = { ids: 'ids' in where ? where.ids : [], now, today, limit }
  const within = 'ids' in where ? null : where.within
  const shape = 'ids' in where ? 'ids' : within === null ? 'all' : within.length
  return unattendedIn(q, t, shape, { ...bound, ...boundWithin(within ?? []) })
}

/**
 * Departments where cases wait and nobody at work reviews or manages exactly this one, in official order: among these, or
 * in these subtrees (null = everywhere). One definition for the list of departments, the queue and the sweep.
 */
export const unattended = async (...asked: Parameters<typeof unattendedQuery>) => unattendedQuery(...asked)

export type Unattended = Awaited<ReturnType<typeof unattended>>[number]

/** The nearest node above each of these that somebody at work has, by the id of the node beneath; null for none up to the root. */
export async function nearestAttended(q: Q, t: Schema, found: readonly Unattended[], moment: Moment) {
  const { staffGrant, account } = t
  const above = ({ path }: Unattended) => path.split('/').slice(0, -1)
  const nodes = [...new Set(found.flatMap(above))]
  const rows =
    nodes.length === 0
      ? []
      : await q
          .selectDistinct({ id: staffGrant.departmentId })
          .from(staffGrant)
          .innerJoin(account, eq(account.id, staffGrant.accountId))
          .where(and(inArray(staffGrant.departmentId, nodes), isAtWork(t, moment)))
  const attended = new Set(rows.map(({ id }) => id))
  return new Map(found.map((one) => [one.id, above(one).findLast((id) => attended.has(id)) ?? null]))
}

/** How many cases wait at a department, counted up to one more than `cap`. */
export async function waitingAt(q: Q, t: Schema, departmentId: string, now: Date, cap: number) {
  let waiting = 0
  for (const which of waitingIn(t, now)) {
    const some = q
      .select({ id: t.serviceCase.id })
      .from(t.serviceCase)
      .where(and(eq(t.serviceCase.sentTo, departmentId), which))
      .limit(cap + 1 - waiting)
      .as('some_cases')
    const [row] = await q.select({ found: count() }).from(some)
    waiting += Number(row?.found ?? 0)
    if (waiting > cap) return waiting
  }
  return waiting
}

/** Up to `limit` people at work who review at exactly this node, or operators for null. */
export async function peopleToTell(
  q: Q,
  t: Schema,
  departmentId: string | null,
  moment: Moment,
  limit: number,
): Promise<string[]> {
  const { staffGrant, account } = t
  const which =
    departmentId === null
      ? and(
          isNull(staffGrant.departmentId),
          eq(staffGrant.role, 'operator'),
          countsNow(t, moment.now),
          isPresent(t, moment.today),
        )
      : and(eq(staffGrant.departmentId, departmentId), isAtWork(t, moment))
  const rows = await q
    .selectDistinct({ id: account.id })
    .from(staffGrant)
    .innerJoin(account, eq(account.id, staffGrant.accountId))
    .where(which)
    .orderBy(asc(account.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Which of these keys of `counter` have been counted in a window that still runs. */
export async function countedAmong(q: Q, t: Schema, keys: readonly string[], now: Date) {
  const rows = await q
    .select({ id: t.counter.id })
    .from(t.counter)
    .where(and(inArray(t.counter.id, [...keys]), gt(t.counter.resetAt, now)))
  return new Set(rows.map(({ id }) => id))
}
