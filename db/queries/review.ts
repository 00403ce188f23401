import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

export const queueTabs = ['free', 'mine', 'soon', 'overdue', 'returned', 'decided'] as const
export type QueueTab = (typeof queueTabs)[number]

/** Counts stop here: an exact count per view is what makes such queues slow (REV-1). */
export const countCap = 1000

export interface QueueScope {
  readonly actorId: string
  /** Paths of the departments whose subtrees the actor reviews. */
  readonly paths: readonly string[]
  readonly now: Date
  /** `YYYY-MM-DD` */
  readonly today: string
  /** The last day that still counts as due soon. */
  readonly soon: string
}
export interface QueueFilter {
  readonly tab: QueueTab
  readonly kind?: Schema['serviceCase']['$inferSelect']['kind']
}
export interface Cursor {
  readonly submittedAt: Date
  readonly id: string
}

/** Departments in the subtrees. Prefixes are compared as text: `like` folds case on one engine and `_` is a wildcard. */
export const departmentsWithin = (q: Q, t: Schema, paths: readonly string[]) =>
  q
    .select({ id: t.department.id })
    .from(t.department)
    .where(
      or(
        ...paths.map((path) =>
          or(
            eq(t.department.path, path),
            sql`substr(${t.department.path}, 1, ${[...path].length + 1}) = ${`${path}/`}`,
          ),
        ),
      ),
    )

/** What is counted: the tabs, and what registers are still asked about. */
type Counted = QueueTab | 'checking'

function ofTab(t: Schema, tab: Counted, { actorId, now, today, soon }: QueueScope): SQL | undefined {
  const { state, claimedBy, claimedUntil, dueOn } = t.serviceCase
  const open = inArray(state, ['waiting', 'in_review'])
  switch (tab) {
    case 'free':
      // A lease that ended releases too (REV-2).
      return or(eq(state, 'waiting'), and(eq(state, 'in_review'), lte(claimedUntil, now)))
    case 'mine':
      return and(eq(state, 'in_review'), eq(claimedBy, actorId))
    case 'soon':
      return and(open, gte(dueOn, today), lte(dueOn, soon))
    case 'overdue':
      return and(open, ne(dueOn, ''), lt(dueOn, today))
    case 'returned':
      return eq(state, 'returned')
    case 'decided':
      return inArray(state, ['approved', 'refused'])
    case 'checking':
      return eq(state, 'checking')
  }
}

/** Cases that stand where they were submitted, within the scope. An applicant mending a returned one may have moved it on. */
const withinScope = (q: Q, t: Schema, scope: QueueScope) =>
  and(
    inArray(t.serviceCase.departmentId, departmentsWithin(q, t, scope.paths)),
    eq(t.caseRound.departmentId, t.serviceCase.departmentId),
  )

const currentRound = (t: Schema) =>
  and(eq(t.caseRound.caseId, t.serviceCase.id), eq(t.caseRound.round, t.serviceCase.round))

const rows = (q: Q, t: Schema) =>
  q
    .select({
      id: t.serviceCase.id,
      kind: t.serviceCase.kind,
      number: t.serviceCase.number,
      state: t.serviceCase.state,
      round: t.serviceCase.round,
      stage: t.serviceCase.stage,
      personId: t.serviceCase.personId,
      submittedAt: t.serviceCase.submittedAt,
      dueOn: t.serviceCase.dueOn,
      claimedBy: t.serviceCase.claimedBy,
      claimedAt: t.serviceCase.claimedAt,
      claimedUntil: t.serviceCase.claimedUntil,
      nameSealed: t.account.nameSealed,
      department: t.department.fullName,
    })
    .from(t.serviceCase)
    .innerJoin(t.caseRound, currentRound(t))
    .innerJoin(t.account, eq(t.account.id, t.serviceCase.personId))
    .innerJoin(t.department, eq(t.department.id, t.serviceCase.departmentId))

const isNewestFirst = (tab: QueueTab) => tab === 'returned' || tab === 'decided'

/** One page of a tab, `limit` rows: what waits longest first, what is done newest first. */
export function queuePage(
  q: Q,
  t: Schema,
  scope: QueueScope,
  { tab, kind, after, limit }: QueueFilter & { after: Cursor | null; limit: number },
) {
  const { submittedAt, id } = t.serviceCase
  const [order, beyond] = isNewestFirst(tab) ? [desc, lt] : [asc, gt]
  return rows(q, t)
    .where(
      and(
        withinScope(q, t, scope),
        ofTab(t, tab, scope),
        kind ? eq(t.serviceCase.kind, kind) : undefined,
        after
          ? or(
              beyond(submittedAt, after.submittedAt),
              and(eq(submittedAt, after.submittedAt), beyond(id, after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(order(submittedAt), order(id))
    .limit(limit)
}

/** The case of this 受理编号, whatever its state, if it is within the scope. */
export const queueByNumber = (q: Q, t: Schema, scope: QueueScope, number: string) =>
  rows(q, t)
    .where(and(withinScope(q, t, scope), eq(t.serviceCase.number, number), ne(t.serviceCase.state, 'draft')))
    .limit(1)

/** How many cases each tab holds, and how many are not in one yet, counted up to one more than the cap, in one query. */
export async function queueCounts(
  q: Q,
  t: Schema,
  scope: QueueScope,
  kind?: QueueFilter['kind'],
): Promise<ReadonlyMap<Counted, number>> {
  const counted = (tab: Counted) => {
    const capped = q
      .select({ id: t.serviceCase.id })
      .from(t.serviceCase)
      .innerJoin(t.caseRound, currentRound(t))
      .where(
        and(withinScope(q, t, scope), ofTab(t, tab, scope), kind ? eq(t.serviceCase.kind, kind) : undefined),
      )
      .limit(countCap + 1)
      .as(`of_${tab}`)
    return q
      .select({ tab: sql<Counted>`${sql.raw(`'${tab}'`)}`.as('tab'), found: count().as('found') })
      .from(capped)
  }
  const found = await counted('free')
    .unionAll(counted('mine'))
    .unionAll(counted('soon'))
    .unionAll(counted('overdue'))
    .unionAll(counted('returned'))
    .unionAll(counted('decided'))
    .unionAll(counted('checking'))
  return new Map(found.map(({ tab, found }) => [tab, Number(found)]))
}

/** One round as it was frozen, snapshot still sealed. */
export async function roundAt(q: Q, t: Schema, caseId: string, round: number) {
  const [row] = await q
    .select()
    .from(t.caseRound)
    .where(and(eq(t.caseRound.caseId, caseId), eq(t.caseRound.round, round)))
    .limit(1)
  return row ?? null
}
