/** Reads of the queue (REV-1). One layer: the scope is applied before any filter, count or page. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  not,
  notExists,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { MachineWord } from '#lib/domain/batch-fit.ts'
import { kindsOfOffice } from '#lib/domain/conduct.ts'
import { rushKinds } from '#lib/domain/exam-readiness.ts'
import type { Keyring } from '../crypto.ts'
import { among, aside, type Given, moment, prepared, preparedBy } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { openFacts } from './cases.ts'
import { boundWithin, isWithin, isWithinAny, rangeOf } from './departments.ts'
import type { KeptCounts } from './queue-kept.ts'

export const queueTabs = ['free', 'mine', 'soon', 'overdue', 'returned', 'decided'] as const
export type QueueTab = (typeof queueTabs)[number]

type Kind = Schema['serviceCase']['$inferSelect']['kind']
type State = Schema['serviceCase']['$inferSelect']['state']

/** Counts stop here: an exact count per view is what makes such queues slow (REV-1). */
export const countCap = 1000

export interface QueueScope {
  readonly actorId: string
  /** The departments whose cases the actor reviews; see `scopeOf`. */
  readonly departments: readonly string[]
  readonly now: Date
  /** `YYYY-MM-DD` */
  readonly today: string
  /** The last day that still counts as due soon. */
  readonly soon: string
  /** Accounts that are the actor's own: what the office files about them is not there before it took effect (AWD-1). */
  readonly own?: readonly string[]
  /** How much of what they hold, where that was kept beforehand; else it is counted. */
  readonly kept?: KeptCounts
  /** Those of the departments whose collections and changes come first now (EXM-3); none where there is no exam near. */
  readonly rush?: readonly string[]
}
/** Of a tab that is read in two parts: what comes first now, and everything else, each in the order of the tab. */
export type QueuePart = 'first' | 'rest'
export interface QueueFilter {
  readonly tab: QueueTab
  readonly kind?: Kind
  /** Only what may be fit for a 批量通过; `isFitForBatch` has the last word, which looks at what is sealed too. */
  readonly agreed?: boolean
  readonly only?: QueuePart | undefined
}
/** Where a page ended: the order of its tab, then the id. */
export interface Cursor {
  readonly submittedAt: Date
  readonly dueOn: string
  readonly id: string
}

/** Departments in the subtrees. */
export const departmentsWithin = (q: Q, t: Schema, paths: readonly string[]) =>
  q
    .select({ id: t.department.id })
    .from(t.department)
    .where(paths.length === 0 ? sql`false` : or(...paths.map((path) => isWithin(t, rangeOf(path)))))

const withinQuery = preparedBy((q, t, _: Given<Record<string, string>>, paths: number) =>
  q.select({ id: t.department.id }).from(t.department).where(isWithinAny(t, paths)),
)

export const departmentIdsWithin = async (q: Q, t: Schema, paths: readonly string[]): Promise<string[]> =>
  (await withinQuery(q, t, paths.length, boundWithin(paths))).map(({ id }) => id)

/** What is counted: the tabs, and what registers are still asked about. */
const counteds = [...queueTabs, 'checking'] as const
type Counted = (typeof counteds)[number]

/** The values a read of the queue is given; none needs all of them. */
interface Bound {
  readonly actorId: string
  readonly departments: readonly string[]
  /** One of the departments, where they are read one by one. */
  readonly place: string
  readonly now: Date
  readonly today: string
  readonly soon: string
  readonly own: readonly string[]
  readonly rush: readonly string[]
  readonly kind: string
  readonly afterAt: Date
  readonly afterDue: string
  readonly afterId: string
  readonly limit: number
}
type Values = Pick<Bound, keyof Bound>
type Places = Given<Values>

/** What the text of such a read depends on. */
interface Shape {
  readonly hasOwn: boolean
  readonly hasKind: boolean
}
interface TabShape extends Shape {
  readonly tab: QueueTab
  readonly only: QueuePart | null
  readonly agreed: boolean
  readonly hasAfter: boolean
  /** The whole scope is where an exam is near. */
  readonly isAllRush: boolean
}
interface StreamShape extends TabShape {
  readonly state: State
  readonly isOne: boolean
}

