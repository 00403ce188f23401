/** Lists of registrations for departments, and the one a paper is made of (EXM-3). Scope first: every list names where it is of. */
import { and, asc, count, eq, gt, inArray, type SQL } from 'drizzle-orm'
import { type ExamState, examStates } from '#lib/domain/exams.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import type { Q, Schema } from '../store.ts'

/** A registration of this person that is paid for, with the round it was frozen in; null for any other. */
export async function paidEntry(q: Q, { examEntry, serviceCase }: Schema, personId: string, caseId: string) {
  const [row] = await q
    .select({ number: examEntry.number, paidAt: examEntry.paidAt, round: serviceCase.round })
    .from(examEntry)
    .innerJoin(serviceCase, eq(serviceCase.id, examEntry.caseId))
    .where(and(eq(examEntry.caseId, caseId), eq(examEntry.personId, personId), eq(examEntry.state, 'paid')))
    .limit(1)
  return row?.number && row.paidAt
    ? { entry: { number: row.number, paidAt: row.paidAt }, round: row.round }
    : null
}

/** Where registrations are listed: a whole province, or those of its people whose record is kept by these departments. */
export interface EntryPlace {
  readonly sessionId: string
  readonly provinceId: string
  /** null for the province as a whole. */
  readonly departments: readonly string[] | null
}
export interface EntryFilter {
  readonly state?: ExamState | undefined
  readonly siteId?: string | undefined
}

const ofSession = ({ examEntry }: Schema, { sessionId, provinceId }: EntryPlace): SQL | undefined =>
  and(eq(examEntry.sessionId, sessionId), eq(examEntry.departmentId, provinceId))

interface EntryPage extends EntryFilter {
  /** The case the page before ended at; '' for the first page. */
  readonly after: string
  readonly limit: number
}

/** Ids of one state in the order of an index: of a whole province, so that page 500 costs what page 1 does. */
export const entryStream = (q: Q, t: Schema, place: EntryPlace, state: ExamState, page: EntryPage) =>
  q
    .select({ caseId: t.examEntry.caseId })
    .from(t.examEntry)
    .where(
      and(
        ofSession(t, place),
        eq(t.examEntry.state, state),
        page.siteId ? eq(t.examEntry.siteId, page.siteId) : undefined,
        gt(t.examEntry.caseId, page.after),
      ),
    )
    .orderBy(asc(t.examEntry.caseId))
    .limit(page.limit)

/** The same of some departments: their people come first, as a county's are few among a province's registrations. */
export const entriesBeneath = (q: Q, t: Schema, place: EntryPlace, page: EntryPage) =>
  q
    .select({ caseId: t.examEntry.caseId })
    .from(t.person)
    .crossJoin(t.examEntry)
    .where(
      and(
        inArray(t.person.departmentId, [...(place.departments ?? [])]),
        eq(t.examEntry.personId, t.person.id),
        ofSession(t, place),
        page.state ? eq(t.examEntry.state, page.state) : undefined,
        page.siteId ? eq(t.examEntry.siteId, page.siteId) : undefined,
        gt(t.examEntry.caseId, page.after),
      ),
    )
    .orderBy(asc(t.examEntry.caseId))
    .limit(page.limit)

/** Cases of registrations after one, in the order they were made. */
export async function entryIds(q: Q, t: Schema, place: EntryPlace, page: EntryPage): Promise<string[]> {
  if (place.departments !== null) return (await entriesBeneath(q, t, place, page)).map(({ caseId }) => caseId)
  const states = page.state ? [page.state] : examStates
  const found: string[] = []
  // One after another: inside a transaction they share its connection.
  for (const state of states)
    found.push(...(await entryStream(q, t, place, state, page)).map(({ caseId }) => caseId))
  return found.toSorted().slice(0, page.limit)
}

/** These registrations with their sites, the department that keeps the record now ('' in another province), and who they are, sealed. */
export async function entriesListed(q: Q, t: Schema, caseIds: readonly string[]) {
  const { examEntry, examSite, serviceCase, account, person, department } = t
  if (caseIds.length === 0) return []
  const rows = await q
    .select({
      caseId: examEntry.caseId,
      personId: examEntry.personId,
      number: examEntry.number,
      subjects: examEntry.subjects,
      fee: examEntry.fee,
      state: examEntry.state,
      payBy: examEntry.payBy,
      createdAt: examEntry.createdAt,
      paidAt: examEntry.paidAt,
      site: examSite.name,
      city: examSite.city,
      caseNumber: serviceCase.number,
      nameSealed: account.nameSealed,
      numberSealed: account.numberSealed,
      phoneSealed: account.phoneSealed,
      department: department.fullName,
      departmentPath: department.path,
      provinceId: examEntry.departmentId,
    })
    .from(examEntry)
    .innerJoin(examSite, eq(examSite.id, examEntry.siteId))
    .innerJoin(serviceCase, eq(serviceCase.id, examEntry.caseId))
    .innerJoin(account, eq(account.id, examEntry.personId))
    .leftJoin(person, eq(person.id, examEntry.personId))
    .leftJoin(department, eq(department.id, person.departmentId))
    .where(inArray(examEntry.caseId, [...caseIds]))
  // Where somebody went is nobody's business in the province they left (TRF-3).
  const keptIn = ({ department: name, departmentPath: path, provinceId }: (typeof rows)[number]) =>
    path !== null && provinceOf(path) === provinceId ? (name ?? '') : ''
  const held = new Map(rows.map((row) => [row.caseId, { ...row, department: keptIn(row) }]))
  return caseIds.flatMap((id) => held.get(id) ?? [])
}

/** How many registrations stand in each state: of a province read off the index alone. */
export async function entryStates(q: Q, t: Schema, place: EntryPlace): Promise<Map<ExamState, number>> {
  const counted = { state: t.examEntry.state, found: count() }
  const rows =
    place.departments === null
      ? await q.select(counted).from(t.examEntry).where(ofSession(t, place)).groupBy(t.examEntry.state)
      : await q
          .select(counted)
          .from(t.person)
          .crossJoin(t.examEntry)
          .where(
            and(
              inArray(t.person.departmentId, [...place.departments]),
              eq(t.examEntry.personId, t.person.id),
              ofSession(t, place),
            ),
          )
          .groupBy(t.examEntry.state)
  return new Map(rows.map(({ state, found }) => [state, Number(found)]))
}

/** How many of the people of these departments hold a seat at each 报考点. Of a province the sites know it themselves. */
export async function seatsBeneath(q: Q, t: Schema, place: EntryPlace): Promise<Map<string, number>> {
  const rows = await q
    .select({ siteId: t.examEntry.siteId, found: count() })
    .from(t.person)
    .crossJoin(t.examEntry)
    .where(
      and(
        inArray(t.person.departmentId, [...(place.departments ?? [])]),
        eq(t.examEntry.personId, t.person.id),
        ofSession(t, place),
        inArray(t.examEntry.state, ['reviewing', 'awaiting-payment', 'paid']),
      ),
    )
    .groupBy(t.examEntry.siteId)
  return new Map(rows.map(({ siteId, found }) => [siteId, Number(found)]))
}
