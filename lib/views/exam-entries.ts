/** 考试报名名单 for departments (EXM-3): of a province, or of the people a department beneath it keeps on record. Names are masked here. */
import { accountContext } from '#db/queries/accounts.ts'
import { type Department, departmentById } from '#db/queries/departments.ts'
import {
  type EntryFilter,
  type EntryPlace,
  entriesListed,
  entryIds,
  entryStates,
  seatsBeneath,
} from '#db/queries/exam-lists.ts'
import { type ExamSession, examSessionById, publishedSessions, seatsOf, sitesOf } from '#db/queries/exams.ts'
import { departmentsBeneath, departmentsOfSubtree } from '#db/queries/export-rows.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { type ExamState, examStates, isExamSubject, phaseOf } from '#lib/domain/exams.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { entriesHome, listsEntries, listsEntriesOf } from '#lib/policy/exam-entries-policy.ts'
import { sessionTitle, subjectsWords } from '#lib/text/exams.ts'
import { regionName } from '#lib/text/regions.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { daysOfExam, windowWords } from './exam-notices.ts'

const entriesPageSize = 20

/** Sessions that have lists; `not-found` for who reads none. */
export async function entrySessions({ store, clock }: Deps, actor: Staff) {
  if (!listsEntries(actor)) throw notFound()
  const now = clock.now()
  const sessions = await publishedSessions(store.read, store.t, dayOf(now))
  return sessions.map((session) => ({
    id: session.id,
    title: sessionTitle(session),
    phase: phaseOf(session, now),
    window: windowWords(session).window,
    days: daysOfExam(session),
  }))
}

export interface EntriesAsked {
  /** '' for where the actor's office begins. */
  readonly department: string
  readonly state: string
  readonly site: string
  readonly after: string
}

/** What one page of a session's list shows; `not-found` outside the actor's departments, and for a session that nobody sees. */
export async function examEntryList(deps: Deps, actor: Staff, sessionId: string, asked: EntriesAsked) {
  if (!listsEntries(actor)) throw notFound()
  const { read, t } = deps.store
  const session = await examSessionById(read, t, sessionId)
  if (!session?.publishedAt) throw notFound()
  const head = {
    session: { id: session.id, year: session.year, level: session.level },
    title: sessionTitle(session),
  }
  const home = asked.department === '' ? entriesHome(actor) : asked.department
  if (home === null) return { ...head, of: null, provinces: await provincesOf(deps, session) }
  const node = await departmentById(read, t, home)
  if (!node || !listsEntriesOf(actor, node.path)) throw notFound()
  return { ...head, of: await ofDepartment(deps, actor, session, node, asked), provinces: [] }
}

/** How many seats are held in each province, for who may read of all of them. */
async function provincesOf({ store: { read, t } }: Deps, { id }: ExamSession) {
  const seats = await seatsOf(read, t, id)
  return (await departmentsBeneath(read, t, '')).flatMap(({ id: provinceId, fullName }) => {
    const held = seats.get(provinceId)
    return held ? [{ id: provinceId, name: fullName, taken: held.taken, capacity: held.capacity }] : []
  })
}

async function ofDepartment(
  deps: Deps,
  actor: Staff,
  session: ExamSession,
  node: Department,
  asked: EntriesAsked,
) {
  const { read, t } = deps.store
  const provinceId = provinceOf(node.path)
  const sites = await sitesOf(read, t, session.id, provinceId)
  const filter: EntryFilter = {
    state: examStates.find((state) => state === asked.state),
    siteId: sites.find(({ id }) => id === asked.site)?.id,
  }
  const after = /^[0-9a-f-]{36}$/.test(asked.after) ? asked.after : ''
  const isProvince = node.path === provinceId
  const departments = isProvince ? null : (await departmentsOfSubtree(read, t, node.path)).map(({ id }) => id)
  const place: EntryPlace = { sessionId: session.id, provinceId, departments }
  // One more than are shown says whether there is a next page.
  const ids = await entryIds(read, t, place, { ...filter, after, limit: entriesPageSize + 1 })
  const states = await entryStates(read, t, place)
  const seats = isProvince ? null : await seatsBeneath(read, t, place)
  const rows = await entriesListed(read, t, ids.slice(0, entriesPageSize))
  return {
    id: node.id,
    name: node.fullName,
    isProvince,
    /** A node above that is the actor's to read too; '' where there is none. */
    above: (await aboveOf(deps, actor, node))?.id ?? '',
    beneath: await departmentsBeneath(read, t, node.id),
    filter: { state: filter.state ?? '', site: filter.siteId ?? '' },
    counts: examStates.map((state): { state: ExamState; people: number } => ({
      state,
      people: states.get(state) ?? 0,
    })),
    sites: sites.map(({ id, name, city, capacity, taken }) => ({
      id,
      name,
      city: regionName(city),
      capacity,
      taken: seats ? (seats.get(id) ?? 0) : taken,
    })),
    continued: after !== '',
    next: ids.length > entriesPageSize ? (ids[entriesPageSize - 1] ?? null) : null,
    rows: rows.map((row) => ({
      id: row.caseId,
      name: maskedName(deps.keys.unseal(row.nameSealed, accountContext(row.personId, 'name'))),
      /** The department that keeps the record now; '' once it is kept in another province. */
      department: row.department,
      site: row.site,
      subjects: subjectsWords(row.subjects.split(' ').filter(isExamSubject)),
      state: row.state,
      number: row.number ?? '',
      payBy: row.payBy,
      createdAt: row.createdAt,
    })),
  }
}

async function aboveOf({ store }: Deps, actor: Staff, { parentId }: Department): Promise<Department | null> {
  const parent = parentId === null ? null : await departmentById(store.read, store.t, parentId)
  return parent && listsEntriesOf(actor, parent.path) ? parent : null
}