const boundOf = (scope: Partial<QueueScope>, wish: Partial<PageWish> = {}, place = ''): Values => ({
  actorId: scope.actorId ?? '',
  departments: scope.departments ?? [],
  place,
  now: scope.now ?? new Date(0),
  today: scope.today ?? '',
  soon: scope.soon ?? '',
  own: scope.own ?? [],
  rush: scope.rush ?? [],
  kind: wish.kind ?? '',
  afterAt: wish.after?.submittedAt ?? new Date(0),
  afterDue: wish.after?.dueOn ?? '',
  afterId: wish.after?.id ?? '',
  limit: wish.limit ?? 0,
})

const shapeOf = ({ departments, own = [], rush = [] }: QueueScope, wish: Partial<PageWish>) => ({
  hasOwn: own.length > 0,
  hasKind: wish.kind !== undefined,
  tab: wish.tab ?? 'free',
  only: wish.only ?? null,
  agreed: wish.agreed ?? false,
  hasAfter: (wish.after ?? null) !== null,
  isAllRush: rush.length === departments.length,
})

/** In SQL what the policy keeps from a reviewer who is the person. */
const notKeptFrom = (t: Schema, { own }: Pick<Places, 'own'>, { hasOwn }: Pick<Shape, 'hasOwn'>) =>
  hasOwn
    ? or(
        not(among(t, t.serviceCase.personId, own)),
        notInArray(t.serviceCase.kind, [...kindsOfOffice]),
        eq(t.serviceCase.state, 'approved'),
      )
    : undefined

/** A tab is one stream of cases per state, each in the order of an index. */
const streams: Readonly<Record<Counted, readonly State[]>> = {
  // A lease that ended releases too (REV-2).
  free: ['waiting', 'in_review'],
  mine: ['in_review'],
  soon: ['waiting', 'in_review'],
  overdue: ['waiting', 'in_review'],
  returned: ['returned'],
  decided: ['approved', 'refused'],
  checking: ['checking'],
}
const byDue = (tab: QueueTab) => tab === 'soon' || tab === 'overdue'
const newestFirst = (tab: QueueTab) => tab === 'returned' || tab === 'decided'

/** What narrows a stream beyond its state. */
function ofTab({ serviceCase }: Schema, tab: Counted, state: State, given: Places) {
  const { claimedBy, claimedUntil, dueOn } = serviceCase
  switch (tab) {
    case 'free':
      return state === 'in_review' ? lte(claimedUntil, moment(claimedUntil, given.now)) : undefined
    case 'mine':
      return eq(claimedBy, given.actorId)
    case 'soon':
      return and(gte(dueOn, given.today), lte(dueOn, given.soon))
    case 'overdue':
      return and(gt(dueOn, ''), lt(dueOn, given.today))
    case 'returned':
    case 'decided':
    case 'checking':
      return undefined
  }
}

/** So many departments are read one by one, each in its index's order; more are filtered out of the order of the tab. */
export const fewDepartments = 6

interface PageWish extends QueueFilter {
  readonly after: Cursor | null
  readonly limit: number
}

/** Beyond where the page before ended. */
function pastOf({ serviceCase }: Schema, { tab, hasAfter }: TabShape, given: Places) {
  if (!hasAfter) return undefined
  const { id, submittedAt, dueOn } = serviceCase
  const [beyond, from] = newestFirst(tab) ? [lt, lte] : [gt, gte]
  const [key, keyAfter] = byDue(tab)
    ? ([dueOn, given.afterDue] as const)
    : ([submittedAt, moment(submittedAt, given.afterAt)] as const)
  // The first half is where the index is entered.
  return and(from(key, keyAfter), or(beyond(key, keyAfter), beyond(id, given.afterId)))
}

/** Beside state and department, what a page of a tab holds. */
const narrowed = (q: Q, t: Schema, given: Places, shape: TabShape, state: State) =>
  and(
    ofTab(t, shape.tab, state, given),
    kindIs(t, given, shape),
    notKeptFrom(t, given, shape),
    partIs(t, given, shape),
    shape.agreed ? mayBeFit(q, t) : undefined,
    pastOf(t, shape, given),
  )

const inOrder = ({ serviceCase: { id, submittedAt, dueOn } }: Schema, tab: QueueTab) => {
  const order = newestFirst(tab) ? desc : asc
  return [order(byDue(tab) ? dueOn : submittedAt), order(id)]
}

