/** What everybody is told of the exams that can be registered for (EXM-1): dates, and whether registration is open. */
import { departmentById } from '#db/queries/departments.ts'
import {
  type ExamSession,
  nationalTerms,
  ownTermsBySession,
  publishedSessions,
  termsOf,
} from '#db/queries/exams.ts'
import { departmentOfRecord } from '#db/queries/records.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { type ExamPhase, type ExamWindow, phaseOf } from '#lib/domain/exams.ts'
import { provinceOf } from '#lib/domain/province-rules.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { moneyWords, sessionTitle, spanOfDays, spanOfInstants } from '#lib/text/exams.ts'

/** The instants of a window as people read them. */
export const windowWords = ({ opensAt, collectBy, closesAt, payBy }: ExamWindow) => ({
  window: spanOfInstants(opensAt, closesAt),
  opensAt: instantWords(opensAt),
  collectBy: instantWords(collectBy),
  closesAt: instantWords(closesAt),
  payBy: instantWords(payBy),
})

export const daysOfExam = ({ examFrom, examTo }: Pick<ExamSession, 'examFrom' | 'examTo'>) =>
  spanOfDays(dayWords(examFrom), dayWords(examTo))

export type ExamNotice = ReturnType<typeof windowWords> & {
  readonly id: string
  readonly title: string
  readonly phase: ExamPhase
  readonly days: string
  readonly fee: string
  /** The dates are those of the province, which set its own. */
  readonly isOwn: boolean
}

/** The first-level node that a person's record belongs to; null before there is a record. */
async function provinceOfRecord({ store }: Deps, personId: string) {
  const home = await departmentOfRecord(store.read, store.t, personId)
  const node = home === null ? null : await departmentById(store.read, store.t, home)
  return node === null ? null : departmentById(store.read, store.t, provinceOf(node.path))
}

/**
 * Published sessions whose exam is still to come: one read for who is signed out (null). Of a person on record the dates are those of
 * their province, which `province` names.
 */
export async function examNotices(
  deps: Deps,
  personId: string | null,
): Promise<{ readonly province: string | null; readonly rows: readonly ExamNotice[] }> {
  const { read, t } = deps.store
  const now = deps.clock.now()
  const sessions = await publishedSessions(read, t, dayOf(now))
  if (sessions.length === 0) return { province: null, rows: [] }
  const province = personId === null ? null : await provinceOfRecord(deps, personId)
  const terms = await termsOf(read, t, sessions, province?.id ?? null)
  return {
    province: province?.fullName ?? null,
    rows: sessions.map((session): ExamNotice => {
      const here = terms.get(session.id) ?? nationalTerms(session)
      return {
        id: session.id,
        title: sessionTitle(session),
        phase: phaseOf(here, now),
        ...windowWords(here),
        days: daysOfExam(session),
        fee: moneyWords(here.fee),
        isOwn: here.isOwn,
      }
    }),
  }
}

/** When registration is open in each province that set its own dates, and everywhere else. */
export async function examCalendar({ store, clock }: Deps) {
  const { read, t } = store
  const now = clock.now()
  const sessions = await publishedSessions(read, t, dayOf(now))
  const own = await ownTermsBySession(read, t, sessions)
  return sessions.map((session) => ({
    id: session.id,
    title: sessionTitle(session),
    days: daysOfExam(session),
    phase: phaseOf(session, now),
    ...windowWords(session),
    fee: moneyWords(session.fee),
    provinces: (own.get(session.id) ?? []).map(({ departmentId, name, terms }) => ({
      id: departmentId,
      name,
      phase: phaseOf(terms, now),
      ...windowWords(terms),
      fee: moneyWords(terms.fee),
    })),
  }))
}
