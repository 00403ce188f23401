/** What exports are written from (ADM-2). Scope before anything else: every read names the departments it is of. */
import { and, asc, count, eq, gt, gte, inArray, lt, lte, ne, notInArray, or, type SQL } from 'drizzle-orm'
import { kindsOfOffice } from '#lib/domain/conduct.ts'
import { firstIdAt } from '#lib/domain/id-times.ts'
import type { Q, Schema } from '../store.ts'
import { departmentsWithin } from './review.ts'

export interface NamedDepartment {
  readonly id: string
  readonly fullName: string
}

const named = (q: Q, { department }: Schema) =>
  q.select({ id: department.id, fullName: department.fullName }).from(department)

/** Every department of a subtree, closed ones too, from the root down; '' is the whole country. */
export const departmentsOfSubtree = (q: Q, t: Schema, path: string): Promise<NamedDepartment[]> =>
  named(q, t)
    .where(path === '' ? undefined : inArray(t.department.id, departmentsWithin(q, t, [path])))
    .orderBy(asc(t.department.path))

/** The nodes right beneath one, closed ones too, in official order; '' is the country. */
export const departmentsBeneath = (q: Q, t: Schema, departmentId: string): Promise<NamedDepartment[]> =>
  named(q, t)
    .where(departmentId === '' ? eq(t.department.level, 1) : eq(t.department.parentId, departmentId))
    .orderBy(asc(t.department.sort), asc(t.department.id))

/** How many people of the record belong to these departments, counted up to `cap`. */
export async function peopleCount(q: Q, t: Schema, departmentIds: readonly string[], cap: number) {
  const some = q
    .select({ id: t.person.id })
    .from(t.person)
    .where(inArray(t.person.departmentId, [...departmentIds]))
    .limit(cap)
    .as('some_people')
  const [row] = await q.select({ found: count() }).from(some)
  return Number(row?.found ?? 0)
}