/** A case with what orders its tab: when it was submitted, or the day it is due. */
interface Placed {
  readonly id: string
  readonly submittedAt: Date | null
  readonly dueOn: string
}

/** The index that is read holds this beside the id; asking for more would fetch each case. */
const inItsPlace = ({ serviceCase: { id, submittedAt, dueOn } }: Schema, tab: QueueTab) => ({
  id,
  submittedAt: byDue(tab) ? sql<null>`null` : submittedAt,
  dueOn: byDue(tab) ? dueOn : sql<string>`''`,
})

const streamQuery = preparedBy((q, t, given: Places, shape: StreamShape) => {
  const { state, sentTo } = t.serviceCase
  return q
    .select(inItsPlace(t, shape.tab))
    .from(t.serviceCase)
    .where(
      and(
        // What one person holds is found by its holder: by its state SQLite would read what everybody in the country holds.
        shape.tab === 'mine' && !shape.isOne ? eq(aside(state), shape.state) : eq(state, shape.state),
        // Many are no way in: that would read all of them and sort.
        shape.isOne ? eq(sentTo, given.place) : among(t, aside(sentTo), given.departments),
        narrowed(q, t, given, shape, shape.state),
      ),
    )
    .orderBy(...inOrder(t, shape.tab))
    .limit(given.limit)
})

/** The reads a page of a tab is merged from: one for each state and, where there are few, each department. */
export function queueStreams(
  q: Q,
  t: Schema,
  scope: QueueScope,
  wish: PageWish,
  states: readonly State[] = streams[wish.tab],
) {
  const isOne = scope.departments.length <= fewDepartments
  return states.flatMap((state) =>
    (isOne ? scope.departments : ['']).map((place) =>
      streamQuery(q, t, { ...shapeOf(scope, wish), state, isOne }, boundOf(scope, wish, place)),
    ),
  )
}

/**
 * What one state of a tab holds for these departments. The departments come first and are crossed with what stands at each, which leaves
 * SQLite no other way than by their index.
 */
const ofDepartments = (q: Q, t: Schema, given: Places, shape: TabShape, state: State) =>
  and(
    among(t, t.department.id, given.departments),
    eq(t.serviceCase.sentTo, t.department.id),
    eq(t.serviceCase.state, state),
    narrowed(q, t, given, shape, state),
  )

const wholeQuery = preparedBy((q, t, given: Places, shape: Omit<StreamShape, 'isOne'>) => {
  return q
    .select(inItsPlace(t, shape.tab))
    .from(t.department)
    .crossJoin(t.serviceCase)
    .where(ofDepartments(q, t, given, shape, shape.state))
    .orderBy(...inOrder(t, shape.tab))
    .limit(given.limit)
})

/** The same page, where the departments hold few of these states: all of that is read and sorted. */
export const wholeTabQueries = (
  q: Q,
  t: Schema,
  scope: QueueScope,
  wish: PageWish,
  states: readonly State[] = streams[wish.tab],
) => states.map((state) => wholeQuery(q, t, { ...shapeOf(scope, wish), state }, boundOf(scope, wish)))

const heldCount = preparedBy((q, t, given: Places, shape: Omit<StreamShape, 'isOne'>) => {
  const held = q
    .select({ id: t.serviceCase.id })
    .from(t.department)
    .crossJoin(t.serviceCase)
    .where(ofDepartments(q, t, given, shape, shape.state))
    .limit(countCap + 1)
    .as('held')
  return q.select({ found: count() }).from(held)
})

/** How many of a state these departments hold in a tab, counted up to one more than the cap. */
export function heldQuery(q: Q, t: Schema, scope: QueueScope, { tab, kind }: QueueFilter, state: State) {
  const wish = { tab, ...(kind ? { kind } : {}) }
  return heldCount(q, t, { ...shapeOf(scope, wish), state }, boundOf(scope, wish))
}

/**
 * The states of a tab of which many departments together hold few: in the order of the tab they would be looked for among all of the
 * country's. Of 待领取 that is what lapsed leases gave back, however much is waiting.
 */
