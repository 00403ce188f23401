/** Reads of what the figures count, and of the figures themselves (ADM-2). */
import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lte, min, ne, sql, sum } from 'drizzle-orm'
import type { CountedPerson, CountedRound, Measure } from '#lib/domain/figures.ts'
import { among, type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { countsNow } from './at-work.ts'

type Ids = Given<{ ids: readonly string[] }>

const peopleQuery = prepared((q, t, { ids }: Ids) =>
  q
    .select({
      id: t.person.id,
      departmentId: t.person.departmentId,
      counted: t.person.counted,
      sex: t.account.sex,
      birth: t.account.birth,
    })
    .from(t.person)
    .innerJoin(t.account, eq(t.account.id, t.person.id))
    .where(among(t, t.person.id, ids)),
)
const studiesQuery = prepared((q, t, { ids }: Ids) =>
  q
    .select({ personId: t.education.personId, level: t.education.level, graduated: t.education.graduated })
    .from(t.education)
    .where(among(t, t.education.personId, ids)),
)
const jobsQuery = prepared((q, t, { ids }: Ids) =>
  q
    .select({
      personId: t.employment.personId,
      end: t.employment.end,
      employerType: t.employment.employerType,
      industry: t.employment.industry,
    })
    .from(t.employment)
    .where(among(t, t.employment.personId, ids))
    .orderBy(asc(t.employment.start), asc(t.employment.id)),
)
const titlesQuery = prepared((q, t, { ids }: Ids) =>
  q
    .select({
      personId: t.qualification.personId,
      kind: t.qualification.kind,
      level: t.qualification.level,
    })
    .from(t.qualification)
    .where(among(t, t.qualification.personId, ids)),
)

/** How a record is counted; an update that changes nothing locks its row, on either engine. */
export const lockCounted = prepared((q, { person }, { personId }: Given<{ personId: string }>) =>
  q
    .update(person)
    .set({ version: sql`${person.version}` })
    .where(eq(person.id, personId))
    .returning({ at: person.departmentId, counted: person.counted }),
)

/** People of the record as they are counted, by id; sealed columns stay where they are. */
export async function countedPeople(q: Q, t: Schema, ids: readonly string[]) {
  // One after another: inside a transaction they share its connection.
  const people = await peopleQuery(q, t, { ids })
  const studies = await studiesQuery(q, t, { ids })
  const jobs = await jobsQuery(q, t, { ids })
  const titles = await titlesQuery(q, t, { ids })
  const studiesOf = Map.groupBy(studies, ({ personId }) => personId)
  const jobsOf = Map.groupBy(jobs, ({ personId }) => personId)
  const titlesOf = Map.groupBy(titles, ({ personId }) => personId)
  return people.map(({ id, departmentId, counted, sex, birth }) => {
    const as: CountedPerson = {
      sex,
      birth,
      education: studiesOf.get(id) ?? [],
      employment: jobsOf.get(id) ?? [],
      qualifications: titlesOf.get(id) ?? [],
    }
    return { id, departmentId, counted, as }
  })
}

/** Ids of people of the record after one, rising. */
export const peopleAfter = async (q: Q, t: Schema, after: string, limit: number): Promise<string[]> =>
  (
    await q
      .select({ id: t.person.id })
      .from(t.person)
      .where(gt(t.person.id, after))
      .orderBy(asc(t.person.id))
      .limit(limit)
  ).map(({ id }) => id)

const roundsQuery = prepared((q, t, { ids }: Ids) => {
  const { serviceCase, caseRound } = t
  return q
    .select({
      caseId: caseRound.caseId,
      kind: serviceCase.kind,
      round: caseRound.round,
      departmentId: caseRound.departmentId,
      submittedAt: caseRound.submittedAt,
      outcome: caseRound.outcome,
      decidedBy: caseRound.decidedBy,
      decidedAt: caseRound.decidedAt,
      workingDays: caseRound.workingDays,
      overdue: caseRound.overdue,
      lateAt: caseRound.lateAt,
    })
    .from(caseRound)
    .innerJoin(serviceCase, eq(serviceCase.id, caseRound.caseId))
    .where(among(t, caseRound.caseId, ids))
    .orderBy(asc(caseRound.caseId), asc(caseRound.round))
})
const findingsQuery = prepared((q, t, { ids }: Ids) =>
  q
    .select({ caseId: t.finding.caseId, round: t.finding.round, reason: t.finding.reason })
    .from(t.finding)
    .where(and(among(t, t.finding.caseId, ids), isNotNull(t.finding.by))),
)

/** The rounds of some cases as they are counted, each with the department it was sent to. */
export async function countedRounds(
  q: Q,
  t: Schema,
  caseIds: readonly string[],
): Promise<readonly (CountedRound & { readonly caseId: string; readonly departmentId: string })[]> {
  const rounds = await roundsQuery(q, t, { ids: caseIds })
  const findings = await findingsQuery(q, t, { ids: caseIds })
  const findingsOf = Map.groupBy(findings, ({ caseId }) => caseId)
  return rounds.map(({ lateAt, ...round }) => {
    const found = findingsOf.get(round.caseId) ?? []
    const given = (which: (one: number) => boolean) =>
      new Set(found.filter((one) => which(one.round)).map(({ reason }) => reason))
    const reasons = given((one) => one === round.round)
    const before = given((one) => one < round.round)
    return {
      ...round,
      late: lateAt !== null,
      reasons: [...reasons],
      again: [...reasons].filter((reason) => before.has(reason)),
    }
  })
}

/** Cases as they are counted where they stand. */
export const countedCases = (q: Q, t: Schema, ids: readonly string[]) =>
  q
    .select({
      kind: t.serviceCase.kind,
      state: t.serviceCase.state,
      sentTo: t.serviceCase.sentTo,
      dueOn: t.serviceCase.dueOn,
    })
    .from(t.serviceCase)
    .where(inArray(t.serviceCase.id, [...ids]))

/** Ids of cases after one, rising. */
export const casesAfter = async (q: Q, t: Schema, after: string, limit: number): Promise<string[]> =>
  (
    await q
      .select({ id: t.serviceCase.id })
      .from(t.serviceCase)
      .where(gt(t.serviceCase.id, after))
      .orderBy(asc(t.serviceCase.id))
      .limit(limit)
  ).map(({ id }) => id)

/** The paths of departments, by id. */
export async function pathsOf(q: Q, t: Schema, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await q
    .select({ id: t.department.id, path: t.department.path })
    .from(t.department)
    .where(inArray(t.department.id, [...ids]))
  return new Map(rows.map(({ id, path }) => [id, path]))
}

export type FigureRow = Schema['figure']['$inferSelect']

/** The first and the last month asked for. */
export type Periods = readonly [from: string, to: string]
/** What there is now, instead of what happened in months. */
export const atPresent: Periods = ['', '']

interface Kept {
  readonly departments: readonly string[]
  readonly measures: readonly string[]
  readonly from: string
  readonly to: string
}

/** In the order of the key: of each department one stretch for each measure. */
const keptIn = (t: Schema, given: Given<Pick<Kept, keyof Kept>>) =>
  and(
    among(t, t.figure.departmentId, given.departments),
    among(t, t.figure.measure, given.measures),
    gte(t.figure.period, given.from),
    lte(t.figure.period, given.to),
    ne(t.figure.value, 0),
  )

const figuresQuery = prepared((q, t, given: Given<Pick<Kept, keyof Kept>>) =>
  q.select().from(t.figure).where(keptIn(t, given)),
)

/** These measures of some departments ('' = the country) in some months. */
export const figuresOf = (
  q: Q,
  t: Schema,
  departments: readonly string[],
  [from, to]: Periods,
  measures: readonly Measure[],
) => figuresQuery(q, t, { departments, measures, from, to })

type Dues = Kept & { readonly today: string; readonly soon: string }

const summedQuery = prepared((q, t, given: Given<Pick<Dues, keyof Dues>>) => {
  const { departmentId, measure, bucket, period, value } = t.figure
  // Late, soon and later: each is told by any day of it.
  const due = sql`case when ${bucket} < ${given.today} then '1' when ${bucket} <= ${given.soon} then '2' else '3' end`
  return q
    .select({
      departmentId,
      period: min(period).mapWith(period),
      measure,
      bucket: min(bucket).mapWith(bucket),
      value: sum(value).mapWith(Number),
    })
    .from(t.figure)
    .where(keptIn(t, given))
    .groupBy(departmentId, measure, sql`case when ${measure} = 'due' then ${due} else ${bucket} end`)
})

/**
 * The same added up over the months, under the first of them, and over the due days that are late, soon or neither, each under
 * its first: for many departments side by side.
 */
export const summedFigures = (
  q: Q,
  t: Schema,
  departments: readonly string[],
  [from, to]: Periods,
  measures: readonly Measure[],
  { today, soon }: { readonly today: string; readonly soon: string },
) => summedQuery(q, t, { departments, measures, from, to, today, soon })

/** Who reviews or manages at exactly this department now, on leave or not; `limit` people, the newest first. */
export const officeOf = (q: Q, t: Schema, departmentId: string, now: Date, limit: number) =>
  q
    .selectDistinct({ id: t.account.id, nameSealed: t.account.nameSealed, awayUntil: t.account.awayUntil })
    .from(t.staffGrant)
    .innerJoin(t.account, eq(t.account.id, t.staffGrant.accountId))
    .where(
      and(
        eq(t.staffGrant.departmentId, departmentId),
        inArray(t.staffGrant.role, ['reviewer', 'manager']),
        countsNow(t, now),
        eq(t.account.kind, 'staff'),
        eq(t.account.status, 'active'),
      ),
    )
    .orderBy(desc(t.account.id))
    .limit(limit)

/** How many cases each of these people has in hand; a lease that has ended holds nothing. */
export async function inHands(
  q: Q,
  t: Schema,
  accountIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await inHandsQuery(q, t, accountIds, now)
  return new Map(rows.flatMap(({ by, found }) => (by === null ? [] : [[by, Number(found)] as const])))
}

/** Not run yet: a test reads its plan. */
export const inHandsQuery = (q: Q, t: Schema, accountIds: readonly string[], now: Date) => {
  const { claimedBy, claimedUntil, state } = t.serviceCase
  return q
    .select({ by: claimedBy, found: count() })
    .from(t.serviceCase)
    .where(and(inArray(claimedBy, [...accountIds]), eq(state, 'in_review'), gt(claimedUntil, now)))
    .groupBy(claimedBy)
}
