/** 考试安排 (EXM-1): sessions, windows and 报考点 as operators and the managers of provinces see them. */
import { type Department, departmentById, departmentLevel } from '#db/queries/departments.ts'
import {
  allSessions,
  type ExamSession,
  examSessionById,
  examSiteById,
  nationalTerms,
  ownTermsOf,
  seatsOf,
  sitesOf,
  termsOf,
} from '#db/queries/exams.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { levelRules, phaseOf } from '#lib/domain/exams.ts'
import { examProvinces, runsExams, runsProvince, seesExamSessions } from '#lib/policy/exam-policy.ts'
import { moneyWords, sessionTitle, subjectsWords } from '#lib/text/exams.ts'
import { regionName } from '#lib/text/regions.ts'
import { daysOfExam, windowWords } from './exam-notices.ts'

/** Three levels a year, for some decades. */
const sessionsShown = 100
/** More than there are nodes of the first level. */
const provincesShown = 100

/** `not-found` for who looks after no province. */
export async function examSessionList({ store, clock }: Deps, actor: Staff) {
  if (!seesExamSessions(actor)) throw notFound()
  const now = clock.now()
  const sessions = await allSessions(store.read, store.t, sessionsShown)
  return {
    mayAdd: runsExams(actor),
    rows: sessions.map((session) => ({
      id: session.id,
      title: sessionTitle(session),
      isPublished: session.publishedAt !== null,
      phase: phaseOf(session, now),
      ...windowWords(session),
      days: daysOfExam(session),
      fee: moneyWords(session.fee),
    })),
  }
}

async function seenSession({ store }: Deps, actor: Staff, id: string): Promise<ExamSession> {
  if (!seesExamSessions(actor)) throw notFound()
  const session = await examSessionById(store.read, store.t, id)
  if (!session) throw notFound()
  return session
}

/** The nodes of the first level that the actor looks after. */
async function provincesFor({ store }: Deps, actor: Staff): Promise<Department[]> {
  const ids = examProvinces(actor)
  return departmentLevel(store.read, store.t, ids === null ? { parentId: null } : { ids }, {
    after: null,
    limit: provincesShown,
  })
}

/** One session; `not-found` for who looks after no province. */
export async function examSessionView(deps: Deps, actor: Staff, id: string) {
  const { read, t } = deps.store
  const session = await seenSession(deps, actor, id)
  const [own, seats, provinces] = await Promise.all([
    ownTermsOf(read, t, session.id),
    seatsOf(read, t, session.id),
    provincesFor(deps, actor),
  ])
  return {
    session,
    title: sessionTitle(session),
    phase: phaseOf(session, deps.clock.now()),
    ...windowWords(session),
    days: daysOfExam(session),
    fee: moneyWords(session.fee),
    subjects: subjectsWords(levelRules[session.level].subjects),
    mayEdit: runsExams(actor),
    provinces: provinces
      .filter(({ active }) => active)
      .map(({ id: departmentId, fullName }) => {
        const terms = own.get(departmentId) ?? nationalTerms(session)
        return {
          id: departmentId,
          name: fullName,
          isOwn: terms.isOwn,
          ...windowWords(terms),
          fee: moneyWords(terms.fee),
          seats: seats.get(departmentId) ?? null,
        }
      }),
  }
}

async function seenProvince(deps: Deps, actor: Staff, sessionId: string, departmentId: string) {
  const session = await seenSession(deps, actor, sessionId)
  const node = await departmentById(deps.store.read, deps.store.t, departmentId)
  if (!node || !runsProvince(actor, node.path)) throw notFound()
  return { session, node }
}

/** What a province has set for a session; `not-found` for who does not look after it. */
export async function examProvinceView(deps: Deps, actor: Staff, sessionId: string, departmentId: string) {
  const { read, t } = deps.store
  const { session, node } = await seenProvince(deps, actor, sessionId, departmentId)
  const terms = (await termsOf(read, t, [session], node.id)).get(session.id) ?? nationalTerms(session)
  const sites = await sitesOf(read, t, session.id, node.id)
  return {
    sessionId: session.id,
    title: sessionTitle(session),
    national: { ...windowWords(session), fee: moneyWords(session.fee) },
    node: { id: node.id, name: node.fullName, regionCode: node.regionCode, isActive: node.active },
    terms,
    phase: phaseOf(terms, deps.clock.now()),
    sites: sites.map((site) => ({ ...site, cityName: regionName(site.city) })),
  }
}

/** One 报考点; `not-found` for who does not look after its province. */
export async function examSiteView(
  deps: Deps,
  actor: Staff,
  { sessionId, departmentId, siteId }: Readonly<Record<'sessionId' | 'departmentId' | 'siteId', string>>,
) {
  const { session, node } = await seenProvince(deps, actor, sessionId, departmentId)
  const site = await examSiteById(deps.store.read, deps.store.t, siteId)
  if (site?.sessionId !== session.id || site.departmentId !== node.id || !node.active) throw notFound()
  return {
    sessionId: session.id,
    title: sessionTitle(session),
    node: { id: node.id, name: node.fullName, regionCode: node.regionCode },
    site,
  }
}