async function fewStates(q: Q, t: Schema, scope: QueueScope, wish: PageWish) {
  // What one person holds is found by its holder, however many departments there are.
  if (wish.tab === 'mine' || scope.departments.length <= fewDepartments) return []
  const few: State[] = []
  for (const one of streams[wish.tab]) if ((await heldIn(q, t, scope, wish, one)) <= countCap) few.push(one)
  return few
}

/** About how much a state of a tab holds; counted only where what is kept neither tells it nor that it is few: a part of few is few. */
async function heldIn(q: Q, t: Schema, scope: QueueScope, wish: QueueFilter, state: State): Promise<number> {
  const most = scope.kept && mostOf(scope.kept, wish, state)
  const isPart = wish.tab === 'free' && state === 'in_review'
  if (most !== undefined && (!isPart || most <= countCap)) return most
  const [held] = await heldQuery(q, t, scope, wish, state)
  return Number(held?.found ?? 0)
}

/** Of what is due soon or late a state and a kind hold as large a part as of all that is under review. */
function mostOf(kept: KeptCounts, { tab, kind }: QueueFilter, state: State): number {
  const here = kept.inState(state, kind)
  if (tab !== 'soon' && tab !== 'overdue') return here
  return (kept[tab] * here) / Math.max(1, kept.inState('waiting') + kept.inState('in_review'))
}

/** Where the cases of one page of a tab are, in its order: read whole where there are few, else its streams, merged. */
async function pageOf(q: Q, t: Schema, scope: QueueScope, wish: PageWish): Promise<Placed[]> {
  const { tab, limit } = wish
  const few = await fewStates(q, t, scope, wish)
  const many = streams[tab].filter((one) => !few.includes(one))
  const found = await Promise.all([
    ...wholeTabQueries(q, t, scope, wish, few),
    ...queueStreams(q, t, scope, wish, many),
  ])
  const keyOf = ({ submittedAt, dueOn }: Placed) => submittedAt?.getTime() ?? dueOn
  const sign = newestFirst(tab) ? -1 : 1
  return found
    .flat()
    .sort((a, b) => sign * (compare(keyOf(a), keyOf(b)) || compare(a.id, b.id)))
    .slice(0, limit)
}

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)

// An index that begins with the kind would be read and sorted whole.
const kindIs = (
  { serviceCase }: Schema,
  { kind }: Pick<Places, 'kind'>,
  { hasKind }: Pick<Shape, 'hasKind'>,
) => (hasKind ? eq(aside(serviceCase.kind), kind) : undefined)

/** Where the whole scope is in it, the departments are asked once already. */
function partIs(t: Schema, { rush }: Pick<Places, 'rush'>, { only, isAllRush }: TabShape) {
  if (only === null) return undefined
  const first = and(
    inArray(aside(t.serviceCase.kind), [...rushKinds]),
    isAllRush ? undefined : among(t, aside(t.serviceCase.sentTo), rush),
  )
  return only === 'first' ? first : sql`not (${first})`
}

/** Asked of registers, with nothing but agreement in the present round, and no person has found fault with it. */
function mayBeFit(q: Q, t: Schema) {
  const answers = (which: SQL) =>
    q
      .select({ id: t.claimCheck.id })
      .from(t.claimCheck)
      .where(
        and(eq(t.claimCheck.caseId, t.serviceCase.id), eq(t.claimCheck.round, t.serviceCase.round), which),
      )
  return and(
    isNull(t.serviceCase.secondLookAt),
    exists(answers(eq(t.claimCheck.state, 'agrees'))),
    notExists(answers(ne(t.claimCheck.state, 'agrees'))),
    notExists(faultsByPeople(q, t, eq(t.finding.caseId, t.serviceCase.id))),
  )
}

const faultsByPeople = (q: Q, t: Schema, which: SQL) =>
  q
    .select({ caseId: t.finding.caseId })
    .from(t.finding)
    .where(and(which, isNotNull(t.finding.by)))