/** Ids of people of one department after one, rising. */
export const peopleOfDepartment = async (
  q: Q,
  t: Schema,
  departmentId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> =>
  (
    await q
      .select({ id: t.person.id })
      .from(t.person)
      .where(and(eq(t.person.departmentId, departmentId), gt(t.person.id, after)))
      .orderBy(asc(t.person.id))
      .limit(limit)
  ).map(({ id }) => id)

/** Who these people are, still sealed. */
export const sealedPeople = (q: Q, t: Schema, ids: readonly string[]) =>
  q
    .select({
      id: t.account.id,
      idType: t.account.idType,
      nameSealed: t.account.nameSealed,
      numberSealed: t.account.numberSealed,
      phoneSealed: t.account.phoneSealed,
      approvedAt: t.person.approvedAt,
    })
    .from(t.person)
    .innerJoin(t.account, eq(t.account.id, t.person.id))
    .where(inArray(t.person.id, [...ids]))

/** When cases were submitted last: from an instant, and before one. */
export interface Submitted {
  readonly from: Date | null
  readonly before: Date | null
}

const submittedIn = ({ serviceCase }: Schema, { from, before }: Submitted): SQL | undefined =>
  and(
    from === null ? undefined : gte(serviceCase.submittedAt, from),
    before === null ? undefined : lt(serviceCase.submittedAt, before),
  )

/** What the office files about somebody stands in no file before it took effect (AWD-1): whoever reads it may be that person. */
const toldInFiles = ({ serviceCase: { kind, state } }: Schema) =>
  or(notInArray(kind, [...kindsOfOffice]), eq(state, 'approved'))

/** How many cases stand at these departments, drafts aside, counted up to `cap`. */
export async function casesCount(
  q: Q,
  t: Schema,
  departmentIds: readonly string[],
  submitted: Submitted,
  cap: number,
): Promise<number> {
  const { serviceCase } = t
  const some = q
    .select({ id: serviceCase.id })
    .from(serviceCase)
    .where(
      and(
        inArray(serviceCase.sentTo, [...departmentIds]),
        ne(serviceCase.state, 'draft'),
        toldInFiles(t),
        submittedIn(t, submitted),
      ),
    )
    .limit(cap)
    .as('some_cases')
  const [row] = await q.select({ found: count() }).from(some)
  return Number(row?.found ?? 0)
}

export type CaseState = Schema['serviceCase']['$inferSelect']['state']

/** The states cases of one department are in. */
export const caseStatesAt = async (q: Q, t: Schema, departmentId: string): Promise<CaseState[]> =>
  (
    await q
      .selectDistinct({ state: t.serviceCase.state })
      .from(t.serviceCase)
      .where(and(eq(t.serviceCase.sentTo, departmentId), ne(t.serviceCase.state, 'draft')))
      .orderBy(asc(t.serviceCase.state))
  ).map(({ state }) => state)

/** Where a page of cases ended. */
export interface CaseCursor {
  readonly submittedAt: Date
  readonly id: string
}

/** Cases of one department in one state after a place, in the order they were submitted, with what became of their last round. */
export const casesOfDepartment = (
  q: Q,
  t: Schema,
  { departmentId, state }: { readonly departmentId: string; readonly state: CaseState },
  submitted: Submitted,
  { after, limit }: { readonly after: CaseCursor | null; readonly limit: number },
) => {
  const { serviceCase, caseRound, account } = t
  const { id, submittedAt } = serviceCase
  return q
    .select({
      id,
      number: serviceCase.number,
      kind: serviceCase.kind,
      state: serviceCase.state,
      round: serviceCase.round,
      personId: serviceCase.personId,
      nameSealed: account.nameSealed,
      submittedAt,
      dueOn: serviceCase.dueOn,
      outcome: caseRound.outcome,
      decidedAt: caseRound.decidedAt,
      decidedBy: caseRound.decidedBy,
    })
    .from(serviceCase)
    .innerJoin(account, eq(account.id, serviceCase.personId))
    .leftJoin(caseRound, and(eq(caseRound.caseId, id), eq(caseRound.round, serviceCase.round)))
    .where(
      and(
        eq(serviceCase.sentTo, departmentId),
        eq(serviceCase.state, state),
        toldInFiles(t),
        submittedIn(t, submitted),
        after
          ? // The first half is where the index is entered.
            and(gte(submittedAt, after.submittedAt), or(gt(submittedAt, after.submittedAt), gt(id, after.id)))
          : undefined,
      ),
    )
    .orderBy(asc(submittedAt), asc(id))
    .limit(limit)
}

/** Of the figures of a place: what there is now, and these months; who decided how much is nobody's but the page's. */
const figuresAt = ({ figure }: Schema, { from, to }: { readonly from: string; readonly to: string }) =>
  and(
    or(eq(figure.period, ''), and(gte(figure.period, from), lte(figure.period, to))),
    ne(figure.value, 0),
    ne(figure.measure, 'by'),
  )

export async function figuresCount(
  q: Q,
  t: Schema,
  departmentIds: readonly string[],
  months: { readonly from: string; readonly to: string },
  cap: number,
): Promise<number> {
  const some = q
    .select({ measure: t.figure.measure })
    .from(t.figure)
    .where(and(inArray(t.figure.departmentId, [...departmentIds]), figuresAt(t, months)))
    .limit(cap)
    .as('some_figures')
  const [row] = await q.select({ found: count() }).from(some)
  return Number(row?.found ?? 0)
}

/** The figures of one place, in the order of their key. */
export const figuresOfPlace = (
  q: Q,
  t: Schema,
  departmentId: string,
  months: { readonly from: string; readonly to: string },
) =>
  q
    .select()
    .from(t.figure)
    .where(and(eq(t.figure.departmentId, departmentId), figuresAt(t, months)))
    .orderBy(asc(t.figure.period), asc(t.figure.measure), asc(t.figure.bucket))

/** How many things these members of staff did and saw in a time, each counted up to `cap`. */
export async function doingsCount(
  q: Q,
  t: Schema,
  actorIds: readonly string[],
  { from, to }: { readonly from: Date; readonly to: Date },
  cap: number,
): Promise<number> {
  const { event, accessLog } = t
  const who = [...actorIds]
  const done = q
    .select({ id: event.id })
    .from(event)
    .where(and(inArray(event.actorId, who), gte(event.id, firstIdAt(from)), lt(event.id, firstIdAt(to))))
    .limit(cap)
    .as('some_events')
  const seen = q
    .select({ id: accessLog.id })
    .from(accessLog)
    .where(and(inArray(accessLog.actorId, who), gte(accessLog.at, from), lt(accessLog.at, to)))
    .limit(cap)
    .as('some_looks')
  const [events] = await q.select({ found: count() }).from(done)
  const [looks] = await q.select({ found: count() }).from(seen)
  return Number(events?.found ?? 0) + Number(looks?.found ?? 0)
}

/** Which of these people were written into this export before, by the access log (REV-6). */
export async function writtenBefore(
  q: Q,
  t: Schema,
  subject: string,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { accessLog } = t
  const rows = await q
    .select({ personId: accessLog.personId })
    .from(accessLog)
    .where(and(inArray(accessLog.personId, [...personIds]), eq(accessLog.subject, subject)))
  return new Set(rows.map(({ personId }) => personId))
}