const lines = (q: Q, t: Schema) =>
  q
    .select({
      id: t.serviceCase.id,
      kind: t.serviceCase.kind,
      number: t.serviceCase.number,
      state: t.serviceCase.state,
      round: t.serviceCase.round,
      version: t.serviceCase.version,
      stage: t.serviceCase.stage,
      personId: t.serviceCase.personId,
      submittedAt: t.serviceCase.submittedAt,
      dueOn: t.serviceCase.dueOn,
      sentTo: t.serviceCase.sentTo,
      secondLookAt: t.serviceCase.secondLookAt,
      claimedBy: t.serviceCase.claimedBy,
      claimedAt: t.serviceCase.claimedAt,
      claimedUntil: t.serviceCase.claimedUntil,
      nameSealed: t.account.nameSealed,
      department: t.department.fullName,
    })
    .from(t.serviceCase)
    .innerJoin(t.account, eq(t.account.id, t.serviceCase.personId))
    .innerJoin(t.department, eq(t.department.id, t.serviceCase.sentTo))

const linesQuery = prepared((q, t, { ids }: Given<{ ids: readonly string[] }>) =>
  lines(q, t).where(among(t, t.serviceCase.id, ids)),
)

/** One page of a tab, `limit` rows: what waits longest or is due first, what is done newest first. */
export async function queuePage(q: Q, t: Schema, scope: QueueScope, page: PageWish) {
  const places = await pageOf(q, t, scope, page)
  if (places.length === 0) return []
  const ids = places.map(({ id }) => id)
  const rows = new Map((await linesQuery(q, t, { ids })).map((row) => [row.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

/** What was submitted to a department of the scope; drafts are nobody's business but their applicant's. */
const submittedWithin = (
  t: Schema,
  given: Pick<Places, 'departments' | 'own'>,
  shape: Pick<Shape, 'hasOwn'>,
) =>
  and(
    among(t, t.serviceCase.sentTo, given.departments),
    ne(t.serviceCase.state, 'draft'),
    notKeptFrom(t, given, shape),
  )

type Sought = Pick<Values, 'departments' | 'own'>
const soughtIn = ({ departments, own = [] }: QueueScope): Sought => ({ departments, own })
const hasOwn = ({ own = [] }: QueueScope) => ({ hasOwn: own.length > 0 })

const numberQuery = preparedBy(
  (q, t, given: Given<Sought & { number: string }>, shape: Pick<Shape, 'hasOwn'>) =>
    lines(q, t)
      .where(and(submittedWithin(t, given, shape), eq(t.serviceCase.number, given.number)))
      .limit(1),
)

/** The case of this 受理编号, whatever its state, if it is within the scope. */
export const queueByNumber = (q: Q, t: Schema, scope: QueueScope, number: string) =>
  numberQuery(q, t, hasOwn(scope), { ...soughtIn(scope), number })

const idsQuery = preparedBy(
  (q, t, given: Given<Sought & { ids: readonly string[] }>, shape: Pick<Shape, 'hasOwn'>) =>
    lines(q, t).where(and(submittedWithin(t, given, shape), among(t, t.serviceCase.id, given.ids))),
)

/** These cases, as far as they are within the scope, in this order. */
export async function queueByIds(q: Q, t: Schema, scope: QueueScope, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await idsQuery(q, t, hasOwn(scope), { ...soughtIn(scope), ids })
  const held = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => held.get(id) ?? [])
}

/** Blind indexes of a name, a document or a phone: by every key, so several of each. */
export interface PersonIndexes {
  readonly names: readonly string[]
  readonly numbers: readonly string[]
  readonly identities: readonly string[]
  readonly phones: readonly string[]
}

/**
 * Cases in the departments, of people found by their indexes, newest first. The people come first and are crossed with their cases:
 * SQLite would else read all cases of a province to see whose they are.
 */
export function casesOfPeopleQuery(
  q: Q,
  t: Schema,
  departments: readonly string[],
  by: PersonIndexes,
  limit: number,
) {
  const { account, serviceCase } = t
  const columns = [
    [account.nameIndex, by.names],
    [account.numberIndex, by.numbers],
    [account.identityIndex, by.identities],
    [account.phoneIndex, by.phones],
  ] as const
  // An empty list would be the word `false`, which no index answers: everybody would be read.
  const sought = columns.filter(([, keys]) => keys.length > 0)
  return q
    .select({ id: serviceCase.id })
    .from(account)
    .crossJoin(serviceCase)
    .where(
      and(
        sought.length === 0 ? sql`false` : or(...sought.map(([column, keys]) => inArray(column, [...keys]))),
        eq(serviceCase.personId, account.id),
        inArray(serviceCase.sentTo, [...departments]),
        ne(serviceCase.state, 'draft'),
      ),
    )
    .orderBy(desc(serviceCase.submittedAt), desc(serviceCase.id))
    .limit(limit)
}

/** The ids of `casesOfPeopleQuery`. */
export const caseIdsOfPeople = async (
  q: Q,
  t: Schema,
  departments: readonly string[],
  by: PersonIndexes,
  limit: number,
): Promise<string[]> => (await casesOfPeopleQuery(q, t, departments, by, limit)).map(({ id }) => id)

/** Up to `limit` cases that anybody in the scope may take, longest waiting first, from where the page before ended. */
export async function freeCases(
  q: Q,
  t: Schema,
  scope: Pick<QueueScope, 'departments' | 'now' | 'rush'>,
  {
    kind,
    only,
    after,
    limit,
  }: { kind?: Kind | undefined; only?: QueuePart | undefined; after: Cursor | null; limit: number },
): Promise<Cursor[]> {
  const nobody = { actorId: '', today: '', soon: '' }
  const wish = { tab: 'free' as const, ...(kind ? { kind } : {}), only, after, limit }
  const found = await pageOf(q, t, { ...scope, ...nobody }, wish)
  return found.flatMap(({ submittedAt, ...one }) => (submittedAt ? [{ ...one, submittedAt }] : []))
}

/** The parts 待领取 is read in, one after the other: two while an exam is near, unless one kind is asked for. */
export const freeParts = ({ rush = [] }: Pick<QueueScope, 'rush'>, kind: Kind | undefined) =>
  rush.length > 0 && kind === undefined ? (['first', 'rest'] as const) : ([undefined] as const)

/** What machines say of cases at their present round, by case; see `isFitForBatch`. */
export async function machineWordsOf(
  q: Q,
  t: Schema,
  keys: Keyring,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, MachineWord>> {
  if (caseIds.length === 0) return new Map()
  const { serviceCase, caseRound, claimCheck } = t
  // Of the round what was computed alone: its answers are many kilobytes.
  const { id, kind, secondLookAt } = serviceCase
  const { caseId, round, factsSealed } = caseRound
  const rows = await q
    .select({ case: { id, kind, secondLookAt }, round: { caseId, round, factsSealed } })
    .from(serviceCase)
    .innerJoin(caseRound, and(eq(caseRound.caseId, serviceCase.id), eq(caseRound.round, serviceCase.round)))
    .where(inArray(serviceCase.id, [...caseIds]))
  const claims = await q
    .select({ caseId: claimCheck.caseId, round: claimCheck.round, state: claimCheck.state })
    .from(claimCheck)
    .where(inArray(claimCheck.caseId, [...caseIds]))
  const faults = await faultsByPeople(q, t, inArray(t.finding.caseId, [...caseIds]))
  const faulted = new Set(faults.map(({ caseId }) => caseId))
  return new Map(
    rows.map(({ case: { id, kind, secondLookAt }, round }) => [
      id,
      {
        kind,
        secondLookAt,
        claims: claims
          .filter((claim) => claim.caseId === id && claim.round === round.round)
          .map(({ state }) => state),
        tones: openFacts(keys, round).map(({ tone }) => tone),
        isFaulted: faulted.has(id),
      },
    ]),
  )
}

/** How many cases each tab holds, and how many are not in one yet, up to one more than the cap. */
export async function queueCounts(
  q: Q,
  t: Schema,
  scope: QueueScope,
  kind?: Kind,
): Promise<ReadonlyMap<Counted, number>> {
  // What is kept says nothing of who a case is about.
  const kept = hasOwn(scope).hasOwn ? undefined : scope.kept
  const rows = await countsQuery(q, t, scope, kind, kept !== undefined)
  const counted = new Map(rows.map(({ of, found }) => [of, Number(found)]))
  const found = (one: Arm) => counted.get(one) ?? 0
  const inState = (state: State) => kept?.inState(state, kind) ?? 0
  // Nor does it say of which kind is what is due.
  const due = kind === undefined ? kept : undefined
  const counts: Readonly<Record<Counted, number>> = {
    free: found('waiting') + inState('waiting') + found('lapsed'),
    mine: found('mine'),
    soon: due?.soon ?? found('soon'),
    overdue: due?.overdue ?? found('overdue'),
    returned: found('returned') + inState('returned'),
    decided: found('decided') + inState('approved') + inState('refused'),
    checking: found('checking') + inState('checking'),
  }
  return new Map(counteds.map((one) => [one, Math.min(counts[one], countCap + 1)]))
}

/** By department and state, so that each tab is counted in an index alone wherever nothing is kept from the actor. */
const countedIn = (q: Q, t: Schema, given: Places, shape: Shape, which: SQL | undefined) =>
  q
    .select({ id: t.serviceCase.id })
    .from(t.serviceCase)
    .where(and(which, kindIs(t, given, shape), notKeptFrom(t, given, shape)))
    .limit(countCap + 1)

/** 待领取 is what waits and what lapsed leases gave back: each is found by an index of its own. */
type Arm = Exclude<Counted, 'free'> | 'waiting' | 'lapsed'

const countQuery = preparedBy((q, t, given: Places, shape: Shape & { readonly isKept: boolean }) => {
  const { sentTo, state, claimedBy, claimedUntil } = t.serviceCase
  const here = among(t, sentTo, given.departments)
  const counted = (arm: Arm, which: SQL | undefined) =>
    q
      .select({ of: sql<Arm>`${sql.raw(`'${arm}'`)}`.as('of'), found: count().as('found') })
      .from(sql`${countedIn(q, t, given, shape, which)} ${sql.identifier(`of_${arm}`)}`)
  const all = (tab: Exclude<Counted, 'free'>) =>
    counted(tab, and(here, inArray(state, [...streams[tab]]), ofTab(t, tab, 'waiting', given)))
  const lapsed = and(here, lte(claimedUntil, moment(claimedUntil, given.now)), eq(aside(state), 'in_review'))
  // Few are in one pair of hands, wherever they stand.
  const mine = and(
    eq(claimedBy, given.actorId),
    eq(state, 'in_review'),
    among(t, aside(sentTo), given.departments),
  )
  const inHands = counted('lapsed', lapsed).unionAll(counted('mine', mine))
  if (shape.isKept && !shape.hasKind) return inHands
  const due = inHands.unionAll(all('soon')).unionAll(all('overdue'))
  return shape.isKept
    ? due
    : due
        .unionAll(counted('waiting', and(here, eq(state, 'waiting'))))
        .unionAll(all('returned'))
        .unionAll(all('decided'))
        .unionAll(all('checking'))
})

/** In one read; of what is kept only what is in somebody's hands, and of one kind what is due. */
export const countsQuery = (q: Q, t: Schema, scope: QueueScope, kind: Kind | undefined, isKept: boolean) =>
  countQuery(
    q,
    t,
    { ...hasOwn(scope), hasKind: kind !== undefined, isKept },
    boundOf(scope, kind === undefined ? {} : { kind }),
  )

/** What somebody did to a case last, and that case as it stands now; null for who did nothing yet. */
export async function lastDeedOf(q: Q, t: Schema, actorId: string) {
  const [row] = await q
    .select({
      what: t.event.kind,
      data: t.event.data,
      at: t.event.at,
      caseId: t.serviceCase.id,
      kind: t.serviceCase.kind,
      state: t.serviceCase.state,
      claimedBy: t.serviceCase.claimedBy,
    })
    .from(t.event)
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.event.caseId))
    .where(eq(t.event.actorId, actorId))
    .orderBy(desc(t.event.id))
    .limit(1)
  return row ?? null
}

/** Those of these cases whose present round this person has let pass a stage: the next is for somebody else. */
export async function passedAmong(
  q: Q,
  t: Schema,
  caseIds: readonly string[],
  by: string,
): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set()
  const { serviceCase, stagePass } = t
  const rows = await q
    .select({ id: stagePass.caseId })
    .from(stagePass)
    .innerJoin(serviceCase, and(eq(serviceCase.id, stagePass.caseId), eq(serviceCase.round, stagePass.round)))
    .where(and(inArray(stagePass.caseId, [...caseIds]), eq(stagePass.by, by)))
  return new Set(rows.map(({ id }) => id))
}
